"""Advice of a fellow counsellor, on an extract without identity: a part of its own, sealed to the two of them. Either
ends it, and then its keys and words are gone at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.timezone import localdate

from haven.counsel.actions import Refused, live, worked
from haven.counsel.models import NOTIFIER, Notification
from haven.counsel.opened import OpenNotification, Payload
from haven.notices.actions import tell
from haven.people.models import User
from haven.people.readers import RouteReader, readers_of
from haven.rulebook import shelf
from haven.vault import reading, sealing
from haven.vault.models import Compartment, Grant
from haven.vault.reading import Opened
from haven.vault.sealing import Sealing
from haven.vault.shred import shred_kinds
from haven.vault.unlocking import Keyring

PREFIX: Final = "counsel:"
SHORTEST_NAME = 3  # letters: a shorter word stands in any text


@dataclass(frozen=True)
class Talk:
    """One extract and what was said about it, as either of the two opens it. Knows nothing else of the notification."""

    part: Compartment
    by: User
    items: Sequence[Opened] = field(repr=False)

    @property
    def extract(self) -> Payload:
        return self.items[0].payload

    @property
    def since(self) -> date:
        return self.items[0].item.made_on

    @property
    def said(self) -> Sequence[Opened]:
        return self.items[1:]

    @property
    def asked_by_me(self) -> bool:
        return bool(self.extract.get("by_id") == self.by.pk)

    @property
    def answered(self) -> bool:
        return any(one.payload.get("by_id") != self.extract.get("by_id") for one in self.said)


def fellows(by: User) -> list[RouteReader]:
    """The other counsellors whose keys are confirmed."""
    pool = readers_of(shelf.current().routes.counsellors.key)
    return [one for one in pool if one.person is not None and one.person != by]


@transaction.atomic
def ask(opened: OpenNotification, *, to: RouteReader, text: str, on: date | None = None) -> None:
    """Seal this text to one fellow counsellor, and to oneself. Refused while the name of the notifier stands in it."""
    day, row = on or localdate(), live(opened)
    if names_somebody(text, opened.notifier):
        raise Refused("name_in_extract")
    person = to.person
    if person is None or to not in fellows(opened.by):
        raise Refused("no_fellow")
    sealed = Sealing(row.pk, day)
    part = sealed.compartment(f"{PREFIX}{uuid4().hex}", [opened.keyring.reader, to.reader])
    part.item("extract", {"text": text, "to": person.name, "by": opened.by.name, "by_id": opened.by.pk})
    sealed.save()
    tell([person], "waiting")
    worked(opened.by)


def names_somebody(text: str, notifier: Payload) -> bool:
    """Whether a word of the kept name, or the way to reach the notifier, stands in a text."""
    said = re.findall(r"\w+", text.casefold())
    name = [word for word in re.findall(r"\w+", notifier.get("name", "").casefold()) if len(word) >= SHORTEST_NAME]
    reach = notifier.get("reach", "").strip().casefold()
    return bool(set(name) & set(said)) or bool(reach and reach in text.casefold())


def talks(keyring: Keyring, *, by: User, of: UUID | None = None) -> list[Talk]:
    """Every extract this person holds a key to, or those of one notification; the newest first."""
    held = Grant.objects.filter(kid__in=keyring.kids, compartment__kind__startswith=PREFIX)
    parts = Compartment.objects.filter(pk__in=held.values("compartment")).exclude(kind=NOTIFIER)
    rows = {row.pk: row for row in (parts if of is None else parts.filter(scope=of))}
    kinds, scopes = {row.kind for row in rows.values()}, {row.scope for row in rows.values()}
    found: dict[UUID, list[Opened]] = {}
    for items in reading.open_items(keyring, scopes, kinds=kinds).values():
        for one in items:
            if not one.damaged:
                found.setdefault(one.item.compartment_id, []).append(one)
    heard = [Talk(rows[pk], by, sorted(items, key=lambda one: one.item.seq)) for pk, items in found.items()]
    return sorted(heard, key=lambda one: (one.since, str(one.part.pk)), reverse=True)


def open_talk(pk: UUID, *, keyring: Keyring, by: User) -> Talk:
    """Raises Notification.DoesNotExist: absent and not theirs are one answer."""
    for one in talks(keyring, by=by):
        if one.part.pk == pk:
            return one
    raise Notification.DoesNotExist


@transaction.atomic
def say(talk: Talk, text: str, *, on: date | None = None) -> None:
    """Either of the two adds something. The other is told that something waits."""
    said = {"text": text, "by": talk.by.name, "by_id": talk.by.pk}
    sealing.keep(talk.part.scope, talk.part.kind, "said", said, on=on or localdate(), seq=len(talk.items))
    others = Grant.objects.filter(compartment=talk.part).values("kid")
    tell(User.objects.filter(key_bundles__kid__in=others, is_active=True).exclude(pk=talk.by.pk), "waiting")
    worked(talk.by)


@transaction.atomic
def end(talk: Talk) -> None:
    """Keys first, then the words: from now on neither of the two opens it. What was read was read."""
    shred_kinds(talk.part.scope, (talk.part.kind,))
    worked(talk.by)
