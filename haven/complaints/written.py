"""A yearly report, whoever writes it: begun when the year is over, written, finished once, presented, sent to who has
to know of it. What differs between one kind and another is a `Kind`.

Its words are sealed to its authors: it will be read by many, but a draft belongs to who writes it. What is finished is
frozen: its figures, its words and the hash of each file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, Final, Protocol

from django.db import transaction
from django.utils.timezone import localdate

from haven.complaints.models import YearlyReport
from haven.complaints.opened import NotNow, Payload
from haven.complaints.papers.document import Document
from haven.people.models import User
from haven.rulebook.dates import months_after
from haven.rulebook.words import Listed, Text
from haven.rulebook.yearly import Section
from haven.trail import actions as trail
from haven.vault import grants, reading, sealing
from haven.vault.files import SealedFileInfo
from haven.vault.models import SealedItem
from haven.vault.reading import Opened
from haven.vault.sealing import Reader, Sealing
from haven.vault.unlocking import Keyring

SEALED: Final = "yearly"
DRAFT, FINISHED, PRESENTED, SENT = "draft", "finished", "presented", "sent"
LANGUAGES: Final = ("nl", "en")


class Kind(Protocol):
    """What a report is about, and who writes it. `presented`: the board is shown it, besides who is on the list."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> Text: ...
    @property
    def sections(self) -> Sequence[Section]: ...
    @property
    def addressees(self) -> Sequence[Listed]: ...
    @property
    def within_months(self) -> int: ...
    @property
    def presented(self) -> bool: ...

    def authors(self, on: date) -> list[Reader]: ...

    def gather(self, year: int, *, keyring: Keyring, by: User) -> None:
        """What has to be counted before the draft can show it."""
        ...

    def figures(self, year: int) -> dict[str, Any]:
        """As they are now. Raises NotNow when there are none yet."""
        ...

    def shown(self, year: int, figures: Mapping[str, Any]) -> None:
        """These figures are in a report that is finished."""
        ...

    def drawn(
        self, year: int, figures: Mapping[str, Any], texts: Mapping[str, str], *, language: str, day: date
    ) -> Document: ...


@dataclass(frozen=True)
class Made:
    """A file of a finished report: sealed already, with what it is called and the hash of what is in it."""

    info: SealedFileInfo
    name: str
    sha256: str


@dataclass(frozen=True)
class OpenReport:
    """A report as one of its authors opened it. Lives as long as the request."""

    row: YearlyReport
    kind: Kind
    keyring: Keyring = field(repr=False)
    by: User
    items: list[Opened] = field(repr=False)

    def one(self, slot: str) -> Payload:
        found = [one.payload for one in self.items if one.item.slot == slot and not one.damaged]
        return found[-1] if found else {}

    @property
    def texts(self) -> dict[str, str]:
        """By section and language."""
        return dict(self.one(FINISHED).get("texts") or self.one(DRAFT))

    @property
    def figures(self) -> dict[str, Any]:
        """As they were frozen; while it is a draft, as they are now."""
        return self.one(FINISHED).get("figures") or self.kind.figures(self.row.year)

    @property
    def hashes(self) -> dict[str, str]:
        return dict(self.one(FINISHED).get("files", {}))

    @property
    def files(self) -> list[Opened]:
        return [one for one in self.items if one.item.slot == sealing.FILE_SLOT and not one.damaged]

    @property
    def presented_on(self) -> date | None:
        said = self.one(PRESENTED).get("on")
        return date.fromisoformat(said) if said else None

    @property
    def sent(self) -> dict[str, date]:
        """The day on which each addressee got it; what was said last counts."""
        told = [one.payload for one in self.items if one.item.slot == SENT and not one.damaged]
        return {one["to"]: date.fromisoformat(one["on"]) for one in told}

    @property
    def due_on(self) -> date:
        return due_on(self.kind, self.row.year)

    def overdue(self, on: date) -> bool:
        unseen = self.kind.presented and self.presented_on is None
        return on > self.due_on and (unseen or bool({one.key for one in self.kind.addressees} - set(self.sent)))

    def keep(self, slot: str, payload: Payload, *, on: date) -> None:
        sealing.keep(self.row.pk, SEALED, slot, payload, on=on, seq=self.row.stamp)


def due_on(kind: Kind, year: int) -> date:
    return months_after(date(year, 12, 31), kind.within_months)


def find(kind: Kind, year: int, *, keyring: Keyring, by: User) -> OpenReport:
    """Raises YearlyReport.DoesNotExist when nobody began it, and when there is no key to it."""
    return _opened(YearlyReport.objects.get(procedure=kind.key, year=year), kind, keyring, by)


def _opened(row: YearlyReport, kind: Kind, keyring: Keyring, by: User) -> OpenReport:
    if not reading.can_open(keyring, row.pk, SEALED):
        raise YearlyReport.DoesNotExist
    return OpenReport(row, kind, keyring, by, reading.open_items(keyring, [row.pk]).get(row.pk, []))


@transaction.atomic
def begin(kind: Kind, year: int, *, keyring: Keyring, by: User, on: date | None = None) -> OpenReport:
    """Gather what it needs and open the draft; a second time it only gathers. Raises NotNow while the year runs."""
    day = on or localdate()
    authors = kind.authors(day)
    if keyring.kid not in {one.kid for one in authors}:
        raise NotNow("not_in_this_role")
    if day <= date(year, 12, 31):
        raise NotNow("year_runs")
    kind.gather(year, keyring=keyring, by=by)
    kind.figures(year)
    row, new = YearlyReport.objects.get_or_create(procedure=kind.key, year=year)
    if new:
        sealed = Sealing(row.pk, day)
        sealed.compartment(SEALED, authors)
        sealed.save()
        trail.note("yearly.begun", by=str(by.pk), on=day)
    return _opened(row, kind, keyring, by)


@transaction.atomic
def write(opened: OpenReport, texts: Mapping[str, str], *, on: date | None = None) -> None:
    """Keep the words of the draft. A finished report is not changed."""
    day, now = on or localdate(), _draft(opened)
    _drop_draft(now)
    now.keep(DRAFT, dict(texts), on=day)
    _changed(now, day)
    trail.note("yearly.written", by=str(now.by.pk), on=day)


@transaction.atomic
def finish(opened: OpenReport, files: list[Made], shown: Mapping[str, Any], *, on: date | None = None) -> None:
    """Freeze it: words, figures, and the hash of each file. `shown`: the figures that the files have; raises NotNow
    when they are others by now."""
    day, now = on or localdate(), _draft(opened)
    held = now.figures
    if held != dict(shown):
        raise NotNow("changed")
    fixed = {one.name: one.sha256 for one in files}
    now.keep(FINISHED, {"texts": now.texts, "figures": held, "files": fixed}, on=day)
    for number, one in enumerate(files):
        about = {"name": one.name, "made_here": True}
        sealing.keep_file(now.row.pk, SEALED, one.info, about, on=day, seq=number)
    now.kind.shown(now.row.year, held)
    _drop_draft(now)
    now.row.finished_on = day
    now.row.save(update_fields=["finished_on"])
    _changed(now, day)
    trail.note("yearly.finished", by=str(now.by.pk), on=day)


@transaction.atomic
def present(opened: OpenReport, happened: date, *, on: date | None = None) -> None:
    """The board was shown it."""
    day, now = on or localdate(), _finished(opened, happened, on or localdate())
    now.keep(PRESENTED, {"on": happened.isoformat()}, on=day)
    _changed(now, day)
    trail.note("yearly.presented", by=str(now.by.pk), on=day)


@transaction.atomic
def send(opened: OpenReport, to: str, happened: date, *, on: date | None = None) -> None:
    """Somebody on the list was sent it."""
    day, now = on or localdate(), _finished(opened, happened, on or localdate())
    if to not in {one.key for one in now.kind.addressees}:
        raise NotNow("not_for_this_role")
    now.keep(SENT, {"to": to, "on": happened.isoformat()}, on=day)
    _changed(now, day)
    trail.note("yearly.sent", by=str(now.by.pk), on=day)


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _again(opened: OpenReport) -> OpenReport:
    """The same under the lock of its row. Two who press at once: the second is told that it changed."""
    row = YearlyReport.objects.select_for_update().get(pk=opened.row.pk)
    if row.stamp != opened.row.stamp:
        raise NotNow("changed")
    return _opened(row, opened.kind, opened.keyring, opened.by)


def _draft(opened: OpenReport) -> OpenReport:
    now = _again(opened)
    if now.row.finished_on:
        raise NotNow("frozen")
    return now


def _finished(opened: OpenReport, happened: date, on: date) -> OpenReport:
    now = _again(opened)
    if now.row.finished_on is None:
        raise NotNow("not_finished")
    if not now.row.finished_on <= happened <= on:
        raise NotNow("not_on_that_day")
    return now


def _drop_draft(now: OpenReport) -> None:
    """What was written before is not kept beside what is written now."""
    SealedItem.objects.filter(compartment__scope=now.row.pk, compartment__kind=SEALED, slot=DRAFT).delete()


def _changed(now: OpenReport, on: date) -> None:
    """Whoever became one of its authors since gets a key, so that the report outlives who began it."""
    grants.regrant(now.keyring, now.row.pk, [SEALED], now.kind.authors(on))
    now.row.stamp += 1
    now.row.save(update_fields=["stamp"])
