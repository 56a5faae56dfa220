"""A privacy officer asks people of a team, one by one, without learning of a case or telling of one."""

from typing import Any

import pytest

from haven.cases import enquiry
from haven.cases.actions import NotNow
from haven.cases.models import Case
from haven.dialogue.ledger import ledger
from haven.notices.models import Outgoing
from haven.rulebook.form_kinds import FORM
from tests.cases.agreeing import box_of, opened
from tests.desk.conftest import sits_down
from tests.institution import Institution, Person

ASKED = {FORM: "privacy", "privacy_right": ["access"], "privacy_words": "zqwhat do you have on me"}


@pytest.fixture
def house(db: None, settings: Any) -> Institution:
    return Institution(settings).with_readers(3)


@pytest.fixture
def officer(house: Institution, settings: Any) -> Person:
    office = Institution(settings, route="privacy")
    people = [office.person(f"Officer {number}", role="privacy_officer") for number in range(2)]
    for one in people:
        office.confirm(one, by=house.readers[:2])
    return people[0]


def waits(person: Person) -> list[enquiry.Enquiry]:
    assert person.keyring is not None
    return enquiry.asked_of(person.keyring)


def test_each_is_asked_apart_and_only_the_officers_read_the_answer(house: Institution, officer: Person) -> None:
    report, _code = house.report()
    case, code = Institution(house.settings, route="privacy").report(ASKED)
    first, second, accused = house.readers
    Outgoing.objects.all().delete()

    enquiry.ask(opened(officer, case), "Is there something about zqDirk?", to={first.kid, second.kid})

    assert [len(waits(one)) for one in (first, second, accused, officer)] == [1, 1, 0, 0]
    assert set(Outgoing.objects.values_list("to__name", flat=True)) == {first.user.name, second.user.name}
    assert all(one.opens(case) is None for one in house.readers)
    part = waits(first)[0].part
    page = sits_down(first).get(f"/en/desk/asked/{part}/").content.decode()
    assert "zqDirk" in page
    assert not any(word in page for word in (case.reference, "zqwhat"))
    assert sits_down(second).get(f"/en/desk/asked/{part}/").status_code == 404
    sits_down(first).post(f"/en/desk/asked/{part}/", {"kept": "yes", "what": "zqtwo letters"})

    assert [len(waits(one)) for one in (first, second)] == [0, 1]
    found = enquiry.asked_in(opened(officer, case))
    assert sorted((one.question["to"], one.answer.get("kept", "")) for one in found) == [
        ("Reader 0", "yes"), ("Reader 1", ""),
    ]  # fmt: skip
    desk = sits_down(officer).get(f"/en/desk/case/{case.reference}/").content.decode()
    assert "zqtwo letters" in desk
    assert report.reference not in desk
    box = box_of(code)
    assert "zq" not in repr([one.payload for one in box.messages()])
    assert {one.did for one in ledger(box, "en")} <= {"case.opened"}


def test_an_answer_is_given_once_and_only_a_request_of_the_form_asks(house: Institution, officer: Person) -> None:
    case, _code = Institution(house.settings, route="privacy").report(ASKED)
    first = house.readers[0]
    assert first.keyring is not None
    enquiry.ask(opened(officer, case), "Something?", to={first.kid})
    part = waits(first)[0].part
    enquiry.answer(first.keyring, part, kept="no", what="", by=first.user)

    with pytest.raises(Case.DoesNotExist):
        enquiry.answer(first.keyring, part, kept="yes", what="", by=first.user)
    with pytest.raises(NotNow, match="nobody_asked"):
        enquiry.ask(opened(officer, case), "Something?", to=set())
    report, _code = house.report()
    with pytest.raises(NotNow, match="nobody_asked"):
        enquiry.ask(opened(first, report), "Something?", to={house.readers[1].kid})
