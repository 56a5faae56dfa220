"""Where somebody begins at the desk: with cases, with what was told to them alone, or with formal complaints."""

from haven.people.models import User
from haven.rulebook.roles import Right

INBOX, NOTIFICATIONS, COMPLAINTS, RELEASED = "desk:inbox", "desk:notifications", "desk:complaints", "desk:released"


def home(person: User) -> str:
    if complains(person):
        return COMPLAINTS
    if only_reads(person):
        return RELEASED
    return NOTIFICATIONS if counsels(person) else INBOX


def only_reads(person: User) -> bool:
    """Whether this person sees released overviews and has no other work at the desk."""
    return person.role.rights == {Right.READ_OVERVIEWS}


def shut(person: User, page: str) -> bool:
    """Pages of the desk that are for every member of staff are not for who only writes the site or reads overviews."""
    if Right.EDIT_SITE in person.role.rights:
        return page != "released"
    return only_reads(person) and page not in {"inbox", "released", "account"}


def counsels(person: User) -> bool:
    """Whether this person has no other work here. Where to lead somebody is no permission."""
    return Right.COUNSEL in person.role.rights


def complains(person: User) -> bool:
    """Whether this person has a part in formal complaints, and no case to read."""
    return Right.READ_COMPLAINT in person.role.rights
