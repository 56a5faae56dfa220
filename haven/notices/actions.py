"""Put a notice in the outbox, and deliver what lies there."""

from collections.abc import Iterable
from datetime import timedelta
from secrets import token_hex

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from haven.notices.models import Outgoing
from haven.notices.texts import TEMPLATES
from haven.people.models import User

LEASE = timedelta(minutes=2)
LONGEST_WAIT = timedelta(minutes=30)


def tell(people: Iterable[User], template: str, *, again: str = "") -> None:
    """Queue one mail a person, in the caller's transaction. The same notice still waiting is not queued twice.

    `again` makes a notice its own: a reminder of a certain day is queued once for that day.
    """
    Outgoing.objects.bulk_create(
        [Outgoing(to=person, template=template, key=f"{template}:{person.pk}:{again}") for person in people],
        ignore_conflicts=True,
    )


def deliver() -> int:
    """Send what is due; the number of mails accepted. A dead mail server delays a notice and never loses one."""
    sent = 0
    while (notice := _lease()) is not None:
        sent += _send(notice)
    return sent


@transaction.atomic
def _lease() -> Outgoing | None:
    """Take one notice for two minutes. Its key makes room, so that what happens meanwhile is told as well."""
    moment = now()
    due = Q(not_before__isnull=True) | Q(not_before__lte=moment)
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=moment)
    notice = Outgoing.objects.select_for_update(of=("self",)).select_related("to").filter(due & free).order_by("pk").first()
    if notice is not None:
        notice.lease_until = moment + LEASE
        notice.key = notice.key if notice.key.startswith("leased:") else f"leased:{token_hex(16)}"
        notice.save(update_fields=["lease_until", "key"])
    return notice


def _send(notice: Outgoing) -> int:
    subject, body = TEMPLATES[notice.template]
    mail = EmailMessage(subject, body(settings.PUBLIC_ADDRESS), to=[notice.to.email], headers={"Message-ID": _message_id(notice)})
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
    wait = min(timedelta(seconds=30) * 2**notice.tries, LONGEST_WAIT)
    Outgoing.objects.filter(pk=notice.pk).update(tries=notice.tries + 1, not_before=now() + wait, lease_until=None)
