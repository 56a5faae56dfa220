"""Agree or disagree with a statement, in one click: without a name, a cookie, or anything that tells two people apart.

A statement is known here by its key only. Its page draws `ballot(key)` into the form, and shows `result(key)`."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haven.rulebook import shelf
from haven.voices.batches import FIRST
from haven.voices.models import Tally
from haven.voices.pace import pace
from haven.voices.slips import opened, rest, slip

BALLOT: Final = "ballot"
CHOICES: Final = (
    _("I strongly disagree"),
    _("I disagree"),
    _("I am in between"),
    _("I agree"),
    _("I strongly agree"),
)


class Spent(Exception):
    """This ballot was used before. Whoever opens the page anew gets another."""


@dataclass(frozen=True)
class Result:
    """`basis`: of how many votes, as of the last full batch."""

    basis: int
    shares: tuple[tuple[str | Promise, int], ...]


def ballot(statement: UUID) -> str:
    """For the form on the page of a statement: votes for anything else than what we drew are not taken."""
    return slip(BALLOT, str(statement))


def cast(ballot: str, choice: int) -> UUID:
    """Count one vote, and nothing else: no day, no trail line, no link from the ballot to the answer.

    Raises Stale, Spent, TooMany, and IndexError for an answer that there is not.
    """
    once, about = opened(ballot, BALLOT)
    statement = UUID(about)
    pace.admit(about, shelf.current().voices.votes_in_ten_minutes)
    with transaction.atomic():
        if not cache.add(f"ballot:{once}", 1, timeout=rest()):
            raise Spent
        Tally.objects.get_or_create(pk=statement)
        tally = Tally.objects.select_for_update().get(pk=statement)
        tally.add(choice)
        tally.save(update_fields=["votes", "shown", "basis"])
    return statement


def result(statement: UUID) -> Result | None:
    """As it may be shown; None until enough people voted."""
    tally = Tally.objects.filter(pk=statement, basis__gte=FIRST).first()
    return Result(tally.basis, tuple(zip(CHOICES, tally.shown, strict=True))) if tally else None
