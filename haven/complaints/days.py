"""The days on which a complaint asks something of somebody with a key to it, as far as they are known without a key: on
which a term ends, or somebody is asked how they are. No word, no complaint, no number."""

from datetime import date

from haven.complaints.models import Complaint
from haven.notices.actions import FIXED_HOURS
from haven.people.models import User
from haven.rulebook import shelf
from haven.vault.models import KeyBundle


def days_due(person: User, on: date) -> list[date]:
    """What is late stands on today. At fixed hours a calendar holds every working day, whatever came."""
    if shelf.current().institution.notices.mode == FIXED_HOURS:
        return []
    kids = KeyBundle.objects.filter(owner=person, state=KeyBundle.State.CURRENT).values_list("kid", flat=True)
    found = Complaint.objects.held_by(kids).filter(look_by__isnull=False)
    return sorted({max(one.look_by, on) for one in found if one.look_by})
