"""A growing wait after wrong passphrases, for each person. Nothing is locked for good, or the owner would be."""

from time import time

from django.core.cache import cache

from haven.people.models import User

FREE_TRIES = 3
LONGEST_WAIT = 300
FORGOTTEN_AFTER = 3600
ONE_TRY = 10  # seconds that a try may take, at most


def seconds_to_wait(person: User) -> int:
    """How long this person has to wait before the next try; 0 when they need not."""
    until: float = cache.get(_key(person), (0, 0.0))[1]
    return max(0, round(until - time()))


def begin(person: User) -> int:
    """Begin a try: 0, or how long to wait first. One at a time, since many at once would all be free."""
    return seconds_to_wait(person) or (0 if cache.add(_trying(person), "yes", ONE_TRY) else 1)


def failed(person: User) -> None:
    """One more wrong try: from the third on each one doubles the wait, up to five minutes."""
    failures = cache.get(_key(person), (0, 0.0))[0] + 1
    wait = min(2 ** (failures - FREE_TRIES), LONGEST_WAIT) if failures >= FREE_TRIES else 0
    cache.set(_key(person), (failures, time() + wait), FORGOTTEN_AFTER)
    cache.delete(_trying(person))


def succeeded(person: User) -> None:
    cache.delete_many([_key(person), _trying(person)])


def _key(person: User) -> str:
    return f"unlock-{person.pk}"


def _trying(person: User) -> str:
    return f"unlocking-{person.pk}"
