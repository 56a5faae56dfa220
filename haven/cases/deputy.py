"""A name that one person may know, and the second person whom the reporter named for when the first is not there.

Both hold the key. What stands between the second and the name while the first is there is this check alone, and the
reporter is told so before choosing (docs/threat-model.md). Nobody opens the name by saying themselves that the first
is away.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.timezone import localdate

from haven.cases.files import ORIGINALS
from haven.cases.models import Case
from haven.people.absence import is_away, said_by
from haven.people.models import User
from haven.people.readers import handlers_of
from haven.vault import grants
from haven.vault.models import KeyBundle
from haven.vault.reading import Opened
from haven.vault.unlocking import Keyring

SLOT: Final = "knows"
"""In `replies`, so that the reporter can see it too: the key ids of who may know the name, and of the second person."""
_NAMES: Final = ("identity", ORIGINALS)


@dataclass(frozen=True)
class TwoKnow:
    """By name, for the page of a case. `stands_in`: the viewer is the second."""

    first: str
    second: str
    stands_in: bool


def two_know(items: Iterable[Opened], keyring: Keyring) -> TwoKnow | None:
    if not (both := said(items)):
        return None
    first, second = person_of(both["keeper"]), person_of(both["deputy"])
    return TwoKnow(first.name if first else "", second.name if second else "", both["deputy"] in keyring.kids)


def named(keeper: str, deputy: str) -> dict[str, str]:
    return {"keeper": keeper, "deputy": deputy}


def said(items: Iterable[Opened]) -> dict[str, Any]:
    """What the reporter last said; nothing when there is no second person."""
    found = [one for one in items if one.kind == "replies" and one.item.slot == SLOT and not one.damaged]
    latest = max(found, key=lambda one: (one.item.made_on, one.item.seq), default=None)
    return latest.payload if latest and latest.payload.get("deputy") else {}


def shown(items: Sequence[Opened], *, case: Case, by: User, keyring: Keyring) -> Sequence[Opened]:
    """The opened items of a case, without the name for a second person while the first is there."""
    if said(items).get("deputy") not in keyring.kids or stands_in(case, said(items)["keeper"], by=by):
        return items
    return [one for one in items if one.kind not in _NAMES]


def stands_in(case: Case, keeper: str, *, by: User, on: date | None = None) -> bool:
    """Whether the first is away today or gone from this case, and it was not the second who said so."""
    day, first = on or localdate(), person_of(keeper)
    if first is None:
        return True
    handles = keeper in grants.kids_of(case.pk, "identity") & {one.kid for one in handlers_of(case.route, on=day)}
    return not (handles and not is_away(first, on=day)) and said_by(first) != str(by.pk)


def person_of(kid: str) -> User | None:
    """Whose key this is, of those who are still known."""
    owners = KeyBundle.objects.filter(kid=kid).values("owner_id")
    return User.objects.known().filter(pk__in=owners).first()
