"""The inbox and the page of one case."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from haven.cases import actions
from haven.cases.models import Case
from haven.cases.opened import OpenCase
from haven.desk.casepage import CasePage
from haven.desk.gate import UnlockedRequest, case_with, unlocked_with
from haven.desk.listing import FILTERS, chosen, news, page_of, rows, unsound
from haven.desk.waiting import waiting_for
from haven.people.access import permits
from haven.people.readers import reader_of
from haven.rulebook.roles import Right


@require_safe
@unlocked_with(Right.READ_CASE)
def inbox(request: UnlockedRequest) -> HttpResponse:
    """What needs doing, counted from the viewer's own keys only."""
    today, granted = localdate(), Case.objects.granted_to(request.keyring)
    show = request.GET.get("show", "")
    show = show if show in FILTERS else "all"
    counts = granted.counts(today)
    page = page_of(chosen(granted, show, today), counts[show], request.GET.get("page"))
    listed = rows(page.object_list, keyring=request.keyring, on=today)
    filters = [(key, name, counts[key]) for key, name in FILTERS.items()]
    waiting = not any(counts.values()) and reader_of(request.user) is None
    around = {"filters": filters, "query": f"show={show}&", "unconfirmed": waiting, "news": news(request.user)}
    around["tasks"] = waiting_for(request.user, request.keyring, today)
    around["unsound"] = permits(request.user, Right.ASSIGN) and unsound()
    return render(request, "desk/inbox.html", {"rows": listed, "page": page, "show": show, "counts": counts} | around)


@require_safe
@case_with(Right.READ_CASE)
def case(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    """One case, whole. Reading it leaves a line in its timeline."""
    actions.seen(opened)
    return render(request, "desk/case.html", {"page": CasePage(opened)})
