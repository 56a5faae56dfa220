"""The one exception to consent: somebody is at risk (R-002-20, 21, 22). Two people decide it, and the reporter is told.

Haven hands nothing over here: what is told is told by a person. This keeps what was told, to whom, why, and who agreed.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from secrets import token_hex

from django.db import transaction
from django.utils.timezone import localdate

from haven.cases.actions import NotNow
from haven.cases.consent import present, running, signed
from haven.cases.opened import OpenCase, Payload
from haven.notices.actions import tell
from haven.rulebook import shelf
from haven.trail import actions as trail
from haven.vault import reading
from haven.vault.reading import Opened

SLOT = "risk"


class Stage(StrEnum):
    PROPOSED = "proposed"
    DECLINED = "declined"
    UNTOLD = "untold"  # it counts, and the reporter is not told yet
    TOLD = "told"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """`why_silent`: why the reporter is not told yet; empty when they are. `review_on`: when one looks again."""

    ground: str
    to: str
    risk: str = field(repr=False)
    why_silent: str = field(default="", repr=False)
    review_on: date | None = None


@dataclass(frozen=True)
class Disclosure:
    """One disclosure and what followed. `agreed`: what the second person said."""

    id: str
    proposed: Payload = field(repr=False)
    proposed_on: date
    agreed: Payload = field(default_factory=dict, repr=False)
    agreed_on: date | None = None
    silent: Payload = field(default_factory=dict, repr=False)
    told_on: date | None = None

    @property
    def stage(self) -> Stage:
        if not self.agreed:
            return Stage.PROPOSED
        if not self.agreed.get("agree"):
            return Stage.DECLINED
        return Stage.TOLD if self.told_on else Stage.UNTOLD

    @property
    def review_on(self) -> date | None:
        """The day by which to look again whether the reporter can be told."""
        if self.stage is not Stage.UNTOLD:
            return None
        return date.fromisoformat(self.silent["review_on"])

    def overdue(self, on: date) -> bool:
        return self.review_on is not None and self.review_on < on


def fold(items: list[Opened]) -> list[Disclosure]:
    """The disclosures that these lines make, in order."""
    lines: dict[str, list[Opened]] = {}
    for one in items:
        if not one.damaged and one.payload.get("id"):
            lines.setdefault(str(one.payload["id"]), []).append(one)
    found = [risk for key, told in lines.items() if (risk := _disclosure(key, told)) is not None]
    return sorted(found, key=lambda one: one.proposed_on)


def _disclosure(key: str, told: list[Opened]) -> Disclosure | None:
    by = {one.payload.get("about"): one for one in sorted(told, key=lambda one: one.item.seq)}
    proposed, second = by.get("proposed"), by.get("agreed")
    if proposed is None:
        return None
    last = by.get("silent", proposed)
    days = {about: one.item.made_on for about, one in by.items()}
    return Disclosure(
        id=key,
        proposed=proposed.payload,
        proposed_on=proposed.item.made_on,
        agreed=second.payload if second else {},
        agreed_on=days.get("agreed"),
        silent=last.payload,
        told_on=days.get("told"),
    )


@transaction.atomic
def propose(opened: OpenCase, proposal: Proposal, *, on: date | None = None) -> str:
    """Say what risk there is, on which ground, and who has to know. It counts when a second person agreed."""
    day, case = on or localdate(), running(opened.case)
    if proposal.why_silent:
        _in_time(proposal.ground, proposal.review_on, day)
    line = {"id": token_hex(8), "about": "proposed", "ground": proposal.ground, "to": proposal.to}
    line |= {"text": proposal.risk} | _silence(proposal.why_silent, proposal.review_on) | signed(opened.by)
    opened.keep("internal", SLOT, line, on=day, seq=case.stamp)
    case.changed()
    tell([one for one in opened.readers if one.pk != opened.by.pk and one.is_active], "waiting")
    trail.note("risk.proposed", subject=case.reference, by=str(opened.by.pk), on=day)
    return str(line["id"])


@transaction.atomic
def second(opened: OpenCase, key: str, *, agree: bool, remark: str = "", on: date | None = None) -> None:
    """Somebody else who reads the case agrees, or does not. From an agreement on it counts, and the reporter is told
    unless a reason stands not to."""
    day, case = on or localdate(), running(opened.case)
    risk = _now(opened, key)
    if risk.stage is not Stage.PROPOSED:
        raise NotNow("decided_already")
    if risk.proposed["by_id"] == opened.by.pk:
        raise NotNow("second_person")
    line = {"id": key, "about": "agreed", "agree": agree, "remark": remark, **signed(opened.by)}
    opened.keep("internal", SLOT, line, on=day, seq=case.stamp)
    if agree and not risk.proposed["reason"]:
        _tell_reporter(opened, risk, case.stamp, day)
    case.changed()
    trail.note("risk.disclosed" if agree else "risk.declined", subject=case.reference, by=str(opened.by.pk), on=day)


@transaction.atomic
def review(
    opened: OpenCase, key: str, *, why_silent: str = "", review_on: date | None = None, on: date | None = None
) -> None:
    """Look again: the reporter is told now, or there is still a reason, with a new day. Also after a case closed."""
    day, case = on or localdate(), present(opened.case)
    risk = _now(opened, key)
    if risk.stage is not Stage.UNTOLD:
        raise NotNow("told_already")
    if why_silent:
        _in_time(risk.proposed["ground"], review_on, day)
        line = {"id": key, "about": "silent", **_silence(why_silent, review_on), **signed(opened.by)}
        opened.keep("internal", SLOT, line, on=day, seq=case.stamp)
    else:
        _tell_reporter(opened, risk, case.stamp, day)
    case.changed()
    trail.note("risk.reviewed", subject=case.reference, by=str(opened.by.pk), on=day)


def _tell_reporter(opened: OpenCase, risk: Disclosure, seq: int, day: date) -> None:
    """What the reporter reads: the risk, the ground, to whom and when; by which functions, and why only now."""
    told = {"id": risk.id, "ground": risk.proposed["ground"], "to": risk.proposed["to"], "text": risk.proposed["text"]}
    told |= {"day": (risk.agreed_on or day).isoformat(), "why_late": risk.silent["reason"]}
    told |= {name: risk.proposed[name] for name in ("by", "nl", "en")}
    opened.keep("replies", SLOT, told, on=day, seq=seq)
    opened.keep("internal", SLOT, {"id": risk.id, "about": "told"}, on=day, seq=seq)


def _silence(why: str, review_on: date | None) -> Payload:
    return {"reason": why, "review_on": review_on.isoformat() if why and review_on else ""}


def _in_time(ground: str, review_on: date | None, day: date) -> None:
    """A decision not to tell holds until a day that the rulebook bounds."""
    rule = next((one for one in shelf.current().routes.risk_grounds if one.key == ground), None)
    if rule is None:
        raise NotNow("no_ground")
    if review_on is None or not day < review_on <= day + timedelta(days=rule.review_days):
        raise NotNow("review_too_late")


def _now(opened: OpenCase, key: str) -> Disclosure:
    scope = opened.case.pk
    items = reading.open_items(opened.keyring, [scope], kinds=("internal",), slots=(SLOT,)).get(scope, [])
    found = next((one for one in fold(items) if one.id == key), None)
    if found is None:
        raise NotNow("no_task")
    return found
