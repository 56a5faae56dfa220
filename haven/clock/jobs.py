"""What comes due by itself. Each job finds out from the state of things whether there is something to do."""

import logging
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate, localtime

from haven.cases import leaving, retention
from haven.cases.batches import count_what_waits
from haven.cases.models import Case
from haven.clock import deletions
from haven.clock.site import publish_what_is_due
from haven.clock.verify import findings
from haven.complaints import retention as complaints
from haven.complaints.models import OFFICE, Complaint
from haven.counsel import retention as counsel
from haven.dialogue.actions import sweep_spent, who_handles
from haven.dialogue.waiting_name import tell_who_waits
from haven.notices.actions import deliver, remind, tell
from haven.people import duty, review
from haven.people.models import User
from haven.people.readers import staff_of
from haven.rulebook import shelf
from haven.trail import actions as trail
from haven.trail.models import Entry, Head
from haven.vault import files, paused, shred, unlocking
from haven.vault.models import Grant, SealedFile
from haven.voices import retention as voices
from haven.voices.models import WORDS, Input

START_OF_DAY: Final = 8  # o'clock; before that nobody is reminded
SMALL_HOURS: Final = 3  # o'clock; from then on the verification of the night is due

logger = logging.getLogger(__name__)


def send_notices() -> None:
    deliver()


def remind_of_overdue_contacts() -> None:
    """Once a working day, everyone who can read a case whose first-contact day has passed, or another day by which
    somebody had to look; or who carries it to who can (R-004-27)."""
    moment, calendar = localtime(), shelf.current().calendar
    if moment.hour >= START_OF_DAY and calendar.is_working_day(moment.date()):
        for person in _with_overdue_cases(moment.date()):
            _remind(person, moment.date())


def _with_overdue_cases(day: date) -> QuerySet[User]:
    overdue = Case.objects.late(day)
    kids = Grant.objects.filter(compartment__kind="internal", compartment__scope__in=overdue.values("pk")).values("kid")
    carried = overdue.filter(route__in=[route.key for route in shelf.current().routes if route.outside]).values("route")
    reminded = Entry.objects.filter(did="person.reminded", day=day).values_list("subject", flat=True)
    late = Q(key_bundles__kid__in=kids) | Q(memberships__route__in=carried)
    return User.objects.filter(late, is_active=True).exclude(pk__in=list(reminded)).distinct()


@transaction.atomic
def _remind(person: User, day: date, *, did: str = "person.reminded", template: str = "overdue") -> None:
    """The trail remembers it. Another clock that does the same waits for the row of the person, then sees the line."""
    User.objects.select_for_update().get(pk=person.pk)
    if not Entry.objects.filter(did=did, day=day, subject=str(person.pk)).exists():
        tell([person], template, again=day.isoformat())
        trail.note(did, subject=str(person.pk), on=day)


def remind_of_complaints() -> None:
    """Once a working day, the officers of a complaint: from the working day before a term ends, since they write to the
    parties before it passes (R-001-115), until what it asks was done."""
    moment, calendar = localtime(), shelf.current().calendar
    if moment.hour >= START_OF_DAY and calendar.is_working_day(moment.date()):
        soon = Complaint.objects.due(by=calendar.add_working_days(moment.date(), 1).day).values("pk")
        kids = Grant.objects.filter(compartment__kind=OFFICE, compartment__scope__in=soon).values("kid")
        for person in User.objects.filter(key_bundles__kid__in=kids, is_active=True).distinct():
            _remind(person, moment.date(), did="complaint.day_near", template="waiting")


def remind_of_input() -> None:
    """Once a working day, who can open input that is not answered: some days before it is due, and from then on
    (R-004-44)."""
    moment, book = localtime(), shelf.current()
    if moment.hour >= START_OF_DAY and book.calendar.is_working_day(moment.date()):
        soon = Input.objects.waiting(by=moment.date() + timedelta(days=book.voices.remind_days_before)).values("pk")
        kids = Grant.objects.filter(compartment__kind=WORDS, compartment__scope__in=soon).values("kid")
        for person in User.objects.filter(key_bundles__kid__in=kids, is_active=True).distinct():
            _remind(person, moment.date(), did="input.day_near", template="waiting")


def remind_to_look_again() -> None:
    """At the start of a day that a colleague chose, also when it is no working day: they chose it."""
    moment = localtime()
    if moment.hour >= START_OF_DAY:
        remind(moment.date())


@transaction.atomic
def remind_of_the_access_review() -> None:
    """Once for each period, on a working day: who keeps the list of who has access (R-002-17)."""
    moment, calendar = localtime(), shelf.current().calendar
    if moment.hour < START_OF_DAY or not calendar.is_working_day(moment.date()) or not review.is_due(on=moment.date()):
        return
    Head.objects.select_for_update().first()  # of two clocks, the second sees the line of the first
    if review.is_asked_for(on=moment.date()):
        return
    tell(review.reviewers(), "waiting", again=f"access:{moment.date()}")
    trail.note(review.ASKED, on=moment.date())


def tell_of_days_to_look() -> None:
    """On the day itself: who handles the case, or everybody who reads it. The trail remembers that it was told."""
    moment = localtime()
    if moment.hour >= START_OF_DAY:
        for case in Case.objects.filter(look_by=moment.date()).select_related("handler"):
            _tell_of_the_day(case, moment.date())


@transaction.atomic
def _tell_of_the_day(case: Case, day: date) -> None:
    Case.objects.select_for_update().filter(pk=case.pk).first()
    if Entry.objects.filter(did="case.day_come", day=day, subject=case.reference).exists():
        return
    alone = [case.handler] if case.handler and case.handler.is_active else []
    tell(alone or staff_of(case.route, who_handles(case)), "waiting", again=f"day:{day.isoformat()}")
    trail.note("case.day_come", subject=case.reference, on=day)


def tell_whose_name_waits() -> None:
    """In the mailbox, when everybody who may open the name of the reporter is away."""
    if localtime().hour >= START_OF_DAY:
        tell_who_waits(localdate())


def forget_what_is_due() -> None:
    """Cases whose day has come; then the log of the database, where their bytes still are."""
    if retention.forget_due(localdate()):
        shred.scrub()
    sweep_spent(localdate())


def forget_notifications() -> None:
    """What was told to a confidential counsellor and counted; and what went with a counsellor who left."""
    if counsel.forget_due(localdate()):
        shred.scrub()


def forget_input() -> None:
    """Input from people that was decided on so long ago as is promised; a line to count stays."""
    if voices.forget_due(localdate()):
        shred.scrub()


def forget_complaints() -> None:
    """Complaints that ended so long ago as is promised."""
    if complaints.forget_due(localdate()):
        shred.scrub()


def keep_deletions() -> None:
    """Beside the backups, so that what is destroyed now does not come back out of one."""
    if settings.BACKUPS is not None:
        deletions.keep(settings.BACKUPS)


@transaction.atomic
def sweep_files() -> None:
    """Files of reports that were never sent. While it looks nobody can add a row that refers to one: every deed that
    does ends with a line in the trail, and has to wait for it."""
    Head.objects.select_for_update().first()
    parked = timedelta(hours=shelf.current().retention.periods.parked_hours)
    files.sweep(settings.BLOB_ROOT, set(SealedFile.objects.values_list("pk", flat=True)), parked)


def sweep_paused() -> None:
    """Answers of who stopped on the way and did not come back; their files are swept as files that were never sent."""
    if paused.sweep(localdate()):
        shred.scrub()


def end_sessions() -> None:
    """Sessions that are over, of signing in and of unlocking."""
    unlocking.sweep_sessions()
    SessionStore.clear_expired()


def forget_old_trail() -> None:
    """Lines of the trail that are older than is promised."""
    trail.forget(shelf.current().retention.periods.trail_years, on=localdate())


def forget_past_duty() -> None:
    """So many days after its last day as the rulebook says."""
    duty.forget_past(localdate())


def let_go_of_who_left() -> None:
    """Staff who were suspended for as long as is promised: their keys, then their names; and the log, as above."""
    if leaving.let_go_due(localdate()):
        shred.scrub()


def verify_each_night() -> None:
    """Once a day. What was found stands in the log; the trail, and so the desk, says only whether all was sound."""
    moment = localtime()
    done = Entry.objects.filter(did__in=trail.NIGHTLY, day=moment.date()).exists()
    if moment.hour < SMALL_HOURS or done:
        return
    found = findings()
    for finding in found:
        logger.warning("Nightly verification: %s", finding)
    with transaction.atomic():
        trail.note(trail.UNSOUND if found else trail.SOUND, on=moment.date())


AT_EVERY_TICK: Final = (
    send_notices,
    publish_what_is_due,
    remind_of_overdue_contacts,
    remind_of_complaints,
    remind_of_input,
    remind_to_look_again,
    remind_of_the_access_review,
    tell_of_days_to_look,
    tell_whose_name_waits,
    forget_what_is_due,
    forget_notifications,
    forget_input,
    forget_complaints,
    keep_deletions,
    count_what_waits,
)
AT_TIMES: Final = (
    sweep_paused,
    sweep_files,
    end_sessions,
    verify_each_night,
    forget_old_trail,
    forget_past_duty,
    let_go_of_who_left,
)
