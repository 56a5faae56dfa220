"""The way that most stories have in common: received, told to both sides, tried informally, heard, recommended."""

from datetime import date
from typing import Any

from haven.complaints import serving
from tests.complaints.court import CHAIR, INVITATIONS, MEMBERS, SECRETARY, sends_letters
from tests.complaints.teller import BOARD, COMPLAINANT, DEFENDANT, PORTFOLIO, Teller

LETTER, REPORT, ADVICE, DECISION = "Letter of complaint", "What was said", "Our recommendation", "Our decision"
CLOSING = "It has ended"
PRESENT = [SECRETARY.title(), CHAIR.title(), MEMBERS[0].title(), COMPLAINANT, DEFENDANT]
SAID = {"nature": "Shouting.", "affected": "The group.", "reasoning": "Two people heard it."}


def day(month: int, number: int) -> date:
    return date(2026, month, number)


RECEIVED, TO_COMMITTEE, HEARD, REPORTED = day(3, 2), day(3, 3), day(3, 17), day(3, 19)


def begins(teller: Teller, *, quick: bool = False, **letter: Any) -> None:
    """`quick`: the steps between are taken without their pages, where a story is about something else."""
    step = teller.takes if quick else teller.step
    teller.court.portfolio()
    teller.registers(**letter)
    sends_letters(teller.opened("officer"), "receipt")
    step("officer", "receipt_sent")
    if quick:
        teller.joins("defendant", DEFENDANT)
        serving.serve(teller.opened("officer"), [teller.row.documents.get(filed_by__isnull=False).pk])
    else:
        teller.invites("defendant")
        teller.serves("officer", LETTER)
    sends_letters(teller.opened("officer"), "information_complainant", "information_defendant")
    step("officer", "rights_told")
    teller.court.board()
    teller.seat(PORTFOLIO, "portfolio_holder")
    teller.seat(BOARD, "board")
    step("officer", "handed_over")
    teller.day(TO_COMMITTEE)
    step(PORTFOLIO, "informal_begun", why_possible="They worked well together.")
    step(PORTFOLIO, "informal_impossible", reasons="They do not want it.")
    teller.committee()
    step("officer", "committee_appointed", consulted="On the second of March.")
    step(PORTFOLIO, "referred")


def hears(teller: Teller, *, quick: bool = False, defendant: str = DEFENDANT) -> None:
    """Both, together, with a report that goes to both."""
    step = teller.takes if quick else teller.step
    teller.day(day(3, 10))
    step(CHAIR, "admissible")
    sends_letters(teller.opened(SECRETARY), *INVITATIONS)
    step(SECRETARY, "invited", complaint_copy="The letter", documents_list="The letter")
    teller.day(HEARD)
    for side in ("complainant", "defendant"):
        teller.step(SECRETARY, f"{side}_heard", present=[*PRESENT[:-1], defendant])
    teller.day(REPORTED)
    reports(teller)


def reports(teller: Teller) -> None:
    teller.writes(SECRETARY, "Report of a hearing", REPORT, within="draft")
    teller.does(CHAIR, "approve", paper=REPORT)
    teller.serves(SECRETARY, REPORT)
    teller.step(SECRETARY, "report_sent", documents=[REPORT])


def recommends(teller: Teller, finding: list[str], on: date, **more: Any) -> None:
    """The board has it on the same day."""
    teller.day(on)
    teller.writes(CHAIR, "Recommendation", ADVICE, within="Everybody")
    teller.step(CHAIR, "recommended", **SAID, finding=finding, documents=[ADVICE], **more)
    teller.step("officer", "recommendation_received")


def closes(teller: Teller) -> None:
    """Both get what the board decided with what the committee said; then the file is closed."""
    teller.refused("officer", "step-outcome_sent", "Not everybody on the list")
    teller.serves("officer", ADVICE, DECISION)
    teller.step("officer", "outcome_sent")
    shuts(teller)


def shuts(teller: Teller) -> None:
    """The last letter goes to both; then the file is closed, and not before."""
    teller.refused("officer", "step-closed", "gets the letter of it first")
    teller.writes("officer", "Closing letter", CLOSING)
    teller.serves("officer", CLOSING)
    teller.step("officer", "closed")
