"""The steps of one complaint, as its page shows them: taken, open to this role, of others, and still shut."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from haven.complaints import actions, behalf, course, regulation
from haven.complaints.course import Done
from haven.complaints.models import Complaint
from haven.complaints.opened import OpenComplaint, Paper
from haven.complaints.readable import kind_of
from haven.desk.complaint_forms import ComplaintForm, StepForm, paper_name
from haven.desk.complaint_lines import ShutStep, Taken, part_of
from haven.desk.complaint_sentences import why_shut
from haven.desk.forms import said
from haven.rulebook import course as engine
from haven.rulebook import shelf
from haven.rulebook.procedure import Procedure, Step


@dataclass
class Steps:
    """`failed`: a form that was sent and has to be shown again as it was filled in."""

    opened: OpenComplaint
    failed: ComplaintForm | None = None

    @property
    def row(self) -> Complaint:
        return self.opened.row

    @cached_property
    def rules(self) -> Procedure:
        return regulation.of(self.row)

    @property
    def side(self) -> str:
        return self.rules.side(self.opened.seat.role)

    @property
    def role(self) -> str:
        return said(self.rules.role(self.opened.seat.role).name)

    def _name(self, paper: Paper) -> str:
        return paper_name(self.rules, paper.kind, paper.title)

    @property
    def taken(self) -> list[Taken]:
        return [self._taken(one) for one in reversed(course.done(self.opened))]

    def _taken(self, done: Done) -> Taken:
        step = self.rules.step(done.step)
        known = {str(one.row.pk.hex): (one.row.pk, self._name(one)) for one in self.opened.papers}
        papers = [known[one] for one in done.documents if one in known]
        parts = [line for one in step.contents if (line := part_of(one, done))]
        return Taken(said(step.name), step.article, done.on, said(self.rules.role(done.by).name), parts, papers)

    @cached_property
    def open_steps(self) -> Sequence[Step]:
        return () if self.row.ended_on else actions.open_to(self.opened)

    @property
    def steps(self) -> list[StepForm]:
        """A form for each step that is open; the one that came back as it was filled in."""
        elsewhere = {one.records for one in self.rules.hearings}  # taken with the hearing that it is of
        ours = [one for one in self.open_steps if one.key not in elsewhere]
        return self._as_sent([StepForm(opened=self.opened, step=one) for one in ours])

    @property
    def for_others(self) -> list[StepForm]:
        """Steps of parties and bodies outside that an officer can record."""
        return self._as_sent([StepForm(opened=self.opened, step=one) for one in behalf.steps(self.opened)])

    def _as_sent(self, forms: list[StepForm]) -> list[StepForm]:
        failed = self.failed
        return [failed if isinstance(failed, StepForm) and one.deed == failed.deed else one for one in forms]

    @property
    def shut(self) -> list[ShutStep]:
        """What is for this role later, and what it waits for."""
        happened, found = course.of(self.opened), []
        for step in self.rules.steps:
            why = engine.shut_because(self.rules, happened, step, self.opened.seat.role)
            if why and why.why in {"not_yet", "part"} and not self.row.ended_on:
                found.append(ShutStep(said(step.name), step.article, why_shut(self.rules, why)))
        return found

    @property
    def last_letters(self) -> list[tuple[str, str]]:
        """The letters of the step with which it ended, for the officers: a party can end it, and draws up nothing."""
        ended = [step for one in course.done(self.opened) if (step := self.rules.step(one.step)).ends]
        keys = [key for step in ended for key in step.letters] if self.side == "office" else []
        return [(key, kind_of(self.rules, key)) for key in keys]

    @property
    def other_letters(self) -> list[tuple[str, str]]:
        """Letters that belong to no step and no term, such as asking a third party for permission."""
        rules, every = self.rules, {one.key for one in shelf.current().papers.papers}
        placed = {key for one in rules.steps for key in one.letters} | {one.letter for one in rules.terms}
        running = self.side == "office" and not self.row.ended_on
        keys = [one.key for one in rules.papers if running and one.key in every - placed]
        return [(key, kind_of(rules, key)) for key in keys]
