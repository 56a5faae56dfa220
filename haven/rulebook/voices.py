"""Input from people on the site and on the plan: what it can be, who handles it, and by when. File: voices.toml."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from haven.rulebook.institution import Mail
from haven.rulebook.words import Key, Listed, Rules, wrong


class Voices(Rules):
    team: Key  # the route whose readers get the keys: those of them who handle input
    mail: Mail  # of those who make the site, for texts: {site_mail}
    days: Annotated[int, Field(ge=1, le=31)]  # calendar days until an answer
    remind_days_before: Annotated[int, Field(ge=0, le=30)]
    inputs_in_ten_minutes: Annotated[int, Field(ge=1, le=10_000)]  # of everybody together; nobody is told apart
    votes_in_ten_minutes: Annotated[int, Field(ge=10, le=100_000)]  # of everybody together, on one statement
    kinds: Annotated[tuple[Listed, ...], Field(min_length=1, max_length=8)]
    sources: Annotated[tuple[Listed, ...], Field(max_length=12)] = ()  # where staff enter what was said elsewhere

    @model_validator(mode="after")
    def reminds_within_the_term(self) -> Self:
        if self.remind_days_before >= self.days:
            raise wrong(
                f"remind_days_before is {self.remind_days_before}, and input is answered within {self.days} days.",
                "Let the reminder come after the input: choose fewer days.",
            )
        return self

    def kind(self, key: str) -> Listed | None:
        return next((one for one in self.kinds if one.key == key), None)

    def source(self, key: str) -> Listed | None:
        return next((one for one in self.sources if one.key == key), None)
