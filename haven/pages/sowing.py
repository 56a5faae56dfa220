"""What the short lists of the site begin with. Only what is missing is added: a name that an editor changed stays."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from haven.pages.models.naming import Component, InitiativeKind, Named, Unit
from haven.rulebook import shelf

FILE: Final = Path(__file__).parent / "lists.toml"


def sow() -> None:
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    _add(Component, told["components"])
    _add(InitiativeKind, told["kinds"])
    units = shelf.current().institution.units
    _add(Unit, [{"key": one.key, "name": {code: one.name.say(code) for code in ("nl", "en")}} for one in units])


def _add(kind: type[Named], told: Iterable[Mapping[str, Any]]) -> None:
    there = set(kind.objects.values_list("key", flat=True))
    kind.objects.bulk_create(
        kind(key=one["key"], name_nl=one["name"]["nl"], name_en=one["name"]["en"], position=number)
        for number, one in enumerate(told)
        if one["key"] not in there
    )
