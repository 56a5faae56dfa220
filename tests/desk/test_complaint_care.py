"""What officers keep an eye on: how both sides are, who says to be put at a disadvantage, what a term asks before it
passes; and what they write down of third parties, physicians and justice."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from haven.complaints import aftercare, course, disclosing, retention, talking
from haven.complaints.actions import take_step
from haven.complaints.course import STEP, Done
from haven.complaints.days import days_due
from haven.complaints.documents import Draft, file_document
from haven.complaints.models import COURSE, Complaint
from haven.complaints.opened import NotNow
from haven.desk.complaint_list import lines_of, terms_of
from haven.desk.complaint_page import ComplaintPage
from haven.notices import feed
from haven.rulebook import shelf
from haven.rulebook.terms import asked_from
from haven.vault import sealing
from tests.complaints.court import CHAIR, MONDAY, SECRETARY, Court, Running, sends_letters
from tests.desk.conftest import sits_down
from tests.proves import proves


@pytest.fixture
def court(db: None, settings: Any) -> Court:
    return Court(settings, example=True)


def between_two(court: Court) -> Running:
    running = court.started()
    running.invite("defendant")
    return running


def did(running: Running, *steps: str, on: date = MONDAY) -> None:
    for one in steps:
        sealing.keep(running.row.pk, COURSE, STEP, Done(one, on, "chair").line(), on=on, seq=running.row.stamp)


def does(desk: Client, running: Running, deed: str, **fields: Any) -> Any:
    path = reverse("desk:complaint_deed", args=[running.row.reference, deed])
    return desk.post(path, {"stamp": running.row.stamp, **fields}, follow=True)


@proves("R-003-20", "R-001-93")
def test_both_sides_get_aftercare_also_the_accused_and_after_the_end(court: Court) -> None:
    running = between_two(court)
    running.committee()
    did(running, "decided", "withdrawn")
    row, later = running.row, date.today() + timedelta(days=30)  # noqa: DTZ011  as the form is sent
    assert {one.role for one in aftercare.not_asked(running.by())} == {"complainant", "defendant"}
    Complaint.objects.filter(pk=row.pk).update(ended_on=MONDAY, forget_on=retention.forget_on(later))

    desk = sits_down(court.accounts["officer"])
    accused = running.rows["defendant"]
    page = does(desk, running, "aftercare", party=accused.pk, text="zqcarewm: coaching", look_on=later.isoformat())
    assert "zqcarewm" in page.content.decode()
    assert [one.role for one in aftercare.not_asked(running.by())] == ["complainant"]
    assert running.row.look_by == later
    chair = court.accounts[CHAIR]
    assert chair.keyring
    assert aftercare.given(running.by(CHAIR)) == []
    assert "zqcarewm" not in str(ComplaintPage(running.by(CHAIR)).care)
    with pytest.raises(NotNow, match="not_in_this_role"):
        aftercare.give(running.by(CHAIR), accused, "x")
    aftercare.give(running.by(), accused, "It goes well")
    assert running.row.look_by is None


@proves("R-001-33")
def test_who_says_to_be_put_at_a_disadvantage_is_seen_in_the_list_until_answered(court: Court) -> None:
    running = between_two(court)
    running.committee()
    other = court.started()
    desk, says = sits_down(court.accounts["officer"]), "Somebody says to be put at a disadvantage"
    talking.ask(running.party("defendant"), "I lost my desk", disadvantaged=True)
    talking.ask(running.party("defendant"), "And when is the hearing?")
    listed = desk.get(reverse("desk:complaints"))
    assert [one.row.pk for one in listed.context["running"] if one.alarmed] == [running.row.pk]
    assert listed.context["running"][0].row.pk != other.row.pk
    assert says not in sits_down(court.accounts[CHAIR]).get(reverse("desk:complaints")).content.decode()
    does(desk, running, "reply", party=running.rows["defendant"].pk, text="We look at it")
    assert says not in desk.get(reverse("desk:complaints")).content.decode()


@proves("R-001-72", "R-001-115")
def test_the_interim_report_and_the_letter_are_asked_for_before_the_term_passes(court: Court) -> None:
    running = between_two(court)
    running.committee()
    did(running, "complainant_heard", "defendant_heard", "admissible")
    (term,) = [one for one in course.due(running.by(), on=MONDAY) if one.term.key == "investigation"]
    first = asked_from(term, shelf.current().calendar)
    assert first
    assert term.last
    last = term.last.day
    assert shelf.current().calendar.add_working_days(first, 5).day == last

    def asked(on: date, key: str = "officer") -> tuple[bool, str]:
        (term,) = [one for one in terms_of(running.by(key), on) if one.running.term.key == "investigation"]
        return term.letter_owed, term.interim.key if term.interim else ""

    assert asked(first - timedelta(days=1)) == (False, "")
    for key in ("officer", SECRETARY):
        assert asked(first, key) == (True, "interim_report")
    did(running, "interim_report", on=first)
    assert asked(first) == (True, "")
    file_document(running.by(), Draft(kind="delay", title="Later", text="x"), on=first)
    assert asked(last) == (False, "")
    is_owed_a_letter_of_the_extension(running, last)
    secretary = court.accounts[SECRETARY]
    assert secretary.keyring
    assert lines_of(secretary.keyring, secretary.user, last)[0].term is not None


def is_owed_a_letter_of_the_extension(running: Running, on: date) -> None:
    """Since it was given, and until there is one."""

    def owed() -> list[str]:
        return [one.untold.key for one in terms_of(running.by(), on) if one.untold]

    assert owed() == []
    did(running, "extension_granted", on=on)
    assert owed() == ["extension_granted"]
    page = sits_down(running.court.accounts["officer"]).get(reverse("desk:complaint", args=[running.row.reference]))
    assert reverse("desk:complaint_letter", args=[running.row.reference, "extension"]) in page.content.decode()
    file_document(running.by(), Draft(kind="extension", title="Longer", text="x"), on=on)
    assert owed() == []


@proves("R-001-115")
def test_a_term_stands_in_the_calendar_of_officer_and_secretary_and_of_nobody_else(court: Court) -> None:
    running = between_two(court)
    running.committee()
    board = court.board().user
    day = date(2099, 3, 2)
    Complaint.objects.filter(pk=running.row.pk).update(look_by=day)
    officer, secretary = court.accounts["officer"].user, court.accounts[SECRETARY].user
    assert [days_due(one, MONDAY) for one in (officer, secretary, board)] == [[day], [day], []]
    assert [days_due(one, date(2099, 4, 1)) for one in (officer, board)] == [[date(2099, 4, 1)], []]
    desk = sits_down(court.accounts["officer"])
    assert desk.post(reverse("desk:complaint_feed_address"), {"do": "renew"}).status_code == 200
    told = Client().get(reverse("desk:feed", args=[feed.renew(officer)])).content.decode()
    assert ("20990302" in told, running.row.reference in told) == (True, False)


@proves("R-001-65", "R-001-105", "R-001-106")
def test_permission_of_a_third_party_and_what_was_told_outside_are_recorded_at_the_desk(court: Court) -> None:
    running = between_two(court)
    running.committee()
    desk = sits_down(court.accounts["officer"])
    waits = file_document(running.by(), Draft(kind="statement", title="zqthirdwm", text="x", third_party=True))
    proof = file_document(running.by(), Draft(kind="third_party_permission", title="Permission", text="I agree"))
    assert waits.pk not in {one.row.pk for one in running.by(CHAIR).papers}
    page = does(desk, running, "permit", paper=waits.pk, permission=proof.pk)
    assert waits.pk in {one.row.pk for one in running.by(CHAIR).papers}
    assert page.content.decode().count("accepted confidentiality on") >= 4, "each of ours with the day"

    does(desk, running, "disclose", to="physician", whom="Dr. P.", what="zqtoldwm")
    assert [one["whom"] for _day, one in disclosing.disclosures(running.by())] == ["Dr. P."]
    path = reverse("desk:complaint", args=[running.row.reference])
    assert "zqtoldwm" in desk.get(path).content.decode()
    assert "zqtoldwm" not in sits_down(court.accounts[CHAIR]).get(path).content.decode()
    refused = sits_down(court.accounts[CHAIR])
    assert does(refused, running, "disclose", to="justice", whom="x", what="y").status_code == 404


@proves("R-001-28", "R-001-53")
def test_the_list_shows_what_was_not_sent_until_both_sides_know_their_rights(court: Court) -> None:
    running = between_two(court)
    officer = court.accounts["officer"]
    assert officer.keyring

    def to_send() -> set[str]:
        assert officer.keyring
        return {step.key for one in lines_of(officer.keyring, officer.user, MONDAY) for step in one.to_send}

    assert {"receipt_sent", "rights_told"} <= to_send()
    for key, kind in (("receipt_sent", "receipt"), ("rights_told", "information_complainant")):
        with pytest.raises(NotNow, match="letters_served"):
            take_step(running.by(), key, on=MONDAY)
        sends_letters(running.by(), kind, on=MONDAY)
    with pytest.raises(NotNow, match="letters_served"):
        take_step(running.by(), "rights_told", on=MONDAY)
    sends_letters(running.by(), "information_defendant", on=MONDAY)
    for key in ("receipt_sent", "rights_told"):
        take_step(running.by(), key, on=MONDAY)
    assert not {"receipt_sent", "rights_told"} & to_send()
