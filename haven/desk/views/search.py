"""Search. Words are sent in the body of the request: an address stays in the history of a browser."""

from typing import Literal

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from haven.cases import search as cases
from haven.cases.models import Case
from haven.desk.gate import UnlockedRequest, unlocked_with
from haven.desk.listing import rows
from haven.rulebook.roles import Right

MOST = 100


class SearchForm(forms.Form):
    words = forms.CharField(
        label=_("Words, a name or a reference"), max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    where = forms.ChoiceField(
        label=_("Where"),
        required=False,
        choices=[("head", _("Titles, references and names")), ("text", _("Everything that was written"))],
        widget=forms.RadioSelect,
        initial="head",
    )


@require_http_methods(["GET", "POST"])
@unlocked_with(Right.READ_CASE)
def search(request: UnlockedRequest) -> HttpResponse:
    """Everything the viewer may open, and nothing else."""
    form = SearchForm(request.POST or None)
    if not form.is_valid():
        return render(request, "desk/search.html", {"form": form})
    where: Literal["head", "text"] = "text" if form.cleaned_data["where"] == "text" else "head"
    found = cases.find(request.keyring, form.cleaned_data["words"], where=where)
    granted = Case.objects.granted_to(request.keyring).filter(pk__in=found.scopes[:MOST])
    listed = granted.in_order_of_need().select_related("handler")
    context = {
        "form": form,
        "rows": rows(listed, keyring=request.keyring, on=localdate()),
        "found": found,
        "most": MOST,
    }
    return render(request, "desk/search.html", context)
