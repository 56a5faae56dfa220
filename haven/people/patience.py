"""A growing wait after wrong tries, for each name. Nothing is locked for good, or the owner would be."""

from time import time

from django.core.cache import cache

FREE_TRIES = 3
LONGEST_WAIT = 300
FORGOTTEN_AFTER = 3600
ONE_TRY = 10  # seconds that a try may take, at most


def seconds_to_wait(name: str) -> int:
    """How long to wait before the next try; 0 when there is no need to."""
    until: float = cache.get(_counted(name), (0, 0.0))[1]
    return max(0, round(until - time()))


def begin(name: str) -> int:
    """Begin a try: 0, or how long to wait first. One at a time, since many at once would all be free."""
    return seconds_to_wait(name) or (0 if cache.add(_trying(name), "yes", ONE_TRY) else 1)


def failed(name: str) -> None:
    """One more wrong try: from the third on each one doubles the wait, up to five minutes."""
    failures = cache.get(_counted(name), (0, 0.0))[0] + 1
    wait = min(2 ** (failures - FREE_TRIES), LONGEST_WAIT) if failures >= FREE_TRIES else 0
    cache.set(_counted(name), (failures, time() + wait), FORGOTTEN_AFTER)
    cache.delete(_trying(name))


def succeeded(name: str) -> None:
    cache.delete_many([_counted(name), _trying(name)])


def _counted(name: str) -> str:
    return f"unlock-{name}"


def _trying(name: str) -> str:
    return f"unlocking-{name}"
