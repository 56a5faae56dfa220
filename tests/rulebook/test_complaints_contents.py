"""The example's regulation for complaints: what a step has to record, who can take it, and after what."""

from datetime import date

import pytest

from haven.rulebook import course as engine
from haven.rulebook import loader
from haven.rulebook.course import Course, Taken
from haven.rulebook.procedure import Procedure
from tests.proves import proves
from tests.rulebook.conftest import EXAMPLE

BOOK = loader.load(EXAMPLE)
RULES: Procedure = BOOK.procedures.version("complaints", "2019")
DAY = date(2026, 4, 1)
ADVISED = ("referred", "admissible", "complainant_heard", "defendant_heard", "recommended", "recommendation_received")


def after(*steps: str, **parts: tuple[str, ...]) -> Course:
    """What happened, all on one day; `parts`: what a step recorded."""
    every = ("received", *steps)
    return Course(tuple(Taken(one, DAY, "", frozenset(parts.get(one, ()))) for one in every))


def lacks(step: str, *parts: str) -> set[str]:
    return set(engine.missing(RULES.step(step), set(parts)))


def is_open(step: str, role: str, now: Course) -> bool:
    return engine.shut_because(RULES, now, RULES.step(step), role) is None


@proves("R-001-15")
def test_a_complaint_is_about_six_kinds_of_behaviour_each_with_its_definition() -> None:
    keys = [one.key for one in RULES.categories]
    assert keys == ["sexual_harassment", "harassment", "discrimination", "aggression", "violence", "bullying"]
    assert all(one.hint and "1.1" in one.hint.en and "1.1" in one.hint.nl for one in RULES.categories)


@proves("R-001-22")
def test_the_occupational_social_worker_is_there_and_is_offered_to_the_defendant() -> None:
    assert BOOK.provisions["social_work"].name.en == "Occupational social work"
    assert RULES.role("occupational_social_worker").article == "3.8"
    for language, words in (("en", "occupational social worker"), ("nl", "bedrijfsmaatschappelijk werker")):
        assert words in (EXAMPLE / "letters" / f"complaint-information_defendant.{language}.md").read_text()


@proves("R-001-23")
def test_the_committee_advises_and_never_decides() -> None:
    committee = {one.key for one in RULES.roles if one.side == "committee"}
    for key in ("decided", "decided_otherwise", "deviation_intended", "measure_taken", "adviser_provided"):
        assert not committee & set(RULES.step(key).who), key
    assert {role for role in committee if is_open("recommended", role, after(*ADVISED[:4]))} == {"chair", "vice_chair"}


@proves("R-001-35")
def test_the_portfolio_holder_says_whether_it_can_still_be_talked_over_and_why_not() -> None:
    now = after("handed_over")
    assert is_open("informal_begun", "portfolio_holder", now)
    assert is_open("informal_impossible", "portfolio_holder", now)
    assert not is_open("informal_impossible", "board", now)
    assert (lacks("informal_begun"), lacks("informal_impossible")) == ({"why_possible"}, {"reasons"})


@proves("R-001-61", "R-001-68")
def test_of_whom_the_committee_hears_and_for_whom_the_board_pays_the_record_says_who_and_why() -> None:
    for key in ("witness_called", "expert_consulted"):
        assert {"reasons", "from_where", "asked_for_by"} <= lacks(key), key
    assert lacks("adviser_provided") == {"adviser_for", "reasons"}
    assert RULES.step("adviser_provided").again, "for each side a decision of its own"


@proves("R-001-38", "R-001-55", "R-001-56")
def test_whether_it_can_be_handled_is_decided_with_a_ground_before_there_is_a_recommendation() -> None:
    (ground,) = [one for one in RULES.step("inadmissible").contents if one.key == "inadmissible_ground"]
    grounds = set(ground.keys())
    assert {"not_undesirable_behaviour", "too_late"} < grounds
    assert grounds == {one.key for one in RULES.grounds}
    assert lacks("inadmissible") == {"inadmissible_ground", "reasons"}
    assert lacks("inadmissible", "too_late", "reasons") == set()
    assert not is_open("recommended", "chair", after("referred", "complainant_heard", "defendant_heard"))
    assert not is_open("recommended", "chair", after("referred", "inadmissible"))


@proves("R-001-40", "R-001-90")
def test_a_recommendation_says_who_was_affected_and_the_board_has_it_on_a_day() -> None:
    told = ("nature", "affected", "founded", "reasoning", "measures")
    assert lacks("recommended", *told) == set()
    assert lacks("recommended", *(one for one in told if one != "affected")) == {"affected"}
    assert not is_open("recommendation_received", "complaints_officer", after(*ADVISED[:4]))
    assert is_open("recommendation_received", "complaints_officer", after(*ADVISED[:5]))


@proves("R-001-60")
def test_the_committee_asks_the_board_for_information_and_the_answer_is_a_step_too() -> None:
    assert is_open("information_asked", "chair", after("referred"))
    assert not is_open("information_given", "board", after("referred"))
    assert is_open("information_given", "board", after("referred", "information_asked"))


@proves("R-001-68")
def test_a_legal_adviser_is_provided_by_the_board_for_one_party_with_reasons() -> None:
    assert is_open("adviser_provided", "board", after())
    assert not is_open("adviser_provided", "complaints_officer", after())
    assert lacks("adviser_provided") == {"adviser_for", "reasons"}
    assert lacks("adviser_provided", "adviser_defendant", "reasons") == set()


@pytest.mark.parametrize(
    ("finding", "whom", "other"), [("founded", "complainant", "defendant"), ("unfounded", "defendant", "complainant")]
)
@proves("R-001-69")
def test_costs_go_to_the_complainant_when_founded_and_to_the_defendant_when_not(
    finding: str, whom: str, other: str
) -> None:
    now = after(*ADVISED, "decided", recommended=(finding,))
    assert is_open(f"{whom}_compensated", "board", now)
    assert not is_open(f"{other}_compensated", "board", now)
    assert not is_open(f"{whom}_compensated", "board", after(*ADVISED, recommended=(finding,)))
    assert lacks(f"{whom}_compensated") == {"reasons"}
    deviates = after(
        *ADVISED, "decided_otherwise", recommended=(finding,), decided_otherwise=("decision", "explanation")
    )
    assert is_open(f"{other}_compensated", "board", deviates), "the board found otherwise"


@proves("R-001-75")
def test_a_later_day_can_be_agreed_for_mediation() -> None:
    reasons = next(one for one in RULES.step("extension_agreed").contents if one.key == "extension_reason")
    assert "for_mediation" in reasons.keys()  # noqa: SIM118  a method of ours
    assert lacks("extension_agreed") == {"extension_reason"}
    assert is_open("mediation_proposed", "board", after("referred", "interim_report", "extension_agreed"))


@proves("R-001-102")
def test_a_temporary_measure_is_asked_by_complainant_or_committee_and_decided_by_the_board_before_the_end() -> None:
    asked = next(one for one in RULES.step("measure_taken").contents if one.key == "asked_by")
    assert set(asked.keys()) == {"asked_by_complainant", "asked_by_committee"}
    assert lacks("measure_taken", "asked_by_committee", "measure") == {"measure_ground"}
    assert is_open("measure_taken", "board", after())
    assert not is_open("measure_taken", "board", after(*ADVISED, "decided"))


@proves("R-001-108")
def test_a_unit_is_told_after_the_decision_only_and_with_the_rumours_that_go_on() -> None:
    assert not is_open("announced", "management_council", after(*ADVISED))
    assert is_open("announced", "management_council", after(*ADVISED, "decided"))
    assert lacks("announced") == {"rumours", "announced_finding", "announced_course", "announced_impact"}
