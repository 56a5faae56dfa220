"""Everything the page of one complaint shows, gathered from the opened complaint. Opens nothing by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from haven.complaints import (
    aftercare,
    agreeing,
    disclosing,
    dispatching,
    documents,
    expertise,
    joined,
    parties,
    talking,
)
from haven.complaints.models import COURSE, Party, Served
from haven.complaints.readable import kind_of
from haven.desk import complaint_paper_forms as on_paper
from haven.desk import complaint_people_forms as of_people
from haven.desk.aftercare_of_parties import Aftercare
from haven.desk.complaint_forms import ComplaintForm, Facts, name_of
from haven.desk.complaint_lines import PaperLine, PartyLine, SeatLine
from haven.desk.complaint_list import TermLine, between, stage_of, terms_of
from haven.desk.complaint_sentences import FLAGS, LACKS
from haven.desk.complaint_steps import Steps
from haven.desk.forms import said
from haven.desk.hearing_page import HearingLine, lines_of
from haven.desk.masking_form import Mask
from haven.desk.sitting_forms import HEARINGS
from haven.people.models import User
from haven.rulebook.procedure import Step

PEOPLE: Sequence[type[ComplaintForm]] = (
    of_people.Invite,
    of_people.InviteAgain,
    of_people.Appoint,
    of_people.Admit,
    of_people.StepOut,
    of_people.HideName,
)
PAPERS: Sequence[type[ComplaintForm]] = (
    on_paper.File,
    on_paper.Approve,
    on_paper.Serve,
    Mask,
    on_paper.Hand,
    on_paper.Permit,
    on_paper.Sent,
)
OTHERS: Sequence[type[ComplaintForm]] = (
    Facts,
    on_paper.AskBoth,
    on_paper.RecordAnswer,
    of_people.Reply,
    on_paper.Join,
    on_paper.Disclose,
    Aftercare,
)
EVERY = {form.deed: form for form in (*PEOPLE, *PAPERS, *HEARINGS, *OTHERS)}


@dataclass
class ComplaintPage(Steps):
    """What the template draws."""

    @property
    def title(self) -> str:
        return between(self.opened)

    @property
    def stage(self) -> str:
        return stage_of(self.opened)

    @cached_property
    def terms(self) -> list[TermLine]:
        return terms_of(self.opened, localdate())

    # ── People ───────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def parties(self) -> list[PartyLine]:
        rows = self.row.parties.all().order_by("invited_on", "pk")
        return [
            PartyLine(
                one,
                name_of(self.opened, one),
                said(self.rules.role(one.role).name),
                self._known(one),
                self._reached(one),
            )
            for one in rows
        ]

    def _reached(self, party: Party) -> list[str]:
        """In which ways: for who keeps the file; and for the committee of those whom it invites by itself."""
        own = self.side == "committee" and self.rules.role(party.role).may_be_anonymous
        told = parties.reached(self.opened, party) if self.side == "office" or own else {}
        return [", ".join(str(told[one]).splitlines()) for one in parties.CONTACT if told.get(one)]

    def _known(self, party: Party) -> dict[str, Any]:
        return self.opened.people.get(party.pk, {})

    @cached_property
    def seats(self) -> list[SeatLine]:
        rows = self.row.seats.select_related("user").order_by("since", "pk")
        return [SeatLine(one, said(self.rules.role(one.role).name)) for one in rows]

    @property
    def expertise(self) -> list[str]:
        names = {one.key: said(one.label) for one in self.rules.expertise}
        return sorted(names.get(one, one) for one in expertise.there(self.opened))

    @property
    def expertise_missing(self) -> list[str]:
        return [said(one.label) for one in expertise.missing(self.opened)]

    # ── Papers ───────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def papers(self) -> list[PaperLine]:
        """In the order of the file, with on whom each was served."""
        names = {one.row.pk: one.name for one in self.parties}
        served: dict[UUID, list[tuple[str, date]]] = {}
        for row in Served.objects.filter(document__complaint=self.row).order_by("on", "pk"):
            served.setdefault(row.document_id, []).append((names.get(row.party_id, ""), row.on))
        approved = {UUID(one.payload["document"]) for one in self.opened.of(COURSE, "approved")}
        return [
            PaperLine(
                one,
                self._name(one),
                kind_of(self.rules, one.kind),
                said(self.rules.role(str(one.head["by"])).name) if one.head.get("by") else "",
                served.get(one.row.pk, []),
                one.row.pk in approved,
            )
            for one in self.opened.papers
        ]

    @property
    def inspections(self) -> list[tuple[date, str, str]]:
        """Who read which paper: a party by name, somebody of ours by theirs."""
        papers = {one.row.pk: one.name for one in self.papers}
        lines = documents.inspections(self.opened)
        ids = {who for _day, who, _paper in lines if who.isdigit() and len(who) < len(UUID(int=0).hex)}
        names = {str(one.pk): one.name for one in User.objects.known().filter(pk__in=ids)}
        names |= {one.row.pk.hex: one.name for one in self.parties}
        return [(day, names.get(who, ""), papers[paper]) for day, who, paper in reversed(lines) if paper in papers]

    # ── What is said beside papers ───────────────────────────────────────────────────────────────

    @property
    def talks(self) -> list[tuple[PartyLine, list[talking.Said]]]:
        found = [(one, talking.talk(self.opened, one.row)) for one in self.parties]
        return [(party, lines) for party, lines in found if lines]

    @property
    def wishes(self) -> list[tuple[str, str, talking.Wish]]:
        names = {one.key: said(one.name) for one in self.rules.requests}
        found = talking.requests(self.opened)
        return [(name_of(self.opened, one.party), names.get(one.kind, ""), one) for one in found]

    @property
    def questions(self) -> list[tuple[str, agreeing.Question, list[tuple[str, bool, date]]]]:
        names = {one.row.pk.hex: one.name for one in self.parties}
        return [
            (said(self.rules.step(one.step).name), one, [(names.get(who, ""), yes, on) for who, yes, on in one.answers])
            for one in agreeing.questions(self.opened)
        ]

    @property
    def _last(self) -> Step | None:
        return next((one for one in self.rules.steps if on_paper.STEP in one.needs), None)

    @property
    def lacking(self) -> list[str]:
        """Papers that belong to what everybody gets, and that no step has yet."""
        found = dispatching.missing(self.opened, self._last) if self._last else []
        return [kind_of(self.rules, one) for one in found]

    @property
    def dispatch(self) -> list[tuple[str, str, date | None]]:
        """Who gets everything before it is closed, and when they got it (R-001-99)."""
        step = self._last
        found = dispatching.recipients(self.opened, step) if step and dispatching.package(self.opened) else []
        names = {one.row.pk: one.name for one in self.parties}
        return [
            (said(self.rules.role(one.role).name), names.get(one.party.pk, "") if one.party else "", one.sent_on)
            for one in found
        ]

    @property
    def flags(self) -> list[str]:
        """What the letter lacks, and what it makes the committee look at."""
        head = self.opened.head
        looked = [FLAGS[one["key"]] for one in head.get("flags", ()) if one["key"] in FLAGS]
        return [str(one) for one in (*(LACKS[key] for key in head.get("lacks", ()) if key in LACKS), *looked)]

    @property
    def joined(self) -> list[str]:
        return joined.others(self.opened)

    @property
    def care(self) -> list[tuple[str, aftercare.Care]]:
        return [(name_of(self.opened, one.party), one) for one in aftercare.given(self.opened)]

    @property
    def not_asked(self) -> list[str]:
        """Whom the officers did not ask yet how they are, on either side."""
        found = aftercare.not_asked(self.opened) if self.side == "office" else []
        return [name_of(self.opened, one) for one in found]

    @property
    def disclosures(self) -> list[tuple[date, Any]]:
        return disclosing.disclosures(self.opened)

    @property
    def facts(self) -> list[str]:
        return [said(one.label) for one in self.rules.facts if one.key in self.opened.facts]

    # ── Deeds ────────────────────────────────────────────────────────────────────────────────────

    def _forms(self, every: Sequence[type[ComplaintForm]]) -> list[ComplaintForm]:
        if self.row.ended_on:
            every = [one for one in every if one in {of_people.Reply, on_paper.Disclose, Aftercare}]
        made = [form(opened=self.opened) for form in every if self.side in form.sides]
        again = self.failed
        return [again if again and one.deed == again.deed else one for one in made if one.fits]

    @cached_property
    def about_people(self) -> list[ComplaintForm]:
        return self._forms(PEOPLE)

    @cached_property
    def about_papers(self) -> list[ComplaintForm]:
        return self._forms(PAPERS)

    @cached_property
    def about_hearings(self) -> list[ComplaintForm]:
        return self._forms(HEARINGS)

    @cached_property
    def hearings(self) -> list[HearingLine]:
        return lines_of(self.opened) if self.side in {"committee", "office"} else []

    @cached_property
    def others(self) -> list[ComplaintForm]:
        return self._forms(OTHERS)
