"""The invented formal complaints: each letter as the site sends it, and what everybody did with it, through the room.

The words and the order of the deeds stand in complaints.toml. The parties who came in have the passphrase of the staff.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, partial
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from haven.complaints import documents, entering, insiders, letter, parties, seats, sending, serving
from haven.complaints.actions import take_step
from haven.complaints.course import Told
from haven.complaints.models import Complaint, Party, Seat
from haven.complaints.opened import OpenComplaint, open_complaint, open_party
from haven.config.demo import content
from haven.config.demo.content import HERE, Days, Read, Words
from haven.config.demo.playing import Deed, Member
from haven.rulebook import shelf


class Named(Read):
    name: str
    function: str
    relation: str
    employed: bool = False
    mail: str


class Paper(Read):
    key: str
    title: str
    text: Words
    within: tuple[str, ...] = documents.EVERYBODY
    about: str = ""  # the party whose own it is
    approved_by: str = ""


class Acted(Read):
    """One deed of one person: a step, or what a step needs. `by` and `person` are keys of the staff, or of a party."""

    days_after: Days
    by: str = "nadia"
    step: str = ""
    contents: dict[str, str] = {}
    papers: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    more: int = 0
    invite: str = ""
    enter: str = ""
    seat: str = ""
    person: str = ""
    file: Paper | None = None
    serve: tuple[str, ...] = ()
    serve_as: str = ""  # the exception of the regulation, for a paper of one side


class Written(Read):
    """One complaint. `code`: of the form on the site, so that its parties can be found again to be shown."""

    code: str
    days_ago: Days
    language: Literal["nl", "en"]
    kind: str = "complaint"
    entity: str = "university"
    complainant: Named
    defendant: Named
    description: Words
    steps_taken: Words
    categories: tuple[str, ...]
    incident_days_before: Days
    shown: bool = False
    deed: tuple[Acted, ...] = Field(default=())


class AllWritten(BaseModel):
    complaint: tuple[Written, ...]


@cache
def written() -> tuple[Written, ...]:
    return AllWritten.model_validate(tomllib.loads((HERE / "complaints.toml").read_text(encoding="utf-8"))).complaint


def row_of(one: Written) -> Complaint:
    found = sending.find(one.code)
    if found is None:
        raise RuntimeError("A complaint of the demo did not come in.")
    return found.row


def to_show() -> list[Party]:
    """The parties whose door a visitor can look through. A demo of an older version has none."""
    rows = [found.row for one in written() if one.shown and (found := sending.find(one.code))]
    return list(Party.objects.filter(complaint__in=rows, accepted_on__isnull=False).order_by("role"))


@dataclass(frozen=True)
class Course:
    """One complaint while it is being played: what was filed, and who came in."""

    told: Written
    staff: Mapping[str, Member]
    today: date
    papers: dict[str, UUID] = field(default_factory=dict)
    codes: dict[str, parties.Invitation] = field(default_factory=dict)

    def deeds(self) -> list[Deed]:
        """As those of a report: each on a working day that is not before the one of the deed before it."""
        calendar = shelf.current().calendar
        arrived = calendar.on_or_after(self.today - timedelta(days=self.told.days_ago))
        found, day = [Deed(min(arrived, self.today), self._arrive)], arrived
        for acted in self.told.deed:
            day = max(day, calendar.on_or_after(arrived + timedelta(days=acted.days_after)))
            day = min(day, self.today)
            found.append(Deed(day, partial(self._act, acted)))
        return found

    def _arrive(self, day: date) -> None:
        told, shown = self.told, {one.kid for one in insiders.officers(day)}
        words = told.model_dump(include={"description", "steps_taken", "categories", "language"})
        sent = letter.Letter(
            complainant=letter.Person(**told.complainant.model_dump()),
            defendants=(letter.Person(**told.defendant.model_dump()),),
            invoked=True,
            kind=told.kind,
            entity=told.entity,
            incident_to=day - timedelta(days=told.incident_days_before),
            received_on=day,
            **words,
        )
        arrived = sending.send(sent, key=told.code, shown=shown, on=day)
        party = Party.objects.get(number=arrived.number)
        self.codes["complainant"] = parties.Invitation(party, arrived.code)
        self.papers["letter"] = arrived.row.documents.get().pk

    def _opened(self, key: str) -> OpenComplaint:
        one = self.staff[key]
        return open_complaint(row_of(self.told).reference, keyring=one.keyring, by=one.user)

    def _act(self, acted: Acted, day: date) -> None:
        does: dict[str, Callable[[Acted, date], object]] = {
            "step": self._step,
            "invite": self._invite,
            "enter": self._enter,
            "seat": self._seat,
            "file": self._file,
            "serve": self._serve,
        }
        for name, do in does.items():
            if getattr(acted, name):
                do(acted, day)

    def _step(self, acted: Acted, day: date) -> None:
        there = [self._place(key) for key in acted.present]
        papers = [self.papers[key] for key in acted.papers]
        told = Told(contents=acted.contents, documents=papers, present=there, more=acted.more)
        take_step(self._opened(acted.by), acted.step, told, on=day)

    def _place(self, key: str) -> UUID:
        """The id under which somebody is present: of their seat, or of the party."""
        if key in self.codes:
            return self.codes[key].party.pk
        return Seat.objects.admitted().get(complaint=row_of(self.told), user=self.staff[key].user).pk

    def _invite(self, acted: Acted, day: date) -> None:
        person = self.told.defendant.model_dump() | {"language": self.told.language}
        self.codes[acted.invite] = parties.invite(self._opened(acted.by), acted.invite, person, on=day)

    def _enter(self, acted: Acted, day: date) -> None:
        """With the code of the letter; then a passphrase of their own, and confidentiality."""
        came = self.codes[acted.enter]
        begun = entering.enter_first_time(came.number, came.code, content.people().passphrase, on=day)
        entering.accept_confidentiality(open_party(begun.keyring), on=day)

    def _seat(self, acted: Acted, day: date) -> None:
        one = self.staff[acted.person]
        seat = seats.appoint(self._opened("nadia"), one.user, acted.seat, on=day)
        if seat.admitted_on is None:
            seats.declare(seat, one.keyring, one.user, independent=True, accepts=True, on=day)
            seats.admit(self._opened(acted.by), seat, on=day)

    def _file(self, acted: Acted, day: date) -> None:
        if acted.file is None:
            return
        paper = acted.file
        about = self.codes[paper.about].party if paper.about else None
        draft = documents.Draft(
            kind=paper.key, title=paper.title, text=paper.text, language=self.told.language, within=paper.within,
            about=about,
        )  # fmt: skip
        self.papers[paper.key] = documents.file_document(self._opened(acted.by), draft, on=day).pk
        if paper.approved_by:
            documents.approve(self._opened(paper.approved_by), self.papers[paper.key], on=day)

    def _serve(self, acted: Acted, day: date) -> None:
        serving.serve(
            self._opened(acted.by), [self.papers[key] for key in acted.serve], exception=acted.serve_as, on=day
        )
