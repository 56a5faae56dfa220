"""What can be done with a case. Each deed: check the rule, change the record, leave a trail line; one transaction."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from haven.cases import afterwards, agreed, counting
from haven.cases.models import Case, State
from haven.cases.opened import OpenCase, Payload
from haven.cases.recall import KINDS, advisers_on, let_go
from haven.notices.actions import tell
from haven.people.duty import alerted
from haven.people.models import User
from haven.people.readers import handlers_of, reader_of
from haven.rulebook import shelf
from haven.rulebook.book import NOT_SAID
from haven.rulebook.consent import NOWHERE
from haven.rulebook.routes import NOT_A_REPORT
from haven.trail import actions as trail
from haven.vault import grants


class NotNow(Exception):
    """The rules do not allow this deed on this case now. The message is a key for the page, never a word of it."""


def live(opened: OpenCase) -> Case:
    """The case as it is now, locked: two people who press at once get one winner."""
    case: Case = Case.objects.select_for_update().get(pk=opened.case.pk)
    if case.ended:
        raise NotNow("ended")
    return case


@transaction.atomic
def screen(opened: OpenCase, result: str, *, remark: str = "", on: date | None = None) -> None:
    """Record what screening found (R-002-10): one of SCREENING. No case leaves "new" without it."""
    day, case = on or localdate(), live(opened)
    if result == "file" and (case.urgent or opened.head.get("mode") != "anonymous"):
        raise NotNow("only_anonymous_and_not_urgent_is_filed")
    found = {"result": result, "remark": remark, "by": opened.by.name}
    if case.screened_on is None:
        found["told"] = counting.take_in(opened, kind=NOT_A_REPORT if result == "spam" else "", on=day)
    opened.keep("internal", "screening", found, on=day, seq=case.stamp)
    state = State.FILED if result == "file" else State.OPEN
    case.changed(state=state, screened_on=day, urgent=case.urgent or result == "urgent")
    if result == "urgent":
        _alert_on_duty(opened)
    trail.note("case.screened", subject=case.reference, by=str(opened.by.pk), on=day)


def _alert_on_duty(opened: OpenCase) -> None:
    """Tell those on duty at once, but only who may read this case: a mail tells that something exists."""
    held = grants.kids_of(opened.case.pk, "internal")
    readers = [one.person for one in handlers_of(opened.case.route) if one.person and one.kid in held]
    tell(alerted(opened.case.route, [one for one in readers if not one.advises] or readers), "urgent")


@transaction.atomic
def assign(opened: OpenCase, *, to: User, on: date | None = None) -> None:
    """Give the case to a colleague. Who was struck out is refused; others are granted what they need.

    An adviser who had it loses it. To give one to an adviser is another deed, with rules of its own (advisers.py).
    """
    day, case = on or localdate(), live(opened)
    reader = reader_of(to)
    if reader is None or opened.keeps_out(to) or to.advises or opened.by.advises:
        raise NotNow("not_a_reader")
    grants.regrant(opened.keyring, case.pk, KINDS, [reader])
    if leaving := advisers_on(opened):
        let_go(opened, leaving, on=day)
        say_in_mailbox(opened, case, "adviser_left", on=day)
    case.changed(handler=to)
    tell([to], "waiting")
    trail.note("case.assigned", subject=case.reference, by=str(opened.by.pk), on=day)


@transaction.atomic
def note(opened: OpenCase, text: str, *, on: date | None = None) -> None:
    """Keep an internal note, readable by those who handle the case."""
    day, case = on or localdate(), live(opened)
    opened.keep("internal", "note", {"text": text, "by": opened.by.name}, on=day, seq=case.stamp)
    case.changed()
    trail.note("case.noted", subject=case.reference, by=str(opened.by.pk), on=day)


@transaction.atomic
def record_attempt(opened: OpenCase, *, way: str, reached: bool, remark: str = "", on: date | None = None) -> None:
    """Record that somebody tried to reach the reporter (R-002-14). The first attempt stops the first-contact clock."""
    day, case = on or localdate(), live(opened)
    if day < case.received_on:
        raise NotNow("before_the_report")
    attempt: Payload = {"way": way, "reached": reached, "remark": remark, "by": opened.by.name}
    opened.keep("internal", "attempt", attempt, on=day, seq=case.stamp)
    case.changed(contacted_on=min(filter(None, (case.contacted_on, day))))
    trail.note("case.contacted", subject=case.reference, by=str(opened.by.pk), on=day)


@transaction.atomic
def reveal(opened: OpenCase, *, reason: str, on: date | None = None) -> Payload:
    """Open a name that one person holds. The reporter sees who did it, on which day and why (R-000-19).

    Raises NotNow when this person holds no key to it, which is the case for everybody but the one.
    """
    day, case = on or localdate(), live(opened)
    identity = opened.one("identity", "identity")
    if not identity:
        raise NotNow("no_key")
    say_in_mailbox(opened, case, "revealed", on=day, by=opened.by.name, reason=reason)
    case.changed()
    trail.note("identity.revealed", subject=case.reference, by=str(opened.by.pk), on=day)
    return identity


def say_in_mailbox(opened: OpenCase, case: Case, about: str, *, on: date, **more: str) -> None:
    """Tell the reporter what was done, in the dialogue. The page finds the words for `about`."""
    opened.keep("replies", "message", {"from": "house", "about": about, **more}, on=on, seq=next_message(case))


def next_message(case: Case) -> int:
    """The number of the next message of the dialogue. Call it inside a transaction that holds the case."""
    mailbox = case.mailbox
    mailbox.last_seq += 1
    mailbox.save(update_fields=["last_seq"])
    return int(mailbox.last_seq)


@transaction.atomic
def close(  # noqa: PLR0913  a keyword for each thing that ending a case asks
    opened: OpenCase, *, outcome: str, category: str, destination: str, reason: str = "", on: date | None = None
) -> None:
    """End the case: its coded values wait to be counted, and a day on which the words are destroyed (R-000-24).

    An urgent case needs an action of somebody, or a reason why there was none (R-002-12). A destination needs the
    consent of who can be asked, or a note that they were told to go there (R-000-22).
    """
    day, case = on or localdate(), live(opened)
    if case.screened_on is None:
        raise NotNow("not_screened")
    acted = opened.of("internal", "action") or opened.of("internal", "attempt")
    if case.urgent and not (acted or reason):
        raise NotNow("urgent_needs_an_action")
    asked = destination != NOWHERE and agreed.contactable(opened.head)
    if asked and not agreed.covers(agreed.read(opened.keyring, case.pk), destination):
        raise NotNow("destination_needs_consent")
    coarse = {**opened.head["coarse"], "category": category, "outcome": outcome, "destination": destination}
    again = counting.CLOSING in counting.stands(opened.items)
    seq, told = case.stamp, end(case, coarse, by=str(opened.by.pk), on=day, again=again)
    closing = {"outcome": outcome, "reason": reason, "by": opened.by.name, "told": told}
    opened.keep("internal", "closing", closing, on=day, seq=seq)
    afterwards.settle(opened.keyring, case, on=day)


def end(case: Case, coarse: dict[str, str], *, by: str, on: date, again: bool = False) -> str:
    """Count the case and name the day of forgetting, in the caller's transaction. Who could open it has decided.

    Gives the id of what waits to be counted: only sealed in the case it may be kept, so that reopening can take it
    back. Empty when it ends `again` and was counted before.
    """
    timely = said_in_time(case)
    if coarse["outcome"] == NOT_A_REPORT:  # counted apart from every report, and nobody waited for us
        coarse, timely = coarse | {"kind": NOT_A_REPORT, "category": NOT_SAID}, NOT_SAID
    known = coarse | {"contact_in_time": timely}
    told = "" if again else str(counting.tell(counting.CLOSING, known, on=on))
    keep = shelf.current().retention.periods.closed_days
    case.changed(state=State.CLOSED, closed_on=on, forget_on=on + timedelta(days=keep), reply_waiting=False)
    trail.note("case.closed", subject=case.reference, by=by, on=on)
    return told


def in_time(case: Case) -> bool | None:
    """Whether the first attempt came in time; None when nobody asked for contact."""
    if case.contact_due is None:
        return None
    return case.contacted_on is not None and case.contacted_on <= case.contact_due


def said_in_time(case: Case) -> str:
    """The same as a code."""
    timely = in_time(case)
    return NOT_SAID if timely is None else str(timely).lower()


@transaction.atomic
def seen(opened: OpenCase) -> None:
    """Reading leaves a line too, once a day for a person (R-000-21), and takes the mark off an unread reply."""
    trail.note_once("case.opened", subject=opened.case.reference, by=str(opened.by.pk))
    if opened.case.reply_waiting:
        Case.objects.filter(pk=opened.case.pk).update(reply_waiting=False)
