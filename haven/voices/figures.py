"""What is told of input in numbers: from ten on, rounded to five, counted without a key (statistics.md)."""

from dataclasses import dataclass

from haven.voices.batches import coarse
from haven.voices.models import Decision, Input


@dataclass(frozen=True)
class Year:
    """One year; each number is None while it is too small to be told."""

    year: int
    came: int | None
    in_time: int | None
    used: int | None
    later: int | None
    not_used: int | None


def of(year: int) -> Year:
    rows = Input.objects.filter(year=year)
    decided = {one: coarse(rows.filter(decision=one).count()) for one in Decision}
    in_time = coarse(rows.filter(in_time=True).count())
    return Year(year, coarse(rows.count()), in_time, **{one.value: count for one, count in decided.items()})
