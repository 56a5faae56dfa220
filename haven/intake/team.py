"""Who would read a draft: the people of its route, less those struck out; and who would, if too few are left."""

from dataclasses import dataclass

from haven.intake.actions import who_reads
from haven.intake.state import Draft
from haven.people.readers import RouteReader
from haven.rulebook import shelf
from haven.rulebook.questions import Answers
from haven.rulebook.routes import Route
from haven.rulebook.words import Text


@dataclass(frozen=True)
class Team:
    """A route with the people who would read: all of them, and those who are left when some are struck out."""

    route: Route
    everyone: tuple[RouteReader, ...]
    units: frozenset[str]  # of which nobody is among them, by the rule of the route
    left: tuple[RouteReader, ...]

    @property
    def kept_out(self) -> list[Text]:
        """The names of those units. An answer such as “I do not know” names none."""
        return [unit.name for unit in shelf.current().institution.units if unit.key in self.units]

    @property
    def deputies(self) -> tuple[RouteReader, ...]:
        """Who can be named as the second person for a name; nobody where it is opened outside."""
        return tuple(one for one in self.left if one.person)

    def knows(self, keeper: str, deputy: str) -> bool:
        """Whether the one who may know the name, and the second when there is one, can be these."""
        second = {"", *(one.kid for one in self.deputies if one.kid != keeper)}
        return keeper in {one.kid for one in self.left} and deputy in second

    @property
    def enough(self) -> bool:
        return len(self.left) >= self.route.min_readers

    @property
    def kids(self) -> frozenset[str]:
        return frozenset(one.kid for one in self.everyone)


def team(route: Route, struck_out: frozenset[str], about: Answers) -> Team:
    everyone = tuple(who_reads(route.key, about=about))
    left = tuple(one for one in everyone if one.kid not in struck_out)
    return Team(route, everyone, route.units_in(about), left)


def team_of(draft: Draft) -> Team:
    return team(draft.goes_to, draft.struck_out, draft.clean)


def another(draft: Draft) -> Team | None:
    """The first later route of the rulebook on which enough people are left, or None."""
    routes = shelf.current().routes
    tried, route = set[str](), draft.goes_to
    while route.next and route.key not in tried:
        tried.add(route.key)
        route = routes[route.next]
        if (found := team(route, draft.struck_out, draft.clean)).enough:
            return found
    return None
