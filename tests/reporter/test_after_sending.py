"""What is told, shown and possible once a report was sent."""

from typing import Any

import pytest

from haven.cases.models import Case
from haven.dialogue.actions import open_mailbox
from haven.notices.models import Outgoing
from haven.rulebook import shelf
from haven.vault.models import SealedItem
from tests.proves import proves
from tests.reporter.visitor import Visitor, at_the_code, picked


@proves("R-000-16")
def test_after_sending_it_says_by_which_day_and_how_that_was_counted(visitor: Visitor) -> None:
    at_the_code(visitor, mode="anonymous").press("send")
    term = visitor.answer.context["term"]

    assert term.day == Case.objects.get().contact_due
    assert term.rule.say("en") in visitor.text


@proves("R-000-17")
def test_who_only_wants_to_give_a_signal_is_promised_no_contact(visitor: Visitor) -> None:
    at_the_code(visitor, purpose="report", support="signal").press("send")

    assert Case.objects.get().contact_due is None
    assert visitor.answer.context["term"] is None
    assert "do not contact you, as you asked" in visitor.text


@proves("R-004-28", "R-000-08")
def test_after_an_anonymous_report_fitting_people_are_listed(visitor: Visitor) -> None:
    at_the_code(visitor, purpose="report", audience="student", mode="anonymous").press("send")
    names = [provision.name.say("en") for provision in visitor.answer.context["provisions"]]

    assert "Confidential counsellor for students" in names
    assert "Confidential counsellor for staff" not in names
    assert all(name in visitor.text for name in names)


@proves("R-002-19", "R-002-20")
def test_after_sending_confidentiality_and_its_limit_are_told_again(visitor: Visitor) -> None:
    at_the_code(visitor).press("send")
    told = {block.key: block for block in shelf.current().intake.after}

    assert told["confidentiality"].text.say("en") in visitor.text
    assert told["limits"].text.say("en") in visitor.text


def test_urgent_is_the_reporters_own_mark_and_alerts_the_readers(visitor: Visitor) -> None:
    at_the_code(visitor).press("send", urgent="yes")

    assert Case.objects.get().urgent
    assert {notice.template for notice in Outgoing.objects.all()} == {"urgent"}


def test_the_code_is_shown_before_sending_and_opens_the_mailbox_after_it(visitor: Visitor) -> None:
    at_the_code(visitor)
    shown = visitor.answer.context["shown_code"]
    assert shown in visitor.text
    visitor.press("send")

    assert open_mailbox(shown) is not None


@pytest.mark.parametrize(("choice", "reads"), [("no", False), ("yes", True)])
def test_the_code_shows_the_own_words_only_when_that_was_chosen(visitor: Visitor, choice: str, *, reads: bool) -> None:
    at_the_code(visitor, story="Somebody shouted.").press("send", readback=choice)
    box = open_mailbox(visitor.code)

    assert box is not None
    assert bool(box.own_words()) is reads


def test_the_code_comes_as_a_file_with_a_name_that_says_nothing(visitor: Visitor) -> None:
    at_the_code(visitor)
    shown = visitor.answer.context["shown_code"]
    file = visitor.client.post("/en/contact/code/", {"state": visitor.state})

    assert file["Content-Disposition"] == 'attachment; filename="notes.txt"'
    assert shown in file.content.decode()
    assert file["Cache-Control"] == "no-store"


def test_words_changed_after_sending_can_follow_as_a_message(visitor: Visitor) -> None:
    at_the_code(visitor, story="First.")
    form = visitor.state
    visitor.press("send")
    again = Visitor()
    again.state = form
    again.press("change-ask:story").press("next", words="Second thoughts.").press().press("send")
    assert "We had your message already" in again.text
    sealed = SealedItem.objects.filter(slot="message").count()
    again.press("again", words="Second thoughts.", once="one form").press(
        "again", words="Second thoughts.", once="one form"
    )

    assert SealedItem.objects.filter(slot="message").count() == sealed + 1


def test_the_other_language_goes_on_where_one_was(visitor: Visitor) -> None:
    visitor.open().press().press("next", **picked("report"))
    dutch = Visitor("nl")
    dutch.state = visitor.state
    dutch.press("stay", **picked("self"))

    assert dutch.heading == "Om wie gaat het?"
    assert dutch.draft.answers == {"purpose": "report", "capacity": "self"}


def test_a_withdrawn_report_stays_withdrawn_when_the_browser_sends_the_last_page_again(visitor: Visitor) -> None:
    at_the_code(visitor)
    form, code = visitor.state, visitor.code
    visitor.press("send").go("mailbox/", code=code).go("mailbox/open/withdraw/", sure="yes")
    again = Visitor()
    again.state = form
    again.press("send")

    assert "You took this message back" in again.text
    assert open_mailbox(code) is None


def test_nothing_of_a_draft_is_stored_before_sending(visitor: Visitor, django_assert_num_queries: Any) -> None:
    visitor.open()
    with django_assert_num_queries(0):
        while visitor.at != "ask:support":
            visitor.press()
    at_the_code(Visitor(), story="Not sent.")

    assert not SealedItem.objects.exists()
