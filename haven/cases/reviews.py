"""Decisions that hold only until a day: who decided looks at them again, also when the case is closed or gone.

They lie in the own drawer of that person. What stands there is a day, the reference, and what the person wrote to
recognise it by; nothing goes there by itself that was told in the case.
"""

from dataclasses import dataclass, field
from datetime import date
from secrets import token_hex

from django.db import transaction

from haven.cases.models import Case
from haven.people.models import User
from haven.trail import actions as trail
from haven.vault import drawer
from haven.vault.unlocking import Keyring

_PLACE = "reviews"


@dataclass(frozen=True)
class Review:
    """`here`: whether the case can still be opened."""

    id: str
    day: date
    reference: str
    decision: str
    mark: str = field(default="", repr=False)
    here: bool = False


def keep(keyring: Keyring, case: Case, *, day: date, decision: str, mark: str = "") -> None:
    """In the caller's transaction."""
    kept = drawer.read(keyring, lock=True)
    line = {"day": day.isoformat(), "reference": case.reference, "decision": decision, "mark": mark}
    drawer.write(keyring, kept | {_PLACE: {**kept.get(_PLACE, {}), token_hex(8): line}})


def days(keyring: Keyring) -> set[date]:
    return {one.day for one in _all(keyring)}


def due(keyring: Keyring, on: date) -> list[Review]:
    """What has to be looked at again by now, the first day first."""
    found = [one for one in _all(keyring) if one.day <= on]
    if not found:
        return []
    meant = Case.objects.filter(reference__in=[one.reference for one in found]).each_granted_to(keyring)
    here = set(meant.values_list("reference", flat=True))
    lines = (Review(one.id, one.day, one.reference, one.decision, one.mark, one.reference in here) for one in found)
    return sorted(lines, key=lambda one: (one.day, one.id))


@transaction.atomic
def looked(keyring: Keyring, key: str, *, by: User) -> None:
    """It was looked at again: the line goes. Pressed twice it is the same."""
    kept = drawer.read(keyring, lock=True)
    lines = {one: line for one, line in kept.get(_PLACE, {}).items() if one != key}
    drawer.write(keyring, kept | {_PLACE: lines})
    trail.note("person.looked_again", subject=str(by.pk), by=str(by.pk))


def _all(keyring: Keyring) -> list[Review]:
    kept = drawer.read(keyring).get(_PLACE, {})
    return [
        Review(key, date.fromisoformat(line["day"]), line["reference"], line["decision"], line["mark"])
        for key, line in kept.items()
    ]
