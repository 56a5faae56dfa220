"""Sorting out what came in: what was done, what it is, and what is no report at all. Deeds as in actions.py."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from haven.cases import afterwards, counting
from haven.cases.actions import NotNow, close, live, screen
from haven.cases.models import Case, State
from haven.cases.opened import OpenCase
from haven.cases.work import SLOT, TAGS
from haven.rulebook import shelf
from haven.rulebook.book import NOT_SAID
from haven.rulebook.counsellors import NOTIFICATION
from haven.rulebook.routes import NOT_A_REPORT
from haven.rulebook.words import Listed
from haven.trail import actions as trail


@transaction.atomic
def act(opened: OpenCase, action: str, *, text: str = "", on: date | None = None) -> None:
    """Record what was done (R-002-12). An urgent case is not closed without an action, or a reason."""
    day, case = on or localdate(), live(opened)
    if day < case.received_on:
        raise NotNow("before_the_report")
    counting.act(opened, action, on=day)
    opened.keep("internal", "action", {"action": action, "text": text, "by": opened.by.name}, on=day, seq=case.stamp)
    case.changed()
    trail.note("case.acted", subject=case.reference, by=str(opened.by.pk), on=day)


def kinds() -> tuple[Listed, ...]:
    """What a case can be. That something is no report is not chosen: it follows from how the case ended."""
    return tuple(kind for kind in shelf.current().intake.kinds if kind.key not in {NOT_A_REPORT, NOTIFICATION})


@transaction.atomic
def change_kind(opened: OpenCase, kind: str, *, reason: str, on: date | None = None) -> None:
    """A question becomes a report, or a complaint (R-000-30). It stays one case; its last kind is what is counted.

    Three items: the history for colleagues, a new head, which lists and the closing read, and the bare kind where the
    reporter can open it. The first head stays: what the reporter chose is not touched.
    """
    day, case = on or localdate(), live(opened)
    head = opened.head
    if not head or kind == head["kind"]:
        raise NotNow("same_kind")
    history = {"from": head["kind"], "to": kind, "reason": reason, "by": opened.by.name}
    opened.keep("internal", "kind", history, on=day, seq=case.stamp)
    present = head | {"kind": kind, "coarse": head["coarse"] | {"kind": kind}}
    opened.keep("report", "head", present, on=day, seq=case.stamp)
    opened.keep("replies", "kind", {"kind": kind}, on=day, seq=case.stamp)
    case.changed()
    trail.note("case.kind_changed", subject=case.reference, by=str(opened.by.pk), on=day)


@transaction.atomic
def assess(opened: OpenCase, category: str, *, remark: str = "", on: date | None = None) -> None:
    """Name the one main type under which the case is counted (R-000-11). It is the team's judgement and no finding."""
    day, case = on or localdate(), live(opened)
    judged = {"category": category, "remark": remark, "by": opened.by.name}
    opened.keep("internal", "assessment", judged, on=day, seq=case.stamp)
    case.changed()
    trail.note("case.assessed", subject=case.reference, by=str(opened.by.pk), on=day)


@transaction.atomic
def tag(opened: OpenCase, tags: tuple[str, ...], *, on: date | None = None) -> None:
    """Replace the tags of the case. They are sealed like every word, and mean what the team wants them to mean."""
    day, case = on or localdate(), live(opened)
    opened.keep("internal", SLOT, {"is": TAGS, "tags": tags, "by": opened.by.name}, on=day, seq=case.stamp)
    case.changed()
    trail.note("case.worked", subject=case.reference, by=str(opened.by.pk), on=day)


@transaction.atomic
def spam(opened: OpenCase, *, reason: str = "", on: date | None = None) -> None:
    """What is no message for us: screened, closed and counted under a kind of its own. `reopen` undoes it."""
    screen(opened, "spam", remark=reason, on=on)
    close(opened, outcome=NOT_A_REPORT, category=NOT_SAID, destination="none", reason=reason, on=on)


@transaction.atomic
def reopen(opened: OpenCase, *, reason: str, on: date | None = None) -> None:
    """Go on with a case that was closed, until its words are destroyed. It is counted once: see counting.py.

    What was taken for spam has to be screened anew.
    """
    day = on or localdate()
    case: Case = Case.objects.select_for_update().get(pk=opened.case.pk)
    closing = opened.one("internal", "closing")
    if case.state != State.CLOSED or "told" not in closing:
        raise NotNow("not_closed")
    if case.forget_on is None or case.forget_on <= day:
        raise NotNow("too_late_to_reopen")
    told = {counting.CLOSING: closing["told"]}
    opened.keep("internal", "reopening", {"reason": reason, "by": opened.by.name}, on=day, seq=case.stamp)
    again: dict[str, Any] = {"state": State.OPEN}
    if closing["outcome"] == NOT_A_REPORT:
        again = {"state": State.NEW, "screened_on": None}
        told |= {counting.INTAKE: opened.one("internal", "screening").get("told", "")}
    counting.goes_on(opened, told, on=day)
    case.changed(closed_on=None, forget_on=None, **again)
    afterwards.settle(opened.keyring, case, on=day)
    trail.note("case.reopened", subject=case.reference, by=str(opened.by.pk), on=day)
