"""Everyone a report can touch, and what each may expect. File: concerned.toml."""

from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from haven.rulebook.words import Keyed, Listing, Text, wrong

PARTIES: Final = ("reporter", "accused", "bystander", "unit")


class Party(Keyed):
    """What the page for this party says: what one may expect, who helps, and what is told to whom."""

    title: Text
    lead: Text
    expect: Text
    help: Text
    told: Text


class Concerned(Listing[Party]):
    heading: Text
    concerned: Annotated[tuple[Party, ...], Field(min_length=1)]

    def entries(self) -> tuple[Party, ...]:
        return self.concerned

    @model_validator(mode="after")
    def nobody_is_left_out(self) -> Self:
        if sorted(one.key for one in self.concerned) != sorted(PARTIES):
            raise wrong(
                "Not everyone whom a report touches has a page of their own, once each.",
                f"Use exactly these keys: {', '.join(PARTIES)}.",
            )
        return self
