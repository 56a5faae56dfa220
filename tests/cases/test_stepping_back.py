"""Stepping back: the keys go in one step, what comes later is sealed to others, and enough people go on."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from haven.cases import actions, advisers, recall, reminders
from haven.cases.actions import NotNow
from haven.cases.models import Case
from haven.cases.stepping_back import others, step_back
from haven.dialogue import actions as dialogue
from haven.dialogue.ledger import ledger
from haven.notices.models import Outgoing, Reminder
from haven.trail.models import Entry
from haven.vault.models import Compartment, Grant, SearchEntry
from tests.advisers import adviser
from tests.desk.conftest import sits_down
from tests.institution import Institution, Person
from tests.proofs.filled import fill, open_for
from tests.proves import proves


@pytest.fixture
def house(db: None, settings: Any) -> Institution:
    return Institution(settings).with_readers(3)


@pytest.fixture
def ombuds(house: Institution) -> list[Person]:
    other = Institution(house.settings, route="ombuds")
    people = [other.person(f"Ombuds {number}") for number in range(2)]
    for one in people:
        other.confirm(one, by=house.readers[:2])
    return people


def epochs(case: Case) -> dict[str, list[int]]:
    rows = Compartment.objects.filter(scope=case.pk).order_by("kind", "epoch").values_list("kind", "epoch")
    return {kind: [epoch for name, epoch in rows if name == kind] for kind, _epoch in rows}


def told(code: str) -> list[dict[str, Any]]:
    box = dialogue.open_mailbox(code)
    assert box is not None
    return [one.payload for one in box.messages() if one.payload.get("about")]


def test_new_keys_are_not_sealed_to_who_leaves_for_a_moment(house: Institution) -> None:
    """What is written and deleted at once can still be read in the log of the database."""
    close, case = house.readers[1], house.report()[0]

    recall.renew(open_for(close, case), "report", gone={close.kid}, on=localdate())

    newest = Compartment.objects.filter(scope=case.pk, kind="report").order_by("-epoch")[0]
    assert set(newest.grants.values_list("kid", flat=True)) == {one.kid for one in house.readers} - {close.kid}


@proves("R-000-21", "R-002-17")
def test_who_steps_back_loses_every_key_and_never_gets_the_next(house: Institution) -> None:
    close, goes_on = house.readers[1], house.readers[2]
    filled = fill(house, urgent=True)
    reminders.remind(open_for(close, filled.case), day=localdate().replace(year=localdate().year + 1))
    Outgoing.objects.all().delete()

    step_back(open_for(close, filled.case))

    case = Case.objects.get()
    box = dialogue.open_mailbox(filled.code)
    assert box is not None
    dialogue.write(box, "Later words")
    assert close.opens(case) is None
    assert not Grant.objects.filter(kid=close.kid).exists()
    assert not SearchEntry.objects.filter(kid=close.kid).exists()
    assert not Reminder.objects.filter(to=close.user).exists()
    assert {kind: found[-1] for kind, found in epochs(case).items()} == {
        "identity": 1, "internal": 2, "replies": 2, "report": 2,
    }  # fmt: skip
    assert open_for(goes_on, case).messages[-1].payload["text"] == "Later words"
    mailed = set(Outgoing.objects.filter(template="urgent").values_list("to__name", flat=True))
    assert mailed == {"Reader 0", "Reader 2"}
    assert Entry.objects.filter(did="case.stepped_back", actor=str(close.user.pk)).count() == 1
    assert [one.did for one in ledger(box, "en")][-1] == "case.stepped_back"
    assert [one.name for one in open_for(goes_on, case).struck_out] == ["Reader 1"]


@proves("R-002-17")
def test_who_stepped_back_is_never_given_it_again(house: Institution) -> None:
    case, _code = house.report()
    step_back(open_for(house.readers[1], case))

    with pytest.raises(NotNow, match="not_a_reader"):
        actions.assign(open_for(house.readers[0], case), to=house.readers[1].user)


def test_the_handler_who_steps_back_handles_it_no_longer(house: Institution) -> None:
    case, _code = house.report()
    actions.assign(open_for(house.readers[0], case), to=house.readers[1].user)

    step_back(open_for(house.readers[1], case))

    assert Case.objects.get().handler is None


@proves("R-002-17")
def test_when_too_few_are_left_somebody_of_the_route_reads_first(house: Institution) -> None:
    case, code = house.report({"mode": "named", "name": "Sam"}, struck_out=frozenset({house.readers[0].kid}))
    later = house.person("Later")
    house.confirm(later, by=house.readers[:2])

    with pytest.raises(NotNow, match="choose_who_reads"):
        step_back(open_for(house.readers[1], case))
    assert [one.name for one in others(open_for(house.readers[1], case)).could] == ["Later"]
    step_back(open_for(house.readers[1], case), instead=[later.kid])

    assert [bool(one.opens(case)) for one in (*house.readers, later)] == [False, False, True, True]
    assert open_for(later, case).answers["answers"]["story"]
    assert open_for(later, case).knows_reporter
    assert [(one["about"], one["function_en"]) for one in told(code)] == [("reads_instead", "Officer")]


@proves("R-002-17")
def test_when_nobody_of_the_route_is_left_the_next_route_reads(house: Institution, ombuds: list[Person]) -> None:
    case, code = house.report(struck_out=frozenset({house.readers[0].kid}))

    step_back(open_for(house.readers[1], case), instead=[ombuds[0].kid])

    box = dialogue.open_mailbox(code)
    assert box is not None
    dialogue.write(box, "Still there?")
    assert [bool(one.opens(case)) for one in (*house.readers, *ombuds)] == [False, False, True, True, False]
    assert open_for(ombuds[0], case).messages[-1].payload["text"] == "Still there?"
    step_back(open_for(ombuds[0], case), instead=[ombuds[1].kid])
    assert [bool(one.opens(case)) for one in ombuds] == [False, True]


@proves("R-002-17")
def test_without_anybody_to_read_instead_nobody_steps_back(house: Institution) -> None:
    case, _code = house.report(struck_out=frozenset({house.readers[0].kid}))

    with pytest.raises(NotNow, match="nobody_reads_instead"):
        step_back(open_for(house.readers[1], case), instead=[house.readers[0].kid])

    assert house.readers[1].opens(case) is not None
    page = sits_down(house.readers[1]).get(reverse("desk:step_back", args=[case.reference]))
    assert "too few people would be left" in page.content.decode()


@proves("R-000-19")
def test_a_name_that_one_person_holds_goes_with_them_and_the_reporter_can_tell_again(house: Institution) -> None:
    filled = fill(house)

    step_back(open_for(filled.keeper, filled.case))

    assert "identity" not in epochs(filled.case)
    assert told(filled.code)[-1] == {"from": "house", "about": "name_gone"}
    box = dialogue.open_mailbox(filled.code)
    assert box is not None
    dialogue.reveal_self(box, {"name": "Sam"}, to=house.readers[1].kid)
    assert [open_for(one, filled.case).knows_reporter for one in house.readers[1:]] == [True, False]


def test_an_adviser_steps_back_and_the_team_goes_on(house: Institution) -> None:
    case, code = house.report()
    helper = adviser(house, "Helper")
    advisers.give(open_for(house.readers[0], case), to=helper.user)

    step_back(open_for(helper, case))

    assert helper.opens(case) is None
    assert all(one.opens(case) for one in house.readers)
    assert Case.objects.get().handler is None
    assert [one["about"] for one in told(code)] == ["adviser", "adviser_left"]


@proves("R-000-21")
def test_the_page_before_reading_shows_nothing_and_leaves_no_line(house: Institution) -> None:
    filled = fill(house)
    Entry.objects.all().delete()
    client, path = sits_down(house.readers[1]), reverse("desk:step_back", args=[filled.case.reference])

    looked = client.get(path)
    done = client.post(path, {"sure": "yes"})
    again = client.post(path, {"sure": "yes"})

    said = looked.content.decode()
    assert not [word for word in filled.everything - {filled.case.reference} if word in said]
    assert "bullying" not in said.lower()
    assert (looked.status_code, done.status_code, again.status_code) == (200, 302, 404)
    assert list(Entry.objects.values_list("did", flat=True)) == ["case.stepped_back"]
