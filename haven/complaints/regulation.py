"""The regulation of a complaint: the version that was in force when it came, and what that version says of a role."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple, Protocol

from haven.complaints.letter import Letter
from haven.rulebook import shelf
from haven.rulebook.course import fits
from haven.rulebook.dates import months_after
from haven.rulebook.procedure import Limit, Procedure


class NoRegulation(Exception):
    """No regulation of this kind was in force on this day for this entity."""


class Flag(NamedTuple):
    """Something in the letter that the committee should look at. Nothing is refused for it (R-001-54)."""

    key: str
    article: str
    last_day: date | None = None

    def plain(self) -> dict[str, str]:
        return {
            "key": self.key,
            "article": self.article,
            "last_day": self.last_day.isoformat() if self.last_day else "",
        }


class Bound(Protocol):
    """A complaint, as far as the regulation goes. Who reads outside has the questions of the letter, and no tables."""

    procedure: str
    version: str


def of(row: Bound) -> Procedure:
    """A complaint keeps the version it began under (R-001-111)."""
    return shelf.current().procedures.version(row.procedure, row.version)


def in_force(kind: str, entity: str, on: date) -> Procedure:
    """The regulation of this kind that governs: it follows from where the person belongs whom it is about (R-004-26).
    Raises NoRegulation."""
    found = shelf.current().procedures.governing(kind, entity, on)
    if found is None:
        raise NoRegulation
    return found


def entities(kind: str, on: date) -> tuple[str, ...]:
    """The legal entities for which a regulation of this kind is in force."""
    every = [one.key for one in shelf.current().institution.entities]
    return tuple(key for key in every if shelf.current().procedures.governing(kind, key, on))


def is_party(rules: Procedure, role: str) -> bool:
    return rules.side(role) == "party"


def may_name(rules: Procedure, role: str, supporter: str) -> bool:
    """Whether somebody with this role can bring somebody with the other."""
    return supporter in rules.role(role).supported_by


def facts(rules: Procedure) -> frozenset[str]:
    return frozenset(one.key for one in rules.facts)


def tells(rules: Procedure, step: str, role: str) -> bool:
    """Whether a party with this role learns that the step was taken: the regulation says so, or it was theirs to
    take."""
    found = rules.step(step)
    return role in found.informs or role in found.who


def held(rules: Procedure, letter: Letter) -> frozenset[str]:
    """The facts of this regulation that hold from the start, as far as the letter tells."""
    return rules.showing(letter.signs())


def lacks(rules: Procedure, letter: Letter) -> tuple[str, ...]:
    """What is not there and should be: a name, and the parts that this regulation asks for (R-001-48)."""
    begun = first_on_request(rules, letter) or rules.first
    asked = {*rules.step(begun).parts(), "name"}
    return tuple(one for one in letter.lacks() if one in asked)


def first_on_request(rules: Procedure, letter: Letter) -> str | None:
    """The step with which an investigation begins that this role can ask for, without a complaint; None when it
    cannot. Where another body took over the duties of this role, it is that body that asks."""
    facts = held(rules, letter)
    if not rules.side(letter.requested_by):
        return None
    for one in rules.steps:
        begins = not (one.after or one.after_any) and one.key != rules.first and fits(one, facts)
        if begins and rules.acting(letter.requested_by, facts) & {*one.who} and one.when:
            return one.key
    return None


def one_sided(rules: Procedure) -> frozenset[str]:
    """Kinds of papers that the regulation sends to one side alone: they are no part of what both have to get."""
    sides = set(rules.sides)
    return frozenset(kind for one in rules.exceptions if set(one.to) & sides for kind in one.documents)


def own_exception(rules: Procedure, kind: str, role: str) -> str:
    """The exception with which somebody with this role gets their own paper of this kind; empty when there is none."""
    return next((one.key for one in rules.exceptions if one.own_only and kind in one.documents and role in one.to), "")


def within(rules: Procedure, kind: str) -> tuple[str, ...]:
    """The only sides of ours that ever hold a paper of this kind; none: it is a paper like any other."""
    return next((one.within for one in rules.papers if one.key == kind), ())


def must_come(rules: Procedure, role: str, relation: str, facts: Collection[str]) -> bool:
    """Whether somebody has to come to a hearing: who works here, with whatever contract (R-001-86)."""
    return relation in rules.employed if relation else f"{role}_employed" in facts


def kinds_for(rules: Procedure, role: str) -> frozenset[str]:
    """Kinds of papers with which somebody on no side is told a part: the letters of the steps that inform them."""
    return frozenset(kind for one in rules.steps if role in one.informs for kind in one.letters)


def flags(rules: Procedure, letter: Letter) -> list[Flag]:
    """How long ago it was, how long ago somebody left, and whether there is or was a legal procedure."""
    said, found = letter.complainant, []
    if late := _after(rules.own_experience, letter.incident_to, letter.received_on):
        found.append(Flag("long_ago", *late))
    if late := _after(rules.former, said.relation_ended, letter.received_on):
        found.append(Flag("left_long_ago", *late))
    if letter.legal_procedure != "none":
        found.append(Flag("legal_procedure", ""))
    if letter.earlier_complaint:
        found.append(Flag("earlier_complaint", ""))
    if not (said.name.strip() or letter.requested_by):
        found.append(Flag("anonymous", ""))
    return found


def _after(limit: Limit | None, since: date | None, on: date) -> tuple[str, date] | None:
    """The article and the last day, when the letter came after it."""
    if limit is None or since is None:
        return None
    day = months_after(since, 12 * limit.years)
    in_time = on <= day if limit.on_the_day else on < day
    return None if in_time else (limit.article, day)
