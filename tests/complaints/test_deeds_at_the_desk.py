"""Deeds on the page of a complaint that no story has: by whom they are offered, what they do, and what they refuse."""

from django.urls import reverse

from haven.complaints.models import Party
from tests.complaints.court import CHAIR
from tests.complaints.teller import BOARD, COMPLAINANT, DEFENDANT, Teller
from tests.complaints.way import LETTER, RECEIVED, begins
from tests.proves import proves

COUNCIL = "maud management"


@proves("R-001-65")
def test_what_a_third_party_said_waits_at_the_desk_for_their_permission(teller: Teller) -> None:
    begins(teller, quick=True)
    teller.writes("officer", "Document", "Mail of a colleague", third_party=True)
    assert "Mail of a colleague" in teller.reads("officer")
    assert "Mail of a colleague" not in teller.reads(CHAIR)
    assert "Mail of a colleague" not in str(teller.choices("officer", "serve", "papers"))
    assert {"permit", "disclose", "invite_again"}.isdisjoint(teller.offered(CHAIR))
    asked = {"third_party": "A colleague", "document": "Mail", "answer_by": "2026-03-10"}
    teller.draws("officer", "third_party_permission", **asked)
    teller.writes("officer", "Permission of a third party", "A colleague agrees")
    teller.does("officer", "permit", paper="Mail of a colleague", permission="A colleague agrees")

    assert "permit" not in teller.offered("officer")
    assert "Mail of a colleague" in teller.reads(CHAIR)
    teller.serves("officer", "Mail of a colleague")
    teller.alike({LETTER: RECEIVED, "Mail of a colleague": teller.today})


@proves("R-001-74")
def test_what_both_sides_answer_on_paper_is_written_down_and_they_see_it(teller: Teller) -> None:
    begins(teller, quick=True)
    teller.step(BOARD, "mediation_proposed")
    teller.does("officer", "ask_sides", what="Mediation begins", text="Do you want to?")
    assert "record_answer" not in teller.offered(CHAIR)
    told = {"question": "Mediation begins", "how": "A letter of today"}
    teller.does("officer", "record_answer", party=COMPLAINANT, **told)
    teller.does("officer", "record_answer", party=DEFENDANT, agrees="no", **told)
    teller.refused("officer", "step-mediation_begun", "Not everybody on both sides has agreed")
    pages = {key: teller.party(key).get(reverse("parties:agree")).content.decode() for key in teller.letters}
    assert {key: "You agreed on" in page for key, page in pages.items()} == {"complainant": True, "defendant": False}
    teller.does("officer", "record_answer", party=DEFENDANT, agrees="yes", **told)
    teller.step("officer", "mediation_begun")


@proves("R-001-106")
def test_what_a_physician_or_justice_was_told_is_written_down_where_only_the_officers_read_it(teller: Teller) -> None:
    begins(teller, quick=True)
    teller.does("officer", "disclose", to="A physician", whom="Dr. Zqphysician", what="That she does not sleep.")
    assert "Dr. Zqphysician" in teller.reads("second")
    assert not [who for who in (CHAIR, BOARD) if "Zqphysician" in teller.reads(who)]
    assert not [key for key in teller.letters if "Zqphysician" in teller.looks(key)]


@proves("R-001-105")
def test_a_new_code_lets_the_same_person_in_and_the_lost_letter_nobody(teller: Teller) -> None:
    begins(teller, quick=True)
    before, lost = teller.given("defendant"), teller.letters["defendant"]
    browser = teller.party("defendant")
    shown = teller.does("officer", "invite_again", party=DEFENDANT)
    assert browser.get(reverse("parties:open")).status_code == 403
    teller.comes_in("defendant", shown)
    assert teller.letters["defendant"][0] == lost[0]
    assert teller.given("defendant") == before
    assert Party.objects.get(number=lost[0]).accepted_on == teller.today


@proves("R-001-101")
def test_the_outcome_is_handed_to_a_management_council_which_knows_nothing_else(teller: Teller) -> None:
    begins(teller, quick=True)
    teller.court.account(COUNCIL, role="management_council", pool="management_councils")
    teller.seat(COUNCIL, "management_council")
    assert "hand" not in teller.offered(BOARD)
    teller.writes(BOARD, "Outcome for the management council", "Outcome of the talks")
    assert teller.choices(BOARD, "hand", "papers") == ["Outcome of the talks"]
    teller.does(BOARD, "hand", seat="Maud", papers=["Outcome of the talks"])

    council = teller.desk(COUNCIL)
    listed = council.get(reverse("desk:complaints")).content.decode()
    assert ["Outcome of the talks" in listed, COMPLAINANT in listed] == [True, False]
    assert council.get(teller.address).status_code == 404
    paper, letter = (teller.row.documents.get(pk=teller.paper(one)) for one in ("Outcome of the talks", LETTER))
    for one, status in ((paper, 200), (letter, 404)):
        assert council.get(reverse("desk:handed_paper", args=[one.pk])).status_code == status
