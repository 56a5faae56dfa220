"""The deletion register outside the database: which cases must never come back out of a backup.

It lies beside the backups, holds random ids and days and nothing else, and only grows: a register that lost a line
would bring somebody's words back.
"""

import os
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from haven.cases import retention
from haven.cases.models import Case
from haven.complaints import retention as complaints
from haven.complaints.models import Complaint
from haven.dialogue.models import Mailbox
from haven.vault import shred
from haven.vault.models import Shredded

NAME = "haven.deletions"

type Deletions = dict[UUID, date]


def destroyed() -> Deletions:
    """What was shredded; of what a reporter took back the words are gone, and the rest goes within days."""
    return dict(Shredded.objects.values_list("scope", "on"))


def keep(folder: Path) -> None:
    """Add what is new to the file. Whole or not at all."""
    file = folder / NAME
    written = read(file) if file.exists() else {}
    lines = {**destroyed(), **written}
    if file.exists() and lines == written:
        return
    part = folder / f".{NAME}.{os.getpid()}"
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.writelines(sorted(f"{day.isoformat()} {scope}\n" for scope, day in lines.items()))
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)


def read(file: Path) -> Deletions:
    """Raises ValueError when it is not such a file."""
    pairs = [line.split() for line in file.read_text().splitlines()]
    return {UUID(scope): date.fromisoformat(day) for day, scope in pairs}


def apply(deletions: Deletions) -> int:
    """Destroy all of it again, after a restore; gives how many cases had come back."""
    known = set(Shredded.objects.values_list("scope", flat=True))
    back = sum(_destroy(scope, day) for scope, day in deletions.items() if scope not in known)
    shred.scrub()
    return back


@transaction.atomic
def _destroy(scope: UUID, day: date) -> bool:
    """The look-up of the mailbox stays for some days, so that a browser that sends again brings nothing back."""
    case, complaint = Case.objects.filter(pk=scope).first(), Complaint.objects.filter(pk=scope).first()
    if complaint is not None:
        return complaints.forget(complaint, on=localdate())
    if case is None:
        shred.unlink_after_commit(shred.shred(scope, day))
        return False
    for mailbox in Mailbox.objects.filter(case=case):
        mailbox.spend(localdate())
    retention.forget(case, on=localdate())
    return True
