"""What the information site promises beside its words. File: site.toml.

“Help me choose” is a few plain questions. Each answer leads to a question further on in the file, so that nobody walks
in a circle, or ends at people. Nobody is left with nothing: an end without a person is refused.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from haven.rulebook.directory import Provision, Provisions
from haven.rulebook.words import Key, Keyed, Listed, Rules, Text, wrong


class Choice(Rules):
    """One answer. `audience` is remembered on the way: of the people at the end, theirs remain."""

    says: Text
    audience: Key | None = None
    situation: Literal["self", "other", "accused"] | None = None
    next: Key | None = None
    ends: tuple[Key, ...] = ()  # provisions
    because: Text | None = None  # why these people

    @model_validator(mode="after")
    def leads_somewhere(self) -> Self:
        if bool(self.next) == bool(self.ends):
            raise wrong("This answer leads nowhere, or to two places.", "Give either `next` or `ends`.")
        return self


class Asked(Keyed):
    asks: Text
    answers: Annotated[tuple[Choice, ...], Field(min_length=2, max_length=9)]


class Way(NamedTuple):
    """How far somebody came: what they chose, and either the next question or the people at the end."""

    chosen: tuple[Choice, ...]
    asked: Asked | None

    @property
    def audience(self) -> str:
        return next((one.audience for one in reversed(self.chosen) if one.audience), "")

    @property
    def situation(self) -> str:
        return next((one.situation for one in reversed(self.chosen) if one.situation), "")

    def people(self, provisions: Provisions) -> tuple[Provision, ...]:
        ends = self.chosen[-1].ends if self.chosen else ()
        return tuple(one for one in (provisions[key] for key in ends) if one.fits(self.audience, ()))


class Site(Rules):
    look_again_months: Annotated[int, Field(ge=1)]  # after which editors look at a page or a tool again (R-004-20)
    months_ahead: Annotated[int, Field(ge=1, le=24)]  # how far the list of activities looks (R-003-18)
    required_blocks: tuple[Listed, ...] = ()  # what one page has to hold, where a regulator asks for such a page
    questions: Annotated[tuple[Asked, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def nobody_walks_in_a_circle(self) -> Self:
        for n, question in enumerate(self.questions):
            later = {one.key for one in self.questions[n + 1 :]}
            for answer in question.answers:
                if answer.next and answer.next not in later:
                    raise wrong(
                        f"From “{question.key}” an answer leads to “{answer.next}”, which is no question after it.",
                        "Name a question further on in the file, or give `ends`.",
                    )
        return self

    def way(self, steps: str) -> Way | None:
        """`1-3-2` is the first answer to the first question, the third to the next, and so on. None: no such way."""
        asked: Asked | None = self.questions[0]
        chosen: list[Choice] = []
        for step in steps.split("-") if steps else []:
            if asked is None or not step.isdecimal() or not 1 <= int(step) <= len(asked.answers):
                return None
            chosen.append(asked.answers[int(step) - 1])
            asked = next((one for one in self.questions if one.key == chosen[-1].next), None)
        return Way(tuple(chosen), asked)

    def ways(self, steps: str = "") -> Iterator[tuple[str, Way]]:
        """Every way that can be gone, with its address."""
        way = self.way(steps)
        if way is None:
            return
        yield steps, way
        for n in range(len(way.asked.answers) if way.asked else 0):
            yield from self.ways(f"{steps}-{n + 1}" if steps else f"{n + 1}")
