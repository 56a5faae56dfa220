"""A privacy officer asks people of another team whether something is kept about somebody. Each answers for themselves.

A question is sealed to the officers of the request and to one person who was asked: colleagues do not see each other's
question or answer, so that nobody hears through it of a case they are kept out of. An answer names no case unless its
writer does. Nothing of it reaches who made the request.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from secrets import token_hex
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from haven.cases.actions import NotNow
from haven.cases.consent import present
from haven.cases.models import Case
from haven.cases.opened import OpenCase, Payload
from haven.notices.actions import tell
from haven.people.models import User
from haven.people.readers import RouteReader, handlers_of, readers_of
from haven.rulebook import shelf
from haven.trail import actions as trail
from haven.vault import grants, reading, sealing
from haven.vault.models import Compartment, Grant
from haven.vault.reading import Opened
from haven.vault.sealing import Sealing
from haven.vault.unlocking import Keyring

ASKED = "asked:"
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Enquiry:
    """One question to one person, and the answer when there is one."""

    part: UUID
    scope: UUID
    kind: str
    day: date
    question: Payload = field(repr=False)
    answer: Payload = field(default_factory=dict, repr=False)


def can_ask(opened: OpenCase) -> bool:
    """Only from a request that came in through the form for it: others reach the team itself."""
    form = shelf.current().intake.form(opened.head.get("answers", {}))
    return bool(form and form.privacy) and not opened.case.ended


def could_be_asked(opened: OpenCase) -> list[RouteReader]:
    """Who reads for another team, in Haven, and was not kept out of this request."""
    routes = [route for route in shelf.current().routes if route.key != opened.case.route and not route.outside]
    found = {one.kid: one for route in routes for one in readers_of(route.key)}
    return [one for one in found.values() if one.person and not opened.keeps_out(one.person)]


@transaction.atomic
def ask(opened: OpenCase, words: str, *, to: Collection[str], on: date | None = None) -> None:
    """`to`: keys of who is asked. The officer leaves out whom the request could be about."""
    day, case = on or localdate(), present(opened.case)
    chosen = [one for one in could_be_asked(opened) if one.kid in to]
    if not can_ask(opened) or not chosen:
        raise NotNow("nobody_asked")
    held = grants.kids_of(case.pk, "internal")
    officers = [one.reader for one in handlers_of(case.route, on=day) if one.kid in held]
    for one in chosen:
        sealed = Sealing(case.pk, day)
        part = sealed.compartment(f"{ASKED}{token_hex(8)}", [*officers, one.reader])
        part.item("question", {"text": words, "to": one.name, "to_kid": one.kid, "by": opened.by.name})
        sealed.save()
    tell([one.person for one in chosen if one.person], "waiting")
    case.changed()
    trail.note("privacy.enquired", subject=case.reference, by=str(opened.by.pk), on=day)


def asked_in(opened: OpenCase) -> list[Enquiry]:
    """What was asked from this request, for its officers."""
    return _fold([one for one in opened.items if one.kind.startswith(ASKED)], opened.case.pk)


def asked_of(keyring: Keyring) -> list[Enquiry]:
    """What this person was asked and has not answered. Found by their own keys only."""
    held = Grant.objects.filter(kid__in=keyring.kids, compartment=OuterRef("pk"))
    parts = list(Compartment.objects.filter(Exists(held), kind__startswith=ASKED))
    kinds = {part.kind for part in parts}
    opened = reading.open_items(keyring, {part.scope for part in parts}, kinds=kinds) if parts else {}
    found = [one for scope, items in opened.items() for one in _fold(items, scope)]
    return [one for one in found if not one.answer and one.question["to_kid"] in keyring.kids]


@transaction.atomic
def answer(  # noqa: PLR0913  a keyword for each thing that is said
    keyring: Keyring, part: UUID, *, kept: str, what: str, by: User, on: date | None = None
) -> None:
    """Yes or no, as far as this person can open. Raises Case.DoesNotExist when it is not theirs or was answered."""
    scope = Compartment.objects.filter(pk=part).values("scope")
    case = Case.objects.select_for_update().filter(pk__in=scope).first()
    found = next((one for one in asked_of(keyring) if one.part == part), None)
    if case is None or found is None:
        raise Case.DoesNotExist
    said = {"kept": kept, "what": what, "by": by.name}
    sealing.keep(case.pk, found.kind, "answer", said, on=on or localdate())
    case.changed(reply_waiting=not case.ended)
    held = grants.kids_of(case.pk, "internal")
    tell([one.person for one in handlers_of(case.route) if one.person and one.kid in held], "waiting")
    trail.note("privacy.answered", subject=case.reference, by=str(by.pk), on=on)


def kinds_of(scope: UUID) -> list[str]:
    return list(Compartment.objects.filter(scope=scope, kind__startswith=ASKED).values_list("kind", flat=True))


def _fold(items: list[Opened], scope: UUID) -> list[Enquiry]:
    by: dict[UUID, dict[str, Opened]] = {}
    for one in items:
        if not one.damaged:
            by.setdefault(one.item.compartment_id, {})[one.item.slot] = one
    return [
        Enquiry(part, scope, told["question"].kind, told["question"].item.made_on, told["question"].payload,
                told["answer"].payload if "answer" in told else {})
        for part, told in by.items() if "question" in told
    ]  # fmt: skip
