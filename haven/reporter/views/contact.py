"""From the first page to sending. One address, one neutral line in the browser's history; every step is a POST."""

from secrets import token_hex
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from haven.cases.actions import NotNow
from haven.dialogue.actions import open_mailbox, write
from haven.intake import letters, questionnaire, state
from haven.intake.actions import ReadersChanged, Receipt, TooFewReaders, Withdrawn, submit
from haven.intake.state import Draft
from haven.reporter import pages, pressure, stopping, wizard
from haven.reporter.door import reporters
from haven.reporter.taking import Taken, take
from haven.reporter.views import letter
from haven.rulebook import shelf
from haven.vault.codes import show
from haven.vault.errors import CannotOpen


@reporters
def start(request: HttpRequest) -> HttpResponse:
    """What to know before writing; and, posted to the same address, every page after it."""
    if request.method != "POST" or _chooses_a_form(request):
        draft = wizard.at(Draft(), wizard.START)
        return pages.draw(request, wizard.press(draft, *_pressed(request)) if request.method == "POST" else draft)
    try:
        reopened = state.reopen(request.POST.get("state", ""))
    except CannotOpen:
        return pages.unreadable(request)
    if (button := _pressed(request)[0]) in stopping.BACK:
        return stopping.come_back(request, reopened.draft.code, button)
    taken = take(request, reopened.draft)
    if reopened.old or reopened.lost:
        return pages.draw(request, taken.draft, problems=taken.problems, notices=pages.about(reopened))
    return _press(request, taken)


def _pressed(request: HttpRequest) -> tuple[str, str]:
    button, _dash, what = request.POST.get("do", "next").partition("-")
    return button, what


def _chooses_a_form(request: HttpRequest) -> bool:
    """From a page of the site, where there is no draft yet. No address says which form, so no history does."""
    return "state" not in request.POST and _pressed(request)[0] == "form"


def _press(request: HttpRequest, taken: Taken) -> HttpResponse:
    """Do what the button says. A page with something wrong is shown again, unless the button leads away from it."""
    button, what = _pressed(request)
    if taken.problems and button in wizard.FORWARD:
        return pages.draw(request, taken.draft, problems=taken.problems)
    turn = request.POST.get("turn", ""), request.POST.get("proof", "")
    if button == "send" and (wait := pressure.wait_for(taken.draft.code, *turn)):
        return pages.draw_wait(request, taken.draft, wait)
    if button in {"send", "resend"}:
        return _send(request, taken.draft)
    if button == "pause":
        return stopping.stop(request, taken)
    if button == "again":
        return _as_message(request, taken.draft)
    return pages.draw(request, wizard.press(taken.draft, button, what))


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Whatever stands in the way leads to the page where it can be seen to; the draft waits meanwhile."""
    if questionnaire.first_unfit(draft.answers) or wizard.CODE not in wizard.steps(draft):
        return pages.draw(request, wizard.at(draft, wizard.CODE))
    if letters.letter_of(draft.clean):
        return letter.send(request, draft)
    try:
        receipt = submit(draft.report(get_language() or settings.LANGUAGE_CODE))
    except (TooFewReaders, ReadersChanged):
        return pages.draw(request, wizard.at(draft, wizard.CODE))
    except CannotOpen:
        return pages.draw(request, wizard.at(draft, wizard.CODE), notices=[_("Please press once more.")])
    except Withdrawn:
        return render(request, "reporter/spent.html")
    pressure.gauge.count()
    return _sent(request, draft, receipt)


def _sent(request: HttpRequest, draft: Draft, receipt: Receipt) -> HttpResponse:
    """What happens now. Drawn on the POST: to load it again sends the same report again, which is the same report."""
    book, answers = shelf.current(), draft.clean
    days = draft.goes_to.first_contact_working_days
    term = book.calendar.add_working_days(receipt.received_on, days) if receipt.contact_due else None
    told: dict[str, Any] = {"receipt": receipt, "term": term, "blocks": book.intake.afterwards(answers)}
    told |= {"provisions": book.fitting(answers), "guided": book.intake.guided(answers)}
    told["changed"] = [row for row in questionnaire.review(answers) if row.words] if receipt.differs else []
    told["governing"] = book.routes.governs(answers)
    told["turn_to"] = [book.provisions[key] for key in (told["governing"].turn_to if told["governing"] else ())]
    told |= {"shown_code": show(draft.code), "number": wizard.number(draft) + 1, "once": token_hex(8)}
    told["today"] = localdate()  # what stands there about opening hours is drawn once a day
    return render(request, "reporter/sent.html", told | pages.sealed(draft))


def _as_message(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The report of this code was here before; what changed since then follows as a message to the same mailbox."""
    box, words = open_mailbox(draft.code), "\n\n".join(request.POST.getlist("words")).strip()
    if box is None or not words:
        return pages.draw(request, wizard.at(draft, wizard.CHECK))
    try:
        write(box, words, once=request.POST.get("once", ""))
    except NotNow:
        return render(request, "reporter/closed.html", {"words": words, **pages.sealed(draft)})
    return render(request, "reporter/added.html", pages.sealed(draft))


@reporters
def code_file(request: HttpRequest) -> HttpResponse:
    """The code as a small file with a name that says nothing. Asked for by POST: no code ever stands in an address."""
    try:
        draft = state.reopen(request.POST.get("state", "")).draft
    except CannotOpen:
        return pages.unreadable(request)
    address = f"{settings.PUBLIC_ADDRESS}{reverse('reporter:mailbox')}"
    response = HttpResponse(f"{show(draft.code)}\n\n{address}\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_("notes")}.txt"'
    return response
