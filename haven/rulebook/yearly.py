"""The yearly report of who keeps formal complaints: what it counts, what it may show, and who has to be told of it."""

from typing import Annotated

from pydantic import Field

from haven.rulebook.words import Key, Keyed, Listed, Rules, Text


class Outcome(Listed):
    """How a complaint can have ended: one of these steps was taken, with this part. The first that holds is counted."""

    steps: Annotated[tuple[Key, ...], Field(min_length=1)]
    part: Key | None = None


class Advised(Rules):
    """The part of a step in which a recommendation says of which kinds it is."""

    step: Key
    part: Key


class Section(Keyed):
    """A part of the report that somebody writes. `before`: it stands before the figures."""

    name: Text
    hint: Text
    before: bool = False


class Yearly(Rules):
    """`pool`: nature, outcomes and recommendations are shown once so many complaints ended, over as many years as that
    takes. `least`: a single line stands for so many at least; what is less is told together."""

    article: str
    within_months: Annotated[int, Field(ge=1, le=12)]  # after the end of the year
    pool: Annotated[int, Field(ge=10)] = 10
    least: Annotated[int, Field(ge=5)] = 5
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    recommendations: Advised
    sections: tuple[Section, ...] = ()
    addressees: Annotated[tuple[Listed, ...], Field(min_length=1)]
