"""The outbox of mails that say nothing. A row exists from the deed until its mail is accepted, and no longer."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Outgoing(models.Model):
    """One mail to one member of staff. The template has no placeholder for anything of a case."""

    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    template = models.CharField(max_length=20)
    key = models.CharField(max_length=80, unique=True)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["not_before"], name="outgoing_due")]


class Calm(models.Model):
    """Until when this person gets no second mail that something is waiting. Swept when the moment is past."""

    to = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    objects: ClassVar[models.Manager["Calm"]] = models.Manager()


class Reminder(models.Model):
    """A day on which a member of staff wants the usual mail that something is waiting. Which case it is about lies
    sealed under the key of that person; that several wait on one day cannot be seen."""

    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["to", "day"], name="one_reminder_a_day")]


class Feed(models.Model):
    """That somebody looks at a calendar of days on which something is due. Of the address only a hash is kept."""

    to = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.BinaryField(max_length=32, unique=True)

    objects: ClassVar[models.Manager["Feed"]] = models.Manager()


class Round(models.Model):
    """An hour at which everybody got a notice: the same for all, whether or not anything came. Kept for that day, so
    that nobody gets a second one, whatever happens to the process."""

    day = models.DateField()
    hour = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["day", "hour"], name="one_round_an_hour")]
