"""How a procedure begins at the desk, without a browser: from the contact point, and at the request of who decides."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from haven.cases import consent, referral
from haven.cases.agreed import Scope
from haven.cases.consent import Request, Spoken
from haven.complaints import convening
from haven.complaints.models import Complaint
from haven.rulebook.consent import SUMMARY, TEAM
from tests.complaints.court import Court
from tests.desk.conftest import sits_down
from tests.institution import Institution
from tests.proves import proves

AGREED, KEPT = "zqagreedwm: she wants to complain", "zqkeptwm: what she told in confidence"


@pytest.fixture
def court(db: None, settings: Any) -> Court:
    return Court(settings, example=True)


def refer(court: Court) -> str:
    """A named report of which the reporter agreed to pass on a summary and the name. The address of the referral."""
    house = Institution(court.settings)
    house.readers = [house.person(f"Reader {number}") for number in range(3)]
    for reader in house.readers:
        house.confirm(reader, by=court.house.readers)
    case, _code = house.report({"mode": "named", "name": "Vera Klager", "reach": "vera@example.org", "story": KEPT})
    opened = house.readers[0].opens(case)
    assert opened
    said = Spoken(how="in_person", day=localdate(), handover=False)
    scope = Scope(SUMMARY, identity=True)
    asked = Request(purpose="formal_complaint", way=TEAM, to="complaints_officer", scope=scope, summary=AGREED)
    referral.refer(opened, consent.ask(opened, asked, spoken=said))
    ring = court.accounts["officer"].keyring
    assert ring
    return reverse("desk:carry_over", args=[referral.referred_to(ring)[0].part])


def signed(**more: Any) -> dict[str, Any]:
    today = localdate().isoformat()
    told = {"entity": "university", "name": "Vera Klager", "relation": "employee", "language": "en", "invoked": "on"}
    told |= {"received_on": today, "signed_on": today, "told_named": "on", "legal_procedure": "none"}
    told |= {"as_id": str(uuid4()), "defendant": "Anton Beklaagd", "description": AGREED, "steps_taken": "none"}
    return told | {"files": SimpleUploadedFile("signed.txt", b"the signed letter")} | more


@proves("R-001-10", "R-001-57")
def test_what_the_contact_point_referred_becomes_a_complaint_when_it_was_signed(court: Court) -> None:
    path = refer(court)
    desk = sits_down(court.accounts["officer"])
    assert path in desk.get(reverse("desk:complaints")).content.decode()
    page = desk.get(path).content.decode()
    assert AGREED in page
    assert KEPT not in page
    assert "Vera Klager" in page

    for lacking in ("told_named", "signed_on", "invoked"):
        told = signed()
        del told[lacking]
        assert desk.post(path, told).status_code == 422
    assert not Complaint.objects.exists()
    made = desk.post(path, signed())
    assert (made.status_code, made.context["name"]) == (200, "Vera Klager")
    row = Complaint.objects.get()
    assert (
        AGREED
        in desk.get(reverse("desk:complaint_paper", args=[row.reference, row.documents.get().pk])).content.decode()
    )

    again = desk.get(path)
    assert (again.status_code, again.headers["Location"]) == (302, reverse("desk:complaint", args=[row.reference]))
    assert path not in desk.get(reverse("desk:complaints")).content.decode()


def test_nobody_but_the_officers_it_was_referred_to_finds_a_referral(court: Court) -> None:
    path = refer(court)
    absent = reverse("desk:carry_over", args=[uuid4()])
    for person in (court.board(), court.supervisor(), court.secretary()):
        desk = sits_down(person)
        assert desk.get(path).status_code == desk.get(absent).status_code
        assert desk.post(path, signed()).status_code in {403, 404}
    assert Client().get(path).status_code == 302
    assert not Complaint.objects.exists()


@proves("R-000-21")
def test_an_officer_gives_back_what_was_referred_and_the_other_still_has_it(court: Court) -> None:
    path = refer(court)
    first, second = (sits_down(court.accounts[key]) for key in ("officer", "second"))
    back = f"{path}step-back/"
    assert f'href="{back}"' in first.get(path).content.decode()
    page = first.get(back).content.decode()
    assert AGREED not in page
    assert "Vera Klager" not in page
    assert first.post(back, {"sure": "yes"}).headers["Location"] == reverse("desk:complaints")
    assert [first.get(one).status_code for one in (path, back)] == [404, 404]
    assert path not in first.get(reverse("desk:complaints")).content.decode()
    assert second.get(path).status_code == 200


def asked(**more: Any) -> dict[str, Any]:
    told = {"entity": "university", "requested_by": "board", "description": "zqaskedwm", "language": "en"}
    return told | {"received_on": localdate().isoformat(), "as_id": str(uuid4()), "about": "Anton Beklaagd"} | more


@proves("R-001-37")
def test_a_board_asks_for_an_investigation_and_no_step_waits_for_a_complainant(court: Court) -> None:
    desk, path = sits_down(court.accounts["officer"]), reverse("desk:request_investigation")
    told = asked()
    assert desk.post(path, told).status_code == 302
    assert desk.post(path, told).status_code == 422
    page = desk.get(reverse("desk:complaint", args=[Complaint.objects.get().reference])).context["page"]
    assert (page.title, page.flags) == ("Anton Beklaagd", [])
    assert {one.step.key for one in page.steps} == {"rights_told", "committee_appointed"}
    assert [one.step for one in page.for_others] == []
    assert {one.running.term.key for one in page.terms} == set()
    along = convening.enclosures(page.opened, page.rules.hearings[0])
    assert [one.kind for one in along] == ["request"], "with the invitation, for there is no letter of complaint"


@proves("R-001-50")
def test_about_a_member_of_the_board_the_supervisory_board_asks_and_not_the_board(court: Court) -> None:
    desk, path = sits_down(court.accounts["officer"]), reverse("desk:request_investigation")
    assert desk.post(path, asked(board="on")).status_code == 422
    assert not Complaint.objects.exists()
    assert desk.post(path, asked(board="on", requested_by="supervisory_board")).status_code == 302
