"""When somebody leaves a case: the keys go at once, and what comes later is sealed to keys they never held."""

from collections.abc import Collection, Container
from datetime import date
from uuid import UUID

from haven.cases.files import ORIGINALS
from haven.cases.models import Case
from haven.cases.opened import OpenCase
from haven.people.models import User
from haven.people.readers import handlers_of
from haven.vault import grants, sealing, shred
from haven.vault.models import KeyBundle
from haven.vault.sealing import Reader

KINDS = ("report", "replies", "internal")
"""What is still written to. A name is sealed once, and needs no new epoch."""


def advisers_on(opened: OpenCase, *, but: User | None = None) -> list[User]:
    """The advisers who hold a key to this case now, less the one who goes on."""
    held = grants.kids_of(opened.case.pk, "internal")
    owners = KeyBundle.objects.filter(kid__in=held).values("owner_id")
    return [person for person in User.objects.filter(pk__in=owners) if person.advises and person != but]


def let_go(opened: OpenCase, people: Collection[User], *, on: date) -> None:
    """In the caller's transaction. From the next request on the case does not exist for them.

    The new keys come first: who leaves may be the one whose keys make them. They are not sealed to who leaves.
    """
    if not people:
        return
    scope = opened.case.pk
    gone = kids_of(people)
    for kind in KINDS:
        renew(opened, kind, gone=gone, on=on)
    grants.revoke(scope, gone)
    shred_what_nobody_opens(scope)


def kids_of(people: Collection[User]) -> frozenset[str]:
    """Every key these people ever had: who left a case has left it with older keys too."""
    return frozenset(KeyBundle.objects.filter(owner__in=people).values_list("kid", flat=True))


def renew(opened: OpenCase, kind: str, *, gone: Container[str] = (), on: date) -> None:
    """New keys for what comes from now on in one compartment, for everybody who holds it but those who are gone."""
    readers = _who_goes_on(opened.case, kind, on)
    if readers is not None:
        going_on = [one for one in readers if one.kid not in gone]
        grants.new_epoch(opened.keyring, opened.case.pk, kind, going_on, on)


def shred_what_nobody_opens(scope: UUID) -> None:
    """A name told to them alone: the reporter can tell somebody else. With it the files as they came."""
    lost = [one for one in ("identity", ORIGINALS) if sealing.has(scope, one) and not grants.kids_of(scope, one)]
    if lost:
        shred.unlink_after_commit(shred.shred_kinds(scope, lost))


def _who_goes_on(case: Case, kind: str, on: date) -> list[Reader] | None:
    """Who held it and is confirmed today; with the reporter, where the reporter reads it. None when the key in the
    mailbox is not proven: nothing is sealed to a key that anybody could have put there, so the epoch stays."""
    held: set[str] = grants.kids_of(case.pk, kind)
    staff = [one.reader for one in handlers_of(case.route, on=on) if one.kid in held]
    if kind == "internal":
        return staff
    reporter: Reader | None = case.mailbox.reader
    if reporter is None:
        return None
    return [*staff, reporter] if reporter.kid in held else staff
