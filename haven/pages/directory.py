"""Whom one can turn to (R-000-05): the provisions of the rulebook, with what editors add, and three ways to make the
list shorter. Who filters still sees everybody in a list that may be longer than it need be, never one too short."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, NamedTuple, Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from haven.people.access import ANYONE, open_to
from haven.rulebook import shelf
from haven.rulebook.directory import Confidentiality
from haven.rulebook.governing import Governing
from haven.rulebook.words import Text

KEPT: Final = (
    (Confidentiality.BOUND.value, _("Bound to secrecy")),
    (Confidentiality.TEAM.value, _("Stays within a team")),
    (Confidentiality.OPEN.value, _("May have to act")),
)


class SomebodyThere(Protocol):
    """A provision of the rulebook, or an entry of an editor."""

    @property
    def languages(self) -> Any: ...
    @property
    def confidentiality(self) -> Any: ...
    def away(self, day: date) -> tuple[Text | str, ...]: ...


class Card(NamedTuple):
    provision: SomebodyThere
    away: tuple[Text | str, ...]


@open_to(ANYONE)
def provisions(request: HttpRequest) -> HttpResponse:
    """As the rulebook has them."""
    return shown(request, added=())


def shown(request: HttpRequest, *, added: Iterable[SomebodyThere]) -> HttpResponse:
    """`added` come after the first of the rulebook, which is the contact point: they are nearer than what is
    for everybody. `?for=`, `?speaks=` and `?keeps=` filter."""
    book, asked = shelf.current(), chosen(request)
    audience = book.audiences[asked["for"]] if asked["for"] else None
    first, *others = book.provisions.fitting(asked["for"]) or (None,)
    told: dict[str, Any] = {
        "audiences": book.audiences,
        "chosen": audience,
        "better": audience and audience.redirect_to and book.provisions[audience.redirect_to],
        "cards": [
            Card(one, one.away(localdate()))
            for one in (first, *added, *others)
            if one is not None and wanted(one, asked)
        ],
        "emergencies": book.provisions.emergencies(),
        "forms": book.intake.offered("audience", audience.key) if audience else (),
    }
    told |= {"asked": asked, "languages": book.routes.languages, "kept": KEPT, "counsellor": book.provisions.counsellor}
    return render(request, "pages/provisions.html", told)


def chosen(request: HttpRequest) -> dict[str, str]:
    """What is asked for and known. Anything else is as if it was not asked."""
    book = shelf.current()
    known = {
        "for": {one.key for one in book.audiences},
        "speaks": {one.key for one in book.routes.languages},
        "keeps": {key for key, _says in KEPT},
    }
    return {name: asked if (asked := request.GET.get(name, "")) in keys else "" for name, keys in known.items()}


def wanted(one: SomebodyThere, asked: dict[str, str]) -> bool:
    """Of whom nothing is said of languages, nobody knows that they do not speak yours."""
    speaks = not asked["speaks"] or not one.languages or asked["speaks"] in one.languages
    return speaks and asked["keeps"] in ("", one.confidentiality)


@open_to(ANYONE)
def whose(request: HttpRequest) -> HttpResponse:
    """Which institution handles this: by where the other person belongs (R-004-26, R-004-33, R-004-34)."""
    return render(request, "pages/whose.html", {"ways": [_way(rule) for rule in shelf.current().routes.governing]})


def _way(rule: Governing) -> dict[str, Any]:
    """`where`: in the words of the question that reporters are asked. The regulation of everybody is ours, and so
    stands with our own institution only."""
    book, entity = shelf.current(), rule.entity
    asked = (
        option
        for question in book.intake.questions
        if question.key == rule.when.question
        for option in question.options
    )
    there = [one for one in book.procedures.now(localdate()) if entity and (not one.entities or entity in one.entities)]
    return {
        "rule": rule,
        "where": [option.label for option in asked if option.key in rule.when.any_of],
        "turn_to": [book.provisions[key] for key in rule.turn_to],
        "regulations": [one for one in there if entity in one.entities or not rule.other_institution],
    }
