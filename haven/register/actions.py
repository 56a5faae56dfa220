"""The one way into the register."""

from datetime import date

from haven.register.models import Row


def count(coarse: dict[str, str], *, on: date, contact_in_time: bool | None) -> None:
    """Write the anonymous row of a case that ends on `on`, in the caller's transaction (R-000-06, R-000-24).

    `coarse` holds codes of the rulebook only: kind, category, audience, capacity, channel, mode, outcome, destination.
    """
    quarter = f"{on.year}Q{(on.month + 2) // 3}"
    Row.objects.create(quarter=quarter, contact_in_time=contact_in_time, **coarse)
