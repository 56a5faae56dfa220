"""How a complaint can come out: founded, unfounded, not handled on each of the five grounds, decided otherwise. Told
through the pages of desk and parties' door, under the regulation of the example."""

from datetime import timedelta
from typing import Any

import pytest

from tests.complaints.court import CHAIR, SECRETARY
from tests.complaints.teller import BOARD, COMPLAINANT, SUPERVISOR, Teller
from tests.complaints.way import (
    ADVICE,
    CLOSING,
    DECISION,
    LETTER,
    RECEIVED,
    REPORT,
    REPORTED,
    SAID,
    begins,
    closes,
    day,
    hears,
    recommends,
    shuts,
)
from tests.proves import proves

DECIDED, DEVIATED = day(4, 28), day(5, 12)
COSTS = {"complainant_compensated", "defendant_compensated"}
CLOSED = "The complaints officer closes the file"
ROUTINE = {LETTER: RECEIVED, REPORT: REPORTED, ADVICE: DECIDED, DECISION: DECIDED, CLOSING: DECIDED}
KEPT = {"hearing": "met", "admissibility": "met", "investigation": "met", "decision": "met", "statutory": "met"}


@proves("R-001-25", "R-001-69", "R-001-92", "R-001-93", "R-001-99", "R-001-100", "R-001-102", "R-001-103")
def test_founded_with_a_temporary_measure_before_measures_and_aftercare(teller: Teller) -> None:
    begins(teller)
    measure = {"measure": "He works elsewhere until May.", "asked_by": ["complainant"]}
    teller.refused(BOARD, "step-measure_taken", "", **measure, measure_ground=[])
    teller.step(BOARD, "measure_taken", **measure, measure_ground=["wellbeing"])
    hears(teller)
    recommends(teller, ["Founded"], day(4, 14), measures="A talk.", aftercare="After three months.")
    teller.day(DECIDED)
    teller.step(BOARD, "measure_ended")
    teller.writes(BOARD, "Decision", DECISION)
    assert "aftercare_given" not in teller.steps("officer")
    teller.step(BOARD, "decided", decision="We follow.", decided_measures="A talk.", documents=[DECISION])
    assert {*COSTS, "measure_taken"} & teller.steps(BOARD) == {"complainant_compensated"}
    teller.step("officer", "aftercare_given", aftercare_for=["complainant"])
    closes(teller)

    teller.alike(ROUTINE)
    ends(teller)


def ends(teller: Teller) -> None:
    """Both sides read the same of how it went; the terms were kept; who has no part in it knows nothing."""
    for key in ("complainant", "defendant"):
        assert all(one in teller.looks(key) for one in ("The committee hears the complainant", CLOSED))
    assert teller.terms() == KEPT
    teller.ended(DECIDED, CLOSED)
    teller.court.member("not asked")
    teller.court.supervisor()
    teller.unknown_to("not asked", SUPERVISOR)


@proves("R-001-23", "R-001-38", "R-001-40", "R-001-69", "R-001-90", "R-001-91", "R-001-92")
def test_unfounded_and_no_measure_is_asked_for(teller: Teller) -> None:
    begins(teller)
    assert "recommended" not in teller.steps(CHAIR)
    hears(teller)
    whole: dict[str, Any] = {**SAID, "finding": ["Unfounded"]}
    for lacks in ("affected", "reasoning", "finding"):
        empty = [] if lacks == "finding" else " "
        teller.refused(CHAIR, "step-recommended", "This field is required", **whole | {lacks: empty})
    recommends(teller, ["Unfounded"], day(4, 14))
    teller.day(DECIDED)
    assert not {"decided", "deviation_intended"} & (teller.steps(CHAIR) | teller.steps(SECRETARY))
    assert COSTS.isdisjoint(teller.steps(BOARD))
    teller.writes(BOARD, "Decision", DECISION)
    teller.step(BOARD, "decided", decision="We follow.", documents=[DECISION])
    assert COSTS & teller.steps(BOARD) == {"defendant_compensated"}
    teller.step(BOARD, "defendant_compensated", reasons="A lawyer was needed.")
    assert "aftercare_given" not in teller.steps("officer")
    closes(teller)

    teller.alike(ROUTINE)
    ends(teller)


GROUNDS: list[tuple[str, dict[str, Any], str]] = [
    ("not about undesirable behaviour", {"description": "The heating does not work."}, ""),
    ("time for making a complaint", {"incident_to": "2023-02-27"}, "longer ago than the regulation allows"),
    ("without a name", {"name": ""}, "The letter has no name."),
    ("handled this complaint before", {"earlier_complaint": True}, "an earlier complaint about the same"),
    ("legal procedure", {"legal_procedure": "pending"}, "a legal procedure about the same"),
]


@pytest.mark.parametrize(("ground", "letter", "flag"), GROUNDS, ids=[one[0] for one in GROUNDS])
@proves("R-001-38", "R-001-54", "R-001-55", "R-001-56", "R-001-57", "R-001-58", "R-001-59")
def test_not_handled(teller: Teller, ground: str, letter: dict[str, Any], flag: str) -> None:
    begins(teller, quick=True, **letter)
    assert flag in teller.reads(CHAIR)
    teller.day(day(3, 16))
    teller.refused(CHAIR, "step-inadmissible", "", inadmissible_ground=[], reasons="It is so.")
    why = teller.writes(CHAIR, "Why the complaint is not handled", "Why we do not handle it", within="Everybody")
    teller.step(CHAIR, "inadmissible", inadmissible_ground=[ground], reasons="It is so.", documents=[why])
    assert {"admissible", "invited", "complainant_heard"}.isdisjoint(teller.steps(SECRETARY) | teller.steps(CHAIR))
    teller.refused("officer", "step-outcome_sent", "Not everybody on the list")
    teller.serves("officer", why)
    teller.step("officer", "outcome_sent")
    shuts(teller)

    teller.alike({LETTER: RECEIVED, why: day(3, 16), CLOSING: day(3, 16)})
    assert all("The committee cannot handle the complaint" in teller.looks(key) for key in ("complainant", "defendant"))
    assert teller.terms() == {"hearing": "shut", "admissibility": "met", "statutory": "met"}
    teller.ended(day(3, 16), CLOSED)


@proves("R-001-95", "R-001-96", "R-001-97", "R-001-98")
def test_the_board_deviates_after_a_talk_on_an_earlier_day_and_says_why_for_each_part(teller: Teller) -> None:
    begins(teller, quick=True)
    hears(teller, quick=True)
    recommends(teller, ["Founded", "Unfounded"], day(4, 14), measures="A talk.")
    assert {"decided_otherwise", "decision_extended"}.isdisjoint(teller.steps(BOARD))
    teller.step(BOARD, "deviation_intended")
    teller.step(BOARD, "adjourned", longer=4)  # the ten weeks of the law would pass meanwhile
    teller.refused(BOARD, "step-decision_extended", "10", longer=11)
    teller.step(BOARD, "decision_extended", longer=10)
    assert "decision_extended" not in teller.steps(BOARD)

    teller.day(DEVIATED)
    teller.step(BOARD, "deviation_discussed", discussed_with=["committee"])
    told = {"decision": "No measure.", "explanation": "The part of the shouting: there was one witness only."}
    teller.refused(BOARD, "step-decided_otherwise", "on an earlier day", **told)
    teller.day(DEVIATED + timedelta(days=1))
    table = {"beside": "Shouting | founded | deviates\nMails | unfounded | follows", "addressees": COMPLAINANT}
    teller.draws(BOARD, "decision", facts=["differs"], **told, **table)
    drawn = "Decision on the complaint"
    assert all(one in teller.words(BOARD, drawn) for one in ("one witness only", "Mails"))
    teller.step(BOARD, "decided_otherwise", **told, documents=[drawn])
    teller.serves("officer", ADVICE, drawn)
    teller.step("officer", "outcome_sent")
    shuts(teller)

    end = DEVIATED + timedelta(days=1)
    teller.alike({LETTER: RECEIVED, REPORT: REPORTED, ADVICE: end, drawn: end, CLOSING: end})
    assert teller.terms() == KEPT
    assert "more time for that" in teller.looks("complainant")
    teller.ended(end, CLOSED)
