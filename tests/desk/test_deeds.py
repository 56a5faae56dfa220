"""What can be done with a case at the desk: screened, answered, contacted, noted, assigned, revealed, closed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from haven.cases.models import Case, State
from haven.dialogue.actions import open_mailbox, write
from haven.notices.models import Outgoing
from haven.register.models import Row
from haven.trail.models import Entry
from tests.desk.conftest import AtDesk
from tests.institution import Institution, Person
from tests.proves import proves

NAMED = {"mode": "named", "name": "Evi Voorbeeld", "contact_way": "phone", "contact_detail": "06 0000 0000"}


def send(client: Client, case: Case, deed: str, **form: Any) -> Any:
    """Send the form as it stands on the page of the case now."""
    stamp = Case.objects.get(pk=case.pk).stamp
    return client.post(reverse(f"desk:{deed}", args=[case.reference]), {"stamp": stamp, **form})


def now(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def page(client: Client, case: Case) -> Any:
    return client.get(reverse("desk:case", args=[case.reference])).context["page"]


@pytest.fixture
def coordinator(house: Institution) -> Person:
    person = house.person("Coordinator", role="coordinator")
    house.confirm(person, by=house.readers[:2])
    return person


class TestScreening:
    @proves("R-002-10")
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
        assert (now(case).state, Row.objects.count()) == (State.NEW, 0)


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


class TestAssigning:
    def test_who_was_struck_out_is_not_in_the_list_and_cannot_be_sent(
        self, house: Institution, at_desk: AtDesk, coordinator: Person
    ) -> None:
        struck_out = house.readers[3]
        case, _code = house.report(struck_out=frozenset({struck_out.kid}))
        client = at_desk(coordinator)

        offered = [name for _key, name in page(client, case).forms["assign"].fields["to"].choices]
        got = send(client, case, "assign", to=struck_out.user.pk)

        assert struck_out.user.name not in offered
        assert house.readers[1].user.name in offered
        assert got.status_code == 422
        assert struck_out.opens(case) is None

    def test_who_gets_a_case_can_read_it_and_is_told_without_a_word_of_it(
        self, house: Institution, at_desk: AtDesk, coordinator: Person
    ) -> None:
        case, _code = house.report()
        newcomer = house.person("Newcomer")
        house.confirm(newcomer, by=house.readers[:2])
        assert newcomer.opens(case) is None
        Outgoing.objects.all().delete()

        send(at_desk(coordinator), case, "assign", to=newcomer.user.pk)

        assert now(case).handler == newcomer.user
        opened = newcomer.opens(case)
        assert opened
        assert opened.answers["answers"]["story"]
        assert [(notice.to, notice.template) for notice in Outgoing.objects.all()] == [(newcomer.user, "waiting")]

    def test_a_contact_point_officer_does_not_assign(self, house: Institution, at_desk: AtDesk) -> None:
        case, _code = house.report()

        assert send(at_desk(house.readers[0]), case, "assign", to=house.readers[1].user.pk).status_code == 404


class TestIdentity:
    @proves("R-000-19")
    def test_a_name_held_by_one_person_is_opened_by_that_person_only_and_the_reporter_sees_it(
        self, house: Institution, at_desk: AtDesk
    ) -> None:
        keeper, colleague = house.readers[1], house.readers[0]
        case, code = house.report(NAMED | {"mode": "confidential"}, keeper=keeper.kid)

        before = at_desk(keeper).get(reverse("desk:case", args=[case.reference])).content.decode()
        refused = send(at_desk(colleague), case, "reveal", reason="Curious.")
        without = send(at_desk(keeper), case, "reveal", reason=" ")
        opened = send(at_desk(keeper), case, "reveal", reason="To call back before Monday.")

        assert "Evi Voorbeeld" not in before
        assert refused.status_code == 404
        assert without.status_code == 422
        assert "Evi Voorbeeld" in opened.content.decode()
        box = open_mailbox(code)
        assert box
        told = box.messages()[-1].payload
        assert (told["about"], told["by"], told["reason"]) == (
            "revealed",
            keeper.user.name,
            "To call back before Monday.",
        )
        again = at_desk(keeper).get(reverse("desk:case", args=[case.reference])).content.decode()
        assert "Evi Voorbeeld" not in again

    @proves("R-000-20")
    def test_a_name_given_to_everybody_is_shown_to_everybody_who_reads(
        self, house: Institution, at_desk: AtDesk
    ) -> None:
        case, _code = house.report(NAMED)

        for reader in house.readers:
            assert "Evi Voorbeeld" in at_desk(reader).get(reverse("desk:case", args=[case.reference])).content.decode()

    @proves("R-000-18")
    def test_an_anonymous_report_holds_no_name_to_open(self, house: Institution, at_desk: AtDesk) -> None:
        case, _code = house.report(NAMED | {"mode": "anonymous"})
        client = at_desk(house.readers[0])

        assert "Evi Voorbeeld" not in client.get(reverse("desk:case", args=[case.reference])).content.decode()
        assert send(client, case, "reveal", reason="Curious.").status_code == 404


class TestClosing:
    @proves("R-000-06", "R-000-11", "R-000-24")
    def test_closing_leaves_one_coarse_row_and_names_the_day_on_which_the_words_go(
        self, house: Institution, at_desk: AtDesk
    ) -> None:
        case, _code = house.report({"categories": ["harassment"], "purpose": "report"})
        client = at_desk(house.readers[0])
        send(client, case, "screen", result="other")

        send(client, case, "close", outcome="advice_given", category="bullying", destination="police", reason="Done.")

        row = Row.objects.get()
        assert (row.outcome, row.category, row.destination) == ("advice_given", "bullying", "police")
        assert now(case).forget_on == localdate() + timedelta(days=30)
        shown = client.get(reverse("desk:case", args=[case.reference])).content.decode()
        assert "All its words are destroyed on" in shown
        assert page(client, case).forms == {}
        assert page(client, case).opened.answers["answers"]["categories"] == ["harassment"]

    @proves("R-000-17")
    def test_a_signal_is_closed_without_referral(self, house: Institution, at_desk: AtDesk) -> None:
        case, _code = house.report({"support": "signal"})
        client = at_desk(house.readers[0])
        send(client, case, "screen", result="file")

        send(client, case, "close", outcome="signal_recorded", category="other", destination="none")

        assert (Row.objects.get().outcome, Row.objects.get().destination) == ("signal_recorded", "none")

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


class TestTwoAtOnce:
    def test_who_acts_on_an_old_page_keeps_the_text_and_sees_what_is_new(
        self, house: Institution, at_desk: AtDesk
    ) -> None:
        case, _code = house.report()
        one, other = at_desk(house.readers[0]), at_desk(house.readers[1])
        send(one, case, "note", text="I am calling now.")

        late = other.post(reverse("desk:note", args=[case.reference]), {"stamp": case.stamp, "text": "Shall I call?"})

        assert late.status_code == 422
        assert "changed since you opened the page" in late.content.decode()
        assert "Shall I call?" in late.content.decode()
        assert "I am calling now." in late.content.decode()
        again = other.post(
            late.wsgi_request.path, {"stamp": late.context["page"].failed.data["stamp"], "text": "Shall I?"}
        )
        assert again.status_code == 302

    def test_pressing_twice_sends_once(self, house: Institution, at_desk: AtDesk) -> None:
        case, code = house.report()
        client = at_desk(house.readers[0])
        form = {"stamp": case.stamp, "text": "Thank you."}

        answers = [client.post(reverse("desk:answer", args=[case.reference]), form).status_code for _time in range(2)]

        assert answers == [302, 422]
        box = open_mailbox(code)
        assert box
        assert len(box.messages()) == 1


class TestBadInput:
    @pytest.mark.parametrize(
        "text", ["\u202egnirts\u202c", "zero\u200bwidth", "<script>alert(1)</script>", "a" * 90_000]
    )
    def test_words_of_any_shape_are_kept_and_shown_for_what_they_are(
        self, house: Institution, at_desk: AtDesk, text: str
    ) -> None:
        case, _code = house.report({"story": text})
        client = at_desk(house.readers[0])

        send(client, case, "note", text=text)
        shown = client.get(reverse("desk:case", args=[case.reference])).content.decode()

        assert page(client, case).notes[0]["text"] == text
        assert "<script>alert" not in shown
        assert "\u202e" not in shown
        assert "\u200b" not in shown

    @pytest.mark.parametrize("text", ["", "   ", "\n\n", "a" * 100_001])
    def test_nothing_and_too_much_are_refused_in_plain_words(
        self, house: Institution, at_desk: AtDesk, text: str
    ) -> None:
        case, _code = house.report()

        assert send(at_desk(house.readers[0]), case, "note", text=text).status_code == 422
        assert now(case).stamp == case.stamp

    def test_a_form_without_its_stamp_is_refused(self, house: Institution, at_desk: AtDesk) -> None:
        case, _code = house.report()

        got = at_desk(house.readers[0]).post(reverse("desk:note", args=[case.reference]), {"text": "Hello."})

        assert got.status_code == 422
        assert now(case).stamp == case.stamp
