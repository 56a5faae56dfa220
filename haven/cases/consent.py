"""Ask for consent, record what was said by telephone or in person, and take it back. The person decides (R-000-22)."""

from dataclasses import dataclass, field
from datetime import date
from secrets import token_hex

from django.db import transaction
from django.utils.timezone import localdate

from haven.cases import agreed
from haven.cases.actions import NotNow
from haven.cases.agreed import SLOT, Consent, Scope, Stage
from haven.cases.models import Case
from haven.cases.opened import OpenCase, Payload
from haven.people.models import User
from haven.people.readers import RouteReader, readers_of
from haven.rulebook import shelf
from haven.rulebook.consent import NOWHERE, PLACE, SUMMARY, TEAM
from haven.trail import actions as trail
from haven.vault import sealing, shred

TASK = "handover"
"""The slot of tasks to introduce a reporter; sealed in `internal`."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is asked: for what, to whom, and how much. The summary is read by the reporter before they answer."""

    purpose: str
    way: str
    to: str
    scope: Scope
    summary: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A consent that was given by telephone or in person: how, on which day, and whether to be introduced."""

    how: str
    day: date
    handover: bool


@transaction.atomic
def ask(opened: OpenCase, request: Request, *, spoken: Spoken | None = None, on: date | None = None) -> str:
    """Ask the reporter in the mailbox; or, with `spoken`, record what they said, which they then see there.

    Gives the id of the consent. Asking is a contact attempt, as any answer is.
    """
    day, case = on or localdate(), running(opened.case)
    if spoken and not case.received_on <= spoken.day <= day:
        raise NotNow("before_the_report" if spoken.day < case.received_on else "still_to_come")
    asked = _asked(opened, request)
    opened.keep("replies", SLOT, asked | {"order": case.stamp}, on=day, seq=case.stamp)
    if spoken:
        said = {"agree": True, "how": spoken.how, "said_on": spoken.day.isoformat(), "by": opened.by.name}
        said |= request.scope.as_dict() | {"handover": spoken.handover}
        keep_answer(case, asked, said, on=day)
    case.changed(contacted_on=case.contacted_on or day)
    did = "consent.recorded" if spoken else "consent.asked"
    trail.note(did, subject=case.reference, by=str(opened.by.pk), on=day)
    return str(asked["id"])


def _asked(opened: OpenCase, request: Request) -> Payload:
    """Asked is never more than there is: no name where none was given, no files where there are none."""
    if request.scope.what == SUMMARY and not request.summary.strip():
        raise NotNow("summary_missing")
    there = [one.item.pk.hex for one in opened.files if not one.damaged] if request.scope.files else []
    named = request.scope.identity and sealing.has(opened.case.pk, "identity")
    scope = Scope(request.scope.what, identity=named, files=bool(there))
    asked = {"id": token_hex(8), "about": "asked", "purpose": request.purpose, "way": request.way, "to": request.to}
    more: Payload = {"summary": request.summary, "files_there": there}
    if request.way == TEAM:
        more["readers"] = [one.kid for one in team_of(opened, request.to)]
    return asked | scope.as_dict() | more | signed(opened.by)


def team_of(opened: OpenCase, route: str) -> list[RouteReader]:
    """Who of another team could read it: never somebody whom the reporter struck out of this case."""
    rules = shelf.current().routes
    if route not in rules or route == opened.case.route or rules[route].outside:
        raise NotNow("not_a_team")
    units = rules[route].units_in(opened.answers.get("answers", {}))
    people = [one for one in readers_of(route) if one.kid not in opened.excluded and one.unit not in units]
    people = [one for one in people if one.person is None or not opened.keeps_out(one.person)]
    if len(people) < rules[route].min_readers:
        raise NotNow("too_few_readers")
    return people


def signed(by: User) -> Payload:
    """Who did it, by name and by function in both languages: the reporter sees it in their own."""
    return {"by": by.name, "by_id": by.pk, "nl": by.function("nl"), "en": by.function("en")}


def keep_answer(case: Case, asked: Payload, said: Payload, *, on: date) -> None:
    """Keep what was said, and a task for who asked when the reporter wants to be introduced (R-000-23)."""
    line = {"id": asked["id"], "about": "answered", **said}
    sealing.keep(case.pk, "replies", SLOT, line, on=on, seq=case.stamp)
    if said.get("agree") and said.get("handover"):
        task = {"id": asked["id"], "about": "task", "for": asked["by_id"], "name": asked["by"]}
        sealing.keep(case.pk, "internal", TASK, task, on=on, seq=case.stamp)


@transaction.atomic
def stop(opened: OpenCase, key: str, *, how: str, on: date | None = None) -> None:
    """The reporter said by telephone or in person: no, or no longer. Also after a case was closed."""
    day, case = on or localdate(), present(opened.case)
    consent = agreed.find(opened.keyring, case.pk, key)
    keep_stop(case, consent, {"how": how, "by": opened.by.name}, on=day)
    trail.note("consent.stopped", subject=case.reference, by=str(opened.by.pk), on=day)


def keep_stop(case: Case, consent: Consent | None, told: Payload, *, on: date) -> None:
    """From now on nothing goes. A team that got its part already loses key and words: what was read was read."""
    if consent is None or not consent.live:
        raise NotNow("nothing_to_stop")
    line = {"id": consent.id, "about": "stopped", **told}
    sealing.keep(case.pk, "replies", SLOT, line, on=on, seq=case.stamp)
    if consent.kind in agreed.referred_kinds(case.pk):
        shred.shred_kinds(case.pk, [consent.kind])
    case.changed()


@transaction.atomic
def signpost(opened: OpenCase, to: str, *, on: date | None = None) -> None:
    """Record that the reporter was told where to go. Nothing about them went there, so nothing has to be agreed."""
    day, case = on or localdate(), running(opened.case)
    if to not in {one.key for one in shelf.current().destinations()} - {NOWHERE}:
        raise NotNow("not_a_team")
    told = {"id": token_hex(8), "about": "told", "way": PLACE, "to": to, "order": case.stamp}
    opened.keep("replies", SLOT, told | signed(opened.by), on=day, seq=case.stamp)
    case.changed()
    trail.note("case.signposted", subject=case.reference, by=str(opened.by.pk), on=day)


@transaction.atomic
def introduced(opened: OpenCase, key: str, *, day: date, remark: str = "", on: date | None = None) -> None:
    """The warm handover happened: on which day, and what colleagues should know. The reporter sees the day."""
    today, case = on or localdate(), running(opened.case)
    if key not in {task["id"] for task in open_tasks(opened)}:
        raise NotNow("no_task")
    if not case.received_on <= day <= today:
        raise NotNow("before_the_report" if day < case.received_on else "still_to_come")
    done = {"id": key, "about": "done", "day": day.isoformat(), "remark": remark, "by": opened.by.name}
    opened.keep("internal", TASK, done, on=today, seq=case.stamp)
    opened.keep("replies", SLOT, {"id": key, "about": "introduced"}, on=day, seq=case.stamp)
    case.changed()
    trail.note("handover.done", subject=case.reference, by=str(opened.by.pk), on=today)


def open_tasks(opened: OpenCase) -> list[Payload]:
    """Whom somebody of us still has to introduce. What was taken back meanwhile is no task any more."""
    lines = [one.payload for one in opened.of("internal", TASK)]
    done = {one["id"] for one in lines if one["about"] == "done"}
    going = {one.id for one in agreed.fold(opened.of("replies", SLOT)) if one.stage in {Stage.GIVEN, Stage.DONE}}
    return [one for one in lines if one["about"] == "task" and one["id"] in going - done]


def running(case: Case) -> Case:
    """The case as it is now, locked, and still being handled."""
    now = present(case)
    if now.ended:
        raise NotNow("ended")
    return now


def present(case: Case) -> Case:
    """The same, also after it was closed; its words are there until it is forgotten."""
    now: Case = Case.objects.select_for_update().get(pk=case.pk)
    if not sealing.has(now.pk, "replies"):
        raise NotNow("ended")
    return now
