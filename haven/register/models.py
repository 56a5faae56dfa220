"""Plans, periods and what was released. The counters themselves are not here: store.py. No case and no person."""

from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

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
    proposed_by = models.CharField(max_length=20, blank=True)
    frozen_on = models.DateField(null=True)
    frozen_by = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="plan_version", fields=["year", "version"]),
            models.UniqueConstraint(name="plan_frozen_once", fields=["year"], condition=Q(frozen_on__isnull=False)),
        ]

    @property
    def declared(self) -> Declared:
        return Declared.model_validate_json(self.document)


class PeriodQuerySet(models.QuerySet["Period"]):
    def released(self) -> Self:
        """What everybody may see, the last first; a whole year before its parts."""
        found = self.filter(released_on__isnull=False).select_related("plan")
        return found.order_by("-plan__year", Length("label"), "-label")


class Period(models.Model):
    """A stretch of time with tables of its own: open, then closed, which freezes its figures, then released by somebody
    else, which signs them. `anew_on`: its counters were lost and began again. Who did it is a name without a meaning
    here, as in the trail."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="periods")
    label = models.CharField(max_length=6)
    anew_on = models.DateField(null=True)
    frozen_on = models.DateField(null=True)
    closed_by = models.CharField(max_length=20, blank=True)
    manifest = models.CharField(max_length=64, blank=True)
    released_on = models.DateField(null=True)
    released_by = models.CharField(max_length=20, blank=True)
    signature = models.TextField(blank=True)
    signer = models.CharField(max_length=64, blank=True)

    objects: ClassVar = PeriodQuerySet.as_manager()

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


class ReleaseFile(models.Model):
    """A chart, a table or a paper of a closed period, drawn once."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(name="release_file_once", fields=["period", "name"])]
