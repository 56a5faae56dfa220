"""Reports that belong together.

Two cases belong together when both hold the same random token in `internal`. Neither names the other: who can open one
of them only, learns nothing about the other, not even with that key and the whole database in hand. Who can open both
finds them through the own search index, which holds the tokens.
"""

import re
import secrets
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from haven.cases import search, work
from haven.cases.actions import NotNow, live
from haven.cases.models import Case
from haven.cases.opened import OpenCase, Payload, heads
from haven.trail import actions as trail

ABOUT = ("together", "lost_code")
"""Why they belong together: it is about the same, or the reporter came back without the code of the first."""

_TOKEN = re.compile(r"\blink-[0-9a-f]{32}\b")


@dataclass(frozen=True)
class Linked:
    """Another case of the set. `about` is empty when it is only linked to one that is linked to this."""

    case: Case
    head: Payload = field(repr=False)
    about: str = ""


@transaction.atomic
def link(opened: OpenCase, other: OpenCase, *, about: str, on: date | None = None) -> None:
    """Say that two cases belong together. It takes keys to both; the other may have ended, but not be this one."""
    day, case = on or localdate(), live(opened)
    there: Case = Case.objects.select_for_update().get(pk=other.case.pk)
    if case.pk == there.pk or _shared(opened, other):
        raise NotNow("linked_already")
    said = {"is": work.LINK, "token": f"link-{secrets.token_hex(16)}", "about": about, "by": opened.by.name}
    _keep_in_both(opened, case, other, there, said, day)


@transaction.atomic
def unlink(opened: OpenCase, other: OpenCase, *, on: date | None = None) -> None:
    day, case = on or localdate(), live(opened)
    there: Case = Case.objects.select_for_update().get(pk=other.case.pk)
    shared = _shared(opened, other)
    if not shared:
        raise NotNow("not_linked")
    for token in shared:
        _keep_in_both(opened, case, other, there, {"is": work.UNLINK, "token": token, "by": opened.by.name}, day)


def _shared(opened: OpenCase, other: OpenCase) -> set[str]:
    return work.links(opened.items).keys() & work.links(other.items).keys()


def _keep_in_both(  # noqa: PLR0913, PLR0917  two cases, each opened and locked
    opened: OpenCase, case: Case, other: OpenCase, there: Case, said: Payload, day: date
) -> None:
    for mine, row in ((opened, case), (other, there)):
        mine.keep("internal", work.SLOT, said, on=day, seq=row.stamp)
        row.changed()
        trail.note("case.worked", subject=row.reference, by=str(opened.by.pk), on=day)


def linked(opened: OpenCase) -> list[Linked]:
    """The other cases of the set, as far as this person can open them. Who cannot open one does not see beyond it."""
    own = work.links(opened.items)
    if not own:
        return []
    tokens = {scope: set(_TOKEN.findall(words)) for scope, words in search.summaries(opened.keyring)}
    found = _closure(opened.case.pk, tokens | {opened.case.pk: set(own)}) - {opened.case.pk}
    cases = list(Case.objects.filter(pk__in=found).order_by("received_on", "pk"))
    titles = heads(cases, keyring=opened.keyring)
    shared = {case.pk: next(iter(tokens[case.pk] & own.keys()), "") for case in cases}
    return [
        Linked(case, titles.get(case.pk, {}), own[shared[case.pk]].payload["about"] if shared[case.pk] else "")
        for case in cases
    ]


def _closure(start: UUID, tokens: dict[UUID, set[str]]) -> set[UUID]:
    """Everything that hangs together with `start`."""
    found, reached = {start}, set(tokens[start])
    while new := {scope for scope, held in tokens.items() if scope not in found and held & reached}:
        found |= new
        reached |= set().union(*(tokens[scope] for scope in new))
    return found
