"""Requests about personal data: recorded with a term, decided for each named person, answered without telling."""

from datetime import date
from typing import Any

import pytest

from haven.cases import aftercare, afterwards, privacy, reminders, reviews
from haven.cases.actions import NotNow
from haven.cases.models import Case
from haven.cases.privacy import Decided
from haven.dialogue import privacy as mailbox
from haven.dialogue.aftercare import Told
from haven.dialogue.models import Mailbox
from haven.notices.models import Reminder
from haven.rulebook import shelf
from haven.rulebook.form_kinds import FORM
from haven.rulebook.roles import ROLES
from haven.vault import shred
from tests.cases.agreeing import box_of, opened
from tests.institution import Institution

MONDAY, DUE, LONGEST = date(2027, 2, 1), date(2027, 3, 1), date(2027, 5, 1)
CHECKED = {"how": "in_person", "day": "2027-02-03"}
ASKED = {FORM: "privacy", "privacy_right": ["access"], "privacy_words": "zqwhat do you have on me"}


@pytest.fixture
def house(db: None, settings: Any) -> Institution:
    return Institution(settings).with_readers(3)


@pytest.fixture
def officers(house: Institution, settings: Any) -> Institution:
    """Two privacy officers, whose keys are confirmed for their own requests only."""
    office = Institution(settings, route="privacy")
    for number in range(2):
        person = office.person(f"Officer {number}", role="privacy_officer")
        office.confirm(person, by=house.readers[:2])
        office.readers.append(person)
    return office


@pytest.fixture
def sent(officers: Institution) -> tuple[Case, str]:
    return officers.report(ASKED, on=MONDAY)


def request(officers: Institution, case: Case) -> afterwards.Concern:
    found = afterwards.fold(opened(officers.readers[0], case).items).open_concerns
    assert [one.kind for one in found] == ["privacy"]
    return found[0]


def test_anybody_asks_through_the_form_and_only_the_officers_read_it(
    house: Institution, officers: Institution, sent: tuple[Case, str]
) -> None:
    case, _code = sent
    assert (case.route, case.look_by, request(officers, case).due) == ("privacy", DUE, DUE)
    assert all(one.opens(case) is None for one in house.readers)

    report, _code = house.report()

    assert all(one.opens(report) is None for one in officers.readers)


def test_the_term_is_made_longer_once_in_time_with_a_reason_that_is_read(
    officers: Institution, sent: tuple[Case, str]
) -> None:
    case, code = sent
    key, officer = request(officers, case).id, officers.readers[0]
    with pytest.raises(NotNow, match="extended_already"):
        privacy.extend(opened(officer, case), key, reason="Late.", on=LONGEST)

    privacy.extend(opened(officer, case), key, reason="We are looking.", on=DUE)

    assert Case.objects.get(pk=case.pk).look_by == LONGEST
    assert afterwards.read(box_of(code).keyring, case.pk).concerns[0].asked["why_longer"] == "We are looking."
    with pytest.raises(NotNow, match="extended_already"):
        privacy.extend(opened(officer, case), key, reason="Again.", on=DUE)


def test_what_is_decided_for_a_named_person_is_never_in_the_mailbox(
    officers: Institution, sent: tuple[Case, str]
) -> None:
    case, code = sent
    key, officer = request(officers, case).id, officers.readers[0]
    postponed: dict[str, Any] = {"name": "zqDirk", "decision": "postponed", "reason": "zqinquiry"}
    with pytest.raises(NotNow, match="day_missing"):
        privacy.decide(opened(officer, case), key, Decided(**postponed), on=MONDAY)

    later = date(2099, 3, 1)
    privacy.decide(opened(officer, case), key, Decided(**postponed, review_on=later), on=MONDAY)

    kept = opened(officers.readers[1], case).of("internal", afterwards.SLOT)
    assert [(one.payload["name"], one.payload["review_on"]) for one in kept] == [("zqDirk", "2099-03-01")]
    assert list(Reminder.objects.values_list("to", "day")) == [(officer.user.pk, later)]
    box = box_of(code)
    seen = [one.payload for one in box.messages()] + list(afterwards.read(box.keyring, case.pk).concerns)
    assert "zq" not in repr(seen)


def test_the_day_to_look_again_comes_also_when_the_case_is_gone(
    officers: Institution, sent: tuple[Case, str], time_machine: Any
) -> None:
    case, _code = sent
    key, officer = request(officers, case).id, officers.readers[0]
    assert officer.keyring is not None
    with pytest.raises(NotNow, match="not_to_come"):
        privacy.decide(opened(officer, case), key, Decided(name="D", decision="postponed", review_on=MONDAY), on=MONDAY)
    later = Decided(name="zqDirk", decision="postponed", review_on=LONGEST, mark="my folder 7")
    privacy.decide(opened(officer, case), key, later, on=MONDAY)
    reminders.remind(opened(officer, case), day=date(2099, 1, 1), on=MONDAY)
    assert set(Reminder.objects.values_list("day", flat=True)) == {LONGEST, date(2099, 1, 1)}
    Mailbox.objects.all().delete()
    shred.shred(case.pk, LONGEST)
    Case.objects.all().delete()

    assert reviews.due(officer.keyring, DUE) == []
    [found] = reviews.due(officer.keyring, LONGEST)
    assert (found.mark, found.reference, found.here) == ("my folder 7", case.reference, False)
    assert "zqDirk" not in repr(found)
    reviews.looked(officer.keyring, found.id, by=officer.user)
    assert reviews.due(officer.keyring, LONGEST) == []


def test_no_answer_goes_before_it_was_checked_who_asks(officers: Institution, sent: tuple[Case, str]) -> None:
    case, code = sent
    key, officer = request(officers, case).id, officers.readers[0]
    with pytest.raises(NotNow, match="who_not_checked"):
        aftercare.look(opened(officer, case), key, remark="Looked.", text="Nothing to tell.", on=DUE)

    privacy.ask_who(opened(officer, case), key, text="Who are you?", on=MONDAY)
    assert request(officers, case).id == key
    aftercare.look(opened(officer, case), key, remark="Looked.", text="Nothing to tell.", checked=CHECKED, on=DUE)

    assert [one.payload["text"] for one in box_of(code).messages()] == ["Who are you?", "Nothing to tell."]
    kept = [one.payload for one in opened(officer, case).of("internal", afterwards.SLOT)]
    assert kept[-1]["checked"] == CHECKED


def test_the_neutral_answer_is_one_text_for_nothing_and_for_not_now() -> None:
    answers = {one.key: one.text for one in shelf.current().privacy.answers}

    assert [key for key in answers if "nothing" in key or "postponed" in key] == ["nothing_to_tell"]
    assert "We say the same when we keep nothing" in answers["nothing_to_tell"].en


def test_who_has_a_code_asks_in_the_mailbox_and_the_team_of_the_case_answers(house: Institution) -> None:
    case, code = house.report(on=MONDAY)
    with pytest.raises(NotNow, match="not_asked"):
        mailbox.ask(box_of(code), "zqright", Told(what=""), on=MONDAY)

    for _time in range(2):
        mailbox.ask(box_of(code), "erasure", Told(what="zqall of it", once="a"), on=MONDAY)

    found = afterwards.fold(opened(house.readers[1], case).items).open_concerns
    assert [(one.kind, one.asked["right"], one.due) for one in found] == [("privacy", "erasure", DUE)]
    aftercare.look(
        opened(house.readers[1], case), found[0].id, remark="Erased.", text="It is done.", checked=CHECKED, on=DUE
    )
    assert Case.objects.get(pk=case.pk).look_by is None


def test_an_officer_passes_nothing_on_and_counts_nothing() -> None:
    rights = {str(right) for right in ROLES["privacy_officer"].rights}

    assert not rights & {"ask_consent", "disclose_risk", "assign", "read_register", "manage_people"}
