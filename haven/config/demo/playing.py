"""One report of the demo and what came of it, as deeds that are each done on a day."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any

from django.conf import settings

from haven.cases import actions as cases
from haven.cases import advisers, consent
from haven.cases.files import ParkedFile
from haven.cases.opened import OpenCase, open_case
from haven.config.demo import content
from haven.dialogue import actions as dialogue
from haven.intake import actions as intake
from haven.intake import questionnaire
from haven.intake.safe import make_safe
from haven.people.models import User
from haven.rulebook import shelf
from haven.rulebook.consent import NOWHERE
from haven.rulebook.questions import Answers
from haven.vault import codes
from haven.vault.files import SealedWriter
from haven.vault.handler import sniff
from haven.vault.models import KeyBundle
from haven.vault.unlocking import Keyring


@dataclass(frozen=True)
class Member:
    """An invented member of staff, with open keys for as long as the demo is being loaded."""

    user: User
    bundle: KeyBundle
    keyring: Keyring = field(repr=False)


@dataclass(frozen=True)
class Deed:
    day: date
    do: Callable[[date], object]


@dataclass(frozen=True)
class Step:
    """What is done some days after the report came in. The team works on working days; a reporter writes on any day."""

    days_after: int
    do: Callable[[date], object]
    by_team: bool = True


@dataclass(frozen=True)
class Played:
    report: content.Report
    staff: Mapping[str, Member]
    today: date
    files: Sequence[Future[ParkedFile]] = ()

    def deeds(self) -> list[Deed]:
        """In order, each on a day that is not before the one of the deed before it, and never in the future."""
        arrived = self.today - timedelta(days=self.report.days_ago)
        found, day = [], arrived
        for step in sorted(self._steps(), key=lambda step: step.days_after):
            wanted = arrived + timedelta(days=step.days_after)
            if step.by_team:
                wanted = shelf.current().calendar.on_or_after(wanted)
            day = min(max(day, wanted), self.today)
            found.append(Deed(day, step.do))
        return found

    def _steps(self) -> list[Step]:
        report = self.report
        steps = [Step(0, self._arrive, by_team=False), *self._screened()]
        steps += [Step(one.days_after, partial(self._attempt, one)) for one in report.attempts]
        steps += [self._said(one) for one in report.dialogue]
        steps += [Step(one.days_after, partial(self._note, one)) for one in report.notes]
        return [*steps, *self._ending()]

    def _screened(self) -> list[Step]:
        report, steps = self.report, []
        if report.screening:
            steps.append(Step(report.screening.days_after, self._screen))
        if report.given:
            steps.append(Step(report.given.days_after, self._give))
        if report.reveal:
            steps.append(Step(report.reveal.days_after, self._reveal))
        return steps

    def _said(self, message: content.Message) -> Step:
        by_team = message.sender == "team"
        deed = self._answer if by_team else self._write
        return Step(message.days_after, partial(deed, message), by_team=by_team)

    def _ending(self) -> list[Step]:
        report = self.report
        if report.closing:
            return [Step(report.closing.days_after, self._close)]
        if report.withdrawn_after is not None:
            return [Step(report.withdrawn_after, self._withdraw, by_team=False)]
        waits = bool(report.dialogue) and report.dialogue[-1].sender == "reporter"
        return [Step(report.days_ago, self._read, by_team=False)] if waits and not report.unread else []

    @cached_property
    def _code(self) -> str:
        return self.report.code or codes.new_code()

    @cached_property
    def _answers(self) -> Answers:
        return questionnaire.clean(self.report.answers)

    def _arrive(self, day: date) -> None:
        report = self.report
        keeper = self.staff.get(report.assignee) if self._answers.get("mode") == "confidential" else None
        intake.submit(
            intake.Report(
                code=self._code,
                answers=self._answers,
                language=report.language,
                route=report.route or shelf.current().route_for(self._answers).key,
                struck_out=frozenset(self.staff[key].bundle.kid for key in report.struck_out),
                keeper=keeper.bundle.kid if keeper else "",
                urgent=report.urgent,
                readback=bool(report.code),
                channel=report.channel,
                taken=self._taken(),
                files=[one.result() for one in self.files],
            ),
            on=day,
        )

    def _taken(self) -> dict[str, Any]:
        """Who wrote it down, as the desk keeps it."""
        if not self.report.taken_by:
            return {}
        by = self.staff[self.report.taken_by].user
        return {"by": by.name, "person": by.pk, "told": True, "deleted": self.report.channel == "mail"}

    def _mailbox(self) -> dialogue.OpenMailbox:
        box = dialogue.open_mailbox(self._code)
        if box is None:
            raise RuntimeError(f"The mailbox of “{self.report.key}” does not open.")
        return box

    @cached_property
    def _reference(self) -> str:
        return self._mailbox().case.reference

    def _opened(self) -> OpenCase:
        """The case as the person who handles it opens it."""
        member = self.staff[self.report.assignee]
        return open_case(self._reference, keyring=member.keyring, by=member.user)

    def _screen(self, day: date) -> None:
        if self.report.screening is None:
            return
        result = self.report.screening.result
        cases.screen(self._opened(), result, on=day)
        if result != "file":
            cases.assign(self._opened(), to=self.staff[self.report.assignee].user, on=day)

    def _give(self, day: date) -> None:
        if self.report.given:
            advisers.give(self._opened(), to=self.staff[self.report.given.to].user, on=day)

    def _reveal(self, day: date) -> None:
        if self.report.reveal:
            cases.reveal(self._opened(), reason=self.report.reveal.reason, on=day)

    def _attempt(self, attempt: content.Attempt, day: date) -> None:
        cases.record_attempt(self._opened(), way=attempt.way, reached=attempt.reached, remark=attempt.note, on=day)

    def _note(self, note: content.Note, day: date) -> None:
        cases.note(self._opened(), note.text, on=day)

    def _answer(self, message: content.Message, day: date) -> None:
        dialogue.answer(self._opened(), message.text, on=day)

    def _write(self, message: content.Message, day: date) -> None:
        dialogue.write(self._mailbox(), message.text, on=day)

    def _read(self, _day: date) -> None:
        cases.seen(self._opened())

    def _close(self, day: date) -> None:
        if self.report.closing:
            closing = self.report.closing
            if closing.destination != NOWHERE:
                consent.signpost(self._opened(), closing.destination, on=day)
            cases.close(
                self._opened(),
                outcome=closing.outcome,
                category=closing.category,
                destination=closing.destination,
                on=day,
            )

    def _withdraw(self, day: date) -> None:
        dialogue.withdraw(self._mailbox(), on=day)


def parked(name: str) -> ParkedFile:
    """A file as the upload handler would have sealed it, made safe."""
    data = (content.FILES / name).read_bytes()
    writer = SealedWriter(settings.BLOB_ROOT)
    writer.write(data)
    info = writer.finish()
    return make_safe(ParkedFile(info, name, sniff(data), info.size), keep_original=False)
