"""Texts of the rulebook to begin with, filled in for one case and for who writes."""

from django.utils.translation import get_language

from haven.cases.opened import OpenCase
from haven.rulebook import shelf
from haven.rulebook.directory import Provision
from haven.rulebook.letters import Letter, Use


def letters_for(use: Use) -> list[Letter]:
    return [one for one in shelf.current().letters if one.use == use]


def begun(opened: OpenCase, use: Use, key: str, typed: str) -> str:
    """The text below what was typed already. A key that is not there changes nothing."""
    letter = next((one for one in letters_for(use) if one.key == key), None)
    if letter is None:
        return typed
    text = _filled(letter, opened)
    return f"{typed.rstrip()}\n\n{text}" if typed.strip() else text


def _filled(letter: Letter, opened: OpenCase) -> str:
    """An answer in the language of the reporter, a note in that of the page."""
    language = (opened.head.get("language") if letter.use == "answer" else None) or get_language() or "nl"
    answers = opened.answers.get("answers", {})
    support = "\n".join(_reached(one, language) for one in shelf.current().fitting(answers))
    filled = {"me": opened.by.name, "my_function": opened.by.function(language), "support": support}
    text = letter.text.say(language)
    for name, value in filled.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _reached(one: Provision, language: str) -> str:
    """Who it is, and how to reach them."""
    ways = (one.ways.phone, one.ways.mail, str(one.ways.url or ""))
    return "- " + ", ".join([one.name.say(language), *filter(None, ways)])
