"""Formal complaints. Names, words, categories, what was found: all of it is sealed in the vault under the id of the
complaint. Here stands what has to be known without a key: which regulation, the days, and who was given what."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.cases.models import new_reference
from haven.complaints.yearly_models import ForgottenYear, Pool, Tally, YearlyReport
from haven.vault import guests
from haven.vault.models import Grant, KeyBundle
from haven.vault.sealing import Reader
from haven.vault.unlocking import Keyring

__all__ = [  # those of the yearly report are tables of this room too
    "COMMITTEE", "COURSE", "DECIDING", "OFFICE",
    "Complaint", "Document", "ForgottenYear", "Party", "Pool", "Seat", "Served", "Tally", "YearlyReport",
]  # fmt: skip

COURSE = "course"
"""What happened, who is involved, the facts: for everybody with a seat. No party has a key to it."""

OFFICE = "office"
"""Addresses, notes and everything else that only the complaints officers need."""

COMMITTEE = "committee"
DECIDING = "deciding"

_DIGITS = "0123456789"


def new_number() -> str:
    """The number on the letter to a party. It names nobody and opens nothing."""
    digits = "".join(secrets.choice(_DIGITS) for _i in range(12))
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def granted_to(self, keyring: Keyring) -> Self:
        """The complaints of which this person holds a key. A door never lists complaints in another way."""
        return self.held_by(keyring.kids)

    def held_by(self, kids: Iterable[str]) -> Self:
        grants = Grant.objects.filter(kid__in=list(kids), compartment__kind=COURSE)
        return self.filter(pk__in=grants.values("compartment__scope"))

    def running(self) -> Self:
        return self.filter(ended_on__isnull=True)

    def due(self, *, by: date) -> Self:
        """A term ends on this day or has ended, or somebody said that they are put at a disadvantage."""
        return self.filter(look_by__lte=by)

    def to_forget(self, on: date) -> Self:
        return self.filter(forget_on__lte=on)


class Complaint(models.Model):
    """One complaint of one person, under the version of the regulation that was in force when it came (R-001-111)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    procedure = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    received_on = models.DateField()
    look_by = models.DateField(null=True)  # the next day on which a term runs out
    ended_on = models.DateField(null=True)
    forget_on = models.DateField(null=True)
    counted = models.BooleanField(default=False)  # in the numbers of the yearly report
    stamp = models.PositiveIntegerField(default=1)

    objects: ClassVar = ComplaintQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_complaint_is_forgotten_after_it_ended",
                condition=Q(forget_on__isnull=True) | Q(ended_on__isnull=False),
            )
        ]

    def changed(self, **columns: Any) -> None:
        for name, value in columns.items():
            setattr(self, name, value)
        self.stamp += 1
        self.save(update_fields=[*columns, "stamp"])


class PartyQuerySet(models.QuerySet["Party"]):
    def present(self) -> Self:
        return self.filter(left_on__isnull=True)

    def as_role(self, *roles: str) -> Self:
        return self.present().filter(role__in=roles).order_by("invited_on", "pk")


class Party(models.Model):
    """Somebody who takes part and has no account: keys of their own, and a number on their letter (vault/guests.py).

    `mark` shows that Haven itself gave these keys this place. Who supports somebody sees what that party shows them.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="parties")
    number = models.CharField(max_length=14, unique=True, default=new_number)
    role = models.CharField(max_length=40)
    bundle = models.OneToOneField(KeyBundle, on_delete=models.PROTECT, related_name="party")
    mark = models.BinaryField(max_length=32)
    supports = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="supporters")
    sees_all = models.BooleanField(default=False)  # of what the supported party is given from now on
    invited_on = models.DateField()
    entered_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    left_on = models.DateField(null=True)

    objects: ClassVar = PartyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="who_accepted_confidentiality_had_entered",
                condition=Q(accepted_on__isnull=True) | Q(entered_on__isnull=False),
            )
        ]

    @property
    def kind(self) -> str:
        """The part of the complaint that is between this party and those who handle it."""
        return f"party:{self.pk.hex}"

    @property
    def talk(self) -> str:
        """What this party and the complaints officers say to each other."""
        return f"talk:{self.pk.hex}"

    @property
    def reader(self) -> Reader:
        """Raises CannotOpen when keys were exchanged in the database."""
        return guests.reader(self.bundle, self.complaint_id, self.pk, self.mark)


class SeatQuerySet(models.QuerySet["Seat"]):
    def present(self) -> Self:
        return self.filter(left_on__isnull=True)

    def admitted(self) -> Self:
        return self.present().filter(admitted_on__isnull=False)


class Seat(models.Model):
    """The role that somebody with an account has in one complaint. The keys come with being admitted, not before."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=40)
    since = models.DateField()
    declared_on = models.DateField(null=True)  # no connection with the institution, nor with anybody involved
    accepted_on = models.DateField(null=True)  # confidentiality
    admitted_on = models.DateField(null=True)
    left_on = models.DateField(null=True)

    objects: ClassVar = SeatQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["complaint", "user"], condition=Q(left_on__isnull=True), name="one_seat_for_a_person"
            )
        ]

    @property
    def kind(self) -> str:
        """What somebody is asked before they have a key to anything else."""
        return f"seat:{self.pk.hex}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def in_the_file(self) -> Self:
        """Everything but what waits for the permission of a third party."""
        return self.filter(quarantined=False)


class Document(models.Model):
    """A paper of the file, with a compartment of its own: who was given it has a grant to that, and nobody else."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="documents")
    filed_on = models.DateField()
    filed_by = models.ForeignKey(Party, null=True, on_delete=models.SET_NULL, related_name="+")
    about = models.ForeignKey(Party, null=True, on_delete=models.SET_NULL, related_name="+")  # the witness it is of
    masks = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="masked")
    quarantined = models.BooleanField(default=False)

    objects: ClassVar = DocumentQuerySet.as_manager()

    @property
    def kind(self) -> str:
        return f"doc:{self.pk.hex}"


class Served(models.Model):
    """That a party was given a document, on which day, and in which dispatch: all of one dispatch at the same
    moment."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    dispatch = models.UUIDField(db_index=True)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="served")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="served")
    on = models.DateField()
    exception = models.CharField(
        max_length=40, default="", blank=True
    )  # of the regulation, when it went to one side only

    objects: ClassVar[models.Manager["Served"]] = models.Manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "party"], name="a_party_is_served_a_document_once")
        ]
