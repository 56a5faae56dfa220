"""Put a notice in the outbox, and deliver what lies there."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from secrets import token_hex

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localtime, now

from haven.notices.models import Calm, Outgoing, Reminder, Round
from haven.notices.texts import TEMPLATES
from haven.people.models import User
from haven.rulebook import shelf
from haven.rulebook.institution import Notices
from haven.vault.models import Grant
from haven.vault.rows import insert

LEASE = timedelta(minutes=2)
LONGEST_WAIT = timedelta(minutes=30)
_begun = Q(key__startswith="leased:")  # a mail that was tried already waits for nobody
FIXED_HOURS, ROUND, USUAL = "fixed-hours", "round", "waiting"


def tell(people: Iterable[User], template: str, *, again: str = "") -> None:
    """Queue one mail a person, in the caller's transaction. The same notice still waiting is not queued twice.

    `again` makes a notice its own: a reminder of a certain day is queued once for that day.
    """
    notices = [Outgoing(to=person, template=template, key=f"{template}:{person.pk}:{again}") for person in people]
    insert(notices, ignore_conflicts=True)


def remember(person: User, days: Collection[date]) -> None:
    """The days on which this person wants to be told that something waits, in place of those known before. In the
    caller's transaction."""
    Reminder.objects.filter(to=person).exclude(day__in=days).delete()
    Reminder.objects.bulk_create([Reminder(to=person, day=day) for day in days], ignore_conflicts=True)


@transaction.atomic
def remind(on: date) -> None:
    """Queue the mails of the reminders whose day has come, and forget the days."""
    come = list(Reminder.objects.select_for_update(of=("self",)).filter(day__lte=on).select_related("to"))
    tell([one.to for one in come if one.to.is_active], "waiting", again=f"look:{on.isoformat()}")
    Reminder.objects.filter(pk__in=[one.pk for one in come]).delete()


def deliver() -> int:
    """Send what is due; the number of mails accepted. A dead mail server delays a notice and never loses one."""
    rules, sent = shelf.current().institution.notices, 0
    if rules.mode == FIXED_HOURS:
        _start_round(rules)
    Calm.objects.filter(until__lte=now()).delete()
    while (notice := _lease(held=_held(rules))) is not None:
        sent += _send(notice)
    return sent


def _held(rules: Notices) -> frozenset[str]:
    """The notices that wait for the next round: those that tell that something came. Who reads along is no secret."""
    if rules.mode != FIXED_HOURS:
        return frozenset()
    return frozenset(TEMPLATES) - {ROUND, "keys", "urgent" if rules.urgent_at_once else ""}


@transaction.atomic
def _start_round(rules: Notices) -> None:
    """When an hour has come: one mail for everybody, in place of all that was held. A clock that stood still makes up
    for the last hour only. Of two clocks, one makes the row of the hour; the other sees it."""
    moment = localtime()
    come = [hour for hour in rules.hours if hour <= moment.hour]
    if not come or not Round.objects.get_or_create(day=moment.date(), hour=max(come))[1]:
        return
    Round.objects.filter(day__lt=moment.date()).delete()
    Outgoing.objects.filter(template__in=(*_held(rules), ROUND)).delete()
    tell(_everybody(), ROUND)


def _everybody() -> QuerySet[User]:
    """Who serves a route, and who still holds a case of a route they left: the same people on every day."""
    holds = Grant.objects.filter(compartment__kind="internal").values("kid")
    serves_or_holds = Q(memberships__isnull=False) | Q(key_bundles__kid__in=holds)
    return User.objects.filter(serves_or_holds, is_active=True).distinct().order_by("pk")


@transaction.atomic
def _lease(*, held: frozenset[str]) -> Outgoing | None:
    """Take one notice for two minutes. Its key makes room, so that what happens meanwhile is told as well."""
    moment = now()
    due = Q(not_before__isnull=True) | Q(not_before__lte=moment)
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=moment)
    calm = Q(template=USUAL, to__in=Calm.objects.filter(until__gt=moment).values("to")) & ~_begun
    ready = Outgoing.objects.filter(due & free).exclude(template__in=held).exclude(calm)
    notice = ready.select_for_update(of=("self",)).select_related("to").order_by("pk").first()
    if notice is not None:
        notice.lease_until = moment + LEASE
        notice.key = notice.key if notice.key.startswith("leased:") else f"leased:{token_hex(16)}"
        notice.save(update_fields=["lease_until", "key"])
        _fold(notice, moment)
    return notice


def _fold(notice: Outgoing, moment: datetime) -> None:
    """One usual mail tells of everything that waits for this person by now, and the next waits a while. This one stays
    until it is accepted, so that nothing is lost; what comes from now on is a row of its own."""
    minutes = shelf.current().institution.notices.calm_minutes
    if notice.template != USUAL or not minutes:
        return
    told = Outgoing.objects.filter(to=notice.to, template=USUAL, lease_until=None).exclude(pk=notice.pk)
    free = told.select_for_update(skip_locked=True).values_list("pk", flat=True)  # another clock has its own in hand
    Outgoing.objects.filter(pk__in=list(free)).delete()
    Calm.objects.update_or_create(to=notice.to, defaults={"until": moment + timedelta(minutes=minutes)})


def _send(notice: Outgoing) -> int:
    subject, body = TEMPLATES[notice.template]
    mail = EmailMessage(
        subject, body(settings.PUBLIC_ADDRESS), to=[notice.to.email], headers={"Message-ID": _message_id(notice)}
    )
    try:
        mail.send()
    except OSError:
        _put_back(notice)
        return 0
    notice.delete()
    return 1


def _message_id(notice: Outgoing) -> str:
    """The same at every try, so that a mail accepted twice is shown once."""
    return f"<{notice.key.removeprefix('leased:')}@haven.invalid>"


def _put_back(notice: Outgoing) -> None:
    """Wait twice as long at every failure, up to half an hour."""
    Calm.objects.filter(to=notice.to_id).delete()
    wait = min(timedelta(seconds=30) * 2**notice.tries, LONGEST_WAIT)
    Outgoing.objects.filter(pk=notice.pk).update(tries=notice.tries + 1, not_before=now() + wait, lease_until=None)
