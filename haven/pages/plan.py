"""The plan as it stood on a day, and what differs between two of its versions. Plain data: a version is never looked up
again in rows that changed since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

type Stood = Mapping[str, Any]  # one action, as a version keeps it
type Plan = Mapping[str, Stood]
type Kind = Literal["added", "changed", "dropped"]

WORDS: Final = ("title", "text", "window", "reason", "partner")  # in each language
KEYS: Final = ("component", "unit", "priority")
LISTS: Final = ("targets", "findings")


@dataclass(frozen=True)
class Change:
    """What happened to one action. `fields`: what differs, when it was there before and still is."""

    kind: Kind
    key: str
    before: Stood
    after: Stood
    fields: tuple[str, ...] = ()

    @property
    def title(self) -> Mapping[str, str]:
        words: Mapping[str, str] = (self.after or self.before)["title"]
        return words


def changes(before: Plan, after: Plan) -> list[Change]:
    """Added first, then changed, then dropped: what people look for."""
    return sorted(_changes(before, after), key=lambda one: one.kind)


def _changes(before: Plan, after: Plan) -> Iterator[Change]:
    for key in [*after, *(key for key in before if key not in after)]:
        old, new = before.get(key, {}), after.get(key, {})
        if gone(new) and not gone(old):
            yield Change("dropped", key, old, new)
        elif gone(old) and not gone(new):
            yield Change("added", key, old, new)
        elif fields := tuple(name for name in (*WORDS, *KEYS, *LISTS) if old.get(name) != new.get(name)):
            yield Change("changed", key, old, new, fields)


def gone(stood: Stood) -> bool:
    return not stood or bool(stood.get("dropped"))
