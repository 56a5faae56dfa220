"""A letter of complaint is sent, and its copy is taken along. All else of it is the way of any report."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from haven.complaints import sending
from haven.complaints.insiders import NoOffice
from haven.complaints.letter import digest
from haven.complaints.opened import NotNow
from haven.complaints.regulation import NoRegulation
from haven.intake import complaining, letters, state
from haven.intake.state import Draft
from haven.reporter import letterpages, pages, pressure, wizard
from haven.reporter.door import reporters
from haven.ui.templatetags.ui import day as in_words
from haven.vault.errors import CannotOpen


def send(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Whatever stands in the way leads to the page where it can be seen to; the letter waits in the form meanwhile."""
    letter = complaining.letter_from(draft, get_language() or settings.LANGUAGE_CODE)
    try:
        sent = sending.send(letter, key=draft.code, shown=draft.shown, struck_out=draft.struck_out)
    except (NotNow, NoOffice, NoRegulation, sending.OfficersChanged):
        return pages.draw(request, wizard.at(draft, wizard.CODE))
    except CannotOpen:
        return pages.draw(request, wizard.at(draft, wizard.CODE), notices=[_("Please press once more.")])
    pressure.gauge.count()
    told = letterpages.afterwards(sent, draft) | {"number": wizard.number(draft) + 1}
    return render(request, "reporter/letter/sent.html", told | pages.sealed(draft))


@reporters
def copy(request: HttpRequest) -> HttpResponse:
    """The letter as a text file, with the fingerprint of what was sealed. By POST: it stands in no address."""
    try:
        draft = state.reopen(request.POST.get("state", "")).draft
    except CannotOpen:
        return pages.unreadable(request)
    sent = sending.find(draft.code) if letters.letter_of(draft.clean) else None
    if sent is None:
        return pages.unreadable(request)
    text = complaining.written(draft)
    lines = [text, in_words(sent.row.received_on), f"SHA-256 {digest(text)}", ""]
    response = HttpResponse("\n\n".join(lines), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_("notes")}.txt"'
    return response
