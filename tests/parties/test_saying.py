"""What a party can say: each thing only where the rules open it to their role, once, and to the right readers."""

from html import unescape
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from haven.complaints import actions, agreeing, course, documents, entering, serving, talking
from haven.complaints.models import Document
from haven.vault.models import SealedItem
from tests.complaints.court import MONDAY, SECRET, Court, Running, sends_letters
from tests.desk.conftest import sits_down
from tests.proves import proves

HERE = {"Sec-Fetch-Site": "same-origin"}


def client_of(running: Running, key: str) -> Client:
    client = Client(headers=HERE)
    client.cookies[settings.PARTY_COOKIE_NAME] = entering.open_session(running.rings[key])
    return client


def files(client: Client, **form: Any) -> Any:
    return client.post(reverse("parties:add"), form)


@proves("R-001-65")
def test_what_somebody_else_said_waits_for_the_permission_that_is_filed_beside_it(court: Court) -> None:
    running = court.started()
    client = client_of(running, "complainant")
    mail = SimpleUploadedFile("mail.txt", b"what Kim wrote")
    assert files(client, kind="third", title="Mail of Kim", words="See the mail", files=mail).status_code == 302
    waits = client.get(reverse("parties:open")).content.decode()
    assert "It waits for a written permission." in waits

    files(client, kind="permission", words="Kim agrees")
    by_title = {one.title: one for one in running.by().papers}
    third, permission = by_title["Mail of Kim"], next(one for one in running.by().papers if one.kind == "permission")
    assert third.row.quarantined
    documents.admit(running.by(), third.row.pk, permission.row.pk)
    assert "It waits" not in client.get(reverse("parties:open")).content.decode()


def test_the_same_form_sent_twice_is_one_document_and_a_problem_loses_no_word(court: Court) -> None:
    running = court.started()
    client = client_of(running, "complainant")
    refused = files(client, words="My side", files=SimpleUploadedFile("a.txt", b"kept"))
    assert "My side" in refused.content.decode()
    for _time in range(2):
        files(client, kind="own", words="My side", kept=refused.context["kept"])

    assert Document.objects.count() == 2
    (mine,) = [one for one in running.by().papers if one.kind == "statement"]
    assert [one.payload["name"] for one in mine.files] == ["a.txt"]


def test_a_damaged_document_says_so_to_whoever_opens_it(court: Court) -> None:
    running = court.started()
    letter = running.start.letter
    SealedItem.objects.filter(compartment__kind=letter.kind, slot="paper").update(body=b"\0" * 64)
    shown = client_of(running, "complainant").get(reverse("parties:paper", args=[letter.pk])).content.decode()
    assert "something of it is damaged on our side" in shown
    assert SECRET not in shown
    path = reverse("desk:complaint_paper", args=[running.row.reference, letter.pk])
    desk = sits_down(running.court.accounts["officer"]).get(path).content.decode()
    assert "something of it is damaged" in desk


@proves("R-001-62")
def test_a_witness_is_proposed_with_a_reason_and_whether_at_first_hand(court: Court) -> None:
    running = court.started()
    client, page = client_of(running, "complainant"), reverse("parties:request", args=["witness"])
    form = {"name": "Kim", "why": "Heard it in the corridor"}
    for more in ({}, {"first_hand": "no"}, {"first_hand": "yes", "why": " "}):
        assert client.post(page, {**form, **more}).status_code == 200
    assert talking.requests(running.by()) == []

    client.post(page, {**form, "first_hand": "no", "though": "Nobody else was there"})
    (wish,) = talking.requests(running.by())
    assert [part in wish.text for part in ("Kim", "corridor", "heard of it from others", "Nobody else")] == [True] * 4


@proves("R-001-33")
def test_who_is_put_at_a_disadvantage_can_say_so_before_accepting_and_after_the_end(court: Court) -> None:
    running = court.started()
    running.invite("defendant", accepts=False)
    before = client_of(running, "defendant")
    assert before.post(reverse("parties:disadvantage"), {"words": "I lost my project"}).status_code == 302
    after = client_of(running, "complainant")
    after.post(reverse("parties:step", args=["withdrawn"]))
    assert after.post(reverse("parties:disadvantage"), {"words": "Me too"}).status_code == 302

    told = [talking.talk(running.by(), running.rows[one])[-1] for one in ("defendant", "complainant")]
    assert [(one.about, one.text) for one in told] == [
        ("disadvantage", "I lost my project"),
        ("disadvantage", "Me too"),
    ]


@proves("R-001-74")
def test_each_side_answers_for_itself_and_can_take_it_back(court: Court) -> None:
    running = court.started()
    running.invite("defendant")
    question = agreeing.ask(running.by(), "longer_agreed", "Two weeks more")
    form, page = {"which": question, "do": "agree"}, reverse("parties:agree")
    for key in ("complainant", "defendant"):
        assert client_of(running, key).post(page, form).status_code == 302
    assert agreeing.agreed(running.by(), "longer_agreed")

    client_of(running, "defendant").post(page, {**form, "do": "refuse"})
    assert agreeing.agreed(running.by(), "longer_agreed") is None


@proves("R-001-114")
def test_what_is_served_stands_with_both_sides_on_the_same_day(court: Court) -> None:
    running = court.started()
    running.invite("defendant")
    clients = [client_of(running, key) for key in ("complainant", "defendant")]
    serving.serve(running.by(), [running.start.letter.pk], on=MONDAY)

    states = [[one.state for one in client.get(reverse("parties:open")).context["page"].papers] for client in clients]
    assert states == [["Given to you on Monday 2 March 2026"]] * 2


@proves("R-001-104")
def test_the_complainant_withdraws_after_one_question_and_nobody_can_add_anything_after(court: Court) -> None:
    running = court.started()
    running.invite("defendant")
    page, client = reverse("parties:step", args=["withdrawn"]), client_of(running, "complainant")
    assert client_of(running, "defendant").post(page).status_code == 404
    assert client.get(page).status_code == 200
    assert running.row.ended_on is None

    client.post(page)
    assert running.row.ended_on
    assert "withdrawn" in client_of(running, "defendant").get(reverse("parties:open")).content.decode()
    assert files(client, kind="own", words="Too late").status_code == 404


def test_under_the_regulation_of_the_example_each_day_has_its_reason(db: None, settings: Any) -> None:
    running = Court(settings, example=True).started()
    running.invite("defendant")
    serving.serve(running.by(), [running.start.letter.pk], on=MONDAY)
    sends_letters(running.by(), on=MONDAY)
    for key in ("receipt_sent", "rights_told", "handed_over"):
        actions.take_step(running.by(), key, on=MONDAY)

    pages = {key: client_of(running, key).get(reverse("parties:open")) for key in ("complainant", "defendant")}
    shown = {key: answer.context["page"] for key, answer in pages.items()}
    assert [one.term.key for one in course.due(running.by(), on=MONDAY) if one.last]
    for key, page in shown.items():
        assert page.stands, key
        assert all(one.article and one.why.en and one.day for one in page.due)
        assert all(str(one.name.en) in unescape(pages[key].content.decode()) for one in (*page.due, *page.ahead))
    assert [step.key for step in shown["complainant"].can.steps] == ["withdrawn"]
    assert [step.key for step in shown["defendant"].can.steps] == []
