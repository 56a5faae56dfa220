"""Texts to begin with: in the language of the reporter, below what was typed, and nothing is sent by choosing one."""

from typing import Any

from django.urls import reverse

from haven.cases.models import Case
from haven.vault.models import SealedItem
from tests.desk.conftest import AtDesk, page
from tests.institution import Institution


def begin(client: Any, case: Case, use: str, **form: str) -> Any:
    return client.post(reverse(f"desk:{use}_text", args=[case.reference]), {"stamp": "1", **form})


def typed(answer: Any, use: str) -> str:
    return str(answer.context["page"].forms[use]["text"].value())


def test_a_text_comes_below_what_was_typed_and_is_only_sent_when_somebody_sends_it(
    house: Institution, at_desk: AtDesk
) -> None:
    case, _code = house.report()
    client = at_desk(house.readers[0])
    before = SealedItem.objects.count()

    answer = begin(client, case, "answer", letter="received", text="Dear you,")

    said = typed(answer, "answer")
    assert said.startswith("Dear you,\n\nThank you for sharing this with us.")
    assert said.endswith("Reader 0, Officer")
    assert SealedItem.objects.count() == before


def test_the_support_in_a_text_is_what_fits_this_report(house: Institution, at_desk: AtDesk) -> None:
    case, _code = house.report({"categories": ["bullying"]})
    client = at_desk(house.readers[0])

    said = typed(begin(client, case, "answer", letter="provisions"), "answer")

    names = [one.name.en for one in page(client, case).support]
    assert names
    assert [name for name in names if f"- {name}" not in said] == []
    assert "{" not in said


def test_an_answer_is_in_the_language_of_the_reporter_and_a_note_in_ones_own(
    house: Institution, at_desk: AtDesk
) -> None:
    case, _code = house.report()  # the reporter wrote in English
    client = at_desk(house.readers[0])
    in_dutch = reverse("desk:answer_text", args=[case.reference]).replace("/en/", "/nl/")

    answer = client.post(in_dutch, {"stamp": "1", "letter": "talk"})
    note = client.post(in_dutch.replace("/answer/", "/note/"), {"stamp": "1", "letter": "talk"})

    assert typed(answer, "answer").startswith("I would like to talk with you")
    assert typed(note, "note").startswith("Gesproken met:")


def test_a_text_of_another_form_or_none_changes_nothing(house: Institution, at_desk: AtDesk) -> None:
    case, _code = house.report()
    client = at_desk(house.readers[0])

    assert typed(begin(client, case, "answer", letter="consult", text="Mine."), "answer") == "Mine."
    assert begin(client, case, "note", letter="").status_code == 200
