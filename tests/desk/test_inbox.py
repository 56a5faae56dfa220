"""The inbox: what needs doing, counted from the viewer's own keys."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from haven.cases import actions
from haven.cases.models import Case, State
from haven.desk.terms import age_of, due_of, working_days
from haven.people.models import User
from haven.trail import actions as trail
from haven.vault.models import KeyBundle
from tests.desk.conftest import AtDesk
from tests.institution import Institution, Person
from tests.proves import proves

MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)


@proves("R-000-21")
def test_counts_and_lists_hold_only_what_the_viewer_has_keys_to(house: Institution, at_desk: AtDesk) -> None:
    everyone, but_three = house.report()[0], house.report(struck_out=frozenset({house.readers[3].kid}))[0]

    seen = at_desk(house.readers[3]).get(reverse("desk:inbox"))
    full = at_desk(house.readers[0]).get(reverse("desk:inbox"))

    assert [row.case for row in seen.context["rows"]] == [everyone]
    assert {row.case for row in full.context["rows"]} == {everyone, but_three}
    assert (seen.context["counts"]["all"], full.context["counts"]["all"]) == (1, 2)
    assert but_three.reference not in seen.content.decode()


@proves("R-002-08")
def test_a_report_that_nobody_handles_stands_in_the_inbox_of_the_whole_team(
    house: Institution, at_desk: AtDesk
) -> None:
    case, _code = house.report()

    for reader in house.readers:
        rows = at_desk(reader).get(reverse("desk:inbox")).context["rows"]
        assert [(row.case, row.case.handler) for row in rows] == [(case, None)]


def test_the_number_of_queries_does_not_grow_with_the_cases(house: Institution, at_desk: AtDesk) -> None:
    client = at_desk(house.readers[0])
    counted = []
    for _times in (1, 2):
        for _case in range(2 * _times - 1):
            house.report()
        client.get(reverse("desk:inbox"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("desk:inbox"))
        counted.append(len(queries))

    assert Case.objects.count() == 4
    assert counted[0] == counted[1]


@proves("R-002-12")
def test_urgent_comes_first_and_then_what_is_due_first(house: Institution, at_desk: AtDesk) -> None:
    later = house.report(on=FRIDAY)[0]
    sooner = house.report(on=MONDAY)[0]
    urgent = house.report(on=FRIDAY, urgent=True)[0]

    rows = at_desk(house.readers[0]).get(reverse("desk:inbox")).context["rows"]

    assert [row.case for row in rows] == [urgent, sooner, later]


@proves("R-002-12")
def test_an_urgent_case_in_which_nothing_waits_does_not_stand_before_who_waits(
    house: Institution, at_desk: AtDesk
) -> None:
    quiet, seen_to = house.report(on=MONDAY)[0], house.report(on=MONDAY, urgent=True)[0]
    waiting = house.report(on=FRIDAY)[0]
    Case.objects.filter(pk__in=[quiet.pk, seen_to.pk]).update(state=State.OPEN, contacted_on=FRIDAY)

    rows = at_desk(house.readers[0]).get(reverse("desk:inbox")).context["rows"]

    assert [row.case for row in rows] == [waiting, seen_to, quiet]


@proves("R-004-27")
def test_every_case_shows_how_long_it_is_here(house: Institution, at_desk: AtDesk) -> None:
    case, _code = house.report(on=MONDAY)

    ages = [age_of(case, day) for day in (MONDAY, date(2026, 11, 17), date(2026, 11, 22))]
    assert ages == ["new", "1 working day", "4 working days"]
    assert working_days(MONDAY, date(2026, 11, 23)) == 5
    assert at_desk(house.readers[0]).get(reverse("desk:inbox")).context["rows"][0].age


@proves("R-000-16", "R-002-14")
def test_the_first_contact_term_is_two_working_days_and_says_how_it_was_counted(house: Institution) -> None:
    case, _code = house.report(on=FRIDAY)

    due, late = due_of(case, FRIDAY), due_of(case, date(2026, 11, 26))

    assert due is not None
    assert (due.day, due.label, due.late) == (date(2026, 11, 24), "in 2 working days", False)
    assert due.rule == "2 working days after Friday 20 November 2026"
    assert late is not None
    assert (late.label, late.late) == ("2 working days too late", True)


@proves("R-000-17")
def test_who_only_wants_to_give_a_signal_starts_no_clock(house: Institution) -> None:
    case, _code = house.report({"support": "signal"}, on=MONDAY)

    assert case.contact_due is None
    assert due_of(case, FRIDAY) is None


@pytest.mark.parametrize("show", ["all", "screening", "due", "overdue", "replies", "filed", "ended"])
def test_each_filter_shows_as_many_as_it_counts(house: Institution, at_desk: AtDesk, show: str) -> None:
    reader = house.readers[0]
    cases = [house.report(on=MONDAY)[0] for _number in range(6)]
    opened = [opened for case in cases if (opened := reader.opens(case))]
    actions.screen(opened[0], "file")
    actions.screen(opened[1], "other")
    actions.close(opened[1], outcome="talked", category="bullying", destination="none")
    Case.objects.filter(pk=cases[2].pk).update(reply_waiting=True)
    actions.record_attempt(opened[3], way="phone", reached=True, on=localdate())

    page = at_desk(reader).get(reverse("desk:inbox"), {"show": show})

    assert len(page.context["rows"]) == page.context["counts"][show]


def test_fifty_cases_stand_on_a_page(house: Institution, at_desk: AtDesk) -> None:
    """Of three days: so many of one day would be taken together."""
    for number in range(51):
        house.report(on=localdate() - timedelta(days=number % 3))
    client = at_desk(house.readers[0])

    assert len(client.get(reverse("desk:inbox")).context["rows"]) == 50
    assert len(client.get(reverse("desk:inbox"), {"page": 2}).context["rows"]) == 1


def test_who_has_nothing_sees_a_calm_page(house: Institution, at_desk: AtDesk) -> None:
    page = at_desk(house.readers[0]).get(reverse("desk:inbox"))

    assert page.status_code == 200
    assert 'class="empty"' in page.content.decode()


def test_a_new_reader_of_the_team_is_announced_for_a_week(house: Institution, at_desk: AtDesk) -> None:
    newcomer = house.person("Newcomer")
    house.confirm(newcomer, by=house.readers[:2], on=localdate())

    page = at_desk(house.readers[0]).get(reverse("desk:inbox"))

    assert [name for name, _day in page.context["news"]] == ["Newcomer"]
    assert User.objects.filter(name="Newcomer").exists()
    assert KeyBundle.objects.filter(owner=newcomer.user).exists()


def test_a_night_that_was_not_sound_is_told_to_who_can_act_until_one_is(
    house: Institution, at_desk: AtDesk, coordinator: Person
) -> None:
    """Who gives colleagues access, and who runs Haven; not every officer. No word of a case stands in it."""
    case, _code = house.report()
    admin = at_desk(house.person("Pim", role="administrator", serves=False))
    coordinates, officer = at_desk(coordinator), at_desk(house.readers[0])

    def told() -> list[bool]:
        pages = [
            coordinates.get(reverse("desk:inbox")),
            admin.get(reverse("desk:people")),
            officer.get(reverse("desk:inbox")),
            officer.get(reverse("desk:people")),
        ]
        return ["was not sound" in one.content.decode() for one in pages]

    assert told() == [False] * 4, "no night yet"
    trail.note(trail.UNSOUND, on=MONDAY)
    assert told() == [True, True, False, False]
    note = render_to_string("desk/part/unsound.html", {"unsound": MONDAY})
    assert "Monday 16 November 2026" in note
    assert case.reference not in note
    trail.note("case.opened", subject=case.reference, by="1", on=FRIDAY)
    assert told() == [True, True, False, False]
    trail.note(trail.SOUND, on=FRIDAY)
    assert told() == [False] * 4


def test_from_a_case_one_goes_to_the_next_of_the_list_also_when_reading_moves_it(
    house: Institution, at_desk: AtDesk
) -> None:
    cases = [house.report()[0] for _n in range(3)]
    Case.objects.update(reply_waiting=True)
    client = at_desk(house.readers[0])
    order = [row.case.reference for row in client.get(reverse("desk:inbox")).context["rows"]]
    assert len(order) == len(cases)

    seen = [order[0]]
    while len(seen) < 4 and (after := client.get(reverse("desk:case", args=[seen[-1]])).context["beside"].after):
        seen.append(after)

    assert seen[:3] == order
    assert 'rel="prev"' in client.get(reverse("desk:case", args=[order[1]])).content.decode()


def test_the_next_case_is_the_next_of_the_filter_one_came_from_also_after_a_deed(
    house: Institution, at_desk: AtDesk
) -> None:
    cases = [house.report()[0] for _n in range(4)]
    Case.objects.filter(pk__in=[one.pk for one in cases[:3]]).update(reply_waiting=True)
    client = at_desk(house.readers[0])
    inbox = client.get(reverse("desk:inbox"), {"show": "replies"})
    order = [row.case.reference for row in inbox.context["rows"]]
    first = reverse("desk:case", args=[order[0]], query={"show": "replies"})
    assert f'href="{first}"' in inbox.content.decode()

    page = client.get(first)
    beside = page.context["beside"]
    assert (beside.before, beside.after) == ("", order[1])
    assert f'{order[1]}/?show=replies" rel="next"' in page.content.decode()
    assert client.get(first).context["beside"].after == order[1], "it was read, and left the list"
    stamp = page.context["page"].forms["note"]["stamp"].value()
    told = {"stamp": stamp, "text": "Seen."}
    noted = client.post(reverse("desk:note", args=[order[0]], query={"show": "replies", "q": "words"}), told)
    assert (noted.status_code, noted["Location"]) == (302, first)
    for form, given in (("note", {"stamp": stamp}), ("answer_text", {"letter": "received"})):
        again = client.post(reverse(f"desk:{form}", args=[order[0]], query={"show": "replies"}), given)
        assert f'{order[1]}/?show=replies" rel="next"' in again.content.decode(), form
        assert f'{reverse("desk:answer_text", args=[order[0]])}?show=replies#answer"' in again.content.decode(), form
    unknown = client.get(reverse("desk:case", args=[order[1]], query={"own": "0" * 16}))
    assert unknown.context["beside"].query == ""


def test_a_case_opened_from_a_filtered_list_asks_as_much_of_a_long_list_as_of_a_short_one(
    house: Institution, at_desk: AtDesk
) -> None:
    client, counted = at_desk(house.readers[0]), []
    for more in (1, 2):
        case = [house.report()[0] for _n in range(more)][-1]
        Case.objects.update(reply_waiting=True)
        page = reverse("desk:case", args=[case.reference], query={"show": "replies"})
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            shown = client.get(page)
        counted.append((Case.objects.count(), len(queries)))
        assert shown.context["beside"].query == "show=replies"

    assert counted == [(1, counted[0][1]), (3, counted[0][1])]
