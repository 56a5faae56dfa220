"""Drawing the pages of the way to sending. Each carries the draft, sealed; nothing of it is kept here."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from haven.intake import facts, letters, questionnaire, state, uploads
from haven.intake.choices import options_of, people
from haven.intake.forms import too_long_message
from haven.intake.questionnaire import TEXTS
from haven.intake.state import Draft, Reopened
from haven.intake.team import another, team_of
from haven.reporter import letterpages, wizard
from haven.reporter.pressure import Turn
from haven.rulebook import shelf
from haven.rulebook.questions import ANONYMOUS, CONFIDENTIAL, Kind, Question
from haven.vault.codes import show

type Context = dict[str, Any]


def draw(
    request: HttpRequest, draft: Draft, *, problems: Iterable[str] = (), notices: Iterable[str] = ()
) -> HttpResponse:
    """The page where the draft stands, or the one that has to be seen to first."""
    said = list(problems)
    draft = draft if draft.at in wizard.steps(draft) else wizard.at(draft, wizard.START)
    if draft.at in {wizard.CHECK, wizard.CODE} and (first := wizard.obstacle(draft)):
        draft = wizard.press(draft, "change", first)
        said += _why(draft)
    question = wizard.question_of(draft.at, draft)
    template, context = ("question", _question(draft, question)) if question else _page(draft)
    draft = replace(draft, shown=draft.shown | context.pop("shown", frozenset()))
    told = {"problems": said, "notices": list(notices), "number": wizard.number(draft)}
    return render(request, f"reporter/{template}.html", context | told | sealed(draft))


def _page(draft: Draft) -> tuple[str, Context]:
    """Template and context of a page that is no question. A letter of complaint begins and ends in its own way."""
    if letters.letter_of(draft.clean) and draft.at in letterpages.PAGES:
        return f"letter/{draft.at}", letterpages.PAGES[draft.at](draft)
    return draft.at, _PAGES[draft.at](draft)


def draw_wait(request: HttpRequest, draft: Draft, turn: Turn) -> HttpResponse:
    """Very many are sending. Everything is kept in the form, and the same button sends."""
    told = {"turn": turn, "number": wizard.number(draft)}
    return render(request, "reporter/wait.html", told | sealed(draft))


def sealed(draft: Draft) -> Context:
    """What every form of this door carries, and what many pages say."""
    book = shelf.current()
    letter = letters.letter_of(draft.clean)
    told = {"draft": draft, "state": state.seal(draft), "book": book, "mode": book.intake.mode(draft.clean)}
    return told | {"letter": letter}


def unreadable(request: HttpRequest) -> HttpResponse:
    """A form that we did not seal, or not any more: the words of this page are shown, so that they can be copied."""
    words = [text for text in request.POST.getlist("words") if text.strip()]
    return render(request, "reporter/unreadable.html", {"words": words}, status=400)


def about(reopened: Reopened) -> list[str]:
    """What happened to a form that came back late."""
    notices = []
    if reopened.old:
        notices.append(_("You began this more than two days ago. Your answers are still here. Do they still fit?"))
    if reopened.lost:
        text = ngettext(
            "This file is no longer here, because a file is kept for one day only until you send: %(names)s. "
            "Please add it again.",
            "These files are no longer here, because a file is kept for one day only until you send: %(names)s. "
            "Please add them again.",
            len(reopened.lost),
        )
        notices.append(text % {"names": ", ".join(reopened.lost)})
    return notices


def _why(draft: Draft) -> list[str]:
    """Why we came back to this page instead of going on."""
    question = wizard.question_of(draft.at, draft)
    if question is None:
        choose = _("Look once more at who may know your name.")
        look = _("The people who can read your message have changed since you looked. Please look once more.")
        return [choose if draft.at == wizard.KEEPER else look]
    if wrong := facts.wrong(question, facts.fitting(question, draft.answers.get(question.key))):
        return [wrong]
    if over := questionnaire.too_long(question, draft.answers.get(question.key)):
        return [too_long_message(over, question.max_characters)]
    return [_("Before you can send, we need an answer here, because of what you chose before.")]


def _start(draft: Draft) -> Context:
    """The general questions, or the form that was chosen; and the forms that are offered here."""
    intake = shelf.current().intake
    told = {"intake": intake, "form": intake.form(draft.answers), "forms": intake.offered("start")}
    return told | {"blocks": intake.told_before(draft.answers)}


def _not_for(draft: Draft) -> Context:
    """A form for others: for whom it is, and the way on."""
    book = shelf.current()
    form = book.intake.form(draft.answers)
    return {"form": form, "audiences": [book.audiences[key] for key in (form.audiences if form else ())]}


def _offer(draft: Draft) -> Context:
    """Another way on from here; the questions go on as well."""
    return {"form": wizard.offer(draft)}


def _question(draft: Draft, question: Question) -> Context:
    answer = draft.answers.get(question.key)
    context: Context = {
        "question": question,
        "kind": str(question.kind),
        "options": options_of(question, answer),
        "words": questionnaire.words_of(answer) if question.kind in {*TEXTS, Kind.WHEN} else "",
        "progress": wizard.progress(draft),
        "ticks": "checkbox" if question.kind is Kind.CHOICES else "radio",
    }
    if question.kind in facts.FACTS:
        context |= letterpages.typed(question, answer)
    if question.kind is Kind.FILES:
        context |= {"room": uploads.has_room(), "limits": shelf.current().intake.files, "most": uploads.most_bytes()}
    return context


def _readers(draft: Draft) -> Context:
    """The team that reads; and, when too few are left, the next one that could, with its people by name."""
    now = team_of(draft)
    other = None if now.enough else another(draft)
    first = shelf.current().route_for(draft.clean)
    told = {"everyone": people(now.everyone, draft.struck_out), "others": people(other.left) if other else []}
    return told | {"team": now, "other": other, "first": first, "shown": now.kids}


def _keeper(draft: Draft) -> Context:
    now = team_of(draft)
    return {
        "left": people(now.left, {draft.keeper}),
        "deputies": people(now.deputies, {draft.deputy}),
        "no_deputy": not draft.deputy,
    }


def _check(draft: Draft) -> Context:
    now = team_of(draft)
    mode = shelf.current().intake.mode(draft.clean)
    known = {one.kid: one for one in now.left} if mode == CONFIDENTIAL else {}
    rows = questionnaire.review(draft.answers)
    struck = len(now.everyone) - len(now.left)
    files = next((q for q in questionnaire.path(draft.answers) if q.kind is Kind.FILES), None)
    told = {
        "rows": rows,
        "keeper": known.get(draft.keeper),
        "deputy": known.get(draft.deputy),
        "ask": wizard.ASK,
        "files_question": files,
        "flags": letterpages.flags(draft) if letters.letter_of(draft.clean) else [],
    }
    return told | {"team": now, "left": people(now.left), "struck": struck}


def _code(draft: Draft) -> Context:
    book = shelf.current()
    anonymous = book.intake.mode(draft.clean) == ANONYMOUS
    return {
        "shown_code": show(draft.code),
        "intake": book.intake,
        "anonymous": anonymous,
        "not_readback": not draft.readback,
    }


_PAGES: dict[str, Callable[[Draft], Context]] = {
    wizard.START: _start,
    wizard.NOT_FOR: _not_for,
    wizard.OFFER: _offer,
    wizard.READERS: _readers,
    wizard.KEEPER: _keeper,
    wizard.CHECK: _check,
    wizard.CODE: _code,
}
