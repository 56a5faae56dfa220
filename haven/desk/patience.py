"""The same growing wait for everybody who mistypes a passphrase (people/patience.py), by account."""

from haven.people import patience
from haven.people.models import User


def seconds_to_wait(person: User) -> int:
    return patience.seconds_to_wait(str(person.pk))


def begin(person: User) -> int:
    return patience.begin(str(person.pk))


def failed(person: User) -> None:
    patience.failed(str(person.pk))


def succeeded(person: User) -> None:
    patience.succeeded(str(person.pk))
