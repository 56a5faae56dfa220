"""Input as it comes in: sealed to who handles it, stored durably, once. Nothing is kept of who sends it."""

from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from haven.people.readers import readers_of
from haven.rulebook import shelf
from haven.rulebook.roles import Right
from haven.trail import actions as trail
from haven.vault.readers import Reader
from haven.vault.sealing import Sealing
from haven.voices.models import ADDRESS, WORDS, Input, Round

PURPOSE = "input"


class NobodyReads(Exception):
    """There is nobody now to whom it could be sealed."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody tells. `about`: the page they came from. `source`: where staff heard it; empty from the site."""

    kind: str
    words: str = field(repr=False)
    language: str
    about: str = ""
    round: str = ""
    source: str = ""
    mail: str = field(default="", repr=False)


def receive(said: Said, *, once: UUID, on: date | None = None) -> None:
    """When this returns, it is on disk. The same form sent twice is one input. Raises NobodyReads."""
    day = on or localdate()
    due = day + timedelta(days=shelf.current().voices.days)
    try:
        keep(Input(id=once, year=day.year, received_on=day, due_on=due), said, on=day)
    except IntegrityError:
        if not Input.objects.filter(pk=once).exists():
            raise


def keep(row: Input, said: Said, *, on: date) -> None:
    """Seal and store a new input, in a transaction of its own."""
    readers = handlers(on)
    if not readers:
        raise NobodyReads
    words = {name: value for name, value in asdict(said).items() if name != "mail"}
    sealed = Sealing(row.pk, on)
    sealed.compartment(WORDS, readers).item("said", words)
    if said.mail:
        sealed.compartment(ADDRESS, readers).item("address", {"mail": said.mail})
    with transaction.atomic():
        row.save(force_insert=True)
        sealed.save()
        trail.note_once("input.received", subject="", by="", on=on)


def handlers(on: date) -> list[Reader]:
    """The readers of the team whose role lets them handle input."""
    found = readers_of(shelf.current().voices.team, on=on)
    return [one.reader for one in found if one.person and one.person.may(Right.INPUT)]


def open_rounds(on: date | None = None) -> list[Round]:
    return list(Round.objects.open(on or localdate()))
