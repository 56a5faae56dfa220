"""What a team keeps beside the words of a case, as it lies in the opened items. Reads only; the deeds are in triage,
links and reminders.

Links, tags and reminders share one slot. The name of a slot can be read without a key, and “link” in two cases on one
day would say which two belong together.
"""

from collections.abc import Iterable

from haven.cases.opened import Payload
from haven.vault.reading import Opened

SLOT = "work"
LINK, UNLINK, TAGS, REMINDER = "link", "unlink", "tags", "reminder"


def kept(items: Iterable[Opened], slot: str = SLOT) -> list[Opened]:
    """What lies in a slot of `internal`, in order; what is damaged is left out."""
    found = [one for one in items if one.kind == "internal" and one.item.slot == slot and not one.damaged]
    return sorted(found, key=lambda one: (one.item.seq, one.item.made_on))


def links(items: Iterable[Opened]) -> dict[str, Opened]:
    """By its token, each link that stands. A token names no case: two cases that hold the same one belong together."""
    found: dict[str, Opened] = {}
    for one in kept(items):
        if one.payload["is"] == LINK:
            found[one.payload["token"]] = one
        elif one.payload["is"] == UNLINK:
            found.pop(one.payload["token"], None)
    return found


def tags(items: Iterable[Opened]) -> tuple[str, ...]:
    """The tags as somebody last left them."""
    found = [one.payload["tags"] for one in kept(items) if one.payload["is"] == TAGS]
    return tuple(found[-1]) if found else ()


def reminders(items: Iterable[Opened]) -> list[Opened]:
    return [one for one in kept(items) if one.payload["is"] == REMINDER]


def assessment(items: Iterable[Opened]) -> Payload:
    """The main type as the team last named it (R-000-11): not what the reporter chose, and not a finding."""
    found = kept(items, "assessment")
    return {**found[-1].payload, "day": found[-1].item.made_on} if found else {}
