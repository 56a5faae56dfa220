"""The filters of the inbox that somebody keeps for themselves."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from haven.desk.filters import WHOSE, Filter, drop, keep, own
from haven.desk.gate import UnlockedRequest, unlocked_with
from haven.desk.listing import FILTERS
from haven.rulebook.roles import Right


class FilterForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the filter"), max_length=40)
    show = forms.ChoiceField(label=gettext_lazy("Which cases"), choices=list(FILTERS.items()))
    whose = forms.ChoiceField(label=gettext_lazy("Of whom"), choices=list(WHOSE.items()), required=False)
    words = forms.CharField(
        label=gettext_lazy("With these words"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("In title, tags, reference or name. Nobody but you can read your filters."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="filter-%s")


@require_http_methods(["GET", "POST"])
@unlocked_with(Right.READ_CASE)
def filters(request: UnlockedRequest) -> HttpResponse:
    """See them, make one, or take one away."""
    form = FilterForm(request.POST if "name" in request.POST else None)
    if "drop" in request.POST:
        drop(request.keyring, request.POST["drop"])
        return redirect("desk:filters")
    if form.is_valid():
        one = Filter(**form.cleaned_data)
        if keep(request.keyring, one):
            return redirect("desk:filters")
        form.add_error(None, _("You have twelve filters already. Take one away first."))
    told = {"form": form, "own": own(request.keyring)}
    return render(request, "desk/filters.html", told, status=422 if form.errors else 200)
