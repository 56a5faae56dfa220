"""Numbers and names that texts repeat stand in one place; a text says {first_contact_days}.

So a page cannot promise another term than the clock keeps.
"""

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Any

from haven.rulebook import problems
from haven.rulebook.words import LANGUAGES, Problem

PLACES: dict[str, tuple[str | int, ...]] = {
    "institution": ("institution.toml", "name"),
    "contact_point": ("institution.toml", "contact_point_name"),
    "phone": ("institution.toml", "contact_ways", "phone"),
    "phone_hours": ("institution.toml", "contact_ways", "phone_hours"),
    "mail": ("institution.toml", "contact_ways", "mail"),
    "emergency_number": ("institution.toml", "emergency", "numbers", 0, "number"),
    "internal_emergency_number": ("institution.toml", "emergency", "numbers", 1, "number"),
    "first_contact_days": ("routes.toml", "routes", 0, "first_contact_working_days"),
    "closed_days": ("retention.toml", "periods", "closed_days"),
    "withdrawn_days": ("retention.toml", "periods", "withdrawn_days"),
    "backups_days": ("retention.toml", "periods", "backups_days"),
    "parked_hours": ("retention.toml", "periods", "parked_hours"),
    "paused_days": ("retention.toml", "periods", "paused_days"),
}
PLACEHOLDER = re.compile(r"\{([^{}\s]+)\}")


def fill(files: dict[str, Any]) -> dict[str, Any]:
    """The files with every known placeholder replaced, each text in its own language."""
    return {name: _filled(data, files, "") for name, data in files.items()}


def unknown(files: dict[str, Any]) -> Iterator[Problem]:
    """Placeholders nobody knows, and those that point at a place where nothing stands."""
    for file, data in files.items():
        for path, text in _texts(data, ""):
            yield from unknown_in(text, file, path, files)


def unknown_in(text: str, file: str, path: str, files: dict[str, Any], also: Sequence[str] = ()) -> Iterator[Problem]:
    """The same for one text. `also`: what is filled in later, from a case."""
    for name in PLACEHOLDER.findall(text):
        if name not in (*PLACES, *also):
            yield Problem(file, path, f"Haven does not know {{{name}}}.", _remedy(name, (*PLACES, *also)))
        elif name in PLACES and PLACES[name][0] in files and _stands_at(PLACES[name], files) is None:
            where = f"{problems.path(PLACES[name][1:])} in {PLACES[name][0]}"
            yield Problem(file, path, f"There is nothing to fill in for {{{name}}}.", f"Add {where}.")


def fill_in(text: str, files: dict[str, Any], language: str) -> str:
    """One text with what is known filled in; everything else stays as it stands."""
    return PLACEHOLDER.sub(lambda m: _value(m, files, language), text)


def _remedy(name: str, places: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, places, n=1)
    known = ", ".join(f"{{{place}}}" for place in places)
    return f"Did you mean {{{near[0]}}}?" if near else f"Use one of: {known}."


def _stands_at(place: Sequence[str | int], files: dict[str, Any]) -> Any:
    """What stands at a place in the files, or None."""
    value: Any = files
    for part in place:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _filled(value: Any, files: dict[str, Any], language: str) -> Any:
    match value:
        case dict():
            return {k: _filled(v, files, k if k in LANGUAGES else language) for k, v in value.items()}
        case list():
            return [_filled(part, files, language) for part in value]
        case str():
            return fill_in(value, files, language)
        case _:
            return value


def _value(found: re.Match[str], files: dict[str, Any], language: str) -> str:
    """What stands in the named place; the placeholder itself where nothing does."""
    value = _stands_at(PLACES.get(found[1], ("",)), files)
    if isinstance(value, dict):
        value = value.get(language)
    return found[0] if value is None else str(value)


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            for key, part in value.items():
                yield from _texts(part, f"{path}.{key}" if path else key)
        case list():
            for n, part in enumerate(value):
                yield from _texts(part, f"{path}[{n}]")
        case str():
            yield path, value
