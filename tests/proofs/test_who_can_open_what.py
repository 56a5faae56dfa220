"""A machine that reports, assigns, gives, reveals, withdraws, forgets at random: who can open what equals its model."""

from typing import Any

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test

from haven.cases import actions, advisers, consent, referral, retention, triage
from haven.cases.agreed import Scope
from haven.cases.consent import Request
from haven.cases.models import Case
from haven.cases.stepping_back import step_back
from haven.dialogue import actions as dialogue
from haven.dialogue import consent as mailbox
from tests.advisers import PROFESSIONALS, adviser
from tests.counted import ended
from tests.institution import Institution, Person
from tests.proofs.expected import Expected
from tests.proofs.filled import open_for
from tests.proves import proves

PEOPLE = st.integers(min_value=0, max_value=4)
ADVISERS = st.integers(min_value=5, max_value=6)
ANYBODY = st.integers(min_value=0, max_value=6)
MODES = st.sampled_from(["anonymous", "confidential", "named"])


class WhoCanOpenWhat(RuleBasedStateMachine):
    cases = Bundle("cases")
    house: Institution  # set by the test, which owns the fixtures
    others: list[Person]

    def __init__(self) -> None:
        super().__init__()
        self.atom = transaction.atomic()
        self.atom.__enter__()
        self.staff: list[Person] = self.house.readers
        self.known: list[Expected] = []
        self.counted = len(ended())

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atom.__exit__(None, None, None)

    @rule(target=cases, mode=MODES, struck=st.sets(PEOPLE, max_size=3), keeper=PEOPLE, readback=st.booleans())
    def somebody_reports(self, mode: str, struck: set[int], keeper: int, readback: bool) -> Expected:  # noqa: FBT001  drawn
        more: dict[str, Any] = {"struck_out": frozenset(self.staff[n].kid for n in struck), "readback": readback}
        left = sorted(set(range(5)) - struck)
        keeper = keeper if keeper in left else left[0]
        case, code = self.house.report({"mode": mode, "name": "Sam"}, keeper=self.staff[keeper].kid, **more)
        knows = {"anonymous": set(), "confidential": {keeper}, "named": set(left)}[mode]
        expected = Expected(case, code, set(left), knows, readback, struck, mode)
        self.known.append(expected)
        return expected

    def _opened(self, one: Expected, who: int) -> Any:
        return None if one.ended or one.gone else self.staff[who].opens(Case.objects.get(pk=one.case.pk))

    @rule(one=cases, by=PEOPLE, to=PEOPLE)
    def somebody_assigns(self, one: Expected, by: int, to: int) -> None:
        opened = self._opened(one, by)
        if opened is None:
            return
        if to in one.struck_out:
            with pytest.raises(actions.NotNow):
                actions.assign(opened, to=self.staff[to].user)
        else:
            actions.assign(opened, to=self.staff[to].user)
            one.readers.add(to)
            one.handler = to
            one.advisers_leave()

    @rule(one=cases, by=ANYBODY, to=ANYBODY)
    def somebody_gives_it_to_an_adviser(self, one: Expected, by: int, to: int) -> None:
        opened = self._opened(one, by)
        if opened is None:
            return
        if by > 4 or to < 5 or to == one.handler or to in one.struck_out:
            with pytest.raises(actions.NotNow):
                advisers.give(opened, to=self.staff[to].user)
            return
        advisers.give(opened, to=self.staff[to].user)
        one.advisers_leave(but=to)
        one.readers.add(to)
        one.knows |= {to} if one.mode == "named" else set()
        one.handler = to

    @rule(one=cases, by=ANYBODY)
    def somebody_takes_it_back(self, one: Expected, by: int) -> None:
        opened = self._opened(one, by)
        if opened is None:
            return
        if by > 4 or not one.readers & {5, 6}:
            with pytest.raises(actions.NotNow):
                advisers.take_back(opened)
            return
        advisers.take_back(opened)
        one.advisers_leave()
        one.handler = None

    @rule(one=cases, by=ANYBODY)
    def somebody_steps_back(self, one: Expected, by: int) -> None:
        opened = self._opened(one, by)
        if opened is None:
            return
        if by < 5 and len(one.readers & {*range(5)}) <= 2:
            with pytest.raises(actions.NotNow):
                step_back(opened)
            return
        step_back(opened)
        one.readers, one.knows, one.struck_out = one.readers - {by}, one.knows - {by}, one.struck_out | {by}
        one.handler = None if one.handler == by else one.handler

    @rule(one=cases, by=ANYBODY)
    def somebody_reveals(self, one: Expected, by: int) -> None:
        opened = self._opened(one, by)
        if opened is None:
            return
        if by in one.knows:
            assert actions.reveal(opened, reason="to call")["name"] == "Sam"
        else:
            with pytest.raises(actions.NotNow):
                actions.reveal(opened, reason="curious")

    @rule(one=cases, by=ANYBODY)
    def somebody_answers(self, one: Expected, by: int) -> None:
        opened = self._opened(one, by)
        if opened is not None:
            one.said.append(f"answer {len(one.said)}")
            dialogue.answer(opened, one.said[-1])

    @rule(one=cases, by=PEOPLE)
    def somebody_screens(self, one: Expected, by: int) -> None:
        opened = self._opened(one, by)
        if opened is not None:
            actions.screen(opened, "other")
            one.screened = True

    @rule(one=cases, to=ANYBODY)
    def the_reporter_says_who_they_are(self, one: Expected, to: int) -> None:
        if one.ended or one.gone or one.knows or to not in one.readers:
            return
        box = dialogue.open_mailbox(one.code)
        assert box is not None
        dialogue.reveal_self(box, {"name": "Sam"}, to=self.staff[to].kid)
        one.knows = {to}

    @rule(one=cases, by=PEOPLE)
    def somebody_asks_for_consent(self, one: Expected, by: int) -> None:
        opened = self._opened(one, by)
        if opened is not None and not one.asked and not one.elsewhere:
            request = Request(purpose="referral", way="team", to="ombuds", scope=Scope("summary"), summary="In short")
            one.asked = consent.ask(opened, request)

    @rule(one=cases, agree=st.booleans())
    def the_reporter_decides(self, one: Expected, agree: bool) -> None:  # noqa: FBT001  drawn
        if one.ended or one.gone or not one.asked or one.agreed:
            return
        box = dialogue.open_mailbox(one.code)
        assert box is not None
        mailbox.decide(box, one.asked, mailbox.Decision(agree=agree))
        one.agreed, one.asked = agree, one.asked if agree else ""

    @rule(one=cases, by=PEOPLE)
    def somebody_refers(self, one: Expected, by: int) -> None:
        opened = self._opened(one, by)
        if opened is None or not one.asked:
            return
        if one.agreed and not one.elsewhere:
            referral.refer(opened, one.asked)
            one.elsewhere = one.asked
        else:
            with pytest.raises(actions.NotNow):
                referral.refer(opened, one.asked)

    @rule(one=cases)
    def the_reporter_takes_consent_back(self, one: Expected) -> None:
        if one.gone or one.words_gone or one.ended or not one.asked:
            return
        box = dialogue.open_mailbox(one.code)
        assert box is not None
        mailbox.stop(box, one.asked)
        one.asked, one.agreed, one.elsewhere = "", False, ""

    @rule(one=cases)
    def the_reporter_withdraws(self, one: Expected) -> None:
        if one.ended or one.gone:
            return
        box = dialogue.open_mailbox(one.code)
        assert box is not None
        dialogue.withdraw(box)
        one.ended, one.words_gone, one.knows, one.elsewhere = True, True, set(), ""
        self.counted += 1

    @rule(one=cases, by=PEOPLE)
    def somebody_closes(self, one: Expected, by: int) -> None:
        opened = self._opened(one, by)
        if opened is not None and one.screened:
            actions.close(opened, outcome="advice_given", category="bullying", destination="none")
            one.ended = True
            self.counted += 1

    @rule(one=cases, by=PEOPLE)
    def somebody_reopens(self, one: Expected, by: int) -> None:
        if one.ended and not (one.gone or one.words_gone) and by in one.readers:
            triage.reopen(open_for(self.staff[by], one.case), reason="It goes on.")
            one.ended = False
            self.counted -= 1

    @rule(one=consumes(cases))
    def time_passes_until_it_is_forgotten(self, one: Expected) -> None:
        case = Case.objects.filter(pk=one.case.pk).first()
        if case is not None and case.forget_on is not None:
            retention.forget(case, on=localdate())
            one.gone, one.readers, one.knows, one.elsewhere = True, set(), set(), ""

    @invariant()
    def who_opens_equals_the_model(self) -> None:
        for one in self.known:
            opens = {n for n, person in enumerate(self.staff) if person.opens(one.case)}
            assert opens == one.readers

    @invariant()
    def who_reads_words_and_names_equals_the_model(self) -> None:
        for one in self.known:
            opened = {n: found for n, person in enumerate(self.staff) if (found := person.opens(one.case))}
            reads = {n for n, found in opened.items() if found.answers}
            knows = {n for n, found in opened.items() if found.knows_reporter}
            assert (reads, knows) == (set() if one.words_gone else one.readers, one.knows)

    @invariant()
    def the_other_team_reads_what_was_agreed_and_nothing_else(self) -> None:
        expected = sorted(one.elsewhere for one in self.known if one.elsewhere)
        for person in self.others:
            assert person.keyring is not None
            found = referral.referred_to(person.keyring)
            assert sorted(one.one("about")["id"] for one in found) == expected
            assert all({opened.item.slot for opened in one.items} == {"about", "summary"} for one in found)
            assert not any(person.opens(one.case) for one in self.known)

    @invariant()
    def the_code_opens_what_was_chosen(self) -> None:
        for one in self.known:
            box = dialogue.open_mailbox(one.code)
            assert (box is None) == (one.gone or one.words_gone)
            if box is not None:
                told = [said.payload["text"] for said in box.messages() if said.payload["from"] == "team"]
                assert (told, bool(box.own_words())) == (one.said, one.readback)

    @invariant()
    def every_ended_case_is_counted_once(self) -> None:
        assert len(ended()) == self.counted


@pytest.mark.django_db
@proves("R-000-06", "R-000-19", "R-000-20", "R-000-21", "R-000-22", "R-002-13", "R-003-14")
def test_who_can_open_what_always_equals_the_model(settings_of_house: Institution) -> None:
    WhoCanOpenWhat.house, WhoCanOpenWhat.others = settings_of_house, another_team(settings_of_house)
    run_state_machine_as_test(
        WhoCanOpenWhat,
        settings=settings(
            max_examples=15, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def another_team(house: Institution) -> list[Person]:
    other = Institution(house.settings, route="ombuds")
    people = [other.person(f"Ombuds {number}") for number in range(2)]
    for person in people:
        other.confirm(person, by=house.readers[:2])
    return people


@pytest.fixture
def settings_of_house(settings: Any) -> Institution:
    """Five readers, and two advisers who read only what is given to them."""
    house = Institution(settings).with_readers(5)
    house.readers += [adviser(house, "Adviser One"), adviser(house, "Adviser Two", PROFESSIONALS)]
    return house
