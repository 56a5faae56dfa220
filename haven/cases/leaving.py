"""Staff who left. Their keys go first, then the name; what stays is a number in the trail, and public keys for as long
as the readers of today are proven by them."""

from datetime import date, timedelta

from django.db import transaction

from haven.cases.models import Case
from haven.notices import feed
from haven.notices.models import Outgoing, Reminder
from haven.people import actions as people
from haven.people import editors
from haven.people.models import User
from haven.rulebook import shelf
from haven.trail import actions as trail
from haven.vault import leaving


def let_go_due(on: date) -> int:
    """Everybody who was suspended long enough, unless a case would have too few readers without them; the number."""
    before = on - timedelta(days=shelf.current().retention.periods.left_days)
    gone = sum(let_go(person, before=before, on=on) for person in User.objects.left(before))
    _drop_spare(on)
    return gone


@transaction.atomic
def let_go(person: User, *, before: date, on: date) -> bool:
    """Destroy the keys of this person, and what is known of them. False when that cannot be now."""
    left = User.objects.left(before).select_for_update().filter(pk=person.pk).first()
    if left is None or leaving.is_needed(left):
        return False
    leaving.destroy(left)
    Case.objects.filter(handler=left).update(handler=None)
    Outgoing.objects.filter(to=left).delete()
    Reminder.objects.filter(to=left).delete()
    feed.forget(left)
    people.forget(left)
    trail.note("person.removed", subject=str(left.pk), on=on)
    return True


@transaction.atomic
def _drop_spare(on: date) -> None:
    """Public keys that prove nobody any more, and the empty rows of people who have none."""
    for owner in sorted(leaving.drop_spare()):
        trail.note("keys.removed", subject=str(owner), on=on)
    writers = editors.roles()  # of who wrote the site the number stays: its pages and their versions refer to it
    User.objects.nameless().filter(key_bundles=None).exclude(role_key__in=writers).delete()
