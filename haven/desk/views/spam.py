"""Several cases at once that turn out to be no message for us: shown once more by title, then filed."""

from dataclasses import dataclass, field, replace

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from haven.cases import triage
from haven.cases.actions import NotNow
from haven.cases.models import Case
from haven.cases.opened import OpenCase
from haven.desk.forms import words
from haven.desk.gate import UnlockedRequest, find, unlocked_with
from haven.desk.listing import PER_PAGE
from haven.desk.sentences import not_now
from haven.desk.titles import title_of
from haven.rulebook.roles import Right


class SpamForm(forms.Form):
    reason = words(
        gettext_lazy("Remark"),
        rows=2,
        required=False,
        hint=gettext_lazy("An urgent case without any action needs a reason here."),
    )


@dataclass(frozen=True)
class Ticked:
    """A case that was ticked, and the stamp it had when it was shown. `why`: what keeps it from being filed."""

    opened: OpenCase
    title: str = field(repr=False)
    stamp: str
    why: str = ""


@require_POST
@unlocked_with(Right.CLOSE)
def spam(request: UnlockedRequest) -> HttpResponse:
    """First the page that asks; with `sure` it is done. What cannot be filed stays on the page, and says why."""
    ticked = ticked_in(request)
    form = SpamForm(request.POST if "sure" in request.POST else None)
    if ticked and form.is_valid():
        left = [one for each in ticked if (one := file(each, form.cleaned_data["reason"]))]
        done, ticked = len(ticked) - len(left), left
        if done:
            said = ngettext("%(n)d case is filed as spam.", "%(n)d cases are filed as spam.", done) % {"n": done}
            messages.success(request, said)
        if not left:
            return redirect("desk:inbox")
    return render(request, "desk/spam.html", {"ticked": ticked, "form": form}, status=422 if form.is_bound else 200)


def ticked_in(request: UnlockedRequest) -> list[Ticked]:
    """Opened with the own keys, as many as a list shows. One that is not there or not theirs: there is no such page."""
    references = list(dict.fromkeys(request.POST.getlist("case")))[:PER_PAGE]
    opened = [find(request, reference) for reference in references]
    return [
        Ticked(one, title_of(one.case, one.head), request.POST.get(f"stamp-{one.case.reference}", str(one.case.stamp)))
        for one in opened
        if not one.case.ended
    ]


def file(one: Ticked, reason: str) -> Ticked | None:
    """Each by itself: one that changed meanwhile does not hold up the others. Gives back what was not done, and why."""
    try:
        in_turn(one, reason)
    except NotNow as refused:
        return replace(one, stamp=str(one.opened.case.stamp), why=not_now(str(refused)))
    return None


@transaction.atomic
def in_turn(one: Ticked, reason: str) -> None:
    now = Case.objects.select_for_update().filter(pk=one.opened.case.pk).first()
    if now is None or str(now.stamp) != one.stamp:
        raise NotNow("changed")
    triage.spam(one.opened, reason=reason)
