"""Taking an intake for somebody: one address, every step a POST that carries what was typed, sealed."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from haven.desk.gate import UnlockedRequest, unlocked_with
from haven.desk.home import NOTIFICATIONS, counsels
from haven.desk.taking import ANSWERS, BEGIN, CODE, READERS, STEPS, Taking, reopen
from haven.desk.taking_forms import Taken, obstacle, take
from haven.desk.takingpage import context
from haven.intake.actions import ReadersChanged, TooFewReaders, Withdrawn, submit
from haven.rulebook import shelf
from haven.rulebook.form_kinds import FORM
from haven.rulebook.roles import Right
from haven.vault.errors import CannotOpen


@unlocked_with(Right.TAKE_DOWN)
def take_down(request: UnlockedRequest) -> HttpResponse:
    """By telephone, at the desk, by mail, by post: the questions of the web, and a code to read aloud."""
    if "state" not in request.POST and counsels(request.user):
        return redirect(NOTIFICATIONS)  # a counsellor begins with the word of a notifier (counselpage.py)
    try:
        taking = reopen(request.POST, request.user)
    except CannotOpen:
        return _draw(request, Taking(), {"state": _("That page was too old, or not yours. Please begin again.")})
    if taking.sent:
        return render(request, "desk/taking/sent.html", {"reads": taking.reads(request.user), "again": True})
    if "state" not in request.POST:
        return _draw(request, taking, {})
    return _press(request, take(taking, request.POST))


def _press(request: UnlockedRequest, taken: Taken) -> HttpResponse:
    """Back and other ways lead away from a page that is not in order; on leads to the next one only when it is."""
    button, _dash, what = request.POST.get("do", "next").partition("-")
    taking, step = taken.taking, taken.taking.draft.at
    if button == "back":
        return _draw(request, taking.at(STEPS[max(0, STEPS.index(step) - 1)]), {})
    if button == "form":
        return _draw(request, _general(taking), {})
    if button == "route":
        return _draw(request, replace(taking, draft=replace(taking.draft, route=what)), {})
    if taken.wrong:
        return _draw(request, taking, taken.wrong)
    if step != CODE:
        return _draw(request, _onward(taking), {})
    return _send(request, taking) if button == "send" else _draw(request, taking, {})


def _onward(taking: Taking) -> Taking:
    """The next page; or the one before the code that has to be seen to first, such as readers who changed meanwhile."""
    following = STEPS[STEPS.index(taking.draft.at) + 1]
    first = obstacle(taking) if following == CODE else ""
    return taking.at(first or following)


def _general(taking: Taking) -> Taking:
    answers = {key: answer for key, answer in taking.draft.answers.items() if key != FORM}
    return replace(taking, draft=replace(taking.draft, answers=answers, route="")).at(ANSWERS)


def _send(request: UnlockedRequest, taking: Taking) -> HttpResponse:
    if first := obstacle(taking):
        return _draw(request, taking.at(first), {})
    try:
        receipt = submit(taking.report(request.user))
    except (TooFewReaders, ReadersChanged):
        changed = _("The people who can read this have changed. Tell the person once more who reads.")
        return _draw(request, replace(taking, told=False).at(READERS), {"told": changed})
    except Withdrawn:
        return render(request, "desk/taking/sent.html", {"again": True})
    told = {"receipt": receipt, "reads": taking.reads(request.user), "taking": taking}
    told["governing"] = shelf.current().routes.governs(taking.draft.clean)
    return render(request, "desk/taking/sent.html", told)


def _draw(request: UnlockedRequest, taking: Taking, wrong: dict[str, str]) -> HttpResponse:
    page = taking.draft.at if taking.draft.at in STEPS else BEGIN
    told = context(taking.at(page), request.user, wrong)
    return render(request, f"desk/taking/{page}.html", told, status=422 if wrong else 200)
