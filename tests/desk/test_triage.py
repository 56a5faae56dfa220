"""Sorting out at the desk: actions, kinds, main types, tags, reminders, filters."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from haven.desk.filters import own
from haven.dialogue.actions import open_mailbox, withdraw
from haven.notices.models import Reminder
from haven.vault.models import Drawer
from tests.counted import ended
from tests.desk.conftest import AtDesk, now, page, send
from tests.institution import Institution
from tests.proves import proves

ENDING = {"outcome": "talked", "category": "bullying", "destination": "none"}


class TestActions:
    @proves("R-002-12")
    def test_an_urgent_case_closes_after_one_action_of_the_rulebook(self, house: Institution, at_desk: AtDesk) -> None:
        case, _code = house.report(urgent=True)
        client = at_desk(house.readers[0])
        send(client, case, "screen", result="urgent")
        send(client, case, "note", text="I thought about it.")
        assert page(client, case).triage.needs_action

        refused = send(client, case, "close", **ENDING)
        send(client, case, "act", action="safety_arranged", on=localdate(), text="Another room.")
        closed = send(client, case, "close", **ENDING)

        assert (refused.status_code, closed.status_code) == (422, 302)
        [one] = page(client, case).triage.actions
        assert (one.label, one.words, one.by, one.day) == (
            "Something arranged for safety", "Another room.", "Reader 0", localdate()
        )  # fmt: skip

    @pytest.mark.parametrize("days", [1, -40])
    def test_an_action_has_a_possible_day(self, house: Institution, at_desk: AtDesk, days: int) -> None:
        case, _code = house.report()
        on = localdate() + timedelta(days=days)

        got = send(at_desk(house.readers[0]), case, "act", action="listened", on=on, text="My words stay.")

        assert got.status_code == 422
        assert "My words stay." in got.content.decode()
        assert page(at_desk(house.readers[0]), case).triage.actions == []


class TestKind:
    @proves("R-000-30", "R-000-06")
    def test_a_question_that_becomes_a_report_and_a_complaint_is_one_case_of_the_last_kind(
        self, house: Institution, at_desk: AtDesk
    ) -> None:
        case, code = house.report({"purpose": "ask", "categories": ["bullying"]})
        client = at_desk(house.readers[0])
        send(client, case, "screen", result="other")
        box = open_mailbox(code)
        assert box
        assert box.kind() == ""

        send(client, case, "kind", kind="report", reason="There is more to it.")
        send(client, case, "kind", kind="complaint", reason="They want a decision.")

        shown = page(client, case)
        assert shown.title.startswith("Complaint")
        assert [one.label for one in shown.triage.kinds] == ["Question became Report", "Report became Complaint"]
        assert box.kind() == "complaint"
        assert client.get(reverse("desk:inbox")).context["rows"][0].title == shown.title
        send(client, case, "close", **ENDING)
        assert [row.kind for row in ended()] == ["complaint"]

    @proves("R-000-30")
    def test_what_is_withdrawn_counts_as_what_it_had_become(self, house: Institution, at_desk: AtDesk) -> None:
        case, code = house.report({"purpose": "ask"})
        send(at_desk(house.readers[0]), case, "kind", kind="report", reason="There is more to it.")
        box = open_mailbox(code)
        assert box

        withdraw(box)

        assert [(row.kind, row.outcome) for row in ended()] == [("report", "withdrawn")]

    def test_a_case_does_not_become_what_it_is_or_spam(self, house: Institution, at_desk: AtDesk) -> None:
        case, _code = house.report()
        client = at_desk(house.readers[0])

        got = [send(client, case, "kind", kind=kind, reason="Why?") for kind in ("report", "not_a_report")]

        assert [one.status_code for one in got] == [422, 422]
        assert page(client, case).triage.kinds == []


@proves("R-000-11")
def test_what_was_chosen_what_we_think_and_what_was_found_are_three_things(house: Institution, at_desk: AtDesk) -> None:
    case, _code = house.report({"categories": ["harassment"]})
    client = at_desk(house.readers[0])
    send(client, case, "screen", result="other", category="bullying")

    shown = page(client, case)

    assert (shown.triage.chosen, shown.triage.assessed.label, shown.triage.finding) == (["Harassment"], "Bullying", "")
    assert shown.forms["close"].initial["category"] == "bullying"
    slots = {one.item.slot: one.payload for one in shown.opened.items}
    assert slots["answers"]["answers"]["categories"] == ["harassment"]
    assert slots["assessment"]["category"] == "bullying"
    assert "finding" not in slots
    words = client.get(reverse("desk:case", args=[case.reference])).content.decode()
    for said in ("What the reporter chose", "Our assessment", "None; only a decision makes one"):
        assert said in words
    send(client, case, "assess", category="exclusion")
    assert page(client, case).triage.assessed.label != "Bullying"


class TestTags:
    @proves("R-000-21")
    def test_tags_are_shown_and_found_by_who_can_open_the_case_and_by_nobody_else(
        self, house: Institution, at_desk: AtDesk
    ) -> None:
        struck_out = house.readers[3]
        case, _code = house.report(struck_out=frozenset({struck_out.kid}))
        send(at_desk(house.readers[0]), case, "tag", tags=" second floor, pelican ,, pelican")

        for person, tags in ((house.readers[1], [("second floor", "pelican")]), (struck_out, [])):
            client = at_desk(person)
            assert [row.tags for row in client.get(reverse("desk:inbox")).context["rows"]] == tags
            found = client.post(reverse("desk:search"), {"words": "pelican", "where": "head"}).context["rows"]
            assert [row.case for row in found] == [case] * len(tags)

    def test_too_many_tags_are_given_back(self, house: Institution, at_desk: AtDesk) -> None:
        case, _code = house.report()
        typed = ",".join(f"tag {number}" for number in range(11))

        got = send(at_desk(house.readers[0]), case, "tag", tags=typed)

        assert got.status_code == 422
        assert typed in got.content.decode()


class TestReminders:
    def test_a_case_stands_on_top_on_its_day_for_who_asked_only(
        self, house: Institution, at_desk: AtDesk, time_machine: Any
    ) -> None:
        case, _code = house.report()
        client, day = at_desk(house.readers[0]), localdate() + timedelta(days=3)
        send(client, case, "remind", on=day, text="Ask about the pelican.")
        assert client.get(reverse("desk:inbox")).context["again"] == []
        assert list(Reminder.objects.values_list("to", "day")) == [(house.readers[0].user.pk, day)]

        time_machine.move_to(day)
        mine, theirs = (at_desk(one).get(reverse("desk:inbox")) for one in house.readers[:2])

        assert [row.case for row in mine.context["again"]] == [case]
        assert theirs.context["again"] == []
        client = at_desk(house.readers[0])
        client.post(reverse("desk:looked", args=[case.reference]))
        assert client.get(reverse("desk:inbox")).context["again"] == []
        assert not Reminder.objects.exists()

    def test_a_day_that_is_not_to_come_is_refused(self, house: Institution, at_desk: AtDesk) -> None:
        case, _code = house.report()

        got = send(at_desk(house.readers[0]), case, "remind", on=localdate(), text="My words stay.")

        assert got.status_code == 422
        assert "My words stay." in got.content.decode()
        assert not Reminder.objects.exists()


class TestFilters:
    @proves("R-000-21")
    def test_a_filter_is_sealed_named_by_chance_and_finds_by_tag(self, house: Institution, at_desk: AtDesk) -> None:
        tagged, _code = house.report()
        house.report()
        client = at_desk(house.readers[0])
        send(client, tagged, "tag", tags="pelican")

        client.post(reverse("desk:filters"), {"name": "Birds", "show": "all", "whose": "nobody", "words": "pelican"})

        assert house.readers[0].keyring
        [one] = own(house.readers[0].keyring)
        got = client.get(reverse("desk:inbox"), {"own": one.id})
        assert [row.case for row in got.context["rows"]] == [tagged]
        assert b"pelican" not in bytes(Drawer.objects.get().sealed)
        assert at_desk(house.readers[1]).get(reverse("desk:inbox"), {"own": one.id}).status_code == 404
        client.post(reverse("desk:filters"), {"drop": one.id})
        assert own(house.readers[0].keyring) == []

    def test_there_are_twelve_at_most(self, house: Institution, at_desk: AtDesk) -> None:
        client = at_desk(house.readers[0])
        got = [
            client.post(reverse("desk:filters"), {"name": f"Filter {n}", "show": "all"}).status_code for n in range(13)
        ]
        assert got == [302] * 12 + [422]


@proves("R-002-10")
@pytest.mark.parametrize(
    ("deed", "form"),
    [
        ("act", {"action": "listened", "on": localdate(), "text": "My words stay."}),
        ("kind", {"kind": "question", "reason": "My words stay."}),
        ("assess", {"category": "bullying", "remark": "My words stay."}),
        ("tag", {"tags": "My words stay."}),
        ("remind", {"on": localdate() + timedelta(days=2), "text": "My words stay."}),
    ],
)
def test_of_two_who_act_at_once_one_wins_and_the_other_keeps_the_words(
    house: Institution, at_desk: AtDesk, deed: str, form: dict[str, Any]
) -> None:
    case, _code = house.report()
    shown = now(case).stamp
    send(at_desk(house.readers[1]), case, "note", text="I was first.")

    got = at_desk(house.readers[0]).post(reverse(f"desk:{deed}", args=[case.reference]), form | {"stamp": shown})

    assert got.status_code == 422
    assert "This case changed since you opened the page" in got.content.decode()
    assert "My words stay." in got.content.decode()
    assert now(case).stamp == shown + 1
