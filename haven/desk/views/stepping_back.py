"""Stepping back from a case before reading it. The page shows nothing of the case but its reference."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from haven.cases import stepping_back
from haven.cases.actions import NotNow
from haven.cases.models import Case
from haven.cases.opened import OpenCase
from haven.desk.gate import UnlockedRequest, case_with
from haven.desk.sentences import not_now
from haven.desk.stepping_back_forms import StepBack
from haven.rulebook.roles import Right


@require_http_methods(["GET", "POST"])
@case_with(Right.READ_CASE)
def step_back(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    """Asks once and never why. Looking at this page is not reading, and leaves no line."""
    form = StepBack(request.POST or None, opened=opened)
    try:
        if request.POST.get("sure") and form.is_valid():
            stepping_back.step_back(opened, instead=form.cleaned_data["instead"])
            messages.success(request, _("You stepped back. For you this case is not there any more."))
            return redirect("desk:inbox")
    except NotNow as refused:
        form.add_error(None, not_now(str(refused)))
    except Case.DoesNotExist:
        raise Http404 from None
    context = {"opened": opened, "form": form, "alone": form.knows_alone}
    return render(request, "desk/case/step_back.html", context, status=422 if form.errors else 200)
