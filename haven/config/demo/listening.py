"""What invented people told the site, and what was done with it: through the usual actions, sealed like the rest."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from uuid import uuid4

from pydantic import BaseModel

from haven.config.demo.content import HERE, Days, Read, Words
from haven.config.demo.playing import Deed, Member
from haven.voices import actions, collecting, planned
from haven.voices.collecting import Said
from haven.voices.models import Decision
from haven.voices.opened import OpenInput, open_input

KEEPER, COLLEAGUE = "noor", "bram"
DECIDED_AFTER = timedelta(days=5)


class Titles(Read):
    nl: Words
    en: Words


class Answer(Read):
    days_after: Days
    text: Words


class Told(Read):
    days_ago: Days
    kind: str
    language: str
    about: str
    words: Words
    mail: str = ""
    answer: Answer | None = None
    decision: Decision | None = None
    how: str = ""
    when: str = ""
    action: str = ""
    wording: Titles | None = None
    proposed: Titles | None = None


class AllTold(BaseModel):
    input: tuple[Told, ...]


def told() -> tuple[Told, ...]:
    return AllTold.model_validate(tomllib.loads((HERE / "input.toml").read_text(encoding="utf-8"))).input


class Heard:
    """One input, and what was done with it, each on its day."""

    def __init__(self, told: Told, staff: Mapping[str, Member], today: date) -> None:
        self.told, self.key, self.day = told, uuid4(), today - timedelta(days=told.days_ago)
        self.keeper, self.colleague = staff[KEEPER], staff[COLLEAGUE]

    def deeds(self) -> Iterator[Deed]:
        yield Deed(self.day, self._comes_in)
        if self.told.answer:
            answered = partial(self._is_answered, self.told.answer.text)
            yield Deed(self.day + timedelta(days=self.told.answer.days_after), answered)
        if self.told.decision:
            yield Deed(self.day + DECIDED_AFTER, partial(self._is_decided, self.told.decision))

    def _comes_in(self, on: date) -> None:
        said = self.told.model_dump(include={"kind", "words", "language", "about", "mail"})
        collecting.receive(Said(**said), once=self.key, on=on)

    def _is_answered(self, text: str, on: date) -> None:
        actions.keep_answer(self._open(self.keeper), text, on)

    def _is_decided(self, decision: Decision, on: date) -> None:
        told = self.told
        actions.decide(self._open(self.keeper), decision, how=told.how, when=told.when, action=told.action, on=on)
        if told.proposed:
            planned.propose(self._open(self.keeper), nl=told.proposed.nl, en=told.proposed.en, on=on)
        if told.wording:
            actions.word(self._open(self.keeper), nl=told.wording.nl, en=told.wording.en, on=on)
            actions.publish(self._open(self.colleague), on=on)

    def _open(self, member: Member) -> OpenInput:
        return open_input(self.key, keyring=member.keyring, by=member.user)
