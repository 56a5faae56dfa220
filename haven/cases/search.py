"""Search over everything one person may open, through an index that only this person can open (vault.search).

An entry is made again when its case changed. That takes milliseconds a case, so it happens in pieces: each request
prepares for about two seconds and says how many cases are still to come.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any, Literal
from uuid import UUID

from haven.cases import work
from haven.cases.models import Case
from haven.cases.opened import Payload
from haven.rulebook import shelf
from haven.rulebook.questions import NAMED
from haven.vault import reading
from haven.vault import search as index
from haven.vault.models import SearchEntry
from haven.vault.reading import Opened
from haven.vault.unlocking import Keyring

BUDGET_SECONDS = 2.0
BATCH = 100


@dataclass(frozen=True)
class Found:
    """Ids of the cases that fit, in order of need, and how many cases could not be looked at yet."""

    scopes: list[UUID]
    still: int


def find(keyring: Keyring, words: str, *, where: Literal["head", "text"], seconds: float = BUDGET_SECONDS) -> Found:
    """Every case in which all the words stand, as they are: case and accents aside. Never one without a grant."""
    granted = dict(Case.objects.granted_to(keyring).in_order_of_need().values_list("pk", "stamp"))
    still = prepare(keyring, granted, seconds=seconds)
    sought = plain(words).split()
    entries = index.read(keyring, where) if sought else iter(())
    hits = {one.scope for one in entries if granted.get(one.scope) == one.stamp and all(w in one.words for w in sought)}
    return Found([scope for scope in granted if scope in hits], still)


def summaries(keyring: Keyring, *, seconds: float = BUDGET_SECONDS) -> Iterator[tuple[UUID, str]]:
    """What stands in the index of this person about each case they can open now: titles, names, tags, links."""
    granted = dict(Case.objects.granted_to(keyring).values_list("pk", "stamp"))
    prepare(keyring, granted, seconds=seconds)
    entries = index.read(keyring, "head")
    return ((one.scope, one.words) for one in entries if granted.get(one.scope) == one.stamp)


def prepare(keyring: Keyring, granted: dict[UUID, int], *, seconds: float = BUDGET_SECONDS) -> int:
    """Bring the index up to date, for as long as given. Gives how many cases are left to do."""
    known, until = index.stamps(keyring), monotonic() + seconds
    SearchEntry.objects.filter(kid=keyring.kid, scope__in=known.keys() - granted.keys()).delete()
    waiting = [scope for scope, stamp in granted.items() if known.get(scope) != stamp]
    done = 0
    while done < len(waiting) and (done == 0 or monotonic() < until):
        _index(keyring, waiting[done : done + BATCH])
        done += BATCH
    return max(0, len(waiting) - done)


def _index(keyring: Keyring, scopes: list[UUID]) -> None:
    cases = Case.objects.filter(pk__in=scopes).select_related("handler")
    opened = reading.open_items(keyring, scopes)
    index.save([_entry(keyring, case, opened.get(case.pk, [])) for case in cases])


def _entry(keyring: Keyring, case: Case, items: list[Opened]) -> SearchEntry:
    head = next((one.payload for one in items if one.kind == "report" and one.item.slot == "head"), {})
    shown = [one for one in items if one.kind != "identity" or head.get("mode") == NAMED]
    names = [value for one in shown if one.kind == "identity" for value in _strings(one.payload)]
    title = [*_titles(head), case.reference, case.reference.replace("-", ""), case.handler.name if case.handler else ""]
    summary = plain(" \n ".join([*title, *names, *work.tags(shown), *work.links(shown)]))
    text = plain(" \n ".join(word for one in shown for word in _said(one)))
    return index.entry(keyring, case.pk, case.stamp, head=summary, text=f"{summary} \n {text}")


def _titles(head: Payload) -> Iterator[str]:
    """What a list shows of the case, in both languages."""
    book, answers = shelf.current(), head.get("answers", {})
    for language in ("nl", "en"):
        yield book.title(answers, language, kind=head.get("kind", ""))
        for question in book.intake.every:
            yield from (option.name().say(language) for option in question.chosen(answers))


def _said(one: Opened) -> Iterator[str]:
    """What people wrote, and names of files. No keys of files, no codes."""
    if one.item.slot == "answers":
        return _strings(one.payload.get("answers", {}))
    written = ("text", "remark", "reason", "by", "name")
    return iter([str(one.payload[key]) for key in written if one.payload.get(key)])


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _all(value.values())
    elif isinstance(value, list):
        yield from _all(value)


def _all(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        yield from _strings(value)


def plain(text: str) -> str:
    """Small letters without accents, so that Reneé is found as renee."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in folded if not unicodedata.combining(character))
