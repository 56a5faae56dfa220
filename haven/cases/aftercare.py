"""What the desk does after a case: propose to ask how somebody is, ask it, and look at what the reporter told later.
Also for a case that was closed, as long as its words are there. Deeds as in actions.py."""

from datetime import date
from secrets import token_hex

from django.db import transaction
from django.utils.timezone import localdate

from haven.cases import afterwards
from haven.cases.actions import NotNow, next_message
from haven.cases.afterwards import SLOT, Concern, Plan
from haven.cases.consent import present, signed
from haven.cases.models import Case
from haven.cases.opened import OpenCase, Payload
from haven.rulebook import shelf
from haven.trail import actions as trail

MAILBOX = "mailbox"


@transaction.atomic
def propose(opened: OpenCase, keys: tuple[str, ...], *, how: str = MAILBOX, on: date | None = None) -> None:
    """Propose check-ins in the mailbox; or, with another `how`, record what the reporter agreed to when they spoke."""
    day, case = on or localdate(), present(opened.case)
    if not afterwards.read(opened.keyring, case.pk).can_propose(case.closed_on):
        raise NotNow("proposed_already")
    after = {one.key: one.days_after for one in shelf.current().aftercare.check_ins if one.key in keys}
    if not after:
        raise NotNow("not_asked")
    line: Payload = {"id": token_hex(8), "about": "proposed", "after": after, **signed(opened.by)}
    _keep(opened, case, line, day)
    if how != MAILBOX:
        said = {"id": line["id"], "about": "answered", "keys": list(after), "how": how, "by": opened.by.name}
        _keep(opened, case, said, day)
    afterwards.settle(opened.keyring, case, on=day)
    trail.note("aftercare.asked", subject=case.reference, by=str(opened.by.pk), on=day)


@transaction.atomic
def stop(opened: OpenCase, *, how: str, on: date | None = None) -> None:
    """The reporter said, by telephone or in person, that they do not want to be asked, or no longer."""
    day, case = on or localdate(), present(opened.case)
    plan = _plan(opened, case)
    _keep(opened, case, {"id": plan.id, "about": "stopped", "how": how, "by": opened.by.name}, day)
    afterwards.settle(opened.keyring, case, on=day)
    trail.note("aftercare.stopped", subject=case.reference, by=str(opened.by.pk), on=day)


@transaction.atomic
def check(  # noqa: PLR0913  a keyword for each thing that is recorded
    opened: OpenCase, key: str, *, way: str, reached: bool, remark: str = "", text: str = "", on: date | None = None
) -> None:
    """Somebody asked how the reporter is. `remark` is for colleagues; `text` is written to the reporter."""
    day, case = on or localdate(), present(opened.case)
    plan = _plan(opened, case)
    if key not in plan.to_come(case.closed_on):
        raise NotNow("no_task")
    opened.keep("internal", SLOT, {"remark": remark, "way": way, "key": key, "by": opened.by.name}, on=day)
    _keep(opened, case, {"id": plan.id, "about": "checked", "key": key, "way": way, "reached": reached}, day)
    _write(opened, case, text, day)
    afterwards.settle(opened.keyring, case, on=day)
    trail.note("aftercare.done", subject=case.reference, by=str(opened.by.pk), on=day)


@transaction.atomic
def look(  # noqa: PLR0913  a keyword for each thing that is recorded
    opened: OpenCase, key: str, *, remark: str, text: str = "", checked: Payload | None = None, on: date | None = None
) -> None:
    """Look at what the reporter told or asked later: what was done, for colleagues; and the answer, if there is one.

    A request about personal data is answered only when it was checked who asks: `checked` says how, and on which day.

    The case is not reopened by this. Who wants that does it as a deed of its own.
    """
    day, case = on or localdate(), present(opened.case)
    concern = _concern(opened, case, key)
    if concern.kind == "privacy" and text.strip() and not checked:
        raise NotNow("who_not_checked")
    done = {"id": concern.id, "remark": remark, "by": opened.by.name, "checked": checked or {}}
    opened.keep("internal", SLOT, done, on=day, seq=case.stamp)
    _keep(opened, case, {"id": concern.id, "about": "looked", **signed(opened.by)}, day)
    _write(opened, case, text, day)
    afterwards.settle(opened.keyring, case, on=day)
    trail.note("case.looked", subject=case.reference, by=str(opened.by.pk), on=day)


def _plan(opened: OpenCase, case: Case) -> Plan:
    plan = afterwards.read(opened.keyring, case.pk).plan
    if plan is None or not (plan.waits or plan.agreed):
        raise NotNow("nothing_to_stop")
    return plan


def _concern(opened: OpenCase, case: Case, key: str) -> Concern:
    found = afterwards.read(opened.keyring, case.pk).concern(key)
    if found is None:
        raise NotNow("no_task")
    return found


def _keep(opened: OpenCase, case: Case, line: Payload, day: date) -> None:
    opened.keep("replies", SLOT, line, on=day, seq=case.stamp)


def _write(opened: OpenCase, case: Case, text: str, day: date) -> None:
    if text.strip():
        message = {"from": "team", "by": opened.by.name, "text": text}
        opened.keep("replies", "message", message, on=day, seq=next_message(case))
