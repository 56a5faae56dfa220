"""What an institution does after a case was closed, for who wants it. File: aftercare.toml."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from haven.rulebook.words import Keyed, Listed, Rules, Text, wrong


class CheckIn(Listed):
    """A moment at which somebody is asked how they are: so many days after closing."""

    days_after: Annotated[int, Field(ge=7, le=365)]


class Asked(Keyed):
    """One question of the short evaluation: answered with one of the steps, or in own words."""

    asks: Text
    own_words: bool = False


class Aftercare(Rules):
    days_after: Annotated[int, Field(ge=7, le=90)]  # the words stay so long after the last check-in, or our answer
    disadvantage_working_days: Annotated[int, Field(ge=1, le=10)]
    disadvantage_says: Text
    check_ins: Annotated[tuple[CheckIn, ...], Field(min_length=1, max_length=6)]
    steps: Annotated[tuple[Listed, ...], Field(min_length=2, max_length=5)]
    evaluation: Annotated[tuple[Asked, ...], Field(max_length=5)] = ()

    @model_validator(mode="after")
    def asks_little(self) -> Self:
        if sum(one.own_words for one in self.evaluation) > 1:
            raise wrong(
                "More than one question of the evaluation is answered in own words.",
                "Leave own_words = true at one of them.",
            )
        return self
