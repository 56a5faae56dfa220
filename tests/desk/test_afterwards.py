"""Afterwards, at the desk: what waits stands above the list, and every deed is refused to who may not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from haven.cases import aftercare
from haven.cases.models import Case
from haven.dialogue import aftercare as mailbox
from haven.dialogue import privacy
from haven.dialogue.aftercare import Told
from tests.cases.agreeing import box_of, opened
from tests.desk.conftest import AtDesk, now, page, send
from tests.institution import Institution, Person
from tests.proves import proves


@pytest.fixture
def sent(house: Institution) -> tuple[Case, str]:
    return house.report()


@pytest.fixture
def reader(house: Institution) -> Person:
    return house.readers[1]


@proves("R-003-20", "R-004-27")
def test_what_is_late_stands_above_the_list_and_only_for_who_can_open_the_case(
    house: Institution, sent: tuple[Case, str], at_desk: AtDesk, reader: Person
) -> None:
    case, code = sent
    mailbox.concern(box_of(code), Told(what="zqworse"), on=localdate() - timedelta(days=14))
    stranger = house.person("Stranger")

    said = at_desk(reader).get(reverse("desk:inbox")).content.decode()
    assert "A reporter tells of being disadvantaged" in said
    assert "working days too late" in said.partition('class="tabs"')[0]
    assert "zqworse" not in said
    assert "1 reporter waits until somebody looks." in said

    assert case.reference not in at_desk(stranger).get(reverse("desk:inbox")).content.decode()


@proves("R-003-20")
def test_every_deed_by_its_form(house: Institution, sent: tuple[Case, str], at_desk: AtDesk, reader: Person) -> None:
    case, code = sent
    client = at_desk(reader)
    assert send(client, case, "check_ins", how="phone").status_code == 422, "no moment was chosen"
    send(client, case, "check_ins", how="phone", at_four_weeks="on")
    assert set(page(client, case).aftercare.forms) == {"no_check_ins"}
    send(client, case, "screen", result="other")
    send(client, case, "close", outcome="talked", category="bullying", destination="none")
    assert set(page(client, case).aftercare.forms) == {"checked", "no_check_ins"}
    told = {"which": "four_weeks", "way": "phone", "reached": "yes", "remark": "zqfine"}
    send(client, case, "checked", **told)
    assert [one.checked["remark"] for one in page(client, case).aftercare.moments] == ["zqfine"]

    mailbox.concern(box_of(code), Told(what="zqworse"))
    key = page(client, case).aftercare.later.open_concerns[0].id
    send(client, case, "look_at", which=key, remark="zqcalled", text="We act.")
    assert [one.done["remark"] for one in page(client, case).aftercare.concerns] == ["zqcalled"]
    send(client, case, "no_check_ins", how="meeting")
    assert now(case).look_by is None


def test_a_request_about_data_is_answered_with_a_fixed_text_in_the_language_of_who_asked(
    house: Institution, sent: tuple[Case, str], at_desk: AtDesk, reader: Person
) -> None:
    case, code = sent
    privacy.ask(box_of(code), "access", Told(what=""))
    client = at_desk(reader)
    key = page(client, case).aftercare.later.open_concerns[0].id
    assert send(client, case, "decide", which=key, name="Dirk", decision="postponed", reason="x").status_code == 422
    later = (localdate() + timedelta(days=30)).isoformat()
    send(client, case, "decide", which=key, name="Dirk", decision="postponed", reason="zqwhy", review_on=later)
    assert [one["label"] for one in page(client, case).aftercare.decisions] == ["Postponed"]
    send(client, case, "extend", which=key, reason="We are still looking.")

    send(client, case, "look_at", which=key, remark="zqnone", neutral="who_are_you")
    assert "be sure that it is you" in box_of(code).messages()[-1].payload["text"]
    assert send(client, case, "look_at", which=key, remark="zqnone", neutral="nothing_to_tell").status_code in {
        409,
        422,
    }
    checked = {"how_checked": "in_person", "checked_on": localdate().isoformat()}
    send(client, case, "look_at", which=key, remark="zqnone", neutral="nothing_to_tell", text="Kind regards", **checked)

    words = box_of(code).messages()[-1].payload["text"]
    assert words.startswith("We have looked at your request.")
    assert words.endswith("Kind regards")


@proves("R-003-20")
def test_the_inbox_costs_the_same_for_one_and_for_three(house: Institution, at_desk: AtDesk, reader: Person) -> None:
    counts = []
    client = at_desk(reader)
    for number in (1, 2):
        for _case in range(number):
            case, code = house.report(on=localdate() - timedelta(days=7))
            aftercare.propose(opened(reader, case), ("four_weeks",), how="phone")
            mailbox.concern(box_of(code), Told(what="zqworse"))
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("desk:inbox"))
        counts.append(len(caught))

    assert counts[0] == counts[1]
