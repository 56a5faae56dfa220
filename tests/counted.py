"""What waits to be counted, as the counting job sees it: the way in which a test looks at what a case counts as."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from haven.vault import tallies
from haven.vault.models import Tally


@dataclass(frozen=True)
class Ended:
    """The coded values of a case that ended."""

    kind: str
    category: str
    audience: str
    capacity: str
    channel: str
    mode: str
    outcome: str
    destination: str
    contact_in_time: str


def waiting() -> Iterator[dict[str, Any]]:
    return (tallies.opened(row) for row in Tally.objects.order_by("day"))


def told(at: str) -> list[dict[str, str]]:
    return [one["known"] for one in waiting() if one["at"] == at]


def ended() -> list[Ended]:
    names = [field.name for field in fields(Ended)]
    return [Ended(**{name: known.get(name, "") for name in names}) for known in told("closing")]
