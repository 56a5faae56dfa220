"""A letter of complaint from the site, sent durably: when this returns, it is on disk. Sent twice, it is one complaint.

The code that travelled with the letter gives the id of the complaint and the code with which the complainant comes in.
So the same form gives the same page again, and neither code is kept.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction

from haven.complaints import insiders, regulation
from haven.complaints.letter import Letter
from haven.complaints.models import Complaint, Party
from haven.complaints.opened import NotNow
from haven.complaints.starting import start
from haven.rulebook.procedure import Procedure
from haven.vault import codes, files, guests, paused


class OfficersChanged(Exception):
    """Somebody would read along who was not shown to the complainant."""


@dataclass(frozen=True)
class Sent:
    """What the complainant is told. `code` is empty once they have come in with it. `again`: it was here already."""

    row: Complaint
    number: str
    code: str = field(repr=False)
    again: bool = False

    @property
    def regulation(self) -> Procedure:
        return regulation.of(self.row)


def send(
    letter: Letter, *, key: str, shown: Collection[str], struck_out: Collection[str] = (), on: date | None = None
) -> Sent:
    """`key`: the code in the form; `shown`: the key ids of the officers who were named to the complainant.

    Raises NotNow, NoOffice, NoRegulation, OfficersChanged, and CannotOpen when a file was swept before sending.
    """
    if known := find(key):
        return known
    try:
        return _store(letter, key, shown, struck_out, on)
    except (IntegrityError, NotNow):  # the same letter may have come in at the same moment
        if known := find(key):
            return known
        raise


@transaction.atomic
def _store(letter: Letter, key: str, shown: Collection[str], struck_out: Collection[str], on: date | None) -> Sent:
    officers = insiders.officers(on or letter.received_on, but=struck_out)
    if not {one.kid for one in officers} <= set(shown):
        raise OfficersChanged
    started = start(letter, struck_out=struck_out, as_id=codes.letter_id(key), code=codes.letter_code(key), on=on)
    paused.drop(key)
    for info, _about in letter.files:
        files.renew(settings.BLOB_ROOT, info.blob)
    return Sent(started.complaint, started.invitation.number, started.invitation.code)


def find(key: str) -> Sent | None:
    """The complaint that this letter has become."""
    row = Complaint.objects.filter(pk=codes.letter_id(key)).first()
    party = Party.objects.filter(complaint=row).as_role(regulation.of(row).starter).first() if row else None
    if row is None or party is None:
        return None
    code = codes.letter_code(key)
    fresh = party.entered_on is None and guests.opens(party.bundle, code)
    return Sent(row, party.number, codes.show(code) if fresh else "", again=True)
