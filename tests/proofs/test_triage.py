"""A machine that does every deed on cases, at random and in any order: nothing leaves “new” without a result of
screening, nothing urgent ends without an action or a reason, only anonymous reports without urgency are filed, and
every case that ended has one row, of its last kind."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test

from haven.cases import actions, links, reminders, triage
from haven.cases.actions import NotNow
from haven.cases.models import Case, State
from haven.cases.opened import OpenCase
from haven.dialogue import actions as dialogue
from haven.rulebook import shelf
from haven.rulebook.counsellors import NOTIFICATION
from haven.rulebook.routes import NOT_A_REPORT, SCREENING
from tests import counted
from tests.institution import Institution
from tests.proofs.filled import open_for
from tests.proves import proves

KINDS = ["question", "report", "complaint", "talk"]


@dataclass
class Known:
    case: Case
    code: str
    kind: str = "report"


class SortingOut(RuleBasedStateMachine):
    cases = Bundle("cases")
    house: Institution  # set by the test, which owns the fixtures

    def __init__(self) -> None:
        super().__init__()
        self.atom = transaction.atomic()
        self.atom.__enter__()
        self.known: list[Known] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atom.__exit__(None, None, None)

    def opened(self, one: Known) -> OpenCase:
        return open_for(self.house.readers[0], one.case)

    @rule(target=cases, mode=st.sampled_from(["anonymous", "named"]), urgent=st.booleans())
    def somebody_reports(self, mode: str, urgent: bool) -> Any:  # noqa: FBT001  drawn
        one = Known(*self.house.report({"mode": mode, "name": "Sam"}, urgent=urgent))
        self.known.append(one)
        return multiple(one)

    @rule(one=cases, result=st.sampled_from(SCREENING[:4]))
    def screens(self, one: Known, result: str) -> None:
        with suppress(NotNow):
            actions.screen(self.opened(one), result)

    @rule(one=cases, deed=st.sampled_from(["note", "attempt", "answer", "assign", "act", "assess", "tag", "remind"]))
    def works_on_it(self, one: Known, deed: str) -> None:
        deeds = {
            "note": lambda case: actions.note(case, "A note."),
            "attempt": lambda case: actions.record_attempt(case, way="phone", reached=False),
            "answer": lambda case: dialogue.answer(case, "An answer."),
            "assign": lambda case: actions.assign(case, to=self.house.readers[1].user),
            "act": lambda case: triage.act(case, "listened"),
            "assess": lambda case: triage.assess(case, "bullying"),
            "tag": lambda case: triage.tag(case, ("one",)),
            "remind": lambda case: reminders.remind(case, day=localdate() + timedelta(days=1)),
        }
        with suppress(NotNow):
            deeds[deed](self.opened(one))

    @rule(one=cases, kind=st.sampled_from(KINDS))
    def changes_the_kind(self, one: Known, kind: str) -> None:
        with suppress(NotNow):
            triage.change_kind(self.opened(one), kind, reason="There is more to it.")
            one.kind = kind

    @rule(one=cases, other=cases)
    def links_or_unlinks(self, one: Known, other: Known) -> None:
        with suppress(NotNow):
            if any(found.case.pk == other.case.pk for found in links.linked(self.opened(one))):
                links.unlink(self.opened(one), self.opened(other))
            else:
                links.link(self.opened(one), self.opened(other), about="together")

    @rule(one=cases)
    def the_reporter_writes(self, one: Known) -> None:
        box = dialogue.open_mailbox(one.code)
        with suppress(NotNow):
            if box is not None:
                dialogue.write(box, "One more thing.")

    @rule(one=cases, reason=st.sampled_from(["", "There was nothing to do."]))
    def closes(self, one: Known, reason: str) -> None:
        with suppress(NotNow):
            actions.close(self.opened(one), outcome="talked", category="bullying", destination="none", reason=reason)

    @rule(one=cases, reason=st.sampled_from(["", "An advertisement."]))
    def files_as_spam(self, one: Known, reason: str) -> None:
        with suppress(NotNow):
            triage.spam(self.opened(one), reason=reason)

    @rule(one=cases)
    def reopens(self, one: Known) -> None:
        with suppress(NotNow):
            triage.reopen(self.opened(one), reason="It goes on.")

    @rule(one=cases)
    def the_reporter_withdraws(self, one: Known) -> None:
        box = dialogue.open_mailbox(one.code)
        with suppress(NotNow):
            if box is not None:
                dialogue.withdraw(box)

    @invariant()
    def nothing_left_new_without_a_result(self) -> None:
        for one in self.known:
            case, opened = Case.objects.get(pk=one.case.pk), self.opened(one)
            screened = [found.payload["result"] for found in opened.of("internal", "screening")]
            if case.state == State.NEW:
                assert case.screened_on is None
                assert screened[-1:] in ([], ["spam"]), "what was taken for spam and reopened waits for a new result"
            elif case.state != State.WITHDRAWN:
                assert case.screened_on is not None
                assert screened

    @invariant()
    def only_anonymous_and_not_urgent_is_filed(self) -> None:
        for one in self.known:
            case = Case.objects.get(pk=one.case.pk)
            if case.state == State.FILED:
                assert (case.urgent, self.opened(one).head["mode"]) == (False, "anonymous")

    @invariant()
    def nothing_urgent_is_closed_without_an_action_or_a_reason(self) -> None:
        for one in self.known:
            case, opened = Case.objects.get(pk=one.case.pk), self.opened(one)
            if case.urgent and case.state == State.CLOSED:
                acted = opened.of("internal", "action") or opened.of("internal", "attempt")
                assert acted or opened.one("internal", "closing")["reason"]

    @invariant()
    def every_case_that_ended_has_one_row_of_its_last_kind(self) -> None:
        ended: Counter[str] = Counter()
        for one in self.known:
            case = Case.objects.get(pk=one.case.pk)
            spam = case.state == State.CLOSED and self.opened(one).one("internal", "closing")["outcome"] == NOT_A_REPORT
            ended[NOT_A_REPORT if spam else one.kind] += case.ended
        rows = Counter(one.kind for one in counted.ended())
        assert rows == +ended


@pytest.mark.django_db
@proves("R-000-06", "R-000-30", "R-002-10", "R-002-11", "R-002-12")
def test_no_deed_and_no_order_of_deeds_drops_anything(settings_of_house: Institution) -> None:
    assert SCREENING[4:] == ("spam",)
    assert {*KINDS, NOTIFICATION, "privacy", NOT_A_REPORT} == {kind.key for kind in shelf.current().intake.kinds}
    SortingOut.house = settings_of_house
    run_state_machine_as_test(
        SortingOut,
        settings=settings(
            max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.fixture
def settings_of_house(settings: Any) -> Institution:
    return Institution(settings).with_readers(3)
