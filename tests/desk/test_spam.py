"""What is no report at all, filed several at once; and going on with what was closed."""

from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from haven.cases.models import Case, State
from haven.dialogue.actions import open_mailbox, withdraw
from haven.trail.models import Entry
from tests.counted import ended
from tests.desk.conftest import AtDesk, now, page, send
from tests.institution import Institution
from tests.proves import proves

ENDING = {"outcome": "talked", "category": "bullying", "destination": "none"}


class TestSpam:
    @proves("R-000-06", "R-002-10")
    def test_several_are_shown_once_more_and_filed_at_once_each_counted_apart(
        self, house: Institution, at_desk: AtDesk
    ) -> None:
        cases = [house.report({"categories": ["bullying"]})[0] for _n in range(3)]
        stays, _code = house.report()
        client, ticked = at_desk(house.readers[0]), [case.reference for case in cases]

        asked = client.post(reverse("desk:spam"), {"case": ticked})
        assert [one.opened.case for one in asked.context["ticked"]] == cases
        assert {now(case).state for case in cases} == {State.NEW}
        done = client.post(reverse("desk:spam"), {"case": ticked, "sure": "yes"})

        assert done.status_code == 302
        assert {(now(case).state, now(case).screened_on) for case in cases} == {(State.CLOSED, localdate())}
        assert now(stays).state == State.NEW
        rows = [(row.kind, row.outcome, row.category, row.contact_in_time) for row in ended()]
        assert rows == [("not_a_report", "not_a_report", "not_said", "not_said")] * 3
        assert [one["result"] for one in page(client, cases[0]).screenings] == ["spam"]

    def test_what_changed_meanwhile_is_left_and_says_why(self, house: Institution, at_desk: AtDesk) -> None:
        changed, other = house.report()[0], house.report()[0]
        mine, colleague = at_desk(house.readers[0]), at_desk(house.readers[1])
        stamps = {f"stamp-{case.reference}": case.stamp for case in (changed, other)}
        send(colleague, changed, "note", text="This one is real.")

        ticked = {"case": [changed.reference, other.reference], "sure": "yes", "reason": "All alike."}
        got = mine.post(reverse("desk:spam"), ticked | stamps)

        assert got.status_code == 422
        assert [one.opened.case for one in got.context["ticked"]] == [changed]
        assert "This case changed" in got.content.decode()
        assert "All alike." in got.content.decode()
        assert (now(changed).state, now(other).state) == (State.NEW, State.CLOSED)

    @proves("R-002-12")
    def test_what_is_urgent_is_no_spam_without_a_reason(self, house: Institution, at_desk: AtDesk) -> None:
        case, _code = house.report(urgent=True)
        ticked = {"case": [case.reference], "sure": "yes"}

        refused = at_desk(house.readers[0]).post(reverse("desk:spam"), ticked)
        assert (refused.status_code, now(case).state, len(ended())) == (422, State.NEW, 0)
        done = at_desk(house.readers[0]).post(reverse("desk:spam"), ticked | {"reason": "An advertisement."})

        assert (done.status_code, now(case).state) == (302, State.CLOSED)

    @proves("R-000-21")
    def test_a_case_without_a_key_among_them_is_a_case_that_is_not_there(
        self, house: Institution, at_desk: AtDesk
    ) -> None:
        own_case = house.report()[0]
        other = house.report(struck_out=frozenset({house.readers[3].kid}))[0]
        client = at_desk(house.readers[3])

        got = [
            client.post(reverse("desk:spam"), {"case": [own_case.reference, reference], "sure": "yes"}).content
            for reference in (other.reference, "ZZZZ-ZZZZ")
        ]

        assert got[0] == got[1]
        assert {one.state for one in Case.objects.all()} == {State.NEW}


class TestReopening:
    @proves("R-000-06", "R-000-24")
    def test_a_closed_case_goes_on_and_is_counted_once(self, house: Institution, at_desk: AtDesk) -> None:
        case, _code = house.report()
        client = at_desk(house.readers[0])
        send(client, case, "screen", result="other")
        send(client, case, "close", **ENDING)
        house_rows = ended()

        send(client, case, "reopen", reason="She called again.")

        assert (now(case).state, now(case).closed_on, now(case).forget_on) == (State.OPEN, None, None)
        assert (len(house_rows), len(ended())) == (1, 0)
        assert "She called again." in client.get(reverse("desk:case", args=[case.reference])).content.decode()
        assert Entry.objects.filter(did="case.reopened", actor=house.readers[0].user.pk).count() == 1
        send(client, case, "close", **ENDING | {"outcome": "settled"})
        assert [row.outcome for row in ended()] == ["settled"]
        send(client, case, "reopen", reason="Once more.")
        assert len(ended()) == 0

    @proves("R-002-10")
    def test_what_was_taken_for_spam_is_screened_anew(self, house: Institution, at_desk: AtDesk) -> None:
        case, _code = house.report()
        client = at_desk(house.readers[0])
        client.post(reverse("desk:spam"), {"case": [case.reference], "sure": "yes"})

        send(client, case, "reopen", reason="It was a poem about it.")

        assert (now(case).state, now(case).screened_on, len(ended())) == (State.NEW, None, 0)

    def test_not_on_the_day_on_which_the_words_go(self, house: Institution, at_desk: AtDesk, time_machine: Any) -> None:
        case, _code = house.report()
        send(at_desk(house.readers[0]), case, "screen", result="other")
        send(at_desk(house.readers[0]), case, "close", **ENDING)
        day = now(case).forget_on
        assert day

        time_machine.move_to(day)
        got = send(at_desk(house.readers[0]), case, "reopen", reason="Too late.")

        assert (got.status_code, now(case).state, len(ended())) == (422, State.CLOSED, 1)
        assert "cannot be opened again" in got.content.decode()

    def test_not_after_a_withdrawal(self, house: Institution, at_desk: AtDesk) -> None:
        case, code = house.report()
        box = open_mailbox(code)
        assert box
        withdraw(box)

        got = send(at_desk(house.readers[0]), case, "reopen", reason="I want to know.")

        assert (got.status_code, now(case).state, len(ended())) == (422, State.WITHDRAWN, 1)
