"""The inbox and the page of one case."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from haven.cases import actions
from haven.cases.models import Case
from haven.cases.opened import OpenCase
from haven.desk.casepage import CasePage
from haven.desk.gate import UnlockedRequest, case_with, unlocked_with
from haven.desk.listing import FILTERS, chosen, news, rows
from haven.rulebook.roles import Right

PER_PAGE = 50


@require_safe
@unlocked_with(Right.READ_CASE)
def inbox(request: UnlockedRequest) -> HttpResponse:
    """What needs doing, counted from the viewer's own keys only."""
    today, granted = localdate(), Case.objects.granted_to(request.keyring)
    show = request.GET.get("show", "")
    show = show if show in FILTERS else "all"
    counts = granted.counts(today)
    pages = Paginator(chosen(granted, show, today), PER_PAGE)
    pages.count = counts[show]
    page = pages.get_page(request.GET.get("page"))
    listed = rows(page.object_list, keyring=request.keyring, on=today)
    filters = [(key, name, counts[key]) for key, name in FILTERS.items()]
    context = {"rows": listed, "page": page, "show": show, "counts": counts, "filters": filters}
    context["query"] = f"show={show}&"
    return render(request, "desk/inbox.html", context | {"news": news(request.user)})


@require_safe
@case_with(Right.READ_CASE)
def case(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    """One case, whole. Reading it leaves a line in its timeline."""
    actions.seen(opened)
    return render(request, "desk/case.html", {"page": CasePage(opened)})
