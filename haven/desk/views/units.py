"""Where a colleague works, for the rule that keeps people of the same unit out."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from haven.desk import joining
from haven.desk.people_forms import UnitForm
from haven.people import actions
from haven.people.access import StaffRequest, staff_with
from haven.people.models import User
from haven.rulebook.roles import Right


@require_POST
@staff_with(Right.MANAGE_PEOPLE)
def set_unit(request: StaffRequest, person: int) -> HttpResponse:
    """Of somebody else. It changes who reads new reports, so the teams of this person are told."""
    colleague = get_object_or_404(User.objects.known().exclude(pk=request.user.pk), pk=person)
    form = UnitForm(request.POST)
    if form.is_valid() and form.cleaned_data["unit"] != colleague.unit:
        joining.told(partial(actions.set_unit, unit=form.cleaned_data["unit"]), colleague, by=request.user)
        messages.success(request, _("Kept. Everybody who reads along with this person is told."))
    return redirect("desk:person", person)
