"""The inbox and the page of one case."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from haven.cases import actions, reminders
from haven.cases.models import Case
from haven.cases.opened import OpenCase
from haven.desk.beside import neighbours
from haven.desk.bursts import folded
from haven.desk.casepage import CasePage
from haven.desk.filters import Asked, asked_for
from haven.desk.gate import UnlockedRequest, case_with, unlocked_with
from haven.desk.listing import FILTERS, news, page_of, rows, unsound
from haven.desk.waiting import waiting_for
from haven.people import review
from haven.people.access import permits
from haven.people.readers import reader_of
from haven.rulebook.roles import Right


@require_safe
@unlocked_with(Right.READ_CASE)
def inbox(request: UnlockedRequest) -> HttpResponse:
    """What needs doing, counted from the viewer's own keys only."""
    today, keyring = localdate(), request.keyring
    counts = Case.objects.granted_to(keyring).counts(today)
    asked, together = folded(request, asked_for(request, counts, today))
    page = page_of(asked.cases, asked.count, request.GET.get("page"))
    listed = rows(page.object_list, keyring=keyring, on=today)
    told = {"rows": listed, "page": page, "show": asked.show, "counts": counts, "asked": asked, "bursts": together}
    return render(request, "desk/inbox.html", told | around(request, counts, asked))


def around(request: UnlockedRequest, counts: Mapping[str, int], asked: Asked) -> dict[str, Any]:
    """What stands above and below the list."""
    today = localdate()
    return {
        "filters": [(key, name, counts[key]) for key, name in FILTERS.items()],
        "again": rows(reminders.due(request.keyring, today), keyring=request.keyring, on=today),
        "tasks": waiting_for(request.user, request.keyring, today),
        "unconfirmed": not any(counts.values()) and reader_of(request.user) is None,
        "news": news(request.user),
        "review_due": permits(request.user, Right.ENDORSE) and review.is_due(on=today),
        "ticked": asked.came is not None and "ticked" in request.GET,
        "pick": asked.show != "ended" and permits(request.user, Right.CLOSE),
        "unsound": permits(request.user, Right.ASSIGN) and unsound(),
    }


@require_safe
@case_with(Right.READ_CASE)
def case(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    """One case, whole. Reading it leaves a line in its timeline."""
    beside = neighbours(request, opened, localdate())  # before a reply is read, which moves this case down the list
    actions.seen(opened)
    return render(request, "desk/case.html", {"page": CasePage(opened), "beside": beside})
