"""What who handles input can do with it. Each deed: check the rule, change the record, leave a trail line.

The line says only that this person worked on input on this day. What stands on the site afterwards is named: it is
public, and who published it can be asked."""

from datetime import date, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localdate

from haven.people.models import User
from haven.rulebook import shelf
from haven.trail import actions as trail
from haven.vault.sealing import has
from haven.vault.shred import shred_kinds
from haven.voices import collecting, mail
from haven.voices.collecting import Said
from haven.voices.models import ADDRESS, Decision, Input, Round, Wording
from haven.voices.opened import OpenInput, open_input


class Refused(Exception):
    """The rules do not allow this now. The message is a key for the page, never a word of an input."""


@transaction.atomic
def enter(said: Said, *, by: User, on: date | None = None) -> Input:
    """What came out of a meeting, in words of staff, with its source (R-003-23, R-004-59). Nobody waits for an answer,
    so no term runs; what is done with it is decided as with any other."""
    day = on or localdate()
    row = Input(id=uuid4(), year=day.year, received_on=day)
    collecting.keep(row, said, on=day)
    worked(by)
    return row


def answer(opened: OpenInput, text: str, *, on: date | None = None) -> None:
    """Send the answer to the address that was left, then keep it sealed and destroy the address, key first.

    The mail goes before the transaction, which holds the lock that every report waits for; nothing of it is ever put
    in the outbox. Raises Refused, and OSError when the mail was not taken: then nothing has changed.
    """
    if not opened.mail:
        raise Refused("no_address")
    mail.send(text, to=opened.mail)
    keep_answer(opened, text, on or localdate())


@transaction.atomic
def keep_answer(opened: OpenInput, text: str, day: date) -> None:
    """What was answered, once the mail is gone."""
    row = _locked(opened)
    opened.keep("answer", {"text": text, "by": opened.by.name}, on=day)
    shred_kinds(row.pk, (ADDRESS,))
    _answered(row, day)
    worked(opened.by, day)


@transaction.atomic
def decide(  # noqa: PLR0913  a decision is made of these
    opened: OpenInput, decision: Decision, *, how: str, when: str, action: str = "", on: date | None = None
) -> None:
    """Used, for later or not used; how and when (R-004-51). Can be decided anew. Who left no address cannot be answered
    alone: for them the decision is what stops the clock."""
    day, row = on or localdate(), _locked(opened)
    said = {"decision": decision.value, "how": how, "when": when, "action": action, "by": opened.by.name}
    opened.keep("decision", said, on=day)
    row.decision = decision
    row.forget_on = day + timedelta(days=shelf.current().retention.periods.input_days)
    row.save(update_fields=["decision", "forget_on"])
    if not has(row.pk, ADDRESS):
        _answered(row, day)
    worked(opened.by, day)


@transaction.atomic
def word(opened: OpenInput, *, nl: str, en: str, on: date | None = None) -> None:
    """Write what is to stand on the site. Sealed like the rest until a colleague has looked at it."""
    if not _locked(opened).decision:
        raise Refused("no_decision")
    if _anew(opened).wording:
        opened.keep("published", {"replaced": True}, on=on or localdate())
    opened.keep("wording", {"nl": nl, "en": en, "by": opened.by.pk, "name": opened.by.name}, on=on or localdate())
    worked(opened.by, on)


@transaction.atomic
def publish(opened: OpenInput, *, on: date | None = None) -> Wording:
    """Put the wording on the site. Two people: who wrote it does not publish it."""
    day, row = on or localdate(), _locked(opened)
    wording = _anew(opened).wording
    if not wording:
        raise Refused("no_wording")
    if wording["by"] == opened.by.pk:
        raise Refused("own_wording")
    action = opened.decided.get("action", "")
    shown = Wording(
        id=uuid4(), nl=wording["nl"], en=wording["en"], decision=row.decision, action=action, published_on=day
    )
    shown.save(force_insert=True)
    opened.keep("published", {"wording": str(shown.pk)}, on=day)
    trail.note("input.published", subject=str(shown.pk), by=str(opened.by.pk), on=day)
    return shown


@transaction.atomic
def take_down(wording: Wording, *, by: User) -> None:
    trail.note("input.taken_down", subject=str(wording.pk), by=str(by.pk))
    wording.delete()


@transaction.atomic
def open_round(round_: Round, *, by: User) -> None:
    """Put a question to a unit for some time. What it says is public from its first day on."""
    if round_.closes_on < round_.opens_on:
        raise Refused("ends_before_it_begins")
    round_.save(force_insert=True)
    trail.note("input.round_opened", subject=str(round_.pk), by=str(by.pk))


@transaction.atomic
def end_round(round_: Round, *, by: User, on: date | None = None) -> None:
    """Yesterday was its last day."""
    round_.closes_on = (on or localdate()) - timedelta(days=1)
    round_.save(update_fields=["closes_on"])
    trail.note("input.round_ended", subject=str(round_.pk), by=str(by.pk))


def _locked(opened: OpenInput) -> Input:
    row: Input = Input.objects.select_for_update().get(pk=opened.row.pk)
    return row


def _anew(opened: OpenInput) -> OpenInput:
    """As it is under the lock: of two who press at the same time, the second sees what the first did."""
    return open_input(opened.row.pk, keyring=opened.keyring, by=opened.by)


def _answered(row: Input, day: date) -> None:
    """The first time counts. Where no term runs there is nothing to be in time for."""
    if row.answered_on is None:
        row.answered_on = day
        row.in_time = None if row.due_on is None else day <= row.due_on
        row.save(update_fields=["answered_on", "in_time"])


def worked(by: User, on: date | None = None) -> None:
    trail.note_once("input.worked", subject=str(by.pk), by=str(by.pk), on=on)
