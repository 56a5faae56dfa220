"""For holidays and for who leaves: the cases of one colleague go on with another, in one confirmed step.

What is handed over is what assigning gives. A name that one person may know never goes along.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from time import monotonic

from django.db import transaction

from haven.cases.actions import NotNow, assign, live
from haven.cases.models import Case
from haven.cases.opened import OpenCase, open_case
from haven.cases.recall import KINDS, kids_of
from haven.people.models import User
from haven.people.readers import reader_of
from haven.trail import actions as trail
from haven.vault import grants
from haven.vault.models import Grant
from haven.vault.unlocking import Keyring

BUDGET_SECONDS = 5.0


@dataclass
class Done:
    """References: what went, what stays because this colleague may never read it, and what is still to come."""

    went: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)
    still: list[str] = field(default_factory=list)


def cases_of(person: User, keyring: Keyring) -> list[Case]:
    """The running cases this colleague holds a key to, of those the viewer can open: first what they handle."""
    held = Grant.objects.filter(kid__in=kids_of([person]), compartment__kind="internal")
    cases = Case.objects.granted_to(keyring).running_or_filed().select_related("handler")
    found = cases.filter(pk__in=held.values("compartment__scope")).order_by("received_on", "pk")
    return sorted(found, key=lambda case: case.handler_id != person.pk)


def hand_over(  # noqa: PLR0913  whose, to whom, by whom and with which keys are four things
    cases: Iterable[Case], *, to: User, whose: User, keyring: Keyring, by: User, seconds: float = BUDGET_SECONDS
) -> Done:
    """One case after another, each whole, for as long as given."""
    done, until = Done(), monotonic() + seconds
    for case in cases:
        if done.went and monotonic() > until:
            done.still.append(case.reference)
            continue
        try:
            _hand_over(open_case(case.reference, keyring=keyring, by=by), to=to, whose=whose)
        except NotNow:
            done.stays.append(case.reference)
        else:
            done.went.append(case.reference)
    return done


def _hand_over(opened: OpenCase, *, to: User, whose: User) -> None:
    if opened.case.handler == whose:
        assign(opened, to=to)
    else:
        share(opened, to=to)


@transaction.atomic
def share(opened: OpenCase, *, to: User) -> None:
    """A colleague reads along from now on, and who handles the case stays who it was."""
    case, reader = live(opened), reader_of(to)
    if reader is None or opened.keeps_out(to) or to.advises or opened.by.advises:
        raise NotNow("not_a_reader")
    grants.regrant(opened.keyring, case.pk, KINDS, [reader])
    case.changed()
    trail.note("case.shared", subject=case.reference, by=str(opened.by.pk))
