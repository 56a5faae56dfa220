"""Who writes the information site: roles of the rulebook, each a group of the editor. They open no case.

A group is the editor's own way of saying who may change which page. Here it follows from the role of an account and is
never chosen for somebody; what each group may do is planted with the trees (pages/planting.py).
"""

from typing import Final

from django.contrib.auth.models import Group

from haven.people.models import User
from haven.rulebook.roles import ROLES, Right

EDITOR: Final = "/edit/"  # where it is, also for a process that does not open it


def admit(person: User) -> None:
    """The group of the role, in the caller's transaction; whoever writes nothing is in none."""
    person.groups.set([group(person.role_key)] if Right.EDIT_SITE in person.role.rights else [])


def group(role: str) -> Group:
    return Group.objects.get_or_create(name=role)[0]


def roles() -> list[str]:
    return [key for key, role in ROLES.items() if Right.EDIT_SITE in role.rights]
