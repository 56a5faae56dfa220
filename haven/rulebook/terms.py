"""The terms of a procedure as they stand: until when, why this day, and whether it was kept.

The day of the event is never counted. A term that an institution sets itself ends when it ends; the last day of a term
of a law moves as the Algemene termijnenwet says (articles 1 and 2; not when the term is longer than article 4 allows).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from haven.rulebook import dates
from haven.rulebook.calendar import ONE_DAY, Calendar
from haven.rulebook.course import Course, Taken, fits
from haven.rulebook.procedure import Procedure, Step, Term, Unit
from haven.rulebook.words import LANGUAGES, Text

type State = Literal["waiting", "running", "paused", "late", "met", "met_late", "shut"]

UNITS = {
    "working_days": (("werkdag", "werkdagen"), ("working day", "working days")),
    "calendar_days": (("dag", "dagen"), ("day", "days")),
    "weeks": (("week", "weken"), ("week", "weeks")),
    "months": (("maand", "maanden"), ("month", "months")),
    "years": (("jaar", "jaar"), ("year", "years")),
}
TOO_LONG_TO_MOVE = {"working_days": 90, "calendar_days": 90, "weeks": 12, "months": 3, "years": 1}
"""Above this (and from one year on) articles 1 to 3 do not move the last day: Algemene termijnenwet, article 4."""


@dataclass(frozen=True)
class Last:
    """A last day and how it was found."""

    day: date
    rule: Text


@dataclass(frozen=True)
class Running:
    """One term as it stands on a day. `last` and `began` are None while it waits for the event it is counted from."""

    term: Term
    state: State
    began: date | None = None
    last: Last | None = None
    met_on: date | None = None

    @property
    def over(self) -> bool:
        return self.state in {"met", "met_late", "shut"}


def due(procedure: Procedure, course: Course, calendar: Calendar, *, on: date) -> tuple[Running, ...]:
    """Every term of this procedure that holds with these facts, in the order of the file."""
    held = (one for one in procedure.terms if _holds(one, course))
    return tuple(_stands(procedure, course, term, calendar, on) for term in held)


def asked_from(running: Running, calendar: Calendar) -> date | None:
    """The day from which a letter about the delay, and an interim step, are asked for; None while no day is known."""
    if running.last is None:
        return None
    ahead = running.term.ahead
    return _before(running.last.day, ahead, running.term, calendar, unit="working_days") if ahead else running.last.day


def _holds(term: Term, course: Course) -> bool:
    return not ((term.when and term.when not in course.facts) or (term.when_not and term.when_not in course.facts))


def _stands(procedure: Procedure, course: Course, term: Term, calendar: Calendar, on: date) -> Running:
    began, met_on = began_on(procedure, term, course), _met_on(procedure, term, course)
    if began is None:
        return Running(term, "shut" if course.ended(procedure) else "waiting")
    last = last_day(procedure, course, term, calendar, on=on)
    if met_on:
        return Running(term, "met" if met_on <= last.day else "met_late", began, last, met_on)
    if course.ended(procedure) or _barred(procedure, term, course):
        return Running(term, "shut", began, last)
    paused = any(_open_pause(course, pause.by, pause.until) for pause in term.pauses)
    return Running(term, "paused" if paused else "late" if on > last.day else "running", began, last)


def _existing(procedure: Procedure, keys: tuple[str, ...], course: Course) -> list[Step]:
    """Those of the steps that exist with these facts: without a complainant nobody waits for one to be heard."""
    return [step for key in keys if fits(step := procedure.step(key), course.facts)]


def began_on(procedure: Procedure, term: Term, course: Course) -> date | None:
    """The day it is counted from: of several events the latest, and then all must have happened, or the earliest."""
    steps = _existing(procedure, term.counted_from, course)
    found = [day for step in steps if (day := _day_of(step, term, course))]
    if not found or (term.pick == "latest" and len(found) < len(steps)):
        return None
    return max(found) if term.pick == "latest" else min(found)


def _day_of(step: Step, term: Term, course: Course) -> date | None:
    if step.sets_day:
        return next((one.until or one.on for one in reversed(course.taken) if one.step == step.key), None)
    days = course.days(step.key)
    return (days[-1] if term.pick == "latest" else days[0]) if days else None


def _met_on(procedure: Procedure, term: Term, course: Course) -> date | None:
    steps = _existing(procedure, term.met_by, course)
    days = [found[0] for step in steps if (found := course.days(step.key))]
    if term.met_any:
        return min(days, default=None)
    return max(days) if days and len(days) == len(steps) else None


def _barred(procedure: Procedure, term: Term, course: Course) -> bool:
    """Whether what meets it cannot be taken any more, because another way was chosen: then there is nothing to keep."""
    left = [one for one in _existing(procedure, term.met_by, course) if one.key not in course.steps]
    shut = [any(key in course.steps for key in one.unless) for one in left]
    return all(shut) if term.met_any else any(shut)


def last_day(procedure: Procedure, course: Course, term: Term, calendar: Calendar, *, on: date) -> Last:
    """The last day with what was added to it. Raises ValueError when the term has not begun."""
    began = began_on(procedure, term, course)
    if began is None:
        raise ValueError("This term has not begun.")
    last = counted(term, began, term.length, calendar)
    for pause in term.pauses:
        last = _after_pauses(course, pause.by, pause.until, last, on)
    for taken in course.taken:
        extends = procedure.step(taken.step).extends
        if extends and extends.term == term.key:
            last = _extended(term, taken, last, calendar)
    return last


def counted(term: Term, start: date, length: int, calendar: Calendar) -> Last:
    """So many units from a day on, forward or back."""
    if term.unit == "working_days" and not term.backward:
        found = calendar.add_working_days(start, length)
        return Last(found.day, found.rule)
    day = _before(start, length, term, calendar) if term.backward else _after(start, length, term)
    rule = _sentence(term, start, length)
    moved = _moved(term, start, day, length, calendar)
    return Last(moved, _add(rule, *_moved_words(day, calendar)) if moved != day else rule)


def _after(start: date, length: int, term: Term) -> date:
    if term.unit in {"months", "years"}:
        return dates.months_after(start, length * (12 if term.unit == "years" else 1))
    return start + timedelta(days=length * (7 if term.unit == "weeks" else 1))


def _before(start: date, length: int, term: Term, calendar: Calendar, *, unit: str = "") -> date:
    if (unit or term.unit) == "working_days":
        day = start
        for _ in range(length):
            day -= ONE_DAY
            while not calendar.is_working_day(day):
                day -= ONE_DAY
        return day
    if term.unit in {"months", "years"}:
        return dates.months_after(start, -length * (12 if term.unit == "years" else 1))
    return start - timedelta(days=length * (7 if term.unit == "weeks" else 1))


def _moved(term: Term, start: date, day: date, length: int, calendar: Calendar) -> date:
    """Article 1: not on a weekend or holiday. Article 2: a term of three days or more holds two working days."""
    if not term.statute or term.backward or length > TOO_LONG_TO_MOVE[term.unit] or term.unit == "years":
        return day
    by_law = calendar.of_the_law
    if (day - start).days >= 3:
        while by_law.working_days(start, day) < 2:
            day += ONE_DAY
    return by_law.on_or_after(day)


def _after_pauses(course: Course, by: str, until: str, last: Last, on: date) -> Last:
    """The days that it stood still are added; what still stands still has stood still until today."""
    days = 0
    for began, ended in _pauses(course, by, until):
        days += ((ended or on) - began).days if began <= last.day else 0
    if not days:
        return last
    day = last.day + timedelta(days=days)
    return Last(day, _add(last.rule, f"{days} dagen stilgestaan", f"stood still for {days} days"))


def _pauses(course: Course, by: str, until: str) -> list[tuple[date, date | None]]:
    ends = list(course.days(until))
    found: list[tuple[date, date | None]] = []
    for began in course.days(by):
        ended = next((day for day in ends if day >= began), None)
        if ended:
            ends.remove(ended)
        found.append((began, ended))
    return found


def _open_pause(course: Course, by: str, until: str) -> bool:
    return any(ended is None for _, ended in _pauses(course, by, until))


def _extended(term: Term, taken: Taken, last: Last, calendar: Calendar) -> Last:
    if taken.until:
        agreed = (f"afgesproken tot {dates.full(taken.until, 'nl')}", f"agreed until {dates.full(taken.until, 'en')}")
        return Last(taken.until, _add(last.rule, *agreed))
    if not taken.more:
        return last
    longer = counted(term, last.day, taken.more, calendar)
    return Last(longer.day, _add(last.rule, f"verlengd met {longer.rule.nl}", f"extended by {longer.rule.en}"))


def in_words(length: int, unit: Unit) -> Text:
    """15 werkdagen / 15 working days."""
    nl, en = (one[0 if length == 1 else 1] for one in UNITS[unit])
    return Text(nl=f"{length} {nl}", en=f"{length} {en}")


def _sentence(term: Term, start: date, length: int) -> Text:
    said, (nl, en) = in_words(length, term.unit), ("voor", "before") if term.backward else ("na", "after")
    return Text(nl=f"{said.nl} {nl} {dates.full(start, 'nl')}", en=f"{said.en} {en} {dates.full(start, 'en')}")


def _moved_words(day: date, calendar: Calendar) -> tuple[str, str]:
    why = calendar.of_the_law.why(day)
    nl, en = (f" ({why.say(language)})" if why else "" for language in LANGUAGES)
    return (
        f"{dates.short(day, 'nl')} telt niet als laatste dag{nl}",
        f"{dates.short(day, 'en')} cannot be the last day{en}",
    )


def _add(rule: Text, nl: str, en: str) -> Text:
    return Text(nl=f"{rule.nl}; {nl}", en=f"{rule.en}; {en}")
