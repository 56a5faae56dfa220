"""Where somebody begins at the desk: with cases, with what was told to them alone, or with formal complaints."""

from haven.people.models import User
from haven.rulebook.roles import Right

INBOX, NOTIFICATIONS, COMPLAINTS = "desk:inbox", "desk:notifications", "desk:complaints"


def home(person: User) -> str:
    if complains(person):
        return COMPLAINTS
    return NOTIFICATIONS if counsels(person) else INBOX


def counsels(person: User) -> bool:
    """Whether this person has no other work here. Where to lead somebody is no permission."""
    return Right.COUNSEL in person.role.rights


def complains(person: User) -> bool:
    """Whether this person has a part in formal complaints, and no case to read."""
    return Right.READ_COMPLAINT in person.role.rights
