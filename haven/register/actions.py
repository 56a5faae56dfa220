"""The one way into the register."""

from datetime import date
from random import SystemRandom
from uuid import UUID

from haven.register.models import Row


def count(coarse: dict[str, str], *, on: date, contact_in_time: bool | None) -> UUID:
    """Write the anonymous row of a case that ends on `on`, in the caller's transaction (R-000-06, R-000-24). Gives its
    id, by which it can be taken back.

    `coarse` holds codes of the rulebook only: kind, category, audience, capacity, channel, mode, outcome, destination.
    """
    quarter = f"{on.year}Q{(on.month + 2) // 3}"
    row = Row(quarter=quarter, contact_in_time=contact_in_time, **coarse)
    _put_among_the_others(row)
    return row.pk


def take_back(row: UUID) -> None:
    """Remove the row of a case that goes on, in the caller's transaction: it is counted again when it ends again."""
    Row.objects.filter(pk=row).delete()


def _put_among_the_others(row: Row) -> None:
    """A database keeps rows in the order in which they came, and the trail tells in which order cases ended: side by
    side they would say which row was which case. So the quarter is written again, in an order of chance."""
    there = list(Row.objects.select_for_update().filter(quarter=row.quarter))
    rows = [row, *there]
    SystemRandom().shuffle(rows)
    Row.objects.filter(pk__in=[one.pk for one in there]).delete()
    Row.objects.bulk_create(rows)
