"""Advisers at the desk: who can be chosen, what the team sees of them, and what each keeps of themselves."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from haven.desk import joining
from haven.notices.models import Outgoing
from haven.people.models import Development, Membership, Profile, Training
from haven.people.readers import readers_of
from haven.rulebook import shelf
from tests.advisers import PROFESSIONALS, VOLUNTEERS, adviser
from tests.desk.conftest import AtDesk, now, page, send
from tests.institution import Institution, Person
from tests.proves import proves

LONG_PAST = localdate() - timedelta(days=800)


def listed(client: Client, **asked: str) -> dict[str, list[str]]:
    groups = client.get(reverse("desk:advisers"), asked).context["groups"]
    return {kind.key: [one.person.name for one in people] for kind, people in groups}


class TestGiving:
    @proves("R-002-13", "R-002-15")
    def test_both_kinds_are_offered_with_what_to_know_of_each(
        self, house: Institution, at_desk: AtDesk, coordinator: Person
    ) -> None:
        case, _code = house.report()
        adviser(house, "Vera")
        adviser(house, "Pia", PROFESSIONALS)
        expired = adviser(house, "Eli", trained=LONG_PAST)
        client = at_desk(coordinator)

        form = page(client, case).forms["give"]
        body = client.get(reverse("desk:case", args=[case.reference])).content.decode()
        refused = send(client, case, "give", to=expired.user.pk)

        assert [(kind.key, [one.person.name for one in people]) for kind, people in form.groups] == [
            (PROFESSIONALS, ["Pia"]),
            (VOLUNTEERS, ["Eli", "Vera"]),
        ]
        choice = body[body.index(f'value="{expired.user.pk}"') :]
        assert choice.partition(">")[0].endswith("disabled")
        assert "No valid training: First response to undesirable behaviour." in choice
        assert "0 running cases that you can open" in choice
        assert refused.status_code == 422
        assert "has no valid training today" in refused.content.decode()
        assert expired.opens(case) is None

    @proves("R-002-13")
    def test_it_is_given_and_taken_back(self, house: Institution, at_desk: AtDesk, coordinator: Person) -> None:
        case, _code = house.report()
        helper, client = adviser(house, "Vera"), at_desk(coordinator)
        desk, address = at_desk(helper), reverse("desk:case", args=[case.reference])
        absent = desk.get(reverse("desk:case", args=["ZZZZ-ZZZZ"]))

        assert send(client, case, "give", to=helper.user.pk).status_code == 302
        opened = desk.get(address)
        assert opened.status_code == 200
        own = {"answer", "note", "attempt", "act", "link", "unlink", "tag", "remind"}
        assert set(opened.context["page"].forms) == own
        assert [row.case for row in desk.get(reverse("desk:inbox")).context["rows"]] == [case]
        assert send(client, case, "recall").status_code == 302

        gone = desk.get(address)
        assert (gone.status_code, gone.content) == (404, absent.content)
        assert desk.get(reverse("desk:inbox")).context["rows"] == []
        assert now(case).handler is None

    @proves("R-002-17")
    def test_who_was_struck_out_and_a_stranger_are_not_among_those_to_choose(
        self, house: Institution, at_desk: AtDesk, coordinator: Person
    ) -> None:
        struck = adviser(house, "Struck")
        case, _code = house.report(struck_out=frozenset({struck.kid}))
        client = at_desk(coordinator)

        assert [people for _kind, people in page(client, case).forms["give"].groups] == [[], []]
        for person in (struck, house.readers[1]):
            assert send(client, case, "give", to=person.user.pk).status_code == 422
        assert struck.opens(case) is None

    @proves("R-002-13")
    def test_an_adviser_and_an_officer_cannot_give(
        self, house: Institution, at_desk: AtDesk, coordinator: Person
    ) -> None:
        case, _code = house.report()
        helper = adviser(house, "Vera")
        send(at_desk(coordinator), case, "give", to=helper.user.pk)

        for person in (helper, house.readers[1]):
            for deed in ("give", "recall", "assign", "screen" if person is helper else "give"):
                assert send(at_desk(person), case, deed, to=helper.user.pk).status_code == 404

    @proves("R-002-15")
    def test_options_and_support_that_fit_open_inside_the_case(
        self, house: Institution, at_desk: AtDesk, coordinator: Person
    ) -> None:
        case, _code = house.report({"audience": "student", "categories": ["sexual_harassment"]})
        helper = adviser(house, "Vera")
        send(at_desk(coordinator), case, "give", to=helper.user.pk)

        shown = at_desk(helper).get(reverse("desk:case", args=[case.reference]))

        keys = [one.key for one in shown.context["page"].support]
        assert keys[0] == "sexual_violence_centre"
        assert "social_work" not in keys
        body = shown.content.decode()
        assert all(shelf.current().provisions[key].ways.phone in body for key in keys)  # type: ignore[operator]


class TestTheTeam:
    @proves("R-002-15", "R-002-16")
    def test_it_sees_who_can_do_what_and_who_has_too_few_hours(self, house: Institution, at_desk: AtDesk) -> None:
        busy, idle, old = (adviser(house, name) for name in ("Busy", "Idle", "Old"))
        for person, days in ((busy, 20), (old, 366)):
            day = localdate() - timedelta(days=days)
            Development.objects.create(user=person.user, kind="supervision", day=day, hours=8)
        Profile.objects.filter(user=idle.user).update(languages=["de"], audiences=["staff"], away_from=localdate())
        client = at_desk(house.readers[1])

        shown = client.get(reverse("desk:advisers"))

        assert [one.person for one in shown.context["short"]] == [idle.user, old.user]
        everyone = ["Busy", "Idle", "Old"]
        here = ["Busy", "Old"] if localdate().weekday() < 5 else []
        assert listed(client)[VOLUNTEERS] == everyone
        assert listed(client, language="de")[VOLUNTEERS] == ["Idle"]
        assert listed(client, audience="student")[VOLUNTEERS] == ["Busy", "Old"]
        assert listed(client, today="on")[VOLUNTEERS] == here
        assert listed(client, language="nonsense")[VOLUNTEERS] == everyone

    def test_the_list_takes_as_many_queries_for_three_as_for_one(self, house: Institution, at_desk: AtDesk) -> None:
        client, counted = at_desk(house.readers[1]), []
        for names in (("One",), ("Two", "Three")):
            for name in names:
                adviser(house, name)
            client.get(reverse("desk:advisers"))
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("desk:advisers"))
            counted.append(len(queries))
        assert counted[0] == counted[1]

    @proves("R-002-15")
    def test_the_team_records_a_training_and_the_adviser_does_not(self, house: Institution, at_desk: AtDesk) -> None:
        helper = adviser(house, "Vera", trained=LONG_PAST)
        Training.objects.all().delete()
        address = reverse("desk:training", args=[helper.user.pk])
        passed = localdate() - timedelta(days=3)
        ombuds = house.person("Ombuds", role="coordinator", serves=False)
        Membership.objects.create(user=ombuds.user, route="ombuds")

        own = at_desk(helper).post(address, {"key": "first_response", "day": passed})
        other = at_desk(ombuds).post(address, {"key": "first_response", "day": passed})
        future = at_desk(house.readers[1]).post(address, {"key": "first_response", "day": "2999-01-01"})
        assert (own.status_code, other.status_code, future.status_code) == (404, 422, 422)
        assert Training.objects.count() == 0

        assert at_desk(house.readers[1]).post(address, {"key": "first_response", "day": passed}).status_code == 302
        row = Training.objects.get()
        assert (row.passed_on, row.valid_until) == (passed, kind().trainings[0].valid_until(passed))
        assert at_desk(house.readers[1]).post(address, {"strike": row.pk}).status_code == 302
        assert Training.objects.count() == 0

    def test_no_line_of_another_adviser_is_struck(self, house: Institution, at_desk: AtDesk) -> None:
        one, other = adviser(house, "One"), adviser(house, "Other")
        row = Development.objects.create(user=other.user, kind="supervision", day=localdate(), hours=1)

        at_desk(one).post(reverse("desk:my_log"), {"strike": row.pk})
        at_desk(house.readers[0]).post(reverse("desk:adviser_log", args=[one.user.pk]), {"strike": row.pk})

        assert Development.objects.filter(pk=row.pk).exists()

    def test_who_is_no_adviser_has_no_such_page(self, house: Institution, at_desk: AtDesk) -> None:
        colleague = house.readers[2].user

        shown = at_desk(house.readers[1]).get(reverse("desk:adviser", args=[colleague.pk]))

        assert shown.headers["Location"] == reverse("desk:person", args=[colleague.pk])


def kind(key: str = VOLUNTEERS) -> Any:
    return shelf.current().routes.kind(key)


class TestOneself:
    @proves("R-002-16")
    def test_an_adviser_keeps_profile_and_log(self, house: Institution, at_desk: AtDesk) -> None:
        helper, deputy = adviser(house, "Vera"), adviser(house, "Deputy")
        client, today = at_desk(helper), localdate()
        told = {"languages": ["nl", "tr"], "audiences": ["staff"], "days": ["1", "3"], "deputy": deputy.user.pk}

        kept = client.post(reverse("desk:my_profile"), told | {"away_from": today, "away_until": today})
        client.post(reverse("desk:my_log"), {"kind": "supervision", "day": today, "hours": "2.5"})
        wrong = client.post(
            reverse("desk:my_profile"), told | {"away_from": today, "away_until": today - timedelta(days=1)}
        )

        profile = Profile.objects.get(user=helper.user)
        assert (kept.status_code, wrong.status_code) == (302, 422)
        assert (profile.languages, profile.days, profile.deputy) == (["nl", "tr"], [1, 3], deputy.user)
        assert profile.is_away(today)
        row = Development.objects.get()
        assert (row.user, row.kind, float(row.hours)) == (helper.user, "supervision", 2.5)

    def test_who_has_the_role_and_no_kind_yet_is_told_so(self, house: Institution, at_desk: AtDesk) -> None:
        newcomer = house.person("New", role="adviser_volunteer", serves=False)

        assert "not among the advisers" in at_desk(newcomer).get(reverse("desk:my_profile")).content.decode()


class TestJoining:
    @proves("R-002-13", "R-002-17")
    def test_two_readers_of_the_team_confirm_the_waiting_time_runs_and_all_are_told(
        self, house: Institution, at_desk: AtDesk
    ) -> None:
        present = adviser(house, "Present")
        newcomer = house.person("New", role="adviser_volunteer", serves=False)
        form = {"route": VOLUNTEERS}
        desks = [at_desk(one) for one in house.readers[:2]]

        assert desks[0].post(reverse("desk:propose", args=[newcomer.user.pk]), form).status_code == 302
        answers = [desk.post(reverse("desk:endorse", args=[newcomer.user.pk]), form).status_code for desk in desks]
        by_adviser = at_desk(present).post(reverse("desk:endorse", args=[newcomer.user.pk]), form)

        assert (answers, by_adviser.status_code) == ([302, 302], 404)
        assert "New" not in names(days=2)
        assert "New" in names(days=3)
        told = {notice.to.name for notice in Outgoing.objects.filter(template="keys")}
        assert told == {"Reader 0", "Reader 1", "Reader 2", "Reader 3", "Present"}

    @proves("R-002-17")
    def test_an_adviser_joins_no_team_and_a_colleague_no_pool(self, house: Institution, at_desk: AtDesk) -> None:
        helper, officer = adviser(house, "Vera"), house.person("Officer")
        for person, route in ((helper, "contact_point"), (officer, VOLUNTEERS)):
            desk = at_desk(house.readers[0])
            desk.post(reverse("desk:propose", args=[person.user.pk]), {"route": route})
            Membership.objects.get_or_create(user=person.user, route=route)
            for one in house.readers[:2]:
                assert one.keyring
                joining.endorse(person.user, route=route, by=one.user, keyring=one.keyring)

        assert names(days=30) == {"Vera"}
        assert "Vera" not in {one.name for one in readers_of("contact_point", on=localdate() + timedelta(days=30))}

    def test_who_leaves_the_pool_can_be_given_nothing_more(
        self, house: Institution, at_desk: AtDesk, coordinator: Person
    ) -> None:
        helper = adviser(house, "Vera")
        case, _code = house.report()

        at_desk(coordinator).post(reverse("desk:leave", args=[helper.user.pk]), {"route": VOLUNTEERS})

        assert send(at_desk(coordinator), case, "give", to=helper.user.pk).status_code == 422


def names(*, days: int) -> set[str]:
    return {one.name for one in readers_of(VOLUNTEERS, on=localdate() + timedelta(days=days))}


@proves("R-002-14")
def test_the_share_in_time_stands_on_the_desk(house: Institution, at_desk: AtDesk) -> None:
    case, _code = house.report(on=localdate() - timedelta(days=30))
    house.report(on=localdate() - timedelta(days=30))
    client = at_desk(house.readers[0])
    empty = at_desk(house.person("Later")).get(reverse("desk:figures")).content.decode()
    send(client, case, "attempt", way="phone", reached="no", on=localdate() - timedelta(days=30))

    shown = client.get(reverse("desk:figures"))

    assert "1 of 2, 50 %" in " ".join(shown.content.decode().split())
    assert "Nobody has asked for contact yet" in empty
    assert (shown.context["work"]["all"], shown.context["work"]["overdue"]) == (2, 1)
    assert shown.context["work"]["own"] == 0


@pytest.mark.parametrize("role", ["adviser_volunteer", "administrator"])
def test_figures_and_the_list_are_for_the_team(house: Institution, at_desk: AtDesk, role: str) -> None:
    other = house.person("Other", role=role, serves=False)
    for page_ in ("desk:figures", "desk:advisers"):
        assert at_desk(other).get(reverse(page_)).status_code == 404
