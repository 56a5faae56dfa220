"""If it begins today: until when each part may last, when every step is taken on its last day and nothing is extended.

Nobody has to be asked and nothing is kept: the days follow from the regulation and the calendar alone.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from haven.rulebook.calendar import Calendar
from haven.rulebook.course import Course, Taken
from haven.rulebook.procedure import Procedure, Step, Term
from haven.rulebook.procedureways import Ways
from haven.rulebook.terms import Last, Running, due, last_day


@dataclass(frozen=True)
class Longer:
    """What an extension makes of a last day. `last` is None where another day is agreed."""

    step: Step
    last: Last | None


@dataclass(frozen=True)
class Foreseen:
    """One term: its last day and why, and how much longer it can become. `running.last` is None for what is counted
    from something of which nobody knows when it comes."""

    running: Running
    longer: tuple[Longer, ...]

    @property
    def term(self) -> Term:
        return self.running.term


def foresee(
    procedure: Procedure, calendar: Calendar, *, on: date, facts: frozenset[str] = frozenset()
) -> list[Foreseen]:
    """Every term, in the order of its last day; at the end those that nobody can know yet."""
    course = Course((Taken(procedure.first, on),), facts)
    while further := _next(procedure, course, calendar):
        course = Course((*course.taken, further), facts)
    found = [_foreseen(procedure, course, one, calendar) for one in due(procedure, course, calendar, on=on)]
    return sorted(found, key=lambda one: one.running.last.day if one.running.last else date.max)


def _next(procedure: Procedure, course: Course, calendar: Calendar) -> Taken | None:
    """A step on the last day of its term; or else one that a term is counted from, as soon as it can be taken."""
    stand = due(procedure, course, calendar, on=course.taken[0].on)
    return next(_met(stand, course), None) or next(_begun(stand, course, Ways(procedure)), None)


def _met(stand: Collection[Running], course: Course) -> Iterator[Taken]:
    """A clock of the law beside a term of our own only looks on."""
    own = {key for one in stand if not one.term.statute for key in one.term.met_by}
    for one in stand:
        for key in one.term.met_by[:1] if one.term.met_any else one.term.met_by:
            beside = one.term.statute and key in own
            if one.last and not beside and not one.met_on and key not in course.steps:
                yield Taken(key, one.last.day)


def _begun(stand: Collection[Running], course: Course, ways: Ways) -> Iterator[Taken]:
    for one in stand:
        for key in one.term.counted_from if one.last is None and not one.term.only_if_begun else ():
            steps = {step for way in ways.to(key)[:1] for step in way.steps}
            known = [taken.on for taken in course.taken if taken.step in steps]
            if key not in course.steps and known:
                yield Taken(key, max(known))


def _foreseen(procedure: Procedure, course: Course, running: Running, calendar: Calendar) -> Foreseen:
    """Each extension comes on top of the one before it."""
    if running.last is None:
        return Foreseen(running, ())
    longer: list[Longer] = []
    for step in procedure.steps:
        if step.extends and step.extends.term == running.term.key:
            last = None
            if step.extends.up_to:
                added = Taken(step.key, running.last.day, more=step.extends.up_to)
                course = Course((*course.taken, added), course.facts)
                last = last_day(procedure, course, running.term, calendar, on=running.last.day)
            longer.append(Longer(step, last))
    return Foreseen(running, tuple(longer))
