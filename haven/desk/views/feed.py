"""Days in one's own calendar: the page where the address is made, and the address, which asks nobody to sign in."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from haven.cases.days import days_due
from haven.complaints.days import days_due as of_complaints
from haven.desk.feed import calendar_of
from haven.notices import feed as feeds
from haven.people.access import ANYONE, StaffRequest, open_to, permits, staff_with
from haven.rulebook.roles import Right


@require_http_methods(["GET", "POST"])
@staff_with(Right.READ_CASE)
def address(request: StaffRequest) -> HttpResponse:
    """Make an address, make a new one, or switch it off. It is shown once."""
    return _address(request, "desk:feed_address")


@require_http_methods(["GET", "POST"])
@staff_with(Right.READ_COMPLAINT)
def complaint_address(request: StaffRequest) -> HttpResponse:
    """The same, for who handles complaints and reads no cases."""
    return _address(request, "desk:complaint_feed_address")


def _address(request: StaffRequest, here: str) -> HttpResponse:
    shown, wish = "", request.POST.get("do", "")
    if wish == "off":
        feeds.switch_off(request.user)
        messages.success(request, _("The old address leads nowhere any more."))
        return redirect(here)
    if wish == "renew":
        shown = request.build_absolute_uri(reverse("desk:feed", args=[feeds.renew(request.user)]))
    return render(request, "desk/feed_address.html", {"address": shown, "on": feeds.has(request.user)})


@require_safe
@open_to(ANYONE)
@never_cache
def feed(_request: HttpRequest, token: str) -> HttpResponse:
    """The days, for a program that knows the address."""
    person = feeds.owner_of(token)
    if person is None:
        raise Http404
    days, on = set[date](), localdate()
    for right, due in ((Right.READ_CASE, days_due), (Right.READ_COMPLAINT, of_complaints)):
        days.update(due(person, on) if permits(person, right) else [])
    if not any(permits(person, one) for one in (Right.READ_CASE, Right.READ_COMPLAINT)):
        raise Http404
    return HttpResponse(calendar_of(sorted(days)), content_type="text/calendar; charset=utf-8")
