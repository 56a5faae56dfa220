"""The one exception to consent: one proposes, another agrees, and the reporter is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from haven.cases import risk
from haven.cases.actions import NotNow, close, screen
from haven.cases.models import Case
from haven.cases.risk import Proposal, Stage
from haven.dialogue.ledger import ledger, risks
from haven.rulebook.roles import ROLES, Right
from haven.trail.models import Entry
from tests.cases.agreeing import box_of, opened
from tests.institution import Institution
from tests.proves import proves

SOON = localdate() + timedelta(days=2)
TOLD = {"ground": "violence", "to": "emergency_112", "risk": "He said he would come with a knife."}
SILENT = TOLD | {"why_silent": "They live together.", "review_on": SOON}


@pytest.fixture
def house(db: None, settings: Any) -> Institution:
    return Institution(settings).with_readers(3)


@pytest.fixture
def sent(house: Institution) -> tuple[Case, str]:
    return house.report()


def proposed(house: Institution, case: Case, **said: Any) -> str:
    return risk.propose(opened(house.readers[0], case), Proposal(**said))


def stage(house: Institution, case: Case) -> Stage:
    return risk.fold(opened(house.readers[0], case).of("internal", "risk"))[0].stage


@proves("R-002-20", "R-002-21")
def test_it_counts_when_a_second_person_agrees_and_not_before(house: Institution, sent: tuple[Case, str]) -> None:
    case, code = sent
    key = proposed(house, case, **TOLD)
    assert (stage(house, case), risks(box_of(code))) == (Stage.PROPOSED, [])

    with pytest.raises(NotNow, match="second_person"):
        risk.second(opened(house.readers[0], case), key, agree=True)
    assert not Entry.objects.filter(did="risk.disclosed").exists()
    risk.second(opened(house.readers[1], case), key, agree=True)

    assert stage(house, case) is Stage.TOLD
    told = risks(box_of(code))[0].payload
    assert (told["ground"], told["to"], told["text"], told["en"]) == (
        "violence",
        "emergency_112",
        TOLD["risk"],
        "Officer",
    )
    with pytest.raises(NotNow, match="decided_already"):
        risk.second(opened(house.readers[2], case), key, agree=False)


@proves("R-002-21")
def test_what_the_second_person_does_not_agree_to_does_not_count(house: Institution, sent: tuple[Case, str]) -> None:
    case, code = sent
    key = proposed(house, case, **TOLD)

    risk.second(opened(house.readers[1], case), key, agree=False, remark="Not so.")

    assert (stage(house, case), risks(box_of(code))) == (Stage.DECLINED, [])
    with pytest.raises(NotNow, match="decided_already"):
        risk.second(opened(house.readers[2], case), key, agree=True)


@proves("R-002-22")
def test_not_telling_leaves_no_trace_in_the_mailbox_until_it_is_lifted(
    house: Institution, sent: tuple[Case, str]
) -> None:
    case, code = sent
    key = proposed(house, case, **SILENT)
    risk.second(opened(house.readers[1], case), key, agree=True)
    found = risk.fold(opened(house.readers[0], case).of("internal", "risk"))[0]
    assert (found.review_on, found.overdue(SOON), found.overdue(SOON + timedelta(days=1))) == (SOON, False, True)
    assert (risks(box_of(code)), ledger(box_of(code), "en")) == ([], [])

    later = SOON + timedelta(days=3)
    risk.review(opened(house.readers[2], case), key, why_silent="Still.", review_on=later, on=SOON)
    assert risk.fold(opened(house.readers[0], case).of("internal", "risk"))[0].review_on == later
    risk.review(opened(house.readers[0], case), key)

    told = risks(box_of(code))[0]
    assert (told.day, told.payload["why_late"]) == (localdate(), "Still.")
    with pytest.raises(NotNow, match="told_already"):
        risk.review(opened(house.readers[0], case), key)


@proves("R-002-22")
@pytest.mark.parametrize("days", [None, 0, 8])
def test_silence_ends_on_a_day_that_the_ground_bounds(house: Institution, sent: tuple[Case, str], days: int) -> None:
    review_on = None if days is None else localdate() + timedelta(days=days)

    with pytest.raises(NotNow, match="review_too_late"):
        proposed(house, sent[0], **(SILENT | {"review_on": review_on}))


@proves("R-002-22")
def test_the_reporter_can_still_be_told_after_the_case_was_closed(house: Institution, sent: tuple[Case, str]) -> None:
    case, code = sent
    key = proposed(house, case, **SILENT)
    risk.second(opened(house.readers[1], case), key, agree=True)
    screen(opened(house.readers[0], case), "other")
    close(opened(house.readers[0], case), outcome="talked", category="bullying", destination="none")

    risk.review(opened(house.readers[1], case), key)

    assert len(risks(box_of(code))) == 1


@proves("R-002-21")
def test_only_professional_roles_have_the_right() -> None:
    assert {key for key, role in ROLES.items() if role.may(Right.DISCLOSE_RISK)} >= {"contact_point", "coordinator"}
    assert not ROLES["administrator"].may(Right.DISCLOSE_RISK)
