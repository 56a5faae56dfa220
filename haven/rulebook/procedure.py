"""A regulation as data: who takes which step, after what, within which term. Files: procedures/*.toml.

Nothing about one regulation stands in Python. What stays code is the meaning of each guard; its name is in GUARDS.
"""

from collections.abc import Collection
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from haven.rulebook.guards import GUARDS
from haven.rulebook.hearings import Article, HearingForm, PaperName, Side
from haven.rulebook.requests import Request
from haven.rulebook.words import Key, Keyed, Listed, Rules, Text, wrong
from haven.rulebook.yearly import Yearly

type Sign = Literal[
    "member_of_board",  # somebody it is of or about sits in the body that would decide
    "starter_employed",
    "other_employed",
    "on_request",  # who decides asks for it, and nobody complained
    "nobody_named",
    "joined",  # it was brought together with others
]
"""What Haven sees by itself in a letter and in what happens. Which of its facts that makes, a regulation says."""

type Unit = Literal["working_days", "calendar_days", "weeks", "months", "years"]


class Stage(Keyed):
    """A part of the way, as the page “how a complaint goes” shows it."""

    name: Text
    about: Text


class Fact(Listed):
    """Something that is so or is not, written down by who keeps the complaint, and that changes what the rules say."""

    article: Article
    sign: Sign | None = None  # holds from the start when Haven sees this


class Role(Keyed):
    name: Text
    article: Article
    side: Side
    equal: bool = False  # one of the sides that get the same, at the same moment
    needed_unless: Key | None = None  # the fact with which nobody has this role
    supported_by: tuple[Key, ...] = ()  # roles that this party can name
    may_be_anonymous: bool = False
    declares: bool = False  # declares to be independent before the first paper opens
    replaces: tuple[Key, ...] = ()  # the roles whose duties it takes over…
    when: Key | None = None  # …when this fact holds

    @model_validator(mode="after")
    def replaces_when(self) -> Self:
        if bool(self.replaces) != (self.when is not None):
            raise wrong(
                "It is not clear when this role takes over from another.",
                "Give both `replaces` (whose duties) and `when` (the fact), or neither.",
            )
        return self


class Committee(Rules):
    """Who must be in a committee, and who must be there when it hears somebody."""

    chairs: Annotated[tuple[Key, ...], Field(min_length=1)]  # the roles of which one presides, and approves papers
    secretary: Key  # never counted as one of the members
    members: Annotated[int, Field(ge=1)]  # at least so many beside the chair
    present: Annotated[int, Field(ge=1)]  # at a hearing at least so many, the chair among them, and the secretary
    article: Article


class Content(Keyed):
    """A part that a step must record. With choices the record holds the chosen ones, and at least one of them."""

    name: Text
    article: Article
    optional: bool = False
    given: Key | None = None  # asked only when this part, or this choice, of the same step is recorded
    choices: tuple[Listed, ...] = ()

    def keys(self) -> tuple[Key, ...]:
        return tuple(one.key for one in self.choices) or (self.key,)

    def missing(self, parts: Collection[str]) -> bool:
        asked = not self.optional and (self.given is None or self.given in parts)
        return asked and not any(key in parts for key in self.keys())


class Earlier(Rules):
    """A part or choice that an earlier step must have recorded."""

    step: Key
    part: Key


class Extends(Rules):
    """The step gives one term more time: `up_to` units after its last day, or until a day that is agreed."""

    term: Key
    up_to: Annotated[int, Field(ge=1)] | None = None
    times: Annotated[int, Field(ge=1)] = 1


class Step(Keyed):
    name: Text
    about: Text | None = None
    stage: Key | None = None  # needed where there are [[stages]]
    article: Article
    who: Annotated[tuple[Key, ...], Field(min_length=1)]
    after: tuple[Key, ...] = ()  # all of these
    after_any: tuple[Key, ...] = ()  # and one of these
    unless: tuple[Key, ...] = ()  # none of these
    when: Key | None = None  # only with this fact
    when_not: Key | None = None  # only without this fact
    given: tuple[Earlier, ...] = ()  # one of these
    needs: tuple[Key, ...] = ()  # guards
    contents: tuple[Content, ...] = ()
    informs: tuple[Key, ...] = ()
    letters: tuple[Key, ...] = ()  # of papers.toml
    extends: Extends | None = None
    again: bool = False  # can be taken more than once
    ends: bool = False
    sets_day: bool = False  # it sets a day to come, and a term that is counted from it is counted from that day

    @model_validator(mode="after")
    def knows_its_guards(self) -> Self:
        if unknown := [guard for guard in self.needs if guard not in GUARDS]:
            raise wrong(f"Haven knows no guard {unknown[0]!r}.", f"Choose from: {', '.join(GUARDS)}.")
        return self

    def parts(self) -> frozenset[str]:
        return frozenset(key for content in self.contents for key in (content.key, *content.keys()))


class Pause(Rules):
    by: Key  # the step that stops the term
    until: Key  # the step that lets it run on
    article: Article


class Term(Keyed):
    name: Text
    article: Article
    who: Annotated[tuple[Key, ...], Field(min_length=1)]  # who must see to it
    counted_from: Annotated[tuple[Key, ...], Field(min_length=1)]
    pick: Literal["latest", "earliest"] = "latest"
    length: Annotated[int, Field(ge=1)]
    unit: Unit
    backward: bool = False  # the last day lies so much before the day that it is counted from
    met_by: Annotated[tuple[Key, ...], Field(min_length=1)]  # all of these…
    met_any: bool = False  # …or one of these
    only_if_begun: bool = False  # it may well never begin: the step it is counted from is not part of every way
    when: Key | None = None
    when_not: Key | None = None
    pauses: tuple[Pause, ...] = ()
    listed: bool = False  # has a line of its own in the list of complaints, also when another ends first
    statute: bool = False  # of a law: the Algemene termijnenwet moves its last day
    letter: Key | None = None  # of papers.toml: what everybody is sent before it passes
    interim: Key | None = None  # the step that is taken before it passes, where what meets it cannot be
    ahead: Annotated[int, Field(ge=0, le=20)] = 0  # so many working days before, the letter and that step are asked for


class SidedException(Keyed):
    """A named exception to equal arms: papers of these kinds may go to these roles alone."""

    name: Text
    article: Article
    documents: Annotated[tuple[Key, ...], Field(min_length=1)]
    to: Annotated[tuple[Key, ...], Field(min_length=1)]
    own_only: bool = False  # and of these only their own


class Limit(Rules):
    """How far back something may lie, counted from a day the letter gives."""

    years: Annotated[int, Field(ge=1)]
    article: Article
    on_the_day: bool  # whether exactly so many years later is still in time


class Procedure(Keyed):
    version: Annotated[str, Field(pattern=r"^[0-9a-z.-]+$")]
    name: Text
    about: Text
    copy_at: Text | None = None  # the address where the institution has put its whole text; letters name it
    kind: Key  # what begins it and what it is counted as. A form of intake.toml with this kind is a letter for it
    in_force: date
    until: date | None = None
    entities: tuple[Key, ...] = ()  # of institution.toml; none: all
    first: Key  # the step with which it begins
    starter: Key  # the role that begins it
    facts: tuple[Fact, ...] = ()
    roles: Annotated[tuple[Role, ...], Field(min_length=2)]
    papers: tuple[PaperName, ...] = ()  # kinds of documents
    categories: tuple[Listed, ...] = ()
    grounds_of_discrimination: tuple[Listed, ...] = ()
    grounds: tuple[Listed, ...] = ()  # on which it is not admissible
    stages: tuple[Stage, ...] = ()
    steps: Annotated[tuple[Step, ...], Field(min_length=2)]
    terms: tuple[Term, ...] = ()
    exceptions: tuple[SidedException, ...] = ()
    requests: tuple[Request, ...] = ()
    hearings: tuple[HearingForm, ...] = ()
    own_experience: Limit | None = None  # how long ago the behaviour may be
    committee: Committee | None = None
    expertise: tuple[Listed, ...] = ()  # what a committee has to know together; what is missing is a warning
    employed: tuple[Key, ...] = ()  # the relations of intake.toml of who works here, with whatever contract
    of_the_board: tuple[Key, ...] = ()  # and of who is of the body that would decide
    former: Limit | None = None  # how long ago somebody may have left
    yearly: Yearly | None = None  # who keeps the complaints makes a report of each year

    @cached_property
    def _steps(self) -> dict[str, Step]:
        return {one.key: one for one in self.steps}

    @model_validator(mode="after")
    def names_each_thing_once(self) -> Self:
        lists = (self.facts, self.roles, self.papers, self.stages, self.steps, self.terms)
        for what in (*lists, self.exceptions, self.hearings, self.requests):
            keys = [one.key for one in what]
            if doubled := [key for key in keys if keys.count(key) > 1]:
                raise wrong(f"`{doubled[0]}` is there twice.", "Give one of the two another key.")
        return self

    def step(self, key: str) -> Step:
        return self._steps[key]

    def role(self, key: str) -> Role:
        return _by_key(self.roles, key)

    def term(self, key: str) -> Term:
        return _by_key(self.terms, key)

    def exception(self, key: str) -> SidedException | None:
        return next((one for one in self.exceptions if one.key == key), None)

    def requests_of(self, role: str) -> tuple[Request, ...]:
        """What somebody with this role can ask for."""
        return tuple(one for one in self.requests if role in (one.who or self.sides))

    def side(self, role: str) -> str:
        return next((one.side for one in self.roles if one.key == role), "")

    def showing(self, signs: Collection[str]) -> frozenset[str]:
        """The facts that hold because of what Haven saw."""
        return frozenset(one.key for one in self.facts if one.sign in signs)

    def presides(self, role: str) -> bool:
        return self.committee is not None and role in self.committee.chairs

    @property
    def sides(self) -> tuple[str, ...]:
        """The roles between which the arms are equal."""
        return tuple(one.key for one in self.roles if one.equal)

    def needed_sides(self, facts: Collection[str]) -> tuple[str, ...]:
        return tuple(one.key for one in self.roles if one.equal and one.needed_unless not in facts)

    def replaced(self, facts: Collection[str]) -> frozenset[str]:
        """The roles that have no part in it, because another took over their duties (R-001-50)."""
        return frozenset(key for one in self.roles if one.when in facts for key in one.replaces)

    def acting(self, role: str, facts: Collection[str]) -> frozenset[str]:
        """The duties of somebody with this role: the own ones, unless taken over, and those taken over."""
        own = self.role(role)
        if role in self.replaced(facts) or (own.when is not None and own.when not in facts):
            return frozenset()
        return frozenset({role, *own.replaces})

    def in_force_on(self, day: date) -> bool:
        return self.in_force <= day and (self.until is None or day <= self.until)


def _by_key[Item: Keyed](items: Collection[Item], key: str) -> Item:
    for one in items:
        if one.key == key:
            return one
    raise KeyError(key)
