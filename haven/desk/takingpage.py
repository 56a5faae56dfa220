"""Everything that the pages of an intake show."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import get_language

from haven.desk.home import counsels
from haven.desk.spelling import spelled
from haven.desk.taking import ANSWERS, BEGIN, CHANNELS, CODE, READERS, Taking, seal
from haven.intake import questionnaire
from haven.intake.choices import Choice, options_of, people
from haven.intake.team import another
from haven.people.models import User
from haven.rulebook import shelf
from haven.rulebook.counsellors import CHANNEL
from haven.rulebook.form_kinds import FORM
from haven.rulebook.questions import Condition, Kind, Question
from haven.vault.codes import show

type Context = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """One question on the long page. `only_if`: the answers that make it asked."""

    question: Question
    options: list[Choice] = field(repr=False)
    words: str = field(repr=False)
    wrong: str = ""
    only_if: str = ""

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def kind(self) -> str:
        return str(self.question.kind)

    @property
    def ticks(self) -> str:
        return "checkbox" if self.question.kind is Kind.CHOICES else "radio"


@dataclass(frozen=True)
class Section:
    key: str
    asked: list[Asked]


def context(taking: Taking, by: User, wrong: dict[str, str]) -> Context:
    """For the page where the intake stands; the readers that it shows are remembered as shown."""
    book, step = shelf.current(), taking.draft.at
    told: Context = {"taking": taking, "wrong": wrong, "book": book, "channel": CHANNELS.get(taking.channel, "")}
    told["form"] = book.intake.form(taking.draft.answers)
    if step == READERS:
        taking = replace(taking, draft=replace(taking.draft, shown=taking.draft.shown | taking.team.kids))
    return told | _PAGES[step](taking, by, wrong) | {"state": seal(taking, by)}


def _begin(taking: Taking, by: User, _wrong: dict[str, str]) -> Context:
    book, own = shelf.current(), counsels(by)
    ways = [(key, str(label)) for key, label in CHANNELS.items() if (key == CHANNEL) == own]
    channels = [Choice(key, label, checked=key == taking.channel) for key, label in ways]
    return {
        "channels": channels,
        "forms": [form for form in book.intake.forms if not form.letter],
        "chosen_form": taking.draft.answers.get(FORM, ""),
    }


def _answers(taking: Taking, _by: User, wrong: dict[str, str]) -> Context:
    return {"sections": sections(taking, wrong), "danger": shelf.current().intake.danger}


def _readers(taking: Taking, by: User, _wrong: dict[str, str]) -> Context:
    team = taking.team
    other = None if team.enough else another(taking.draft)
    every = shelf.current().intake.asks(taking.draft.answers)
    dropped = [question for question in every if question.key in taking.left_out()]
    keepers = people(team.left, {taking.draft.keeper}) if taking.confidential else []
    told = {"team": team, "everyone": people(team.everyone, taking.draft.struck_out), "keepers": keepers}
    told |= {"seconds": people(team.deputies, {taking.draft.deputy}), "no_second": not taking.draft.deputy}
    told |= {"other": other, "others": people(other.left) if other else [], "dropped": dropped}
    rows = [row for row in questionnaire.review(taking.draft.answers) if row.said]
    return told | {"rows": rows, "reads": taking.reads(by)}


def _code(taking: Taking, by: User, _wrong: dict[str, str]) -> Context:
    code = taking.draft.code
    return {"groups": spelled(code), "shown_code": show(code), "reads": taking.reads(by)}


def sections(taking: Taking, wrong: dict[str, str]) -> list[Section]:
    """The words first, since a talk begins with them; then what is ticked; then who it is."""
    answers = taking.draft.answers
    every = [q for q in shelf.current().intake.asks(answers) if q.kind is not Kind.FILES]
    asked = [_asked(q, answers.get(q.key), wrong.get(q.key, "")) for q in every]
    who = [one for one in asked if one.question.kind is Kind.MODE or one.question.compartment == "identity"]
    words = [one for one in asked if one not in who and one.question.kind in questionnaire.TEXTS]
    words.sort(key=lambda one: one.question.kind is not Kind.STORY)
    ticked = [one for one in asked if one not in who and one not in words]
    found = [Section("words", words), Section("ticked", ticked), Section("who", who)]
    return [one for one in found if one.asked]


def _asked(question: Question, answer: Any, wrong: str) -> Asked:
    words = questionnaire.words_of(answer) if question.kind in {*questionnaire.TEXTS, Kind.WHEN} else ""
    only = _only_if(question.show_if) if question.show_if else ""
    return Asked(question, options_of(question, answer), words, wrong, only)


def _only_if(condition: Condition) -> str:
    """The labels of the options that make a question asked."""
    question = shelf.current().intake.question(condition.question)
    options = [option for key in condition.any_of if question and (option := question.option(key))]
    return " · ".join(option.name().say(get_language() or "") for option in options)


_PAGES = {BEGIN: _begin, ANSWERS: _answers, READERS: _readers, CODE: _code}
