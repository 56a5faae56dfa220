"""The secret address of a calendar of days: made, made anew, switched off. It is shown once and only hashed here."""

import secrets
from hashlib import sha256

from django.db import transaction

from haven.notices.models import Feed
from haven.people.models import User
from haven.trail import actions as trail


@transaction.atomic
def renew(person: User) -> str:
    """A new secret; the old one leads nowhere from now on. 256 random bits need no stretching."""
    token = secrets.token_urlsafe(32)
    Feed.objects.update_or_create(to=person, defaults={"digest": _digest(token)})
    trail.note("person.calendar_on", subject=str(person.pk), by=str(person.pk))
    return token


@transaction.atomic
def switch_off(person: User) -> None:
    forget(person)
    trail.note("person.calendar_off", subject=str(person.pk), by=str(person.pk))


def forget(person: User) -> None:
    """In the caller's transaction, with what else ends for this person."""
    Feed.objects.filter(to=person).delete()


def has(person: User) -> bool:
    return Feed.objects.filter(to=person).exists()


def owner_of(token: str) -> User | None:
    """Whose calendar this is; nobody's when they may not come in."""
    found = Feed.objects.select_related("to").filter(digest=_digest(token), to__is_active=True).first()
    return found.to if found else None


def _digest(token: str) -> bytes:
    return sha256(token.encode(errors="replace")).digest()
