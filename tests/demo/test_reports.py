"""The demo shows what it says: enough reports, each different, in the usual mix, and all of them invented."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from haven.config.demo.content import OWN_WORDS, Report, people, reports, story_of
from haven.intake import questionnaire
from haven.rulebook import shelf
from haven.rulebook.form_kinds import FORM
from haven.rulebook.questions import WITH_OPTIONS, Kind, chosen

REPORTS = reports()
PEOPLE = {person.key: person for person in people().person}
EACH = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.key)


def share(number: int, of: int = len(REPORTS)) -> float:
    return number / of


def said(question: str) -> Counter[str]:
    return Counter(key for report in REPORTS for key in chosen(report.answers.get(question)))


def texts(report: Report) -> list[str]:
    own = [report.story, report.answers.get("wish", "")]
    return [*own, *(message.text for message in report.dialogue), *(note.text for note in report.notes)]


def test_there_are_enough_and_every_key_is_used_once() -> None:
    assert len(REPORTS) >= 66
    assert Counter(report.key for report in REPORTS).most_common(1)[0][1] == 1


def test_about_half_is_dutch_and_half_is_english() -> None:
    assert 0.45 <= share(sum(report.language == "nl" for report in REPORTS)) <= 0.55


def test_all_categories_are_told_about() -> None:
    question = shelf.current().intake.question("categories")
    assert question is not None
    categories = said("categories")
    assert set(categories) == {option.key for option in question.options}
    assert min(categories.values()) >= 3
    per_report = sum(categories.values()) / sum("categories" in report.answers for report in REPORTS)
    assert 1.1 <= per_report <= 1.4


def test_all_forms_settings_capacities_audiences_and_days_are_told_about() -> None:
    for name in ("forms", "setting", "when", "capacity", "audience", "need", "support", "contact_way"):
        question = shelf.current().intake.question(name)
        assert question is not None
        left = {option.key for option in question.options} - set(said(name))
        assert left <= {"prefer_not", "unknown", "listen", "stop", "signal", "someone_else"}, name


def test_the_kinds_come_in_the_usual_shares() -> None:
    kinds = Counter(shelf.current().kind(report.answers) for report in REPORTS)
    assert 0.30 <= share(kinds["question"]) <= 0.40
    assert 0.45 <= share(kinds["report"]) <= 0.55
    assert 0.03 <= share(kinds["complaint"]) <= 0.07
    assert 0.07 <= share(kinds["talk"]) <= 0.13


def test_half_is_anonymous_and_of_the_rest_three_in_five_give_their_name_to_all() -> None:
    modes = said("mode")
    assert 0.45 <= share(modes["anonymous"]) <= 0.55
    assert 0.55 <= share(modes["named"], modes["named"] + modes["confidential"]) <= 0.65


def test_lengths_run_from_one_line_to_six_hundred_words() -> None:
    lengths = sorted(len(report.story.split()) for report in REPORTS)
    assert lengths[0] <= 15
    assert sum(length <= 30 for length in lengths) >= 4
    assert 500 <= lengths[-1] <= 650
    assert sum(length > 200 for length in lengths) >= 5


def test_no_two_texts_share_a_sentence() -> None:
    """Ten words in a row that stand in two reports would mean that one was copied from the other."""
    seen: dict[str, str] = {}
    for report in REPORTS:
        for text in texts(report):
            words = re.findall(r"\w+", text.lower())
            for start in range(len(words) - 9):
                run = " ".join(words[start : start + 10])
                assert seen.setdefault(run, report.key) == report.key, run


def test_the_work_shows_every_stage() -> None:
    waiting = [report for report in REPORTS if report.screening is None]
    screened = [report for report in REPORTS if report.screening]
    ongoing = [report for report in screened if not report.closing and report.withdrawn_after is None]
    results = Counter(report.screening.result for report in screened if report.screening)
    assert len(waiting) >= 8
    assert sum(report.days_ago >= 5 and report.answers.get("support") != "signal" for report in waiting) >= 2
    assert sum(bool(report.dialogue) for report in ongoing) >= 25
    assert results["file"] >= 6
    assert sum(report.urgent for report in REPORTS) == 2
    assert sum(report.urgent for report in waiting) == 1
    assert sum(report.unread for report in REPORTS) >= 6
    assert sum(report.withdrawn_after is not None for report in REPORTS) == 1
    assert sum(not attempt.reached for report in REPORTS for attempt in report.attempts) >= 3


def test_what_is_closed_can_still_be_read() -> None:
    grace = shelf.current().retention.periods.closed_days
    ended = [report.days_ago - report.closing.days_after for report in REPORTS if report.closing]
    assert len(ended) >= 8
    assert max(ended) <= grace - 2, "a visitor who comes back tomorrow should find them too"


def test_the_weeks_differ_and_the_peak_is_not_the_oldest() -> None:
    weeks = Counter(report.days_ago // 7 for report in REPORTS)
    assert set(weeks) == set(range(10))
    assert max(weeks.values()) >= 3 * min(weeks.values())


@EACH
def test_every_answer_fits_the_questionnaire(report: Report) -> None:
    for key, answer in report.answers.items():
        if key == FORM:
            continue
        question = shelf.current().intake.question(key)
        assert question is not None, key
        assert (
            key in {*OWN_WORDS, "wish", "name", "where", "contact_detail", "threat_done"}
            or question.kind in WITH_OPTIONS
        )
        if question.kind in WITH_OPTIONS:
            assert set(chosen(answer)) <= {option.key for option in question.options}, key
    cleaned = questionnaire.clean(report.answers)
    assert questionnaire.first_unfit(report.answers) is None
    assert story_of(cleaned) == report.story
    assert not report.files or any(q.kind is Kind.FILES for q in questionnaire.path(report.answers))


@EACH
def test_what_the_team_did_fits_the_rules(report: Report) -> None:
    routes = shelf.current().routes
    results = {result.key for result in routes.screening}
    assert report.screening is None or report.screening.result in results
    assert (report.assignee in PEOPLE) == (report.screening is not None)
    assert set(report.struck_out) <= PEOPLE.keys() - {report.assignee}
    if report.screening and report.screening.result == "file":
        assert report.answers["mode"] == "anonymous"
        assert not report.urgent
    if report.closing:
        assert report.closing.outcome in {outcome.key for outcome in routes.outcomes}
        assert report.closing.category in report.answers["categories"]
        places = {place.key for place in shelf.current().destinations()} | {"none"}
        assert report.closing.destination in places
    if report.assignee and PEOPLE[report.assignee].routes:
        route = report.route or shelf.current().route_for(questionnaire.clean(report.answers)).key
        assert route in PEOPLE[report.assignee].routes


@EACH
def test_the_days_follow_each_other(report: Report) -> None:
    days = [message.days_after for message in report.dialogue]
    assert all(first <= second for first, second in pairwise(days))
    later = [*days, *(n.days_after for n in report.notes), *(a.days_after for a in report.attempts)]
    end = report.closing.days_after if report.closing else report.withdrawn_after
    assert max(later, default=0) <= (report.days_ago if end is None else end)
    assert end is None or end <= report.days_ago
    if report.screening:
        assert report.screening.days_after <= min(later, default=report.days_ago)


@EACH
def test_an_unread_message_is_the_last_one_and_the_reporter_wrote_it(report: Report) -> None:
    assert not report.unread or report.dialogue[-1].sender == "reporter"


INVENTED = re.compile(
    r"(Voorbeeld|Proef|Fictief|Verzonnen|Sample|Example|Placeholder|Nepnaam|Nergens|Schijn|Denkbeeld|Model|Schets|"
    r"Buitenom|Terzijde|Beheer|Raadgeef)",
)


@EACH
def test_names_are_invented_at_first_sight(report: Report) -> None:
    assert report.answers["mode"] != "anonymous" or "name" not in report.answers
    assert INVENTED.search(report.answers.get("name", "Voorbeeld"))


@EACH
def test_no_address_number_or_place_is_real(report: Report) -> None:
    told = " ".join([*texts(report), *map(str, report.answers.values())])
    assert all(domain.endswith(".example") for domain in re.findall(r"@([\w.-]+\w)", told))
    assert "http" not in told
    assert all(number.startswith("06 0000 0") for number in re.findall(r"\b06[\d -]{6,}", told))
    assert not re.search(r"(?i)\b(delft|leiden|wageningen|utrecht|groningen|nijmegen|tilburg|twente|radboud)\b", told)


WORDS_WE_DO_NOT_USE = re.compile(r"(?i)\b(victims?|perpetrators?|slachtoffers?|daders?|tickets?|submissions?)\b")


@EACH
def test_the_team_speaks_our_words(report: Report) -> None:
    ours = [message.text for message in report.dialogue if message.sender == "team"]
    assert not WORDS_WE_DO_NOT_USE.search(" ".join([*ours, *(note.text for note in report.notes)]))
