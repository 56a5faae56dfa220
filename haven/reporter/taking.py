"""What comes in with the form of each page. Whatever was typed goes into the draft, also when it has to be refused."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.translation import gettext as _

from haven.intake import letters, uploads
from haven.intake.complaining import SIGNED, STATEMENTS, signed
from haven.intake.forms import form_for
from haven.intake.state import Draft
from haven.intake.team import team_of
from haven.reporter import wizard
from haven.rulebook.questions import Kind, Question


@dataclass(frozen=True)
class Taken:
    """The draft with what came in, and a sentence for everything that is in the way of going on."""

    draft: Draft
    problems: tuple[str, ...] = ()


def take(request: HttpRequest, draft: Draft) -> Taken:
    """`open`, `resend` and `again` come without the fields of the page: the draft stays as it is."""
    if request.POST.get("do") in {"open", "resend", "again"}:
        return Taken(draft)
    question = wizard.question_of(draft.at, draft)
    if question is not None:
        return _files(request, draft) if question.kind is Kind.FILES else _answer(request, draft, question)
    return TAKES.get(draft.at, _nothing)(request, draft)


def _answer(request: HttpRequest, draft: Draft, question: Question) -> Taken:
    form = form_for(question, request.POST)
    problems = tuple(str(problem) for problem in form.non_field_errors())
    return Taken(draft.answered(question.key, form.answer), problems)


def _files(request: HttpRequest, draft: Draft) -> Taken:
    received = uploads.receive(request, there=len(draft.files))
    return Taken(replace(draft, files=(*draft.files, *received.files)), tuple(received.problems))


def _urgent(request: HttpRequest, draft: Draft) -> Taken:
    return Taken(replace(draft, urgent="urgent" in request.POST))


def _readers(request: HttpRequest, draft: Draft) -> Taken:
    """Only people of the page that was shown can be struck out there, and taken off the list again."""
    here = team_of(draft).kids
    struck = here & frozenset(request.POST.getlist("strike"))
    taken = replace(draft, struck_out=(draft.struck_out - here) | struck)
    too_few = _("Too few people are left to read your message. Below you see what you can do.")
    return Taken(taken, () if team_of(taken).enough else (too_few,))


def _keeper(request: HttpRequest, draft: Draft) -> Taken:
    kid = request.POST.get("keeper", "")
    second, now = request.POST.get("deputy", ""), team_of(draft)
    if now.knows(kid, second):
        return Taken(replace(draft, keeper=kid, deputy=second))
    if now.knows(kid, ""):
        return Taken(
            replace(draft, keeper=kid, deputy=""), (_("Choose somebody else as the second person, or nobody."),)
        )
    return Taken(draft, (_("Choose the one person who may know your name. You can also go back and stay anonymous."),))


def _code(request: HttpRequest, draft: Draft) -> Taken:
    if letters.letter_of(draft.clean):
        return _signature(request, draft)
    return Taken(replace(draft, urgent="urgent" in request.POST, readback=request.POST.get("readback") == "yes"))


def _signature(request: HttpRequest, draft: Draft) -> Taken:
    """A letter is sent when each statement was ticked, and not before."""
    taken = draft.answered(SIGNED, sorted({*STATEMENTS} & {*request.POST.getlist("sign")}))
    unsigned = _("Tick each of the statements: without them your letter is no formal complaint. Nothing was sent yet.")
    return Taken(taken, () if signed(taken) == {*STATEMENTS} else (unsigned,))


def _nothing(_request: HttpRequest, draft: Draft) -> Taken:
    return Taken(draft)


TAKES: dict[str, Callable[[HttpRequest, Draft], Taken]] = {
    wizard.START: _urgent,
    wizard.READERS: _readers,
    wizard.KEEPER: _keeper,
    wizard.CODE: _code,
}
