"""Hand over exactly what was agreed: to another team, re-sealed for it, or to a place elsewhere as a package.

Nothing moves by a permission change: the new readers get a compartment of their own, in which only the agreed lies.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from haven.cases import agreed, counting
from haven.cases.actions import NotNow
from haven.cases.agreed import REFERRED, SLOT, Consent, Stage
from haven.cases.consent import running, signed, team_of
from haven.cases.models import Case
from haven.cases.opened import OpenCase, Payload
from haven.notices.actions import tell
from haven.people.models import User
from haven.rulebook import shelf
from haven.rulebook.consent import WHOLE
from haven.rulebook.overview import HANDED_ON
from haven.trail import actions as trail
from haven.vault import reading
from haven.vault.models import Compartment, Grant
from haven.vault.reading import Opened
from haven.vault.sealing import Sealing
from haven.vault.unlocking import Keyring


@dataclass(frozen=True)
class Extract:
    """What one consent covers, and nothing beside it. `summary` or `answers`; name and files when agreed."""

    consent: Consent
    summary: str = field(default="", repr=False)
    answers: Payload = field(default_factory=dict, repr=False)
    identity: Payload = field(default_factory=dict, repr=False)
    files: tuple[Payload, ...] = field(default=(), repr=False)


def extract(opened: OpenCase, consent: Consent) -> Extract:
    """Raises NotNow when a name was agreed to, and this person is not the one who holds it."""
    identity = opened.one("identity", "identity") if consent.scope.identity else {}
    if consent.scope.identity and not identity:
        raise NotNow("name_held_by_another")
    covered = consent.files
    files = tuple(one.payload for one in opened.files if one.item.pk in covered and not one.damaged)
    if consent.scope.what == WHOLE:
        return Extract(consent, answers=opened.answers.get("answers", {}), identity=identity, files=files)
    return Extract(consent, summary=consent.summary, identity=identity, files=files)


@transaction.atomic
def refer(opened: OpenCase, key: str, *, on: date | None = None) -> None:
    """Seal what was agreed for those of the other team who were shown to the reporter, and tell them that it waits."""
    day, case = on or localdate(), running(opened.case)
    consent = _agreed(opened, key, Stage.GIVEN)
    if not consent.to_team:
        raise NotNow("not_a_team")
    team = [one for one in team_of(opened, consent.to) if one.kid in consent.readers]
    if len(team) < shelf.current().routes[consent.to].min_readers:
        raise NotNow("too_few_readers")
    sealed = Sealing(case.pk, day)
    part = sealed.compartment(consent.kind, [one.reader for one in team])
    found = extract(opened, consent)
    from_whom = {"id": key, "from": case.route, "purpose": consent.asked["purpose"], "handover": consent.handover}
    part.item("about", from_whom | signed(opened.by))
    for slot in ("summary", "answers", "identity"):
        if said := getattr(found, slot):
            part.item(slot, {"text": said} if slot == "summary" else said)
    for number, file in enumerate(found.files):
        part.item("file", file, seq=number)
    sealed.save()
    counting.act(opened, HANDED_ON, on=day)
    opened.keep("replies", SLOT, {"id": key, "about": "done", **signed(opened.by)}, on=day, seq=case.stamp)
    tell([one.person for one in team if one.person is not None], "waiting")
    case.changed()
    trail.note("case.referred.team", subject=case.reference, by=str(opened.by.pk), on=day)


@transaction.atomic
def hand_over(opened: OpenCase, key: str, *, on: date | None = None) -> Extract:
    """What goes to a place elsewhere. Taking it out is the referral; to do so again is told again (R-000-13)."""
    day, case = on or localdate(), running(opened.case)
    consent = _agreed(opened, key, Stage.GIVEN, Stage.DONE)
    if consent.to_team:
        raise NotNow("not_a_place")
    found = extract(opened, consent)
    counting.act(opened, HANDED_ON, on=day)
    opened.keep("replies", SLOT, {"id": key, "about": "done", **signed(opened.by)}, on=day, seq=case.stamp)
    case.changed()
    trail.note("case.referred.place", subject=case.reference, by=str(opened.by.pk), on=day)
    return found


def _agreed(opened: OpenCase, key: str, *stages: Stage) -> Consent:
    """Asked again under the lock: what was taken back a second ago does not go."""
    consent = agreed.find(opened.keyring, opened.case.pk, key)
    if consent is None or consent.stage not in stages:
        raise NotNow("no_consent")
    return consent


# ── What was referred to a team, as that team reads it ──────────────────────────────────────────


@dataclass(frozen=True)
class Referred:
    """One extract, opened by somebody of the team that got it. Knows nothing else of the case it comes from."""

    part: UUID
    case: Case
    items: tuple[Opened, ...] = field(repr=False)

    def one(self, slot: str) -> Payload:
        return next((one.payload for one in self.items if one.item.slot == slot), {})

    @cached_property
    def about(self) -> Payload:
        return self.one("about")

    @property
    def files(self) -> list[Opened]:
        return [one for one in self.items if one.item.slot == "file"]

    @property
    def since(self) -> date:
        return self.items[0].item.made_on


def referred_to(keyring: Keyring) -> list[Referred]:
    """Everything that was referred to this person, the newest first. Found by their own keys only."""
    held = Grant.objects.filter(kid__in=keyring.kids, compartment=OuterRef("pk"))
    parts = {one.pk: one for one in Compartment.objects.filter(Exists(held), kind__startswith=REFERRED)}
    cases = Case.objects.in_bulk({part.scope for part in parts.values()})
    kinds = {part.kind for part in parts.values()}
    found: dict[UUID, list[Opened]] = {}
    for items in reading.open_items(keyring, list(cases), kinds=kinds).values():
        for one in items:
            found.setdefault(one.item.compartment_id, []).append(one)
    opened = list(_opened(parts, cases, found))
    return sorted(opened, key=lambda one: (one.since, str(one.part)), reverse=True)


def _opened(
    parts: dict[UUID, Compartment], cases: dict[UUID, Case], found: dict[UUID, list[Opened]]
) -> Iterator[Referred]:
    for pk, items in found.items():
        whole = [one for one in items if not one.damaged]
        if whole:
            yield Referred(pk, cases[parts[pk].scope], tuple(whole))


def open_referred(part: UUID, keyring: Keyring) -> Referred:
    """One of them. Raises Case.DoesNotExist: absent and not theirs are one answer."""
    for one in referred_to(keyring):
        if one.part == part:
            return one
    raise Case.DoesNotExist


def seen(referred: Referred, by: User) -> None:
    """The reporter sees that it was read, and so do those who referred it."""
    trail.note_once("referral.opened", subject=referred.case.reference, by=str(by.pk))
