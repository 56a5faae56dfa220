"""Deeds on plans and releases at the desk: the register refuses or does it, and the trail has the line.

Closing counts what waits, freezes the figures, destroys the counters and draws the files. It is the first half. The
second is somebody else, who looks at what everybody will see, and signs it with their own key.
"""

from base64 import b64decode, b64encode
from datetime import date
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from haven.cases.batches import count_what_waits
from haven.complaints import tallying
from haven.desk.overview_files import drawn
from haven.people.models import User
from haven.register import plan as plans
from haven.register import publishing, release
from haven.register.models import Period, Plan
from haven.register.plan import Refused
from haven.register.publishing import Signed
from haven.register.told import total_of
from haven.rulebook import shelf
from haven.trail import actions as trail
from haven.vault import outside
from haven.vault.models import KeyBundle
from haven.vault.unlocking import Keyring

KIND: Final = "overview"  # a signature over an overview is one over nothing else
TERMINAL: Final = "terminal"  # who closed it, in the trail
COMPLAINTS: Final = "complaints"  # the exact figure that this house can give


def last_total() -> int | None:
    """What was published last of a whole year."""
    years = [one for one in Period.objects.released() if len(one.label) == 4]
    return next((total for one in years if (total := total_of(one)) is not None), None)


@transaction.atomic
def propose(year: int, estimate: int | None, *, by: User, on: date | None = None) -> Plan:
    """From the last published total; from an estimate where there is none, or the year has begun."""
    day, total = on or localdate(), last_total()
    late = day >= date(year, 1, 1)
    if estimate is None and (total is None or late):
        raise Refused("no_total")
    number = estimate if estimate is not None else total
    made = plans.propose(
        shelf.current().overview,
        year,
        total=number or 0,
        estimated=estimate is not None,
        starts_on=day if late else None,
        on=day,
        by=str(by.pk),
    )
    trail.note("overview.proposed", by=str(by.pk), on=day)
    return made


@transaction.atomic
def agree(plan: Plan, *, by: User, on: date | None = None) -> None:
    day = on or localdate()
    publishing.agree(plan, by=str(by.pk), on=day)
    trail.note("overview.agreed", by=str(by.pk), on=day)


def close(label: str, *, by: User | None, on: date | None = None) -> Period:
    """`by`: None on the command line, which is the first of the two and never the second. Not in a transaction: the
    counters are destroyed once the figures are written. Killed in between, `complete` draws what is missing."""
    day, name = on or localdate(), str(by.pk) if by else TERMINAL
    count_what_waits()
    period = release.close(label, on=day, by=name, exact=_exact(label))
    with transaction.atomic():
        complete(period)
        trail.note("overview.closed", by=name, on=day)
    return period


def complete(period: Period) -> None:
    if period.frozen_on is not None and not period.files.exists():
        publishing.keep_files(period, drawn(period))


def _exact(label: str) -> dict[str, int]:
    """The yearly number of formal complaints, of all regulations that ask for a yearly report. No case is read."""
    plan = plans.of_year(int(label[:4])) if label.isdigit() and len(label) == 4 else None
    if plan is None or COMPLAINTS not in {one.key for one in plan.declared.exact}:
        return {}
    keys = dict.fromkeys(one.key for one in shelf.current().procedures if one.yearly)
    rules = [tallying.rules_of(key, plan.year) for key in keys]
    return {COMPLAINTS: sum(tallying.received(one, plan.year) for one in rules if one)}


@transaction.atomic
def publish(period: Period, *, by: User, keyring: Keyring, on: date | None = None) -> None:
    day = on or localdate()
    publishing.publish(period, signed(period, by=by, keyring=keyring), on=day)
    trail.note("overview.released", by=str(by.pk), on=day)


def signed(period: Period, *, by: User, keyring: Keyring) -> Signed:
    signature = outside.sign(keyring, KIND, publishing.statement(period))
    return Signed(str(by.pk), keyring.kid, b64encode(signature).decode())


def is_signed(period: Period) -> bool:
    """Whether what is there now is what was signed, by a key of this house."""
    bundle = KeyBundle.objects.filter(kid=period.signer).first()
    if bundle is None:
        return False
    try:
        said = publishing.statement(period)
    except Refused:
        return False
    return outside.is_signed(bytes(bundle.sign_public), b64decode(period.signature), KIND, said)
