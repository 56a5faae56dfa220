"""The facts of a complaint, and who decides because of them. Is it by or against a member of the board, another body
takes over, and no member of the board can know that it exists (R-001-50, R-001-51)."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from haven.complaints import insiders, regulation, seats
from haven.complaints.models import COURSE
from haven.complaints.opened import NotNow, OpenComplaint, again
from haven.people.models import User
from haven.rulebook.roles import ROLES
from haven.trail import actions as trail


@transaction.atomic
def set_facts(opened: OpenComplaint, hold: Collection[str], *, on: date | None = None) -> None:
    """Write down which facts hold. Who may no longer know of the complaint loses every key in the same transaction."""
    day, now = on or localdate(), again(opened)
    rules = regulation.of(now.row)
    if rules.side(now.seat.role) not in {"office", "committee"}:
        raise NotNow("not_in_this_role")
    if not set(hold) <= regulation.facts(rules):
        raise NotNow("no_such_fact")
    now.keep(COURSE, "facts", {"hold": sorted(hold)}, on=day)
    seats.take_keys(now.row, everybody_of(insiders.ruled_out_levels(now.row, hold)), on=day)
    now.row.changed()
    trail.note("complaint.facts", subject=now.row.reference, by=str(now.by.pk), on=day)


def everybody_of(levels: Collection[str]) -> list[User]:
    """Every account of these kinds, whether or not they serve or can come in: keys of old accounts count too."""
    keys = [role.key for role in ROLES.values() if role.adviser and role.adviser in levels]
    return list(User.objects.filter(role_key__in=keys))
