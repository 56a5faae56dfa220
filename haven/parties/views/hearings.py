"""A hearing, for the calendar of a party."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from haven.complaints import hearings
from haven.complaints.opened import NotNow, OpenParty
from haven.parties.visit import accepted
from haven.ui.sending import as_file


@accepted
def calendar(_request: HttpRequest, opened: OpenParty, hearing: str) -> HttpResponseBase:
    """As it stands now: an appointment, its change, or that it was called off. It names nobody."""
    try:
        content = hearings.hearing(opened, hearing).calendar(get_language() or "nl")
    except NotNow:
        raise Http404 from None
    answer = as_file(iter([content]), len(content), "appointment.ics")
    answer["Content-Type"] = "text/calendar; charset=utf-8"
    return answer
