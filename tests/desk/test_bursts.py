"""A flood at the desk: one line in the inbox, with everything behind it, counted from one's own keys."""

from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from pydantic import ValidationError

from haven.cases.models import Case
from haven.rulebook import shelf
from haven.rulebook.institution import Flood
from tests.desk.conftest import AtDesk
from tests.institution import Institution
from tests.proves import proves


@pytest.fixture(autouse=True)
def three_make_a_burst(house: Institution) -> None:
    """A burst of thirty is tested with three: sealing takes its time."""
    few(3)


def few(number: int) -> None:
    """A rule with fewer than a rulebook may promise."""
    book = shelf.current()
    flood = Flood.model_construct(reports_a_day=number)
    shelf.put(replace(book, institution=book.institution.model_copy(update={"flood": flood})))


def inbox(client: Any, query: str = "") -> Any:
    return client.get(f"{reverse('desk:inbox')}{query}")


def listed(answer: Any) -> set[Case]:
    return {row.case for row in answer.context["rows"]}


@proves("R-002-10")
def test_a_burst_is_one_line_and_what_is_urgent_or_by_name_stays_in_the_list(
    house: Institution, at_desk: AtDesk
) -> None:
    flood = {house.report()[0] for _report in range(3)}
    urgent, named = house.report(urgent=True)[0], house.report({"mode": "named", "name": "Sam"})[0]
    client = at_desk(house.readers[0])

    answer = inbox(client)
    assert [(one.day, one.count) for one in answer.context["bursts"]] == [(localdate(), 3)]
    assert (listed(answer), answer.context["page"].paginator.count) == ({urgent, named}, 2)
    assert (answer.context["counts"]["screening"], "3 messages came in on" in answer.content.decode()) == (5, True)

    together = inbox(client, f"?show=all&came={localdate().isoformat()}&ticked=yes")
    assert (listed(together), together.content.decode().count(" checked>")) == (flood, 3)


@proves("R-000-21")
def test_the_line_counts_what_one_can_open_oneself(house: Institution, at_desk: AtDesk) -> None:
    accused = house.readers[3]
    for _report in range(2):
        house.report()
    house.report(struck_out=frozenset({accused.kid}))

    assert [one.count for one in inbox(at_desk(house.readers[0])).context["bursts"]] == [3]
    seen = inbox(at_desk(accused))
    assert (list(seen.context["bursts"]), len(listed(seen))) == ([], 2)
    assert len(listed(inbox(at_desk(accused), f"?came={localdate().isoformat()}"))) == 2


def test_what_was_screened_leaves_the_line(house: Institution, at_desk: AtDesk) -> None:
    cases = [house.report()[0] for _report in range(4)]
    client = at_desk(house.readers[0])
    client.post(reverse("desk:spam"), {"case": [cases[0].reference], "sure": "yes"})

    assert [one.count for one in inbox(client).context["bursts"]] == [3]
    client.post(reverse("desk:spam"), {"case": [cases[1].reference], "sure": "yes"})
    assert (list(inbox(client).context["bursts"]), listed(inbox(client))) == ([], {*cases[2:]})


def test_from_how_many_it_is_one_line_is_a_promise_of_the_rulebook(house: Institution, at_desk: AtDesk) -> None:
    for _report in range(3):
        house.report()
    client = at_desk(house.readers[0])

    assert len(inbox(client).context["bursts"]) == 1
    few(4)
    assert (list(inbox(client).context["bursts"]), len(listed(inbox(client)))) == ([], 3)
    assert Flood().reports_a_day == 30
    with pytest.raises(ValidationError):
        Flood(reports_a_day=2)
