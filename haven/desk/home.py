"""Where somebody begins at the desk: with the cases they can read, or with what was told to them alone."""

from haven.people.models import User
from haven.rulebook.roles import Right

INBOX, NOTIFICATIONS = "desk:inbox", "desk:notifications"


def home(person: User) -> str:
    return NOTIFICATIONS if counsels(person) else INBOX


def counsels(person: User) -> bool:
    """Whether this person has no other work here. Where to lead somebody is no permission."""
    return Right.COUNSEL in person.role.rights
