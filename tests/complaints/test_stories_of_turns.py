"""What can happen on the way: complaints that are joined, the board itself, taking it back, mediation, a nameless
witness, too little time. Told through the pages of desk and parties' door, under the regulation of the example."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from haven.notices.models import Outgoing
from tests.complaints.court import CHAIR, INVITATIONS, MEMBERS, SECRETARY, sends_letters
from tests.complaints.teller import BOARD, DEFENDANT, PORTFOLIO, STORY, SUPERVISOR, Teller
from tests.complaints.way import (
    ADVICE,
    CLOSING,
    DECISION,
    HEARD,
    LETTER,
    PRESENT,
    RECEIVED,
    REPORT,
    REPORTED,
    SAID,
    TO_COMMITTEE,
    begins,
    day,
    hears,
    shuts,
)
from tests.proofs.tables import database
from tests.proves import proves

SIDES = ("complainant", "defendant")
LAST, LATER = day(5, 29), day(8, 31)
ASKED: dict[str, Any] = {"from_where": ["Yes"], "asked_for_by": ["The complainant"]}
RUNNING = {"hearing": "met", "admissibility": "met", "statutory": "running"}


@proves("R-001-49", "R-001-85")
def test_two_complaints_are_joined_and_heard_as_a_group_and_each_side_reads_its_own(teller: Teller) -> None:
    other = Teller(teller.court, teller.clock)
    begins(teller, quick=True)
    teller.day(RECEIVED)
    begins(other, quick=True, name="Olivia Tweede", description="He threw a book.")
    assert {"complaints_joined", "heard_as_group"}.isdisjoint(teller.steps(CHAIR))
    teller.refused(CHAIR, "join", "No complaint with this reference", reference="ZZZZ-ZZZZ")
    teller.does(CHAIR, "join", reference=other.reference)
    for one in (teller, other):
        assert "heard_as_group" not in one.steps(CHAIR)
        one.step(CHAIR, "complaints_joined", reasons="The same meetings.")
        one.step(CHAIR, "heard_as_group", reasons="Both want to be there together.")
    hears(teller, quick=True)
    other.takes(CHAIR, "admissible")
    sends_letters(other.opened(SECRETARY), *INVITATIONS)
    other.takes(SECRETARY, "invited", complaint_copy="The letter", documents_list="The letter")
    present = [*PRESENT[:3], "Olivia Tweede", DEFENDANT]
    for side in SIDES:
        other.step(SECRETARY, f"{side}_heard", present=present, happened=HEARD)

    teller.alike({LETTER: RECEIVED, REPORT: REPORTED})
    other.alike({LETTER: RECEIVED})
    for one, own, apart in ((teller, STORY, "a book"), (other, "a book", STORY)):
        assert [own in one.letter_of("complainant"), apart in one.letter_of("complainant")] == [True, False]
        assert all("a hearing with several complainants" in one.looks(key) for key in SIDES)
        assert one.terms() == RUNNING | {"investigation": "running"}
        one.ended(None, other.reference if one is teller else teller.reference)
    assert [name in teller.looks(key) for key in SIDES for name in ("Olivia", "Tweede")] == [False] * 4


@proves("R-001-01", "R-001-02", "R-001-03", "R-001-41", "R-001-44", "R-001-45", "R-001-50", "R-001-51")
def test_a_complaint_against_a_member_of_the_board_is_one_that_no_member_of_the_board_can_know_of(
    teller: Teller,
) -> None:
    teller.court.board()
    teller.court.portfolio()
    teller.court.supervisor()
    teller.registers(board=True, defendant="Boris Board")
    teller.invites("defendant")
    teller.serves("officer", LETTER)
    teller.court.account("hanna hospital", role="supervisory_board", pool="hospital_supervisors")
    able = str(teller.choices("officer", "appoint", "seat"))
    assert [one in able for one in ("Sara", "Boris", "Petra", "Hanna")] == [True, False, False, False]
    everybody_takes_a_seat(teller)
    teller.refused("officer", "step-committee_appointed", "This field is required", consulted=" ")
    teller.step("officer", "committee_appointed", consulted="With the supervisory board.")
    teller.step(SUPERVISOR, "referred")
    hears(teller, quick=True, defendant="Boris Board")
    the_supervisors_decide(teller)

    teller.alike({LETTER: RECEIVED, REPORT: REPORTED, ADVICE: day(4, 7), DECISION: day(4, 7), CLOSING: day(4, 7)})
    assert set(teller.terms().values()) == {"met"}
    teller.unknown_to(BOARD, PORTFOLIO)
    told = {one.to.email for one in Outgoing.objects.all()}
    assert not told & {teller.court.accounts[key].user.email for key in (BOARD, PORTFOLIO)}
    teller.ended(day(4, 7), "closes the file")


def everybody_takes_a_seat(teller: Teller) -> None:
    """The supervisory board in place of the board; a committee of people who were asked on their own page."""
    teller.asks(SUPERVISOR, "Supervisory Board")
    teller.step("officer", "handed_over")
    teller.day(TO_COMMITTEE)
    teller.step(SUPERVISOR, "informal_impossible", reasons="Not with somebody of the board.")
    teller.court.secretary()
    for key, role in ((SECRETARY, "Secretary"), (CHAIR, "Chair"), *((one, "Member") for one in MEMBERS)):
        if key not in teller.court.accounts:
            teller.court.member(key)
        teller.asks_and_lets_in(key, role)


def the_supervisors_decide(teller: Teller) -> None:
    teller.day(day(4, 7))
    teller.writes(CHAIR, "Recommendation", ADVICE, within="Everybody")
    teller.step(CHAIR, "recommended", **SAID, finding=["Unfounded"], documents=[ADVICE])
    teller.step("officer", "recommendation_received")
    teller.writes(SUPERVISOR, "Decision", DECISION)
    teller.step(SUPERVISOR, "decided", decision="We follow.", documents=[DECISION])
    teller.serves("officer", ADVICE, DECISION)
    teller.step("officer", "outcome_sent")
    shuts(teller)


@proves("R-001-104")
def test_withdrawn_midway_by_the_complainant_in_their_own_door(teller: Teller) -> None:
    begins(teller, quick=True)
    hears(teller, quick=True)
    taken = day(3, 24)
    teller.day(taken)
    Outgoing.objects.all().delete()
    teller.sends("complainant", "step", "withdrawn")
    told = {one.to.email for one in Outgoing.objects.all()}
    everybody = [teller.court.accounts[key].user.email for key in (CHAIR, *MEMBERS, SECRETARY, BOARD, PORTFOLIO)]
    assert told >= set(everybody)

    for key in SIDES:
        assert all(one in teller.looks(key) for one in ("The complainant withdraws", "The complaint has ended"))
        assert teller.party(key).get(reverse("parties:add")).status_code == 404
    teller.draws("officer", "withdrawal", how="both")
    title = "The complaint has been withdrawn"
    teller.alike({LETTER: RECEIVED, REPORT: REPORTED, title: taken})
    assert teller.terms() == {
        "hearing": "met", "admissibility": "met", "investigation": "shut", "statutory": "shut",
    }  # fmt: skip
    assert not any(teller.steps(who) for who in ("officer", CHAIR, SECRETARY, BOARD))
    teller.ended(taken, "The complainant withdraws")


@proves("R-001-24", "R-001-75")
def test_mediation_that_both_sides_agree_to_ends_the_complaint(teller: Teller) -> None:
    begins(teller, quick=True)
    assert "mediation_begun" not in teller.steps("officer")
    teller.step(BOARD, "mediation_proposed")
    teller.refused("officer", "step-mediation_begun", "Not everybody on both sides has agreed")
    teller.does("officer", "ask_sides", what="Mediation begins", text="Do you accept Mira as a mediator?")
    teller.agrees("complainant")
    teller.refused("officer", "step-mediation_begun", "Not everybody on both sides has agreed")
    teller.does("officer", "record_answer", question="Mediation begins", party=DEFENDANT, how="By post")
    teller.step("officer", "mediation_begun")
    teller.invites("mediator", role="Mediator", person="Mira Middle")
    assert "You see what concerns you, and nothing else." in teller.looks("mediator")
    assert teller.papers("mediator") == {}

    end = day(3, 20)
    teller.day(end)
    teller.refused("officer", "step-mediation_succeeded", "Not everybody on both sides has agreed")
    teller.does("officer", "ask_sides", what="The mediation succeeds", text="Is it settled for you?")
    teller.agrees(*SIDES)
    teller.step("officer", "mediation_succeeded")

    teller.alike({LETTER: RECEIVED})
    assert all("the complaint is settled" in teller.looks(key) for key in SIDES)
    assert set(teller.terms().values()) == {"shut"}
    teller.ended(end, "the complaint is settled")


@proves("R-001-26", "R-001-39", "R-001-60", "R-001-62", "R-001-70", "R-001-81", "R-001-82")
def test_a_witness_without_a_name_is_known_to_the_committee_and_to_nobody_else(teller: Teller) -> None:
    name, called, full, copy = "Wanda Bevreesd", "Witness 1", "What the witness said", "Without the name"
    begins(teller, quick=True)
    hears(teller, quick=True)
    teller.refused(
        CHAIR, "step-witness_called", "must record is missing", reasons="She sat there.", own_knowledge=["No"], **ASKED
    )
    teller.step(CHAIR, "witness_called", reasons="She sat there.", own_knowledge=["Yes"], **ASKED)
    teller.invites("witness", who=SECRETARY, role="Witness", person=name, mail="wanda@example.org")
    assert name in teller.reads("officer")
    teller.step(CHAIR, "witness_anonymous", reasons="She depends on him.")
    teller.does(CHAIR, "hide_name", party=name, pseudonym=called, reason="She depends on him.")
    assert "hide_name" not in teller.offered("officer")
    teller.refused(SECRETARY, "step-witness_heard", "gets the invitation first", present=[*PRESENT[:3], name])
    sends_letters(teller.opened(SECRETARY), "invitation_witness")
    teller.step(SECRETARY, "witness_heard", present=[*PRESENT[:3], name])
    teller.writes(SECRETARY, "Report of a hearing", full, about=name, within="draft")
    teller.does(CHAIR, "approve", paper=full)
    teller.refused(SECRETARY, "serve", "Serve the copy without the name", papers=[full])
    teller.writes(SECRETARY, "Report of a hearing", copy, masks=full, within="Everybody")
    teller.serves(SECRETARY, copy)
    teller.serves(SECRETARY, full, how="own hearing")

    asks_around(teller)
    knows_no_name(teller, name, full, copy)


def knows_no_name(teller: Teller, name: str, full: str, copy: str) -> None:
    """Neither in what they read, nor in what their keys open, nor in the database."""
    teller.alike({LETTER: RECEIVED, REPORT: REPORTED, copy: REPORTED})
    assert teller.given("witness").keys() == {full, "Invitation of a witness"}
    assert [name in teller.reads(who) for who in (CHAIR, SECRETARY, "officer", BOARD)] == [True, True, False, False]
    assert [full in teller.reads(who) for who in (CHAIR, "officer", BOARD)] == [True, False, False]
    others = [teller.opened(who).items for who in ("officer", "second", BOARD, PORTFOLIO)]
    assert not [one for items in others for one in items if "anda" in str(one.payload)]
    assert not [one for key in SIDES for one in (teller.looks(key), str(database())) if "Wanda" in one]
    teller.ended(None, "sets the day of a final session")


def asks_around(teller: Teller) -> None:
    """The board and an expert; then a final session, for which the reports have to be there a week before."""
    teller.step(CHAIR, "information_asked")
    answer = teller.writes("officer", "Document", "How the group is organised")
    teller.step("officer", "information_given", documents=[answer])
    teller.step(
        CHAIR,
        "expert_consulted",
        reasons="Whether it can be proven.",
        from_where=["outside"],
        asked_for_by=["the committee itself"],
    )
    teller.step(CHAIR, "final_session_planned", day=day(4, 14))
    (last,) = [one.day for one in teller.page("officer").context["page"].terms if one.running.term.key == "reports"]
    assert last == day(4, 7)  # a week before
    acts = ("consults an expert", "hears a witness", "asks the board for information", "gives that information")
    assert all(one in teller.reads("officer") for one in (*acts, answer))


@proves("R-001-72", "R-001-73", "R-001-74", "R-001-115")
def test_too_little_time_is_said_before_the_day_passes_and_more_of_it_is_asked_for(teller: Teller) -> None:
    begins(teller, quick=True)
    teller.day(day(3, 23))
    owed = "Letter about the delay owed"
    assert teller.terms()["hearing"] == "running"
    assert owed in teller.reads("officer")
    later = {"why": "The chair is ill.", "term": "Hearing both", "due_on": day(3, 23), "new_due_on": day(3, 31)}
    teller.draws("officer", "delay", **later, how="both")
    assert owed not in teller.reads("officer")
    drawn = "A time limit will not be kept"
    teller.day(day(3, 24))
    assert {teller.terms()[key] for key in ("hearing", "admissibility")} == {"late"}
    assert all("Should have been done on Monday 23 March 2026" in teller.looks(key) for key in SIDES)
    teller.takes(CHAIR, "admissible")
    sends_letters(teller.opened(SECRETARY), *INVITATIONS)
    teller.takes(SECRETARY, "invited", complaint_copy="The letter", documents_list="The letter")
    teller.day(day(3, 31))
    for side in SIDES:
        teller.step(SECRETARY, f"{side}_heard", present=PRESENT)
    assert {"extension_granted", "extension_agreed"}.isdisjoint(teller.steps(BOARD) | teller.steps(CHAIR))

    asks_for_more_time(teller)

    teller.alike({LETTER: RECEIVED, drawn: day(3, 23)})
    assert teller.terms() == {
        "hearing": "met_late", "admissibility": "met_late", "investigation": "late", "statutory": "late",
    }  # fmt: skip
    teller.ended(None, "agree on a later day")


def asks_for_more_time(teller: Teller) -> None:
    """Of the board, thirty days at most; and of both sides, who agree on a day and on no other."""
    teller.day(LAST)
    teller.step(CHAIR, "interim_report", findings="It happened once.", remaining="Two witnesses.")
    teller.refused(BOARD, "step-extension_granted", "30", longer=31)
    teller.step(BOARD, "extension_granted", longer=30)
    assert "extension_granted" not in teller.steps(BOARD)
    agreed = {"longer": LATER, "extension_reason": ["mediation"]}
    teller.refused(CHAIR, "step-extension_agreed", "Not everybody on both sides has agreed", **agreed)
    teller.does(CHAIR, "ask_sides", what="agree on a later day", text="Until August?", until=LATER)
    teller.agrees(*SIDES)
    teller.refused(CHAIR, "step-extension_agreed", "Not everybody", **agreed | {"longer": LATER + timedelta(days=1)})
    teller.step(CHAIR, "extension_agreed", **agreed)
    assert all("Monday 31 August 2026" in teller.looks(key) for key in SIDES)
    teller.day(LATER + timedelta(days=1))
    later_still = agreed | {"longer": day(9, 30)}
    teller.does(CHAIR, "ask_sides", what="agree on a later day", text="Until October?", until=day(9, 30))
    teller.agrees(*SIDES)
    teller.refused(CHAIR, "step-extension_agreed", "The term has passed already", **later_still)
