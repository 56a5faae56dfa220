"""Both sides of a complaint in their door: invited, bound to confidentiality, served alike, heard, withdrawn."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.utils.formats import date_format
from django.utils.timezone import localdate
from playwright.sync_api import expect

from haven.complaints import agreeing, documents, parties, serving, talking
from haven.complaints.models import Party
from tests.complaints.court import SECRET, Court, Running
from tests.conftest import NewContext
from tests.live import Site
from tests.proves import proves
from tests.stories.party import Letter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STATEMENT, QUESTION, ANSWER = "Zo is het niet gegaan.", "Mag mijn broer mee?", "Ja, noem hem hier."
PHONE = 390


@pytest.fixture
def court(site: Site, settings: Any) -> Court:
    cache.clear()
    return Court(settings)


@proves("R-001-105", "R-001-87", "R-001-66", "R-001-67", "R-001-84", "R-001-74", "R-001-104", "R-001-114")
def test_both_sides_of_a_complaint_in_their_own_door(court: Court, new_context: NewContext, tmp_path: Path) -> None:
    running = court.started()
    letter = running.start.letter.pk
    invited = parties.invite(running.by(), "defendant", {"name": "Anton Beklaagd", "relation": "employee"})
    serving.serve(running.by(), [letter])
    running.committee()

    defendant = browser(new_context, "defendant", "nl", width=PHONE, scripts=False)
    defendant.opens_the_door().comes_first(invited.number, invited.code)
    defendant.page.goto(f"/nl/letter/open/document/{letter}/")
    assert SECRET not in defendant.said
    defendant.accepts()
    assert "Carla Chair" in defendant.said
    reads(defendant, str(letter))
    files(defendant, tmp_path)
    beside(browser(new_context, "friend", "en", width=PHONE), *brings(defendant))
    asks(defendant)

    filed = handled(running, invited.number)
    complainant = browser(new_context, "complainant", "en")
    complainant.comes_back(running.start.invitation.number)
    assert date_format(localdate(), "j F Y") in complainant.page.locator("#documents").inner_text()
    reads(complainant, str(filed), STATEMENT)
    brings(complainant)
    agrees(complainant)
    withdraws(complainant)
    is_told_of_the_end(defendant)

    opened = {one for _day, who, one in documents.inspections(running.by()) if who == invited.party.pk.hex}
    assert (running.row.ended_on, opened) == (localdate(), {letter, filed})


def handled(running: Running, number: str) -> UUID:
    """The officer answers, serves what was filed, and asks both sides to agree."""
    officer = running.by()
    talking.reply(officer, Party.objects.get(number=number), ANSWER)
    (filed,) = [one.row.pk for one in officer.papers if one.text == STATEMENT]
    serving.serve(running.by(), [filed])
    agreeing.ask(running.by(), "longer_agreed", "Two more weeks, because a witness is ill.")
    return filed


def beside(friend: Letter, number: str, code: str) -> None:
    """Who stands by a party accepts first too, and can add nothing."""
    friend.opens_the_door().comes_first(number, code)
    friend.accepts()
    friend.page.goto("/en/letter/open/add/")
    expect(friend.page.locator("main h1")).to_have_text("There is nothing here")


def is_told_of_the_end(who: Letter) -> None:
    who.page.goto("/nl/letter/open/questions/")
    assert ANSWER in who.said
    who.looks("answered")
    who.page.goto("/nl/letter/open/")
    assert "withdrawn" in who.said
    who.looks("ended")


def browser(new_context: NewContext, name: str, language: str, *, width: int = 1280, scripts: bool = True) -> Letter:
    pages = [new_context(java_script_enabled=on).new_page() for on in ({True} if scripts else (False, True))]
    for page in pages:
        page.set_viewport_size({"width": width, "height": 844})
    return Letter(pages[0], name, language, *pages[1:])


def reads(who: Letter, paper: str, words: str = SECRET) -> None:
    who.goes(f"/document/{paper}/")
    assert words in who.said
    who.looks("paper")
    answer = who.page.request.get(f"/{who.language}/letter/open/document/{paper}/pdf/")
    assert (answer.status, answer.body()[:5]) == (200, b"%PDF-")
    who.goes("/letter/open/")


def files(who: Letter, folder: Path) -> None:
    (folder / "mail.txt").write_text("een mail")
    who.goes("/letter/open/add/")
    who.looks("add")
    who.page.fill("#words", STATEMENT)
    who.page.set_input_files("#files", [folder / "mail.txt"])
    who.presses("main form .actions button")
    assert STATEMENT in who.page.locator("#words").input_value(), "whose words was not said; nothing is lost"
    who.looks("add-again")
    who.page.check("#kind-own")
    who.presses("main form .actions button")
    who.looks("filed")
    assert "mail.txt" not in who.said
    who.page.locator("#documents a").nth(1).click()
    assert "mail.txt" in who.said
    answer = who.page.request.get(who.page.locator("#files a").get_attribute("href") or "")
    assert answer.body() == b"een mail"
    who.looks("own")
    who.goes("/letter/open/")


def brings(who: Letter) -> tuple[str, str]:
    """Somebody to stand by; gives number and code of the letter to hand over."""
    who.goes("/letter/open/people/")
    who.page.check("input[name=role][value=support_person]")
    who.page.fill("#id_name", "Bram Broer")
    who.looks("people")
    who.presses("main form .btn")
    who.looks("handed")
    number = who.page.locator(".facts dd").nth(1).inner_text()
    code = who.page.locator("output#code").inner_text()
    who.goes("/letter/open/people/")
    who.looks("people-there")
    who.page.locator(".contacts a").click()
    who.looks("person")
    who.goes("/letter/open/people/")
    who.goes("/letter/open/")
    return number, code


def asks(who: Letter) -> None:
    who.goes("/letter/open/questions/")
    who.page.fill("#words", QUESTION)
    who.presses("main form .btn")
    assert QUESTION in who.said
    who.looks("questions")
    who.goes("/letter/open/")
    who.goes("/request/separate_hearing/")
    who.page.fill("#why", "Liever apart.")
    who.presses("main form .btn")
    assert "Liever apart." in who.said
    who.looks("separate")
    who.goes("/letter/open/")
    who.goes("/request/witness/")
    who.looks("witness")
    who.presses("main form .btn")
    who.looks("witness-again")
    who.goes("/letter/open/")
    who.goes("/letter/open/disadvantage/")
    who.looks("disadvantage")
    who.goes("/letter/open/")


def agrees(who: Letter) -> None:
    who.goes("/letter/open/agree/")
    who.looks("agree")
    who.presses("button[value=agree]")
    expect(who.page.locator(".note.good")).to_contain_text("You agreed")
    who.looks("agreed")
    who.goes("/letter/open/")


def withdraws(who: Letter) -> None:
    who.goes("/letter/open/step/withdrawn/")
    who.looks("withdraw")
    who.presses("main form .btn")
    who.looks("withdrawn")
    who.presses("form[action$='/close/'] button")
    who.looks("left")
    assert who.page.context.cookies() == []
