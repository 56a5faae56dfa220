"""What a validator found, said so that somebody who is not a programmer can repair it."""

import difflib
from collections.abc import Sequence
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from haven.rulebook.words import LANGUAGES, Problem

LANGUAGE_NAMES = {"nl": "Dutch", "en": "English"}
DOCS = "docs/rulebook.md describes every key."
type Location = Sequence[str | int]


def found(file: str, model: type[BaseModel], data: Any, error: ValidationError) -> list[Problem]:
    """Every problem of one file."""
    return [_problem(file, model, data, detail) for detail in error.errors()]


def path(location: Location) -> str:
    """questions[3].options[1].label.nl"""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return "".join(parts).removeprefix(".")


def near(word: str, known: Sequence[str]) -> str:
    """A sentence that helps with a word nobody knows."""
    matches = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"Did you mean “{matches[0]}”?" if matches else f"Known here: {', '.join(known) or 'none'}."


def _problem(file: str, model: type[BaseModel], data: Any, detail: ErrorDetails) -> Problem:
    location = detail["loc"]
    says, remedy = _sentences(model, location, detail)
    owner = _owner(data, location)
    return Problem(file, path(location), f"In “{owner}”: {says}" if owner else says, remedy)


def _sentences(model: type[BaseModel], location: Location, detail: ErrorDetails) -> tuple[str, str]:
    """What is wrong and what to do, by the type of pydantic's error."""
    context, kind = detail.get("ctx", {}), detail["type"]
    key = str(location[-1]) if location else ""
    match kind:
        case "haven":
            return context["says"], context["remedy"]
        case "missing" | "string_too_short" | "too_short":
            return _absent(key, "missing" if kind == "missing" else "empty")
        case "extra_forbidden":
            return f"Haven does not know the key “{key}” here.", near(key, _known(model, location))
        case _:
            return _unfit(key, detail, context)


def _absent(key: str, state: str) -> tuple[str, str]:
    if key in LANGUAGES:
        return f"The {LANGUAGE_NAMES[key]} text is {state}.", f"Write it: {key} = “…”. Both languages are needed."
    return f"“{key}” is {state}.", f"{'Add it' if state == 'missing' else 'Fill it in'}. {DOCS}"


def _unfit(key: str, detail: ErrorDetails, context: dict[str, Any]) -> tuple[str, str]:
    match detail["type"]:
        case "model_type" if context.get("class_name") == "Text":
            return "One text stands here; two languages are needed.", f"Write {key}.nl and {key}.en."
        case "enum" | "literal_error":
            return f"“{detail['input']}” is not possible here.", f"Choose {context['expected']}."
        case "string_pattern_mismatch":
            return f"“{detail['input']}” has the wrong form.", _form(context["pattern"])
        case _:
            return f"The value does not fit: {detail['msg'].lower()}.", f"Correct it. {DOCS}"


def _form(pattern: str) -> str:
    if pattern.startswith("^[a-z]"):
        return "A key has small letters, digits and _ only, and starts with a letter."
    if pattern.startswith("^#"):
        return "Write a colour as # and six digits, such as #0b5c63."
    if "@" in pattern:
        return "Write a mail address, such as name@university.example."
    return "Write an address that starts with https://."


def _owner(data: Any, location: Location) -> str:
    """The key of the innermost thing in a list that holds the problem: people do not count lists."""
    owner = ""
    for part in location:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(part, int) and isinstance(data, dict) and isinstance(data.get("key"), str):
            owner = data["name"] if isinstance(data.get("name"), str) else data["key"]
    return owner


def _known(model: type[BaseModel], location: Location) -> list[str]:
    """The keys that are known at the place of an unknown one."""
    for part in location[:-1]:
        if isinstance(part, str) and part in model.model_fields:
            model = _model_in(model.model_fields[part].annotation) or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((inner for part in get_args(annotation) if (inner := _model_in(part))), None)
