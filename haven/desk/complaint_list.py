"""The complaints of one person as lines of a list: stage, terms, what waits for whom. Counted from their own keys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from haven.complaints import actions, course, regulation, talking
from haven.complaints.models import COURSE, Complaint, Seat
from haven.complaints.opened import OpenComplaint, listed
from haven.desk.forms import said
from haven.desk.terms import until_day
from haven.people.models import User
from haven.rulebook import shelf
from haven.rulebook.procedure import Procedure, Step
from haven.rulebook.terms import Running, asked_from
from haven.vault.unlocking import Keyring

OPEN = ("running", "late", "paused")
SENT = {"letters_served"}  # a step that waits for nothing but its letters


@dataclass(frozen=True)
class TermLine:
    """One term as it stands: how far its last day is, and why it is that day."""

    running: Running
    on: date
    longer: bool  # it was extended
    letter_owed: bool  # it passes soon or has passed, and nobody was told yet
    interim: Step | None = None  # what is reported when it cannot be met, and was not yet
    untold: Step | None = None  # with which it became longer, and no letter says so yet

    @property
    def name(self) -> str:
        return said(self.running.term.name)

    @property
    def article(self) -> str:
        return self.running.term.article

    @property
    def state(self) -> str:
        return self.running.state

    @property
    def late(self) -> bool:
        return self.running.state == "late"

    @property
    def letter(self) -> str | None:
        """With which both sides are told that it takes longer, while it is open (R-001-115)."""
        return self.running.term.letter if self.state in OPEN else None

    @property
    def day(self) -> date | None:
        return self.running.last.day if self.running.last else None

    @property
    def left(self) -> str:
        return until_day(self.day, self.on) if self.day else ""

    @property
    def why(self) -> str:
        return said(self.running.last.rule) if self.running.last else ""


def terms_of(opened: OpenComplaint, on: date) -> list[TermLine]:
    """Every term that has begun, those that still run first, the nearest on top."""
    rules, done = regulation.of(opened.row), course.done(opened)
    longer = {step.extends.term for one in done if (step := rules.step(one.step)).extends}
    found = [
        TermLine(
            one, on, one.term.key in longer, _owed(opened, one, on), _interim(opened, one, on), _untold(opened, one)
        )
        for one in course.due(opened, on=on)
        if one.last is not None
    ]
    return sorted(found, key=lambda one: (one.state not in OPEN, one.day or date.max))


def _owed(opened: OpenComplaint, one: Running, on: date) -> bool:
    """A letter about the delay is due before the term has passed, and none is in the file (R-001-115)."""
    if one.term.letter is None or one.began is None or not _is_asked(one, on):
        return False
    sent = [item.item.made_on for item in opened.of(COURSE, "document") if item.payload["kind"] == one.term.letter]
    return not any(day > one.began for day in sent)


def _interim(opened: OpenComplaint, one: Running, on: date) -> Step | None:
    """The report that comes before a term passes when it cannot be met (R-001-72); once for each such term."""
    if one.term.interim is None or not _is_asked(one, on) or course.last(opened, one.term.interim):
        return None
    return regulation.of(opened.row).step(one.term.interim)


def _untold(opened: OpenComplaint, one: Running) -> Step | None:
    """Whoever is told of an extension gets a letter of it: none is in the file since the last one was given."""
    rules = regulation.of(opened.row)
    given = [
        (rules.step(each.step), each.on)
        for each in course.done(opened)
        if (extends := rules.step(each.step).extends) and extends.term == one.term.key
    ]
    if not given or not given[-1][0].letters or one.over:
        return None
    step, on = given[-1]
    filed = [each.item.made_on for each in opened.of(COURSE, "document") if each.payload["kind"] in step.letters]
    return None if any(day >= on for day in filed) else step


def _is_asked(one: Running, on: date) -> bool:
    asked = asked_from(one, shelf.current().calendar)
    return one.state in OPEN and asked is not None and on >= asked


@dataclass
class Line:
    """One complaint in the list."""

    opened: OpenComplaint
    on: date
    has_committee: bool
    alarmed: bool = False  # somebody said that they are put at a disadvantage, and has no answer

    @property
    def row(self) -> Complaint:
        return self.opened.row

    @property
    def rules(self) -> Procedure:
        return regulation.of(self.row)

    @property
    def who(self) -> str:
        """Between whom it is, for who has a key to it."""
        return between(self.opened)

    @property
    def stage(self) -> str:
        return stage_of(self.opened)

    @cached_property
    def term(self) -> TermLine | None:
        """The one that needs looking at first."""
        running = [one for one in terms_of(self.opened, self.on) if one.state in OPEN]
        return running[0] if running else None

    @property
    def also(self) -> list[TermLine]:
        """Terms that the regulation wants to see apart, such as the one for admissibility (R-001-113)."""
        running = [one for one in terms_of(self.opened, self.on) if one.state in OPEN and one.running.term.listed]
        return [one for one in running if self.term is None or one.running.term.key != self.term.running.term.key]

    @property
    def part(self) -> str:
        return part_of_the_way(self.opened)

    @property
    def to_send(self) -> Sequence[Step]:
        """Letters that everybody gets once, and that were not sent yet: such as who has which rights (R-001-28)."""
        return [one for one in self.mine if one.letters and not one.again and set(one.needs) <= SENT and not one.ends]

    @cached_property
    def mine(self) -> Sequence[Step]:
        """The steps this person can take now, without those with which a complaint ends early."""
        return [] if self.row.ended_on else [one for one in actions.open_to(self.opened) if not _stops(one, self.rules)]

    @property
    def no_committee(self) -> bool:
        return not self.has_committee and self.row.ended_on is None

    @property
    def urgency(self) -> tuple[bool, bool, bool, date]:
        day = self.term.day if self.term and self.term.day else date.max
        pressing = self.alarmed or bool(self.term and self.term.late)
        return self.row.ended_on is not None, not self.alarmed, not pressing, day


def _stops(step: Step, rules: Procedure) -> bool:
    """A way out that is open all the time is nothing that waits for somebody."""
    return step.ends and set(step.after) <= {rules.first} and not step.after_any


def stage_of(opened: OpenComplaint) -> str:
    """The step that was taken last, in words."""
    done = course.done(opened)
    return said(regulation.of(opened.row).step(done[-1].step).name) if done else ""


def part_of_the_way(opened: OpenComplaint) -> str:
    """The part of the way in which that step lies, where the regulation has such parts."""
    done, rules = course.done(opened), regulation.of(opened.row)
    key = rules.step(done[-1].step).stage if done else None
    return next((said(one.name) for one in rules.stages if one.key == key), "")


def between(opened: OpenComplaint) -> str:
    """The names on both sides, as the letter gave them."""
    head = opened.head
    sides = [head.get("complainant", {}).get("name", ""), *(one.get("name", "") for one in head.get("defendants", ()))]
    return " · ".join(filter(None, sides))


def lines_of(keyring: Keyring, by: User, on: date) -> list[Line]:
    """Late ones on top, what ended at the bottom. The number of queries does not grow with the list."""
    every = listed(keyring, by=by)
    heard = _with_committee(every)
    said_so = talking.put_at_a_disadvantage(keyring, [one.row for one in every])
    lines = (Line(one, on, one.row.pk in heard, one.row.pk in said_so) for one in every)
    return sorted(lines, key=lambda one: one.urgency)


def _with_committee(every: Iterable[OpenComplaint]) -> set[object]:
    rules = {one.row.pk: regulation.of(one.row) for one in every}
    seats = Seat.objects.present().filter(complaint__in=list(rules)).values_list("complaint", "role")
    return {pk for pk, role in seats if rules[pk].side(role) == "committee"}
