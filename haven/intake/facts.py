"""Answers that are facts and not words: a day, a period, people. What was typed is kept also when it is no day."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from haven.rulebook.questions import Kind, Question
from haven.ui.templatetags.ui import day as in_words

FACTS = frozenset({Kind.DAY, Kind.PERIOD, Kind.PEOPLE})
MOST_PEOPLE, LONGEST_NAME = 12, 200
_WAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")


def day_of(typed: object) -> date | None:
    """As a browser sends it, or as somebody writes it where a browser has no calendar."""
    for way in _WAYS:
        with suppress(ValueError, TypeError):
            return datetime.strptime(str(typed).strip(), way).date()  # noqa: DTZ007  a day has no zone
    return None


def typed(question: Question, data: Any) -> Any:
    """What one page of a form brings. `data`: a QueryDict."""
    match question.kind:
        case Kind.DAY:
            return data.get("day", "")
        case Kind.PERIOD:
            return {"from": data.get("from", ""), "to": data.get("to", ""), "repeated": "repeated" in data}
        case _:
            names, functions = data.getlist("name"), data.getlist("function")
            rows = zip(names, functions, strict=False)
            return [
                {"name": name, "function": function, "as": data.get(f"as-{number}", "")}
                for number, (name, function) in enumerate(rows)
            ][:MOST_PEOPLE]


def fitting(question: Question, answer: Any) -> Any:
    """The answer as its question takes it, or None. An empty line of the list of people is nobody."""
    match question.kind, answer:
        case Kind.DAY, str():
            return answer.strip()[:LONGEST_NAME] or None
        case Kind.PERIOD, dict():
            return _period(answer)
        case Kind.PEOPLE, list():
            return [one for raw in answer[:MOST_PEOPLE] if (one := _person(question, raw))] or None
        case _:
            return None


def _period(answer: Mapping[str, Any]) -> dict[str, Any] | None:
    days = {key: str(answer.get(key, "")).strip()[:LONGEST_NAME] for key in ("from", "to")}
    repeated = answer.get("repeated") is True
    return {**days, "repeated": repeated} if any(days.values()) or repeated else None


def _person(question: Question, raw: Any) -> dict[str, str] | None:
    if not isinstance(raw, Mapping):
        return None
    said = {key: str(raw.get(key, "")).strip() for key in ("name", "function", "as")}
    said["as"] = said["as"] if question.option(said["as"]) else ""
    return said if any(said.values()) else None


def wrong(question: Question, answer: Any) -> str:
    """What is in the way of going on, in a sentence; empty when nothing is."""
    match question.kind:
        case Kind.DAY if answer:
            return _wrong_day(str(answer))
        case Kind.PERIOD if answer:
            return _wrong_period(answer)
        case Kind.PEOPLE if answer:
            return _wrong_people(answer)
        case _:
            return ""


def _wrong_day(said: str) -> str:
    day = day_of(said)
    if day is None:
        return _("“%(said)s” is not a day. Write it as day, month, year, for example 31-01-2026.") % {"said": said}
    return _("That day is still to come. Is the year right?") if day > localdate() else ""


def _wrong_period(answer: Mapping[str, Any]) -> str:
    days = [answer[key] for key in ("from", "to") if answer[key]]
    if not days:
        return _("Name a day, as well as you remember. Roughly is good enough.")
    first = next((problem for said in days if (problem := _wrong_day(said))), "")
    begins, ends = day_of(answer["from"]), day_of(answer["to"])
    if not first and begins and ends and begins > ends:
        return _("The first day is after the last day. Please change one of the two.")
    return first


def _wrong_people(answer: list[dict[str, str]]) -> str:
    if any(not one["name"] for one in answer):
        return _("Write the name of each person. If you do not know the whole name, write what you know.")
    if any(len(value) > LONGEST_NAME for one in answer for value in one.values()):
        return _("Make this a little shorter: %(most)s characters fit.") % {"most": LONGEST_NAME}
    return ""


def said(question: Question, answer: Any) -> str:
    """The answer in words, to read it over."""
    match question.kind:
        case Kind.DAY if answer:
            return _day(answer)
        case Kind.PERIOD if answer:
            return "\n".join(_period_lines(answer))
        case Kind.PEOPLE if answer:
            return "\n".join(_one(question, one) for one in answer)
        case _:
            return ""


def _period_lines(answer: Mapping[str, Any]) -> list[str]:
    lines = [_("First time: %(day)s") % {"day": _day(answer["from"])}] if answer["from"] else []
    lines += [_("Last time: %(day)s") % {"day": _day(answer["to"])}] if answer["to"] else []
    return lines + ([_("It happened more than once.")] if answer["repeated"] else [])


def _one(question: Question, one: Mapping[str, str]) -> str:
    option = question.option(one["as"])
    known = [one["name"], one["function"], option.label.say(get_language() or "") if option else ""]
    return ", ".join(part for part in known if part)


def _day(said: str) -> str:
    found = day_of(said)
    return str(in_words(found)) if found else said
