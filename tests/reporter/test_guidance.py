"""Who should not wait for us reads whom to call; who lost the code is told the truth, and can write again."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from haven.cases import links
from haven.cases.models import Case
from haven.rulebook import shelf
from tests.desk.conftest import sits_down
from tests.institution import Institution
from tests.proves import proves
from tests.reporter.visitor import Visitor, at_the_code, picked

LINES = {"113", "0800 0113", "0800 0432", "0800 2000"}


def told(text: str) -> bool:
    """Every line to call, with its hours, and both texts."""
    guidance = shelf.current().institution.emergency.guidance
    lines = [line for one in guidance for line in one.lines]
    assert {line.number for line in lines} == LINES
    return all(f">{line.number}</a>" in text and line.hours.en in text for line in lines)


@proves("R-002-20")
def test_the_lines_stand_on_the_first_and_the_last_page_and_in_the_mailbox(visitor: Visitor) -> None:
    assert told(visitor.open().text)
    at_the_code(visitor, purpose="report")
    assert told(visitor.text)
    code = visitor.code
    assert told(visitor.press("send").text)
    assert told(visitor.go("mailbox/", code=code).text)


@pytest.mark.parametrize("urgent", [True, False])
def test_staff_read_what_to_do_on_an_urgent_case(house: Institution, urgent: bool) -> None:  # noqa: FBT001  a case each
    case, _code = house.report(urgent=urgent)
    with override("en"):
        page = sits_down(house.readers[0]).get(reverse("desk:case", args=[case.reference])).content.decode()

    assert ("To ask does not make it worse." in page, "0800 0113" in page) == (urgent, urgent)


@proves("R-002-20")
def test_who_says_to_be_under_18_finds_whom_to_call_and_is_never_counted_apart(
    house: Institution, visitor: Visitor
) -> None:
    visitor.open().until("Are you under 18?", purpose=picked("report"), about_contact_point=picked("no"))
    lines = shelf.current().institution.emergency.guided("minor")
    assert lines is not None
    asked = visitor.text.partition("<fieldset>")[2].partition("</fieldset>")[0]
    assert [line.number in asked for line in lines.lines] == [True, True]
    assert 'name="do" value="skip"' in visitor.text
    visitor.until("Your code", under_18=picked("yes")).press("send")
    assert [visitor.text.count('<details class="more" open>'), visitor.text.count(">0800 0432</a>")] == [1, 1]

    case = Case.objects.get()
    opened = house.readers[0].opens(case)
    assert opened is not None
    assert opened.one("report", "answers")["answers"]["under_18"] == "yes"
    assert "under_18" not in opened.head["answers"]
    assert "minor" not in str(opened.head)
    with override("en"):
        page = sits_down(house.readers[0]).get(reverse("desk:case", args=[case.reference])).content.decode()
    assert ("whom they trust" in page, "To ask does not make it worse." in page) == (True, False)


def test_who_lost_the_code_writes_again_and_staff_link_the_two(house: Institution, visitor: Visitor) -> None:
    first, _code = house.report()
    assert "Nobody can open it without the code" in visitor.go("mailbox/").text
    visitor.got(visitor.client.post(visitor.base, {"do": "form-again"}))
    assert visitor.heading == "Wrote again, code lost"
    visitor.until("Your code", earlier={"words": "In spring, about the lab"}, about_contact_point=picked("no"))
    visitor.press("send")

    second = Case.objects.exclude(pk=first.pk).get()
    opened, other = house.readers[0].opens(second), house.readers[0].opens(first)
    assert opened is not None
    assert other is not None
    assert opened.one("report", "answers")["answers"]["earlier"] == "In spring, about the lab"
    links.link(opened, other, about="lost_code")
    again: Any = house.readers[0].opens(second)
    assert [one.case for one in links.linked(again)] == [first]
