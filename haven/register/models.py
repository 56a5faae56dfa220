"""Plans, periods and what was released. The counters themselves are not here: store.py. No case and no person."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from haven.rulebook.declared import Declared


class Plan(models.Model):
    """What is counted in a year. `document` is public; `hash` is over it, once it is frozen."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    epsilon = models.FloatField()
    document = models.TextField()
    hash = models.CharField(max_length=64)
    proposed_on = models.DateField()
    frozen_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="plan_version", fields=["year", "version"]),
            models.UniqueConstraint(name="plan_frozen_once", fields=["year"], condition=Q(frozen_on__isnull=False)),
        ]

    @property
    def declared(self) -> Declared:
        return Declared.model_validate_json(self.document)


class Period(models.Model):
    """A stretch of time with tables of its own: open, until it is released. `anew_on`: its counters were lost and began
    again. `signature` is put under the manifest by the door that closes it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="periods")
    label = models.CharField(max_length=6)
    anew_on = models.DateField(null=True)
    frozen_on = models.DateField(null=True)
    manifest = models.CharField(max_length=64, blank=True)
    signature = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="period_once", fields=["plan", "label"])]


class Release(models.Model):
    """One figure as it is shown; without a number where it is below ten. Written once, with its period."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="figures")
    table = models.CharField(max_length=40)
    cell = models.CharField(max_length=200)
    shown = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="figure_once", fields=["period", "table", "cell"])]


class ReleaseAudit(models.Model):
    """What was looked at before a release, and that it was in order."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="audits")
    passed = models.CharField(max_length=20)
    run_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(name="audit_once", fields=["period", "passed"])]
