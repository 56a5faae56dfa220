"""Input that becomes something to do. Whoever handles it writes a title anew, and who makes the plan sees nothing else.
Of the words, of who sent them and of which input it was, nothing crosses over."""

from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Final

from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localdate

from haven.trail import actions as trail
from haven.voices.actions import Refused, worked
from haven.voices.models import Decision, Input, PlanLine, Wording
from haven.voices.opened import OpenInput, open_input

LONGEST: Final = 50  # of a key, so that a number fits behind it

type Titles = Mapping[str, str]


@transaction.atomic
def propose(opened: OpenInput, *, nl: str, en: str, on: date | None = None) -> PlanLine:
    """Put it before who makes the plan, and keep, sealed with the input, what it became."""
    row = Input.objects.select_for_update().get(pk=opened.row.pk)
    now = open_input(row.pk, keyring=opened.keyring, by=opened.by)
    if row.decision != Decision.USED:
        raise Refused("not_used")
    if now.decided.get("action"):
        raise Refused("in_an_action")
    line = PlanLine(key=_free(slugify(en)[:LONGEST].strip("-") or "action"), nl=nl, en=en)
    line.save(force_insert=True)
    now.keep("decision", now.decided | {"action": line.key, "by": opened.by.name}, on=on or localdate())
    Wording.objects.filter(pk__in=now.published).update(action=line.key)
    worked(opened.by, on)
    trail.note("input.proposed", by=str(opened.by.pk), on=on)
    return line


def _free(key: str) -> str:
    taken = {*PlanLine.objects.filter(key__startswith=key).values_list("key", flat=True)}
    return next(one for number in count(1) if (one := f"{key}-{number}" if number > 1 else key) not in taken)


@transaction.atomic
def tell(plan: Mapping[str, Titles]) -> None:
    """What stands in the plan now, by key. What was proposed and is not in it goes on waiting."""
    PlanLine.objects.filter(in_plan=True).exclude(key__in=plan).delete()
    for key, title in plan.items():
        told = {"nl": title["nl"], "en": title["en"], "in_plan": True}
        PlanLine.objects.update_or_create(key=key, defaults=told)


def leave_out(key: str) -> PlanLine | None:
    """Who makes the plan does not take it up. They are editors, whose deeds stand in the log of the editor."""
    line = PlanLine.objects.filter(key=key, in_plan=False).first()
    PlanLine.objects.filter(key=key, in_plan=False).delete()
    return line
