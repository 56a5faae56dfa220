"""What outlives a formal complaint: numbers, and the report that is made of them each year (R-001-30).

No number belongs to a complaint. How many came is known by year, because the law wants it exactly. Of what nature they
were, how they ended and what was recommended is counted apart from each other, and by pool and not by year: a pool runs
over as many years as it takes until it may be shown.
"""

from typing import ClassVar
from uuid import uuid4

from django.db import models


class ForgottenYear(models.Model):
    """Complaints of one year that were destroyed: how many, and how many of them nobody had counted the nature of."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    procedure = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(default=0)
    unread = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["ForgottenYear"]] = models.Manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["procedure", "year"], name="a_year_of_a_regulation_is_counted_once")
        ]


class Pool(models.Model):
    """The complaints that ended from one year on, until a report has shown them together; then the next pool begins."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    procedure = models.CharField(max_length=60)
    since = models.PositiveSmallIntegerField()
    until = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["Pool"]] = models.Manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["procedure"], condition=models.Q(until__isnull=True), name="one_pool_of_a_regulation_is_open"
            )
        ]


class Tally(models.Model):
    """So many complaints of a pool had this code of the regulation. Not which, nor what else was so of them."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    pool = models.ForeignKey(Pool, on_delete=models.CASCADE, related_name="tallies")
    about = models.CharField(max_length=20)
    code = models.CharField(max_length=60)
    number = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["Tally"]] = models.Manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pool", "about", "code"], name="a_code_is_counted_in_one_place")
        ]


class YearlyReport(models.Model):
    """The report of one year. Its words, its files and whom it was sent to are sealed to the complaints officers."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    procedure = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    finished_on = models.DateField(null=True)
    stamp = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["YearlyReport"]] = models.Manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["procedure", "year"], name="one_report_of_a_year_of_a_regulation")
        ]
