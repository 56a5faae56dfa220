"""What can happen next in a procedure, and what stands in the way. Pure: a course goes in, an answer comes out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from haven.rulebook.procedure import Earlier, Procedure, Step

type Why = Literal["not_yours", "fact", "ended", "taken", "shut", "not_yet", "part"]


@dataclass(frozen=True)
class Taken:
    """A step that was taken. `more`: how many units a term got; `until`: the day that was agreed instead."""

    step: str
    on: date
    by: str = ""
    parts: frozenset[str] = frozenset()
    more: int = 0
    until: date | None = None


@dataclass(frozen=True)
class Course:
    """What has happened so far, in order, and which facts hold."""

    taken: tuple[Taken, ...] = ()
    facts: frozenset[str] = frozenset()

    @cached_property
    def steps(self) -> frozenset[str]:
        return frozenset(one.step for one in self.taken)

    def days(self, step: str) -> tuple[date, ...]:
        return tuple(sorted(one.on for one in self.taken if one.step == step))

    def recorded(self, earlier: Earlier) -> bool:
        return any(one.step == earlier.step and earlier.part in one.parts for one in self.taken)

    def ended(self, procedure: Procedure) -> bool:
        return any(procedure.step(key).ends for key in self.steps)


@dataclass(frozen=True)
class Shut:
    """Why a step cannot be taken now. `steps`: the steps that are missing, or that shut it."""

    why: Why
    steps: tuple[str, ...] = ()


def shut_because(procedure: Procedure, course: Course, step: Step, role: str) -> Shut | None:
    """None when somebody with this role can take it now, as far as order and facts go; guards are the room's."""
    if not procedure.acting(role, course.facts) & set(step.who):
        return Shut("not_yours")
    return _shut(procedure, course, step)


def _shut(procedure: Procedure, course: Course, step: Step) -> Shut | None:
    return _by_facts(course, step) or _by_order(procedure, course, step)


def fits(step: Step, facts: Collection[str]) -> bool:
    """Whether the step exists at all with these facts. What does not exist is not waited for either."""
    return not ((step.when and step.when not in facts) or (step.when_not and step.when_not in facts))


def _by_facts(course: Course, step: Step) -> Shut | None:
    return None if fits(step, course.facts) else Shut("fact")


def _by_order(procedure: Procedure, course: Course, step: Step) -> Shut | None:
    if course.ended(procedure):
        return Shut("ended")
    if step.key in course.steps and not step.again:
        return Shut("taken")
    if shutting := [key for key in step.unless if key in course.steps]:
        return Shut("shut", tuple(shutting))
    missing = [key for key in step.after if key not in course.steps and fits(procedure.step(key), course.facts)]
    if missing or (step.after_any and not course.steps & set(step.after_any)):
        return Shut("not_yet", tuple(missing) or step.after_any)
    if step.given and not any(course.recorded(one) for one in step.given):
        return Shut("part", tuple(one.step for one in step.given))
    return None


def open_steps(procedure: Procedure, course: Course, role: str) -> tuple[Step, ...]:
    """What somebody with this role can do now, in the order of the file."""
    duties = procedure.acting(role, course.facts)
    return tuple(one for one in procedure.steps if duties & {*one.who} and not _shut(procedure, course, one))


def ahead(procedure: Procedure, course: Course) -> tuple[Step, ...]:
    """What can come next, whoever has to take it."""
    return tuple(one for one in procedure.steps if not _shut(procedure, course, one))


def missing(step: Step, parts: Collection[str]) -> tuple[str, ...]:
    """The keys of the contents that are still to be recorded."""
    return tuple(one.key for one in step.contents if one.missing(parts))
