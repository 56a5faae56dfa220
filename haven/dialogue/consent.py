"""What the reporter decides in the mailbox: agree, agree to less, refuse, or take it back (R-000-22)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from haven.cases import agreed, consent
from haven.cases.actions import NotNow, next_message
from haven.cases.agreed import Consent, Scope, Stage
from haven.cases.models import Case
from haven.dialogue.actions import OpenMailbox, who_handles
from haven.notices.actions import tell
from haven.people.readers import RouteReader, readers_of, staff_of
from haven.rulebook import shelf
from haven.trail import actions as trail
from haven.vault import sealing

NOTHING = Scope()


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the reporter said. `struck`: key ids of people of the other team who may not read it."""

    agree: bool
    scope: Scope = NOTHING
    struck: frozenset[str] = frozenset()
    handover: bool = False


def consents(box: OpenMailbox) -> list[Consent]:
    return agreed.read(box.keyring, box.case.pk)


def team_shown(asked: Consent) -> list[RouteReader]:
    """Who of the other team would read it, of those who were asked for and are still there."""
    return [one for one in readers_of(asked.to) if one.kid in asked.readers] if asked.to_team else []


@transaction.atomic
def decide(box: OpenMailbox, key: str, decision: Decision, *, on: date | None = None) -> None:
    """Answer one request, once. An answer gives what was asked for or less, never more.

    Raises NotNow when it was not asked, was answered already, or too few people of the team are left.
    """
    day, case = on or localdate(), consent.running(box.case)
    asked = agreed.find(box.keyring, case.pk, key)
    if asked is None or asked.stage is not Stage.ASKED:
        raise NotNow("answered_already")
    said = {"agree": decision.agree, "how": "mailbox", "handover": decision.handover}
    if decision.agree:
        said |= _narrowed(asked, decision)
    consent.keep_answer(case, asked.asked, said, on=day)
    _tell_colleagues(case, day)
    trail.note("consent.given" if decision.agree else "consent.refused", subject=case.reference, by="reporter", on=day)


def _narrowed(asked: Consent, decision: Decision) -> dict[str, object]:
    scope = Scope.of(asked.asked).narrowed(decision.scope)
    if scope.what != decision.scope.what or (scope.what != asked.scope.what and not asked.summary.strip()):
        raise NotNow("not_asked")
    if not asked.to_team:
        return scope.as_dict()
    kept = [one.kid for one in team_shown(asked) if one.kid not in decision.struck]
    if len(kept) < shelf.current().routes[asked.to].min_readers:
        raise NotNow("too_few_readers")
    return scope.as_dict() | {"readers": kept}


@transaction.atomic
def stop(box: OpenMailbox, key: str, *, on: date | None = None) -> None:
    """No longer. Before the step nothing goes; after it a team that got its part loses it again."""
    day, case = on or localdate(), consent.present(box.case)
    consent.keep_stop(case, agreed.find(box.keyring, case.pk, key), {"how": "mailbox"}, on=day)
    if not case.ended:
        _tell_colleagues(case, day)
    trail.note("consent.stopped", subject=case.reference, by="reporter", on=day)


def _tell_colleagues(case: Case, day: date) -> None:
    """A line in the dialogue, on both sides: that something was decided, and not what."""
    number = next_message(case)
    said = {"from": "reporter", "about": "consent", "text": ""}
    sealing.keep(case.pk, "report", "message", said, on=day, seq=number)
    sealing.keep(case.pk, "replies", "mark", {"about": "consent"}, on=day, seq=number)
    case.changed(reply_waiting=True)
    tell(staff_of(case.route, who_handles(case)), "waiting")
