"""Screening, contact, closing: what can be done with a case at the desk."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from haven.cases.models import State
from haven.dialogue.actions import open_mailbox, write
from haven.notices.models import Outgoing
from haven.trail.models import Entry
from tests.counted import ended, told
from tests.desk.conftest import AtDesk, now, page, send
from tests.institution import Institution
from tests.proves import proves

NAMED = {"mode": "named", "name": "Evi Voorbeeld", "contact_way": "phone", "contact_detail": "06 0000 0000"}


class TestScreening:
    @proves("R-002-10", "R-002-11")
    @pytest.mark.parametrize(
        ("result", "state", "urgent"),
        [("file", "filed", False), ("urgent", "open", True), ("assign", "open", False), ("other", "open", False)],
    )
    def test_each_result_is_recorded_with_who_and_when(
        self, house: Institution, at_desk: AtDesk, result: str, state: str, *, urgent: bool
    ) -> None:
        case, _code = house.report()
        client = at_desk(house.readers[0])

        got = send(client, case, "screen", result=result, remark="Read twice.")

        assert got.status_code == 302
        assert (now(case).state, now(case).urgent, now(case).screened_on) == (state, urgent, localdate())
        screening = page(client, case).screenings[0]
        assert (screening["result"], screening["by"], screening["remark"]) == (result, "Reader 0", "Read twice.")
        assert (
            Entry.objects.filter(subject=case.reference, did="case.screened", actor=house.readers[0].user.pk).count()
            == 1
        )
        assert [one["mode"] for one in told("intake")] == ["anonymous"]  # it stays in the counts, also when it is filed

    @proves("R-002-11")
    @pytest.mark.parametrize("report", [{"urgent": True}, {"answers": NAMED}, {"answers": {"mode": "confidential"}}])
    def test_only_an_anonymous_report_without_urgency_is_filed(
        self, house: Institution, at_desk: AtDesk, report: dict[str, Any]
    ) -> None:
        case, _code = house.report(**report)

        got = send(at_desk(house.readers[0]), case, "screen", result="file", remark="What I typed stays.")

        assert got.status_code == 422
        assert now(case).state == State.NEW
        assert "Only an anonymous report without urgency can be filed" in got.content.decode()
        assert "What I typed stays." in got.content.decode()

    @proves("R-002-12")
    def test_urgent_tells_those_on_duty_who_may_read_it(self, house: Institution, at_desk: AtDesk) -> None:
        on_duty, struck_out = house.readers[1], house.readers[3]
        for person in (on_duty, struck_out):
            person.user.on_duty = True
            person.user.save()
        case, _code = house.report(struck_out=frozenset({struck_out.kid}))
        Outgoing.objects.all().delete()

        send(at_desk(house.readers[0]), case, "screen", result="urgent")

        assert [(notice.to, notice.template) for notice in Outgoing.objects.all()] == [(on_duty.user, "urgent")]

    @proves("R-002-10", "R-004-27")
    def test_nothing_is_closed_that_was_not_screened(self, house: Institution, at_desk: AtDesk) -> None:
        case, _code = house.report()

        got = send(at_desk(house.readers[0]), case, "close", outcome="talked", category="bullying", destination="none")

        assert got.status_code == 422
        assert "Screen it first" in got.content.decode()
        assert (now(case).state, len(ended())) == (State.NEW, 0)


class TestContact:
    @proves("R-000-16", "R-002-14")
    def test_the_first_attempt_stops_the_clock_also_when_nobody_was_reached(
        self, house: Institution, at_desk: AtDesk
    ) -> None:
        case, _code = house.report(on=localdate() - timedelta(days=9))
        client = at_desk(house.readers[0])
        assert page(client, case).due.late

        send(client, case, "attempt", way="phone", reached="no", on=localdate(), remark="No answer.")

        assert now(case).contacted_on == localdate()
        attempt = page(client, case).attempts[0]
        assert (attempt["way"], attempt["reached"], attempt["by"]) == ("phone", False, "Reader 0")
        assert page(client, case).due is None

    @pytest.mark.parametrize(
        ("on", "says"),
        [
            (localdate() + timedelta(days=1), "still to come"),
            (date(2020, 1, 6), "before the report came in"),
            ("the day before yesterday", "date"),
        ],
    )
    def test_an_attempt_has_a_possible_day(self, house: Institution, at_desk: AtDesk, on: Any, says: str) -> None:
        case, _code = house.report()

        got = send(
            at_desk(house.readers[0]), case, "attempt", way="mail", reached="yes", on=on, remark="Wrote to them."
        )

        assert got.status_code == 422
        assert says in got.content.decode()
        assert "Wrote to them." in got.content.decode()
        assert now(case).contacted_on is None

    def test_an_answer_reaches_the_reporter_with_the_name_of_who_wrote_it(
        self, house: Institution, at_desk: AtDesk
    ) -> None:
        case, code = house.report()

        send(at_desk(house.readers[0]), case, "answer", text="Thank you.\nWe read it.")

        box = open_mailbox(code)
        assert box
        assert [(one.payload["by"], one.payload["text"]) for one in box.messages()] == [
            ("Reader 0", "Thank you.\nWe read it.")
        ]

    def test_reading_takes_the_mark_off_a_reply_and_stands_in_the_timeline(
        self, house: Institution, at_desk: AtDesk
    ) -> None:
        case, code = house.report()
        box = open_mailbox(code)
        assert box
        write(box, "Are you there?")
        client = at_desk(house.readers[2])

        first, second = page(client, case), page(client, case)

        assert [one.fresh for one in first.messages] == [True]
        assert [one.fresh for one in second.messages] == [False]
        assert not now(case).reply_waiting
        lines = [(line.did, line.who) for line in second.timeline]
        assert lines.count(("Opened", "Reader 2")) == 1


class TestClosing:
    @proves("R-000-06", "R-000-11", "R-000-24")
    def test_closing_leaves_one_coarse_row_and_names_the_day_on_which_the_words_go(
        self, house: Institution, at_desk: AtDesk
    ) -> None:
        case, _code = house.report({"categories": ["harassment"], "purpose": "report"})
        client = at_desk(house.readers[0])
        send(client, case, "screen", result="other")
        send(client, case, "signpost", to="police")

        send(client, case, "close", outcome="advice_given", category="bullying", destination="police", reason="Done.")

        row = ended()[0]
        assert (row.outcome, row.category, row.destination) == ("advice_given", "bullying", "police")
        assert now(case).forget_on == localdate() + timedelta(days=30)
        shown = client.get(reverse("desk:case", args=[case.reference])).content.decode()
        assert "All its words are destroyed on" in shown
        assert set(page(client, case).forms) == {"reopen"}
        assert page(client, case).opened.answers["answers"]["categories"] == ["harassment"]

    @proves("R-000-17")
    def test_a_signal_is_closed_without_referral(self, house: Institution, at_desk: AtDesk) -> None:
        case, _code = house.report({"support": "signal"})
        client = at_desk(house.readers[0])
        send(client, case, "screen", result="file")

        send(client, case, "close", outcome="signal_recorded", category="other", destination="none")

        assert (ended()[0].outcome, ended()[0].destination) == ("signal_recorded", "none")

    @proves("R-002-12")
    def test_an_urgent_case_is_not_closed_without_an_action_or_a_reason(
        self, house: Institution, at_desk: AtDesk
    ) -> None:
        case, _code = house.report()
        client = at_desk(house.readers[0])
        send(client, case, "screen", result="urgent")
        ending = {"outcome": "talked", "category": "bullying", "destination": "none"}

        refused = send(client, case, "close", **ending)
        closed = send(client, case, "close", **ending, reason="It was a drill.")

        assert refused.status_code == 422
        assert "nothing was recorded yet" in refused.content.decode()
        assert closed.status_code == 302

    def test_nothing_is_added_to_a_case_that_ended(self, house: Institution, at_desk: AtDesk) -> None:
        case, _code = house.report()
        client = at_desk(house.readers[0])
        send(client, case, "screen", result="file")
        send(client, case, "close", outcome="talked", category="bullying", destination="none")

        got = send(client, case, "answer", text="One more thing.")

        assert got.status_code == 422
        assert "This case has ended" in got.content.decode()
        assert "One more thing." in got.content.decode()
