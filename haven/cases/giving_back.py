"""“I am too close to this”, of what another team referred. One reader gives up the key to one referral in one step.

Nobody asks why, as when stepping back from a case. Those who referred it are told, and the reporter reads in the
mailbox which function gave it back. When nobody of that team is left, the referral is destroyed and has come back.
"""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from haven.cases.actions import next_message
from haven.cases.agreed import SLOT
from haven.cases.consent import present, signed
from haven.cases.models import Case
from haven.cases.recall import kids_of
from haven.cases.referral import Referred, open_referred
from haven.cases.stepping_back import STEPPED_BACK
from haven.notices.actions import tell
from haven.people.models import User
from haven.people.readers import handlers_of
from haven.trail import actions as trail
from haven.vault import grants, sealing, shred
from haven.vault.models import Compartment
from haven.vault.unlocking import Keyring


@transaction.atomic
def give_back(found: Referred, keyring: Keyring, *, by: User, on: date | None = None) -> None:
    """End the own access to this referral, at once and for good. Raises Case.DoesNotExist when it ended already."""
    day, case = on or localdate(), present(found.case)
    part = Compartment.objects.get(pk=open_referred(found.part, keyring).part)
    gone = kids_of([by])
    grants.revoke(case.pk, gone, kinds=[part.kind])
    left = len(grants.kids_of(case.pk, part.kind))
    if not left:
        shred.unlink_after_commit(shred.shred_kinds(case.pk, [part.kind]))
    _write_down(case, {"id": found.about["id"], "about": "given_back", "left": left, **signed(by)}, gone, day)
    case.changed(reply_waiting=not case.ended)
    tell(_who_referred_it(case, day), "waiting")
    trail.note("referral.given_back", subject=case.reference, by=str(by.pk), on=day)


def _write_down(case: Case, line: dict[str, object], gone: frozenset[str], day: date) -> None:
    """With public keys only: who gives back never had a key to the case. They are in no later referral of it."""
    sealing.keep(case.pk, "replies", SLOT, line, on=day, seq=case.stamp)
    told = {"from": "house", "about": "given_back" if line["left"] else "all_given_back"}
    told |= {f"function_{language}": str(line[language]) for language in ("nl", "en")}
    sealing.keep(case.pk, "replies", "message", told, on=day, seq=next_message(case))
    kept_out = {"kids": sorted(gone), "why": STEPPED_BACK}
    sealing.keep(case.pk, "internal", "excluded", kept_out, on=day, seq=case.stamp)


def _who_referred_it(case: Case, day: date) -> list[User]:
    held = grants.kids_of(case.pk, "internal")
    return [one.person for one in handlers_of(case.route, on=day) if one.person and one.kid in held]
