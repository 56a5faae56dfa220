"""The complaint as one party sees it: where it stands, what comes next and why on that day, who handles it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from haven.complaints import course, regulation
from haven.complaints.opened import OpenParty
from haven.parties import saying
from haven.parties.abilities import Abilities
from haven.parties.hearings import Invited, invited_to
from haven.parties.lying import Lying, lying
from haven.rulebook import course as engine
from haven.rulebook.procedure import Procedure, Step, Term
from haven.rulebook.terms import Running
from haven.rulebook.words import Text


@dataclass(frozen=True)
class Due:
    """Something that has to be done before a day ends, by whom, and how the day was found."""

    name: Text
    article: str
    who: Sequence[Text]
    day: date
    why: Text
    state: str

    @property
    def late(self) -> bool:
        return self.state == "late"

    @property
    def paused(self) -> bool:
        return self.state == "paused"


@dataclass(frozen=True)
class Moment:
    """One line of what happened."""

    day: date
    what: Text
    who: Text | str


@dataclass(frozen=True)
class ComplaintPage:
    opened: OpenParty

    @property
    def rules(self) -> Procedure:
        return regulation.of(self.opened.row)

    @property
    def can(self) -> Abilities:
        return Abilities(self.opened)

    @property
    def moments(self) -> list[Moment]:
        """What this party was told of, in order."""
        return [self._moment(one) for one in course.done(self.opened)]

    def _moment(self, done: course.Done) -> Moment:
        names = {one.key: one.name for one in self.rules.roles}
        return Moment(done.on, self.rules.step(done.step).name, names.get(done.by, ""))

    @property
    def stands(self) -> Moment | None:
        return self.moments[-1] if self.moments else None

    @property
    def due(self) -> list[Due]:
        """The terms that run now, as far as a party is told of what they are counted from and what meets them: of the
        others a party could not know whether they were kept."""
        running = course.due(self.opened, on=localdate())
        shown = [one for one in running if one.last and not one.over and self._is_told_of(one.term)]
        return sorted((self._due(one) for one in shown), key=lambda one: one.day)

    def _is_told_of(self, term: Term) -> bool:
        role = self.opened.party.role
        return all(regulation.tells(self.rules, key, role) for key in (*term.counted_from, *term.met_by))

    def _due(self, one: Running) -> Due:
        assert one.last  # noqa: S101  asked for by whoever calls
        who = [self.rules.role(key).name for key in one.term.who]
        return Due(one.term.name, one.term.article, who, one.last.day, one.last.rule, one.state)

    @property
    def ahead(self) -> list[Step]:
        """What can come next and this party will be told of, apart from their own steps and from an end that others
        could make of it."""
        role, known = self.opened.party.role, course.of(self.opened)
        if self.opened.row.ended_on:
            return []
        steps = engine.ahead(self.rules, known)
        return [one for one in steps if role in one.informs and role not in one.who]

    @property
    def committee(self) -> list[tuple[object, str]]:
        return saying.seated(self.opened, "committee")

    @property
    def deciders(self) -> list[tuple[object, str]]:
        return saying.seated(self.opened, "decider")

    @property
    def officers(self) -> list[str]:
        return saying.officers(self.opened)

    @property
    def hearings(self) -> list[Invited]:
        return invited_to(self.opened)

    @property
    def papers(self) -> list[Lying]:
        return lying(self.opened)
