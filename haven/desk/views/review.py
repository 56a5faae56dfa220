"""Going through the list of who has access."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from haven.desk.gate import signed_in
from haven.desk.reviewpage import may_review
from haven.people import review
from haven.people.access import StaffRequest


@require_POST
@signed_in
def reviewed(request: StaffRequest) -> HttpResponse:
    """Who keeps the list says that everybody on it still needs what they have."""
    if not may_review(request.user):
        raise Http404
    review.reviewed(by=request.user)
    messages.success(request, _("Recorded, with today's date and your name."))
    return redirect("desk:people")
