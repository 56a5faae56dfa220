"""The dialogue between a reporter and those who handle the case, sealed both ways."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from haven.cases import agreed, counting, deputy
from haven.cases.actions import NotNow, next_message, said_in_time
from haven.cases.enquiry import kinds_of as enquiry_kinds
from haven.cases.files import ORIGINALS, ParkedFile
from haven.cases.models import Case, State
from haven.cases.opened import OpenCase, Payload
from haven.dialogue.models import Mailbox
from haven.notices.actions import tell
from haven.people.absence import away_on
from haven.people.models import User
from haven.people.readers import RouteReader, couriers_of, handlers_of, outside_of
from haven.rulebook import shelf
from haven.trail import actions as trail
from haven.vault import codes, grants, reading, sealing, shred
from haven.vault.files import renew
from haven.vault.models import KeyBundle
from haven.vault.reading import Opened
from haven.vault.unlocking import Keyring


@dataclass(frozen=True)
class OpenMailbox:
    """A mailbox opened with its code, for as long as one request."""

    mailbox: Mailbox
    keyring: Keyring = field(repr=False)

    @property
    def case(self) -> Case:
        if self.mailbox.case is None:
            raise NotNow("ended")
        return self.mailbox.case

    def messages(self) -> list[Opened]:
        """What the reporter may read here: our replies, and the own words only if that was chosen when sending."""
        opened = reading.open_items(self.keyring, [self.case.pk], slots=("message",))
        return sorted(opened.get(self.case.pk, []), key=lambda one: one.item.seq)

    def kind(self) -> str:
        """What the team treats this as, when that is no longer what the reporter chose; else nothing."""
        coarse = self.coarse()
        return coarse["kind"] if coarse["kind"] != coarse["chosen"] else ""

    def coarse(self) -> dict[str, str]:
        """The codes by which the case is counted, with the kind as it is now; `chosen` is the first one."""
        opened = reading.open_items(self.keyring, [self.case.pk], kinds=("replies",), slots=("coarse", "kind"))
        found = sorted(opened.get(self.case.pk, []), key=lambda one: one.item.seq)
        first = next((one.payload for one in found if one.item.slot == "coarse"), {})
        kinds = [one.payload["kind"] for one in found if one.item.slot == "kind" and not one.damaged]
        chosen = first.get("kind", "")
        return {**first, "chosen": chosen, "kind": (kinds or [chosen])[-1]}

    def own_words(self) -> Payload:
        """The report itself, if the reporter chose to be able to read it back; else nothing."""
        opened = reading.open_items(self.keyring, [self.case.pk], kinds=("report",), slots=("answers",))
        return next((one.payload for one in opened.get(self.case.pk, [])), {})

    def marks(self) -> list[Opened]:
        """That the reporter wrote, and on which day; not what. Lies where the reporter can always open it."""
        opened = reading.open_items(self.keyring, [self.case.pk], kinds=("replies",), slots=("mark",))
        return sorted(opened.get(self.case.pk, []), key=lambda one: one.item.seq)


def open_mailbox(code: str) -> OpenMailbox | None:
    """The mailbox of a receipt code, or None: an unknown code, a forgotten case, and a row that was pointed at another
    case are one answer at one cost."""
    known = Mailbox.objects.select_related("case").filter(case__isnull=False)
    mailbox = known.filter(lookup=codes.lookup_id(code)).first()
    keyring = codes.reporter_key(code)
    return OpenMailbox(mailbox, keyring) if mailbox and mailbox.belongs(keyring) else None


@transaction.atomic
def answer(opened: OpenCase, text: str, *, on: date | None = None) -> None:
    """Write to the reporter. The first answer is a contact attempt: it stops the first-contact clock."""
    day = on or localdate()
    case: Case = Case.objects.select_for_update().get(pk=opened.case.pk)
    if case.ended:
        raise NotNow("ended")
    message = {"from": "team", "by": opened.by.name, "text": text}
    opened.keep("replies", "message", message, on=day, seq=next_message(case))
    case.changed(reply_waiting=False, contacted_on=case.contacted_on or day)
    trail.note("reply.sent", subject=case.reference, by=str(opened.by.pk), on=day)


@transaction.atomic
def write(
    box: OpenMailbox,
    text: str,
    *,
    files: tuple[ParkedFile, ...] = (),
    once: str = "",
    on: date | None = None,
) -> None:
    """A message of the reporter, with files. Readers are told that something waits, and no more.

    `once` is the name of the form it came from: the same form sent twice writes one message.
    """
    day, case = on or localdate(), _running(box)
    if once and any(mark.payload.get("once") == once for mark in box.marks()):
        return
    number = next_message(case)
    _keep(case, files, number, day)
    payload = {"from": "reporter", "text": text, "files": [file.name for file in files]}
    sealing.keep(case.pk, "report", "message", payload, on=day, seq=number)
    sealing.keep(case.pk, "replies", "mark", {"once": once, "files": len(files)}, on=day, seq=number)
    case.changed(reply_waiting=True)
    tell(_readers(case), "waiting")
    trail.note("message.received", subject=case.reference, by="reporter", on=day)
    for info in (info for file in files for info in file.infos):  # last: who holds the trail keeps the sweeper out
        renew(settings.BLOB_ROOT, info.blob)


def _keep(case: Case, files: Sequence[ParkedFile], number: int, day: date) -> None:
    there = not any(file.original for file in files) or _has_originals(case, day)
    for file in files:
        for kind, slot, info, about in file.parts():
            if there or kind != ORIGINALS:
                sealing.keep_file(case.pk, kind, info, {**about, "message": number}, on=day, slot=slot, seq=number)


def _has_originals(case: Case, day: date) -> bool:
    """Originals are for those who may know the name, or for all where there is none. False: nobody of them is left."""
    if sealing.has(case.pk, ORIGINALS):
        return True
    knows = grants.kids_of(case.pk, "identity")
    keepers = [one.reader for one in who_handles(case, on=day) if not knows or one.kid in knows]
    if keepers:
        sealed = sealing.Sealing(case.pk, day)
        sealed.compartment(ORIGINALS, keepers)
        sealed.save()
    return bool(keepers)


@transaction.atomic
def reveal_self(box: OpenMailbox, identity: dict[str, str], *, to: str, on: date | None = None) -> None:
    """The reporter says who they are: to one person (`to` is a key id) or to everyone who handles the case ("")."""
    day, case = on or localdate(), _running(box)
    if is_known(case, on=day):
        raise NotNow("already_known")
    shred.shred_kinds(case.pk, ("identity",))  # of who left the team or is away, if there was one
    chosen = [one.reader for one in who_handles(case, on=day) if to in {"", one.kid}]
    if not chosen:
        raise NotNow("not_a_reader")
    sealed = sealing.Sealing(case.pk, day)
    sealed.compartment("identity", chosen).item("identity", identity)
    sealed.save()
    notice = {"from": "reporter", "about": "identity_given", "text": ""}
    number = next_message(case)
    sealing.keep(case.pk, "report", "message", notice, on=day, seq=number)
    sealing.keep(case.pk, "replies", "mark", {"about": "identity_given"}, on=day, seq=number)
    case.changed(reply_waiting=True)
    tell(_readers(case), "waiting")
    sealing.keep(case.pk, "replies", deputy.SLOT, deputy.named("", ""), on=day, seq=number)
    trail.note("identity.given", subject=case.reference, by="reporter", on=day)


@transaction.atomic
def withdraw(box: OpenMailbox, *, on: date | None = None) -> date:
    """The reporter takes the report back. Words, name and dialogue are destroyed at once; gives the day the rest goes.

    The case is counted here, from coarse codes sealed to the reporter: nobody else needs to open it again.
    """
    day, case = on or localdate(), _running(box)
    coarse = box.coarse()
    del coarse["chosen"]
    _count_withdrawn(box, case, coarse, day)
    tell(_readers(case), "waiting")
    kinds = ("identity", "report", "replies", ORIGINALS, *agreed.referred_kinds(case.pk), *enquiry_kinds(case.pk))
    blobs = shred.shred_kinds(case.pk, kinds)
    shred.register(case.pk, day)
    box.mailbox.spend(day)
    goes = day + timedelta(days=shelf.current().retention.periods.withdrawn_days)
    case.changed(state=State.WITHDRAWN, closed_on=day, forget_on=goes, reply_waiting=False, look_by=None)
    trail.note("case.withdrawn", subject=case.reference, by="reporter", on=day)
    shred.unlink_after_commit(blobs)
    return goes


def _count_withdrawn(box: OpenMailbox, case: Case, coarse: dict[str, str], day: date) -> None:
    """By coarse codes sealed to the reporter. What was read outside was not counted when it came in."""
    opened = reading.open_items(box.keyring, [case.pk], kinds=("replies",), slots=(counting.MARK,))
    before, main = counting.stands(opened.get(case.pk, [])), coarse["category"].split(",")[0]
    known = {**coarse, "category": main, "outcome": "withdrawn", "destination": "none"}
    unread = case.screened_on is None or bool(outside_of(case.route))
    if unread and counting.INTAKE not in before:
        counting.tell(counting.INTAKE, known, on=day)
    if counting.CLOSING not in before:
        counting.tell(counting.CLOSING, known | {"contact_in_time": said_in_time(case)}, on=day)


def who_handles(case: Case, *, on: date | None = None) -> list[RouteReader]:
    """Those who hold a key to this case and whom the directory confirms: a row beside a case proves nothing."""
    held = grants.kids_of(case.pk, "internal")
    return [one for one in handlers_of(case.route, on=on) if one.kid in held]


def is_known(case: Case, *, on: date | None = None) -> bool:
    """Whether somebody who handles this case, and is not away, can open the name of the reporter."""
    day, knows = on or localdate(), grants.kids_of(case.pk, "identity")
    if not knows:
        return False
    away = set(away_on(day).values_list("user_id", flat=True))
    return any(one.kid in knows and not (one.person and one.person.pk in away) for one in who_handles(case, on=day))


def sweep_spent(on: date) -> int:
    """Remove look-ups of withdrawn reports once no form can be sent with them any more; gives how many."""
    valid = timedelta(hours=shelf.current().intake.form_hours_valid, days=1)
    return Mailbox.objects.filter(case=None, spent_on__lt=on - valid).delete()[0]


def _running(box: OpenMailbox) -> Case:
    case: Case = Case.objects.select_for_update().get(pk=box.case.pk)
    if case.ended:
        raise NotNow("ended")
    return case


def _readers(case: Case) -> list[User]:
    """Those who hold a key to this case, and nobody else: a mail tells that something exists. Of a case that is read
    outside only the couriers can be told."""
    if outside_of(case.route):
        return couriers_of(case.route)
    kids: set[str] = grants.kids_of(case.pk, "internal")
    owners = KeyBundle.objects.filter(kid__in=kids).values("owner_id")
    return list(User.objects.filter(pk__in=owners, is_active=True))
