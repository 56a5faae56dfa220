"""What remains of a case: one anonymous, coarse row. Knows no case and no person (house.md 2.4)."""

from uuid import uuid4

from django.db import models


class Row(models.Model):
    """A closed case as statistics may know it. Its key is random, so that rows have no order of arrival.

    Overviews with a proof (statistics.md) replace this row by noise-initialised counters in a later version.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    quarter = models.CharField(max_length=6)
    kind = models.CharField(max_length=20)
    category = models.CharField(max_length=40)
    audience = models.CharField(max_length=40)
    capacity = models.CharField(max_length=40)
    channel = models.CharField(max_length=20)
    mode = models.CharField(max_length=20)
    outcome = models.CharField(max_length=40)
    destination = models.CharField(max_length=40)
    contact_in_time = models.BooleanField(null=True)
