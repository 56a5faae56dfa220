"""The deeds of consent and referral."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from haven.cases import consent, referral
from haven.cases.actions import NotNow
from haven.cases.opened import OpenCase
from haven.desk import handover
from haven.desk.consent_forms import Ask, HandOver, Introduced, Refer, Signpost, Stop
from haven.desk.gate import UnlockedRequest, case_with
from haven.desk.sentences import not_now
from haven.desk.views.deeds import do, in_turn, show_again
from haven.rulebook.roles import Right


@require_POST
@case_with(Right.ASK_CONSENT)
def ask(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    """Ask in the mailbox, or record what was said elsewhere."""
    form = Ask(request.POST, opened=opened)
    asked = _("The reporter can decide in the mailbox.")
    recorded = _("The consent is recorded. The reporter sees it in the mailbox.")
    done = asked if request.POST.get("how") == "mailbox" else recorded
    return do(request, opened, form, lambda _told: consent.ask(opened, form.request, spoken=form.spoken), done)


@require_POST
@case_with(Right.ASK_CONSENT)
def refer(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = Refer(request.POST, opened=opened)
    done = _("The other team can read what was agreed, and nothing else.")
    return do(request, opened, form, lambda told: referral.refer(opened, told["which"]), done)


@require_POST
@case_with(Right.ASK_CONSENT)
def hand_over(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    """The answer is what goes: a file, or a page to print."""
    form = HandOver(request.POST, opened=opened)
    try:
        if form.is_valid():
            told = form.cleaned_data
            found = in_turn(opened, form, lambda _told: referral.hand_over(opened, told["which"]))
            printed = told["form"] == "print"
            return handover.printable(request, found) if printed else handover.package(found, told["key"])
    except NotNow as refused:
        form.add_error(None, not_now(str(refused)))
    return show_again(request, opened, form)


@require_POST
@case_with(Right.ASK_CONSENT)
def stop(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = Stop(request.POST, opened=opened)
    done = _("Taken back. The reporter sees it in the mailbox.")
    return do(request, opened, form, lambda told: consent.stop(opened, told["which"], how=told["how"]), done)


@require_POST
@case_with(Right.ASK_CONSENT)
def signpost(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = Signpost(request.POST, opened=opened)
    done = _("Recorded. The reporter sees it in the mailbox.")
    return do(request, opened, form, lambda told: consent.signpost(opened, told["to"]), done)


@require_POST
@case_with(Right.ASK_CONSENT)
def introduced(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = Introduced(request.POST, opened=opened)
    return do(
        request,
        opened,
        form,
        lambda told: consent.introduced(opened, told["which"], day=told["on"], remark=told["remark"]),
        _("Recorded. The task is done."),
    )
