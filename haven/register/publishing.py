"""Two people for each plan and each release: one proposes or closes, another agrees or releases. The names of people
are without meaning here; whether somebody may do it is for the door to ask, and so is the line in the trail."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db import transaction

from haven.register.engine import Figure
from haven.register.models import Period, Plan, ReleaseFile
from haven.register.plan import SEPARATOR, Refused, freeze
from haven.register.release import manifest


class Signed(NamedTuple):
    by: str
    signer: str
    signature: str


def agree(plan: Plan, *, by: str, on: date) -> None:
    """The second person: freezes what the first proposed."""
    if plan.proposed_by == by:
        raise Refused("second_person")
    with transaction.atomic():
        freeze(plan, on=on)
        Plan.objects.filter(pk=plan.pk).update(frozen_by=by)


@transaction.atomic
def keep_files(period: Period, files: Mapping[str, bytes]) -> None:
    """What was drawn of a closed period. Once: a second drawing is not kept."""
    now = Period.objects.select_for_update().get(pk=period.pk)
    if now.frozen_on is None or now.files.exists():
        return
    made = [
        ReleaseFile(period=now, name=name, sha256=hashlib.sha256(content).hexdigest(), content=content)
        for name, content in sorted(files.items())
    ]
    ReleaseFile.objects.bulk_create(made)


def statement(period: Period) -> bytes:
    """What is signed: the figures, by their manifest, and every file. Raises Refused when they are not as they were."""
    rows = period.figures.all()
    figures = [Figure(one.table, tuple(one.cell.split(SEPARATOR)), one.shown) for one in rows]
    if not period.manifest or manifest(period, figures) != period.manifest:
        raise Refused("altered")
    lines = ["haven overview 1", period.label, period.plan.hash, period.manifest]
    for one in period.files.order_by("name"):
        if hashlib.sha256(bytes(one.content)).hexdigest() != one.sha256:
            raise Refused("altered")
        lines.append(f"{one.sha256} {one.name}")
    return "\n".join(lines).encode()


def publish(period: Period, signed: Signed, *, on: date) -> None:
    """The second person: from now on everybody sees it. In the caller's transaction."""
    now = Period.objects.select_for_update().get(pk=period.pk)
    if now.frozen_on is None or not now.files.exists():
        raise Refused("not_closed")
    if now.released_on is not None:
        raise Refused("released")
    if now.closed_by == signed.by:
        raise Refused("second_person")
    now.released_on, now.released_by = on, signed.by
    now.signer, now.signature = signed.signer, signed.signature
    now.save(update_fields=["released_on", "released_by", "signer", "signature"])
