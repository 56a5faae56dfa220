"""Which team takes which report, within how many days, and how a case can end. File: routes.toml."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from haven.rulebook.advisers import AdviserKind
from haven.rulebook.complaining import ComplaintsOffice, SeatPool
from haven.rulebook.consent import RiskGround
from haven.rulebook.counsellors import Counsellors
from haven.rulebook.governing import Governing
from haven.rulebook.outside import OutsideReader
from haven.rulebook.questions import Answers, Condition, chosen
from haven.rulebook.words import Key, Keyed, Listed, Listing, Text, wrong

SCREENING = ("file", "urgent", "assign", "other", "spam")
"""The results screening can have (R-002-10). Their meaning is code; their words are the rulebook's."""

NOT_A_REPORT = "not_a_report"
"""An outcome and a kind: what was never a report is counted, and apart from everything that was."""


class Route(Keyed):
    name: Text
    team_name: Text
    about: Text  # who these people are, told to the reporter before sending
    kind: Literal["team"] = "team"
    first_contact_working_days: Annotated[int, Field(ge=1, le=20)]
    next: Key | None = None  # offered when too few readers are left
    min_readers: int = 2
    when: Condition | None = None
    form_only: bool = False  # nothing comes here but by a form of intake.toml that names it
    exclude_same_unit: Key | None = None  # the question of intake.toml that says which unit it is about
    outside: tuple[OutsideReader, ...] = ()  # when there are any, nobody else reads: staff only carry

    def units_in(self, answers: Answers) -> frozenset[str]:
        """The units of which nobody reads these answers; none when the route has no such rule."""
        return frozenset(chosen(answers.get(self.exclude_same_unit))) if self.exclude_same_unit else frozenset()

    @model_validator(mode="after")
    def never_one_reader(self) -> Self:
        if self.min_readers < 2:
            raise wrong(
                f"min_readers is {self.min_readers}; one reader alone can lose a report or hide it.",
                "Set min_readers to 2 or more.",
            )
        return self

    @model_validator(mode="after")
    def has_readers_outside_or_none(self) -> Self:
        different = len({reader.key for reader in self.outside})
        if different < len(self.outside):
            raise wrong("Two readers outside have the same key.", "Let each make keys: `haven outside keys FOLDER`.")
        if 0 < different < self.min_readers:
            raise wrong(
                f"There are fewer than {self.min_readers} readers outside, so reports cannot be sent to this route.",
                "Add another [[routes.outside]] below it, or take all of them out: then staff read.",
            )
        return self


class Routes(Listing[Route]):
    routes: Annotated[tuple[Route, ...], Field(min_length=1)]
    screening: tuple[Listed, ...]
    outcomes: Annotated[tuple[Listed, ...], Field(min_length=1)]
    actions: Annotated[tuple[Listed, ...], Field(min_length=1)]
    consent: Annotated[tuple[Listed, ...], Field(min_length=1)]  # what a reporter can be asked to agree to
    risk_grounds: Annotated[tuple[RiskGround, ...], Field(min_length=1)]
    destinations: tuple[Listed, ...] = ()  # besides the provisions, which are destinations too
    governing: tuple[Governing, ...] = ()  # the first that holds
    adviser_kinds: tuple[AdviserKind, ...] = ()
    counsellors: Counsellors
    complaints: ComplaintsOffice | None = None  # where the institution keeps formal complaints with Haven
    languages: tuple[Listed, ...] = ()  # what advisers may speak

    def entries(self) -> tuple[Route, ...]:
        return self.routes

    def first_for(self, answers: Answers) -> Route:
        """The route of these answers: the first whose condition holds, else the first without one."""
        for route in self.routes:
            if route.when and route.when.holds(answers):
                return route
        return next(route for route in self.routes if route.when is None and not route.form_only)

    def governs(self, answers: Answers) -> Governing | None:
        """Whose procedure governs what these answers tell of; None when nobody said where the other person belongs."""
        return next((one for one in self.governing if one.when.holds(answers)), None)

    def after(self, route: Route) -> Route | None:
        return self[route.next] if route.next else None

    def kind(self, key: str) -> AdviserKind | None:
        """The kind of adviser with this key, if it is one."""
        return next((one for one in self.adviser_kinds if one.key == key), None)

    def pool(self, key: str) -> AdviserKind | Counsellors | SeatPool | None:
        """The pool with this key, if it is one: people who are readers of no team."""
        seats = self.complaints.pool(key) if self.complaints else None
        return self.counsellors if key == self.counsellors.key else self.kind(key) or seats

    def kinds_of(self, route: str) -> tuple[AdviserKind, ...]:
        """The kinds of adviser to whom this team can give a case."""
        return tuple(one for one in self.adviser_kinds if one.team == route)

    @model_validator(mode="after")
    def somebody_takes_the_rest(self) -> Self:
        if all(route.when or route.form_only for route in self.routes):
            raise wrong(
                "Every route has a condition, so some reports would reach nobody.",
                "Leave `when` out of the route of the contact point.",
            )
        return self

    @model_validator(mode="after")
    def screening_is_whole(self) -> Self:
        if sorted(result.key for result in self.screening) != sorted(SCREENING):
            raise wrong(
                "The results of screening are not the five that Haven knows.",
                f"Use exactly these keys: {', '.join(SCREENING)}.",
            )
        return self
