"""The smallest words of a rulebook: texts in two languages, keys, lists with keys, problems."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

LANGUAGES = ("nl", "en")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in a rulebook folder: where, what, and what to do about it."""

    file: str
    key: str  # the way to the value, e.g. questions[3].options[1].label.nl; "" for the whole file
    says: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place}\n    {self.says}\n    {self.remedy}"


class RulebookError(Exception):
    """The folder cannot be used as it is. `problems` says why, all at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def wrong(says: str, remedy: str) -> PydanticCustomError:
    """An error of our own inside a validator; problems.py turns it into a Problem."""
    return PydanticCustomError("haven", "{says}", {"says": says, "remedy": remedy})


def _flow(value: Any) -> Any:
    """Lines wrapped in the file run on; an empty line starts a new paragraph."""
    if not isinstance(value, str):
        return value
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", value))
    return "\n\n".join(part for part in paragraphs if part)


type Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
type Words = Annotated[str, BeforeValidator(_flow), StringConstraints(min_length=1)]


class Rules(BaseModel):
    """Part of a rulebook: cannot be changed, and knows every key it accepts."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Rules):
    """What a person reads, in both languages."""

    nl: Words
    en: Words

    def say(self, language: str) -> str:
        """The text in a language given as a code such as `nl` or `en-gb`."""
        return self.nl if language.lower().startswith("nl") else self.en

    def paragraphs(self, language: str) -> list[str]:
        return self.say(language).split("\n\n")


class Keyed(Rules):
    key: Key


class Listed(Keyed):
    """One line of a list to choose from on the desk. Its key is what is counted."""

    label: Text
    hint: Text | None = None


class Listing[Item: Keyed](Rules):
    """A file that is a list: walk through it, ask its length, or take one by its key."""

    def entries(self) -> tuple[Item, ...]:
        raise NotImplementedError

    def __iter__(self) -> Iterator[Item]:  # type: ignore[override]  # a list of items, not of fields
        return iter(self.entries())

    def __len__(self) -> int:
        return len(self.entries())

    def __contains__(self, key: object) -> bool:
        return any(item.key == key for item in self.entries())

    def __getitem__(self, key: str) -> Item:
        for item in self.entries():
            if item.key == key:
                return item
        raise KeyError(key)
