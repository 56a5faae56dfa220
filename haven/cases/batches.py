"""Coded values become counts, a day at a time and in the order of chance; then they are gone."""

from django.utils.timezone import localdate

from haven.register.actions import Event, count
from haven.vault import tallies


def count_what_waits() -> None:
    """What came before today. Killed at any point it is done again, and counts nothing twice: the batch has a name."""
    today = localdate()
    while (batch := tallies.batch(before=today)) is not None:
        name, waiting = batch
        count(name, [Event(one["at"], day, one["known"]) for day, one in waiting], on=today)
        tallies.drop(name)
