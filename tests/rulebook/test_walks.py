"""Whoever takes a step that is open, whenever, in whatever order: every procedure ends, and no term is lost."""

from datetime import date
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from haven.rulebook import loader
from haven.rulebook.course import fits
from haven.rulebook.procedure import Procedure, Term
from tests.proves import proves
from tests.rulebook.conftest import EXAMPLE
from tests.rulebook.walking import Walk, exits

BOOK = loader.load(EXAMPLE)
EXITS = {one.key: exits(one) for one in BOOK.procedures}
EVERY = pytest.mark.parametrize("procedure", list(BOOK.procedures), ids=lambda one: f"{one.key}-{one.version}")


@proves("R-001-111")
@EVERY
@settings(max_examples=30, phases=(Phase.explicit, Phase.generate))
@given(
    choose=st.randoms(use_true_random=False),
    day=st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    to_the_end=st.booleans(),
)
def test_any_order_of_open_steps_ends_takes_no_step_twice_and_loses_no_term(
    procedure: Procedure, choose: Random, day: date, *, to_the_end: bool
) -> None:
    facts = frozenset(one.key for one in procedure.facts if choose.random() < 0.3)
    walk = Walk(procedure, BOOK.calendar, choose, facts, to_the_end, day, EXITS[procedure.key])
    walk.begin()
    begun: set[str] = set()
    for _ in range(3 * len(procedure.steps)):
        begun = _terms_are_all_there(walk, begun)
        if walk.course.ended(procedure):
            break
        assert walk.open(), f"nothing can be done any more after {[one.step for one in walk.course.taken]}"
        walk.go_on()

    assert walk.course.ended(procedure)
    assert [one.term.key for one in walk.stand() if one.term.key in begun and not one.over] == []
    assert walk.open() == []
    taken = [one.step for one in walk.course.taken]
    assert [key for key in taken if taken.count(key) > 1 and not procedure.step(key).again] == []


def _terms_are_all_there(walk: Walk, before: set[str]) -> set[str]:
    """Each term that has begun is shown with its last day until it is over; what has begun stays begun."""
    stand = {one.term.key: one for one in walk.stand()}
    begun = {one.key for one in walk.procedure.terms if one.key in stand and _has_begun(one, walk)}
    assert begun >= before
    for key in begun:
        assert stand[key].last is not None
        assert stand[key].state != "waiting"
    for key in stand.keys() - begun:
        assert stand[key].state == ("shut" if walk.course.ended(walk.procedure) else "waiting")
    return begun


def _has_begun(term: Term, walk: Walk) -> bool:
    """Without a complainant nobody is waited for to be heard."""
    steps = [walk.procedure.step(key) for key in term.counted_from]
    there = [one.key in walk.course.steps for one in steps if fits(one, walk.facts)]
    return bool(there) and (all(there) if term.pick == "latest" else any(there))
