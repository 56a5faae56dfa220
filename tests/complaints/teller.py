"""Tells a complaint as it happens: everybody at their own page, with what that page really offers, on the day it is. A
step that is not offered or that is refused fails the story."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from html import unescape
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from haven.complaints import entering, parties, seats, serving
from haven.complaints.actions import take_step
from haven.complaints.course import Told
from haven.complaints.models import Complaint, Served
from haven.complaints.opened import OpenComplaint, open_complaint, open_party
from haven.desk.complaint_list import TermLine
from haven.trail.models import Entry
from haven.ui.templatetags.ui import day as in_words
from haven.vault import reading
from haven.vault.models import Grant
from tests.complaints.at_the_door import AtTheDoor, the_form, wrong
from tests.complaints.court import CHAIR, MEMBERS, PASS, SECRETARY, Court
from tests.complaints.sheets import sheets
from tests.desk.conftest import sits_down
from tests.proofs.asking import NO_CASE, NO_FILE, Wire, on_the_wire, without_chance

COMPLAINANT, DEFENDANT, STORY = "Sanne Verzonnen", "Dirk Bedacht", "He shouted at me in every meeting."
PORTFOLIO, BOARD, SUPERVISOR = "petra portfolio", "boris board", "sara supervisor"
OWN = {
    "Confirmation of receipt": "complainant",
    "Information for the complainant": "complainant",
    "Information for the defendant": "defendant",
    "Invitation of the complainant": "complainant",
    "Invitation of the defendant": "defendant",
}
_LINE = re.compile(r'<li><a href="([^"]*/paper/[^"]+)"><b>(.*?)</b></a>')


@dataclass
class Teller(AtTheDoor):
    """`clock`: the fixture of time-machine. Several complaints can be told beside each other, of one court."""

    court: Court
    clock: Any
    reference: str = ""
    _seen: tuple[tuple[object, ...], Any] | None = None

    @property
    def row(self) -> Complaint:
        return Complaint.objects.get(reference=self.reference)

    @property
    def today(self) -> date:
        return localdate()

    def day(self, on: date) -> None:
        """It is another day: everybody comes in anew."""
        self.clock.move_to(datetime.combine(on, time(9), tzinfo=UTC))

    # ── The desk ─────────────────────────────────────────────────────────────────────────────────

    def desk(self, who: str) -> Client:
        key = (who, localdate())
        if key not in self.browsers:
            self.browsers[key] = sits_down(self.court.accounts[who])
        return self.browsers[key]

    @property
    def address(self) -> str:
        return reverse("desk:complaint", args=[self.reference])

    def page(self, who: str) -> Any:
        """The complaint as it stands; asked for again when something has changed."""
        if self._seen is None or self._seen[0] != self._now(who):
            answer = self.desk(who).get(self.address)
            assert answer.status_code == 200, (who, answer.status_code)
            self._seen = (self._now(who), answer)
        return self._seen[1]

    def _now(self, who: str) -> tuple[object, ...]:
        """What makes a page another page: who reads it, when, and everything that leaves a trail."""
        return who, localdate(), self.reference, self.row.stamp, Entry.objects.count()

    def reads(self, who: str) -> str:
        return unescape(self.page(who).content.decode())

    def offered(self, who: str) -> set[str]:
        return {one.place for one in sheets(self.page(who).content.decode(), self.address)}

    def steps(self, who: str) -> set[str]:
        return {one.removeprefix("step-") for one in self.offered(who) if one.startswith("step-")}

    def _sends(self, who: str, deed: str, told: dict[str, Any]) -> Any:
        every = sheets(self.page(who).content.decode(), self.address)
        form = next((one for one in every if one.place == deed), None)
        assert form, (who, deed, sorted(one.place for one in every))
        known = {key if key in form.asks else f"part-{key}": value for key, value in told.items()}
        return self.desk(who).post(form.action, form.filled(known))

    def does(self, who: str, deed: str, **told: Any) -> Any:
        answer = self._sends(who, deed, told)
        assert answer.status_code in {200, 302}, (who, deed, wrong(answer))
        return answer

    def step(self, who: str, key: str, **told: Any) -> None:
        assert self.does(who, f"step-{key}", **told).status_code == 302

    def takes(self, who: str, key: str, **contents: str) -> None:
        """A step without its page."""
        take_step(self.opened(who), key, Told(contents=contents))

    def joins(self, key: str, name: str) -> None:
        """Invited and come in, and given what the other side has, without the pages."""
        found = parties.invite(self.opened("officer"), key, {"name": name})
        begun = entering.enter_first_time(found.number, found.code, PASS)
        entering.accept_confidentiality(open_party(begun.keyring))
        self.letters[key] = (found.number, PASS)

    def refused(self, who: str, deed: str, why: str, **told: Any) -> None:
        """Offered, and not done: with this sentence."""
        before, answer = self.row.stamp, self._sends(who, deed, told)
        assert (answer.status_code, self.row.stamp) == (422, before), (who, deed)
        assert why in wrong(answer)

    def writes(self, who: str, kind: str, title: str, **told: Any) -> str:
        """A paper of this kind in the file."""
        said = {"kind": kind, "title": title, "text": f"The words of {title}.", "language": "English"}
        self.does(who, "file", **said | told)
        return title

    def draws(self, who: str, key: str, **told: Any) -> None:
        """A letter of the rulebook: filled in, looked at, issued."""
        path = reverse("desk:complaint_letter", args=[self.reference, key])
        assert f'href="{path}"' in self.reads(who), (who, key)
        desk, looked = self.desk(who), self.desk(who).get(path)
        for _time in range(2):  # what is ticked can make the letter ask for more
            form = the_form(looked, path, "letter")
            names = {name.rpartition("-")[2]: name for name in form.asks}
            looked = desk.post(
                path, form.filled({names[key]: one for key, one in told.items() if key in names}, "look")
            )
            if looked.status_code == 200:
                break
        assert looked.status_code == 200, (key, wrong(looked))
        issued = desk.post(path, the_form(looked, path, "letter").filled({}, "issue"))
        assert issued.status_code == 302, (key, wrong(issued))

    def paper(self, title: str) -> UUID:
        """The id of a paper, as the officers' page addresses it."""
        where = {name: path for path, name in _LINE.findall(self.reads("officer"))}
        return UUID(where[title].rstrip("/").rpartition("/")[2])

    def words(self, who: str, title: str) -> str:
        """A paper as somebody of ours reads it."""
        where = dict(_LINE.findall(self.reads(who)))
        answer = self.desk(who).get({name: path for path, name in where.items()}[title])
        assert answer.status_code == 200
        return unescape(answer.content.decode())

    def serves(self, who: str, *titles: str, how: str = "both") -> None:
        self.does(who, "serve", papers=list(titles), how=how)

    def registers(self, who: str = "officer", **told: Any) -> None:
        """A letter on paper, entered at the desk; the complainant comes in with the code that is shown."""
        path, desk = reverse("desk:register_complaint"), self.desk(who)
        known: dict[str, Any] = {
            "entity": "university",
            "name": COMPLAINANT,
            "relation": "employee",
            "defendant": DEFENDANT,
        }
        known |= {"description": STORY, "steps_taken": "none", "language": "English", "invoked": True}
        form = the_form(desk.get(path), path, "register")
        answer = desk.post(path, form.filled(known | told))
        assert answer.status_code == 200, wrong(answer)
        self.reference = re.findall(r"complaints/(\w{4}-\w{4})/", answer.content.decode())[0]
        self.comes_in("complainant", answer)

    def invites(self, key: str, *, who: str = "officer", **told: Any) -> None:
        self.comes_in(key, self.does(who, "invite", **told))

    def committee(self, *members: str) -> None:
        """Asked, declared and let in, without their pages: the story of a complaint against the board has those."""
        keys = {SECRETARY: "secretary", CHAIR: "chair", **dict.fromkeys(members or MEMBERS, "member")}
        self.court.secretary()
        for key, role in keys.items():
            self.seat(key, role) if role == "secretary" else self.seat(self._member(key), role)

    def _member(self, key: str) -> str:
        self.court.member(key)
        return key

    def choices(self, who: str, deed: str, name: str) -> list[str]:
        """What can be chosen there."""
        form = next(one for one in sheets(self.page(who).content.decode(), self.address) if one.place == deed)
        return [each.label.strip() for one in form.boxes if one.name == name for each in one.options or [one]]

    def asks(self, key: str, role: str) -> None:
        self.does("officer", "appoint", seat=f"{key.title()}: {role}")

    def asks_and_lets_in(self, key: str, role: str) -> None:
        """Asked for a seat; declared, having seen the names and nothing else; let in."""
        self.asks(key, role)
        assert self.desk(key).get(self.address).status_code == 404
        path = reverse("desk:complaints")
        asked = self.desk(key).get(path)
        form = the_form(asked, path, fields={"answer"})
        assert self.desk(key).post(form.action, form.filled({"answer": "yes"})).status_code == 302
        self.does("officer", "admit", seat=key.title())

    def seat(self, key: str, role: str) -> None:
        who = self.court.accounts[key]
        found = seats.appoint(self.opened("officer"), who.user, role)
        if found.admitted_on is None:
            assert who.keyring
            seats.declare(found, who.keyring, who.user, independent=True, accepts=True)
            seats.admit(self.opened("officer"), found)

    def opened(self, who: str) -> OpenComplaint:
        account = self.court.accounts[who]
        assert account.keyring
        return open_complaint(self.reference, keyring=account.keyring, by=account.user)

    # ── What a story ends with ───────────────────────────────────────────────────────────────────

    def alike(self, papers: dict[str, date], *sides: str, own: dict[str, set[str]] | None = None) -> None:
        """Each side was given these papers on these days, and beside them only what is its own."""
        for key in sides or ("complainant", "defendant"):
            mine, said = self.given(key), {one: f"Given to you on {in_words(day)}" for one, day in papers.items()}
            alone = {one for one in mine if one not in papers and not (one in OWN and OWN[one] in key)}
            assert ({one: mine.get(one) for one in papers}, alone) == (said, (own or {}).get(key, set())), key
        assert serving.unequal(self.row) == []
        days = {row.on for row in Served.objects.filter(document__complaint=self.row, exception="")}
        assert days == set(papers.values())

    def terms(self, who: str = "officer") -> dict[str, str]:
        """Every term that began, as the desk lists it."""
        lines: list[TermLine] = self.page(who).context["page"].terms
        text = self.reads(who)
        assert all(one.name in text for one in lines)
        return {one.running.term.key: one.state for one in lines}

    def ended(self, on: date | None, stage: str) -> None:
        assert self.row.ended_on == on
        assert stage in self.reads("officer")

    def unknown_to(self, *people: str) -> None:
        """To these it does not exist: not in a list, not in an address, not by a key."""
        paper = str(self.row.documents.values_list("pk", flat=True)[0])
        for who in people:
            assert self.reference not in self.desk(who).get(reverse("desk:complaints")).content.decode(), who
            assert self._wires(who, self.reference, paper) == self._wires(who, NO_CASE, NO_FILE), who
            ring = self.court.accounts[who].keyring
            assert ring
            assert reading.open_compartments(ring, [self.row.pk]) == {}, who
            assert not Grant.objects.filter(compartment__scope=self.row.pk, kid__in=ring.kids).exists()

    def _wires(self, who: str, reference: str, paper: str) -> list[tuple[Any, ...]]:
        every = [reverse("desk:complaint", args=[reference]), reverse("desk:complaint_whole", args=[reference])]
        every += [reverse("desk:complaint_paper", args=[reference, paper]), reverse("desk:handed_paper", args=[paper])]
        wires: list[Wire] = [on_the_wire(self.desk(who).get(path)) for path in every]
        return [without_chance(one, reference, paper) for one in wires]
