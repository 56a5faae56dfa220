"""A walk through a procedure: a step that is open, by somebody who may take it, some days later; and on, to an end."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from haven.rulebook import course as engine
from haven.rulebook.calendar import Calendar
from haven.rulebook.course import Course, Taken
from haven.rulebook.procedure import Procedure, Step
from haven.rulebook.procedureways import Ways
from haven.rulebook.terms import Running, due

OFTEN = 2  # how often a walk takes a step that may be taken again


@dataclass
class Walk:
    procedure: Procedure
    calendar: Calendar
    choose: Random
    facts: frozenset[str]
    to_the_end: bool  # nobody takes an end that is open from the beginning
    day: date
    exits: frozenset[str]
    course: Course = field(default_factory=Course)
    _known: tuple[Course, tuple[Running, ...]] | None = None

    def begin(self) -> None:
        """With the step that needs nothing before it, and that exists with these facts."""
        first = next(
            one
            for one in self.procedure.steps
            if engine.fits(one, self.facts) and not (one.after or one.after_any or one.given)
        )
        self.course = Course((Taken(first.key, self.day, first.who[0]),), self.facts)

    def open(self) -> list[tuple[str, Step]]:
        """Who can take what now."""
        found = [
            (role.key, step)
            for role in self.procedure.roles
            if role.needed_unless not in self.facts
            for step in engine.open_steps(self.procedure, self.course, role.key)
        ]
        return [(role, step) for role, step in found if self._is_left(step)]

    def _is_left(self, step: Step) -> bool:
        times = len(self.course.days(step.key))
        if step.extends and (times >= step.extends.times or not self._runs(step.extends.term)):
            return False
        return times < OFTEN and not (self.to_the_end and step.key in self.exits)

    def _runs(self, term: str) -> bool:
        return any(one.term.key == term and one.last and not one.over for one in self.stand())

    def stand(self) -> tuple[Running, ...]:
        """Worked out once for each move: a term tells why in a sentence, and that takes time."""
        if self._known is None or self._known[0] is not self.course:
            self._known = self.course, due(self.procedure, self.course, self.calendar, on=self.day)
        return self._known[1]

    def go_on(self) -> Taken:
        role, step = self.choose.choice(self.open())
        self.day += timedelta(days=self.choose.randint(0, 60))
        taken = Taken(step.key, self.day, role, self._parts(step))
        if step.extends:
            more = self.choose.randint(1, step.extends.up_to) if step.extends.up_to else 0
            taken = replace(taken, more=more, until=None if more else self._agreed(step.extends.term))
        if step.sets_day:
            taken = replace(taken, until=self.day + timedelta(days=self.choose.randint(1, 60)))
        self.course = Course((*self.course.taken, taken), self.facts)
        return taken

    def _agreed(self, term: str) -> date:
        last = next(one.last for one in self.stand() if one.term.key == term)
        assert last
        return last.day + timedelta(days=self.choose.randint(1, 90))

    def _parts(self, step: Step) -> frozenset[str]:
        """All that must be recorded, and of choices one."""
        parts: set[str] = set()
        for content in step.contents:
            if not content.optional and (content.given is None or content.given in parts):
                parts.add(self.choose.choice(content.keys()))
        assert engine.missing(step, parts) == ()
        return frozenset(parts)


def exits(procedure: Procedure) -> frozenset[str]:
    """The ends that are open from the beginning, such as a withdrawal."""
    ways = Ways(procedure)
    return frozenset(
        one.key for one in procedure.steps if one.ends and any(len(way.steps) <= 2 for way in ways.to(one.key))
    )
