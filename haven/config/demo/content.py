"""What the files of the demo say: invented staff, and what invented people wrote to them.

Days count from the day the demo is loaded, backwards (`days_ago`), and within a report from the day it came in.
Answers hold what this person would say to each question; the loader keeps those that the questionnaire asks.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

HERE = Path(__file__).parent
FILES = HERE / "files"

type Days = Annotated[int, Field(ge=0)]
type Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Read(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Trained(Read):
    key: str
    days_ago: Days


class Logged(Read):
    kind: Literal["development", "supervision"]
    days_ago: Days
    hours: str


class Advising(Read):
    """What is known of an adviser. `away_for`: away since some days, for so many days more."""

    languages: tuple[str, ...]
    audiences: tuple[str, ...]
    days: tuple[int, ...]
    trained: tuple[Trained, ...]
    log: tuple[Logged, ...] = ()
    away_for: int | None = None
    deputy: str = ""


class Person(Read):
    key: str
    name: str
    email: str
    function_nl: str
    function_en: str
    role: str
    routes: tuple[str, ...]
    on_duty: bool = False
    advises: Advising | None = None
    listed: bool = True  # among whom the sign-in page and the terminal name: not everybody, or nobody reads the list


class People(Read):
    """One password and one passphrase for all: only a demo may do so."""

    password: str
    passphrase: str
    person: tuple[Person, ...]
    editor: tuple[Person, ...]  # of the site: they have no keys


class Screening(Read):
    result: str
    days_after: Days


class Attempt(Read):
    way: str
    days_after: Days
    reached: bool
    note: str


class Message(Read):
    sender: Literal["team", "reporter"] = Field(alias="from")
    days_after: Days
    text: Words


class Note(Read):
    days_after: Days
    text: Words


class Reveal(Read):
    days_after: Days
    reason: Words


class Given(Read):
    """To an adviser, by the person who handles the report; from then on the adviser does what is done."""

    days_after: Days
    to: str


class Closing(Read):
    days_after: Days
    outcome: str
    category: str
    destination: str


OWN_WORDS = ("story", "aftercare", "privacy_words")  # of each form, the answer that is a story


class Report(Read):
    key: str
    days_ago: Days
    language: Literal["nl", "en"]
    answers: dict[str, Any]
    urgent: bool = False
    channel: str = "web"
    taken_by: str = ""  # key of who wrote it down, for what did not come through the website
    route: str = ""  # empty: the route that the answers lead to
    struck_out: tuple[str, ...] = ()  # keys of people
    assignee: str = ""  # key of the person who handles it, and who knows a confidential name
    files: tuple[str, ...] = ()
    screening: Screening | None = None
    given: Given | None = None
    attempts: tuple[Attempt, ...] = ()
    dialogue: tuple[Message, ...] = ()
    notes: tuple[Note, ...] = ()
    reveal: Reveal | None = None
    closing: Closing | None = None
    withdrawn_after: int | None = None
    code: str = ""  # a fixed receipt code, so that a visitor can open this mailbox
    unread: bool = False  # the last message of the reporter has not been read yet

    @property
    def story(self) -> str:
        return story_of(self.answers)


def story_of(answers: Mapping[str, Any]) -> str:
    return str(next(answers[key] for key in OWN_WORDS if key in answers))


@cache
def people() -> People:
    return People.model_validate(_toml(HERE / "people.toml"))


@cache
def reports() -> tuple[Report, ...]:
    """The oldest first, as they came in."""
    tables = [table for file in sorted(HERE.glob("reports/*.toml")) for table in _toml(file)["report"]]
    read = [Report.model_validate(table | {"answers": _trimmed(table["answers"])}) for table in tables]
    return tuple(sorted(read, key=lambda report: -report.days_ago))


def _trimmed(answers: dict[str, Any]) -> dict[str, Any]:
    return {key: said.strip() if isinstance(said, str) else said for key, said in answers.items()}


def _toml(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
