"""After the kills: look at every case with the keys of those who may read it, and at every byte of the folder."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from uuid import UUID

from django.db import connection

from benchmarks.members import Member
from haven.cases.models import Case
from haven.dialogue.models import Mailbox
from haven.trail.actions import broken_at
from haven.trail.models import Entry
from haven.vault import codes, files, reading
from haven.vault.errors import CannotOpen
from haven.vault.files import SealedFileInfo
from haven.vault.models import Compartment, Grant, SealedFile
from haven.vault.reading import Opened
from tests.faults.harness import RUN, Sent, Tally

BATCH = 500
KNOWN_BY = {"anonymous": 0, "confidential": 1}  # how many may open the name; by name: all who read
type Items = Mapping[UUID, list[Opened]]


class Check:
    """One look at everything. `tally` holds what was found wrong, and how much was looked at."""

    def __init__(self, sent: Sequence[Sent], staff: Sequence[Member], folder: Path) -> None:
        self.sent, self.staff, self.folder = sent, staff, folder
        self.by_lookup = {codes.lookup_id(one.code): one for one in sent}
        self.stories: Counter[str] = Counter()
        self.tally = Tally()

    def run(self) -> Tally:
        cases = list(Case.objects.order_by("pk"))
        for start in range(0, len(cases), BATCH):
            self._cases(cases[start : start + BATCH])
        self._acknowledged()
        self.tally.duplicates += [story for story, count in self.stories.items() if count > 1]
        self._trail(cases)
        self._database({case.pk for case in cases})
        self.tally.plaintext += plaintext_in(self.folder)
        self._count(len(cases))
        return self.tally

    def _acknowledged(self) -> None:
        stored = {bytes(lookup) for lookup in Mailbox.objects.values_list("lookup", flat=True)}
        kept = [one for one in self.sent if one.acknowledged]
        self.tally.lost += [one.word("story") for one in kept if codes.lookup_id(one.code) not in stored]
        self.tally.looked_at["reports acknowledged"] = len(kept)
        self.tally.looked_at["never acknowledged"] = len(self.sent) - len(kept)

    def _cases(self, cases: Sequence[Case]) -> None:
        ids = [case.pk for case in cases]
        mailboxes = {box.case_id: box for box in Mailbox.objects.filter(case__in=ids)}
        opened = [reading.open_items(one.keyring, ids) for one in self.staff]
        for case in cases:
            box = mailboxes.get(case.pk)
            sent = self.by_lookup.get(bytes(box.lookup)) if box else None
            problem = "no mailbox" if sent is None else self._problem(case, sent, opened)
            if problem:
                self.tally.halves.append(f"{case.reference}: {problem}")
            for one in opened[0].get(case.pk, []):
                if one.item.slot == "answers" and not one.damaged:
                    self.stories[one.payload["answers"]["story"].split()[0]] += 1

    def _problem(self, case: Case, sent: Sent, opened: Sequence[Items]) -> str:
        """What is missing of this case, or nothing. Everyone of the route must be able to open all that is theirs."""
        kinds = {"report", "replies", "internal"} | ({"identity"} if sent.mode != "anonymous" else set())
        if set(Compartment.objects.filter(scope=case.pk).values_list("kind", flat=True)) != kinds:
            return "compartments missing"
        expected = ["replies/coarse", "report/answers", *(["report/file"] if sent.file else []), "report/head"]
        everyone = [items.get(case.pk, []) for items in opened]
        for items in everyone:
            slots = sorted(f"{one.kind}/{one.item.slot}" for one in items if one.kind != "identity" and not one.damaged)
            if slots != expected:
                return f"items that open: {slots}"
        return _words(sent, everyone) or _file(sent, everyone[0], self.folder)

    def _trail(self, cases: Iterable[Case]) -> None:
        """The chain holds, with exactly one line for each case."""
        if (line := broken_at()) is not None:
            self.tally.damage.append(f"trail broken at {line}")
        received = Counter(Entry.objects.filter(did="report.received").values_list("subject", flat=True))
        wrong = [case.reference for case in cases if received.pop(case.reference, 0) != 1]
        self.tally.halves += [f"{reference}: not one line in the trail" for reference in [*wrong, *received]]

    def _database(self, cases: set[UUID]) -> None:
        """As SQLite sees it, and rows that belong to nothing."""
        if connection.vendor == "sqlite":
            link = sqlite3.connect(self.folder / "haven.sqlite3")
            verdict = link.execute("PRAGMA integrity_check").fetchone()[0]
            orphans = link.execute("PRAGMA foreign_key_check").fetchall()
            link.close()
            self.tally.damage += [f"integrity: {verdict}"] if verdict != "ok" else []
            self.tally.damage += [f"row without its parent: {row}" for row in orphans]
        scopes = set(Compartment.objects.values_list("scope", flat=True)) - cases
        self.tally.halves += [f"compartment of no case: {scope}" for scope in scopes]

    def _count(self, cases: int) -> None:
        blobs = [path for path in (self.folder / "blobs").glob("*") if path.suffix != files.PART]
        self.tally.looked_at |= {
            "cases": cases,
            "grants": Grant.objects.count(),
            "sealed files": SealedFile.objects.count(),
            "files for the sweeper": len(blobs) - SealedFile.objects.count(),
            "unfinished parts": len(list((self.folder / "blobs").glob(f"*{files.PART}"))),
        }


def _words(sent: Sent, everyone: Sequence[list[Opened]]) -> str:
    knows = sum(any(one.kind == "identity" and not one.damaged for one in items) for items in everyone)
    if knows != KNOWN_BY.get(sent.mode, len(everyone)):
        return f"the name opens for {knows}"
    said = dict(next(one.payload["answers"] for one in everyone[0] if one.item.slot == "answers"))
    for items in everyone:
        said |= next((one.payload for one in items if one.kind == "identity"), {})
    return "" if said == sent.answers else "the words are not what was sent"


def _file(sent: Sent, items: Iterable[Opened], folder: Path) -> str:
    if not sent.file:
        return ""
    about = next(one.payload for one in items if one.item.slot == "file")
    info = SealedFileInfo.from_dict(about)
    if not SealedFile.objects.filter(pk=info.blob).exists():
        return "no row of the file"
    try:
        same = b"".join(files.open_verified(folder / "blobs", info)) == sent.file
    except CannotOpen:
        return "the file does not open"
    return "" if same and about["name"] == sent.file_name else "the file is not what was sent"


def plaintext_in(folder: Path) -> list[str]:
    """Files that hold a unique word of this run, as UTF-8 or UTF-16."""
    marks = (RUN.encode(), RUN.encode("utf-16-le"))
    every = (path for path in folder.rglob("*") if path.is_file())
    return [str(path.relative_to(folder)) for path in every if any(mark in path.read_bytes() for mark in marks)]
