"""Two at once, an old page, words of any shape."""

import pytest
from django.urls import reverse

from haven.dialogue.actions import open_mailbox
from tests.desk.conftest import AtDesk, now, page, send
from tests.institution import Institution


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


def test_a_deed_that_is_opened_by_its_address_leads_back_to_the_case(house: Institution, at_desk: AtDesk) -> None:
    """The other language, or signing in again, asks for the address of a button."""
    case, _code = house.report()
    client = at_desk(house.readers[0])

    deed = client.get(reverse("desk:note", args=[case.reference]))
    several = client.get(reverse("desk:spam"))

    assert [deed.status_code, several.status_code] == [405, 405]
    assert f'href="{reverse("desk:case", args=[case.reference])}">Go back</a>' in deed.content.decode()
    assert f'href="{reverse("desk:inbox")}">Go back</a>' in several.content.decode()
