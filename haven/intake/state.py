"""What travels with the reporter, sealed in the form, from the first question to sending. Nothing of it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, Self

from django.conf import settings

from haven.cases.files import ParkedFile
from haven.intake import questionnaire
from haven.intake.actions import Report
from haven.rulebook import shelf
from haven.rulebook.questions import Answers, Kind, Question
from haven.rulebook.routes import Route
from haven.vault import files, forms_state
from haven.vault.codes import new_code
from haven.vault.errors import CannotOpen

FLAGS = ("urgent", "readback", "changing")
TEXTS = ("code", "keeper", "deputy", "route", "at")
SETS = ("struck_out", "seen", "shown")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """`at` is the page the form was drawn for. `seen`: pages shown so far. `shown`: key ids of the readers shown."""

    answers: Mapping[str, Any] = field(default_factory=dict, repr=False)
    code: str = field(default_factory=new_code, repr=False)
    files: tuple[ParkedFile, ...] = field(default=(), repr=False)
    struck_out: frozenset[str] = frozenset()
    keeper: str = ""
    deputy: str = ""
    route: str = ""  # chosen by the reporter; empty: the route the rulebook finds
    urgent: bool = False
    readback: bool = False
    at: str = ""
    changing: bool = False  # came from the page to look everything over, and goes back to it
    seen: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()

    @cached_property
    def clean(self) -> Answers:
        """Asked for at every turn of a page; a draft does not change."""
        return questionnaire.clean(self.answers)

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """The questions on the way of this draft."""
        return questionnaire.path(self.clean)

    @property
    def goes_to(self) -> Route:
        """Where this goes: the route the reporter chose when readers were struck out, else that of the answers."""
        book = shelf.current()
        return book.routes[self.route] if self.route in book.routes else book.route_for(self.clean)

    def answered(self, key: str, answer: Any) -> Self:
        return replace(self, answers={**self.answers, key: answer})

    def report(self, language: str) -> Report:
        """What is sent: answers and files of the way that was taken, and nothing of a branch that was left."""
        return Report(
            code=self.code,
            answers=self.clean,
            language=language,
            route=self.goes_to.key,
            struck_out=self.struck_out,
            keeper=self.keeper,
            deputy=self.deputy,
            shown=self.shown,
            urgent=self.urgent,
            readback=self.readback,
            files=self.files if any(question.kind is Kind.FILES for question in self.asked) else (),
        )


@dataclass(frozen=True)
class Reopened:
    """A form that came back. `old`: it lay for longer than forms are valid. `lost`: names of files that are gone."""

    draft: Draft
    old: bool = False
    lost: tuple[str, ...] = ()


def seal(draft: Draft) -> str:
    """The text for the hidden field."""
    return forms_state.seal_state(as_dict(draft))


def as_dict(draft: Draft) -> dict[str, Any]:
    """All of it, with the code and the keys of the files: only ever sealed."""
    flat = {name: getattr(draft, name) for name in (*FLAGS, *TEXTS)}
    sets = {name: sorted(getattr(draft, name)) for name in SETS}
    parked = [one.as_dict() for one in draft.files]
    return {**flat, **sets, "answers": dict(draft.answers), "files": parked}


def reopen(text: str) -> Reopened:
    """Open what came back. Raises CannotOpen for what we did not seal. Each parked file is kept for another day."""
    state, hours = forms_state.open_state(text)
    return from_dict(state, old=hours >= shelf.current().intake.form_hours_valid)


def from_dict(state: Mapping[str, Any], *, old: bool = False) -> Reopened:
    """What `as_dict` gave, with the files that are still there."""
    parked = [ParkedFile.from_dict(one) for one in state.get("files", ())]
    kept = tuple(one for one in parked if not old and renewed(one))
    lost = tuple(one.name for one in parked if one not in kept)
    return Reopened(_draft(state, kept), old, lost)


def _draft(state: Mapping[str, Any], parked: tuple[ParkedFile, ...]) -> Draft:
    """What an older version of Haven sealed may lack something; what is missing is as at the start."""
    known: dict[str, Any] = {name: state[name] for name in ("answers", *FLAGS, *TEXTS) if name in state}
    known |= {name: frozenset(state[name]) for name in SETS if name in state}
    return Draft(**known, files=parked)


def renewed(parked: ParkedFile, until: date | None = None) -> bool:
    """Keep a parked file for another day, or until a day. False when it is gone."""
    try:
        for info in parked.infos:
            files.keep(settings.BLOB_ROOT, info.blob, until or datetime.now(UTC).date())
    except CannotOpen:
        return False
    return True
