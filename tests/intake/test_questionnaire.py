"""The way through the questions: whatever somebody chooses and takes back, it ends, and nothing strays along."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from haven.intake import letters, questionnaire
from haven.intake.state import Draft
from haven.reporter import wizard
from haven.rulebook import shelf
from haven.rulebook.questions import Kind, Question
from tests.proves import proves

QUESTIONS = {question.key: question for question in shelf.current().intake.questions}


def answers_to(question: Question) -> st.SearchStrategy[Any]:
    options = st.sampled_from([option.key for option in question.options] or [""])
    words = st.text(max_size=20)
    match question.kind:
        case Kind.CHOICES:
            return st.lists(options, unique=True)
        case Kind.WHEN:
            return st.fixed_dictionaries({"choice": options, "words": words})
        case Kind.WORDS | Kind.STORY:
            return words
        case Kind.FILES:
            return st.none()
        case _:
            return options


def answer_sheets() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={key: answers_to(question) for key, question in QUESTIONS.items()})


def hidden(answers: dict[str, Any]) -> set[str]:
    return QUESTIONS.keys() - {question.key for question in questionnaire.path(answers)}


@settings(deadline=None)
@given(answer_sheets())
def test_an_answer_to_a_question_that_is_not_asked_is_dropped(answers: dict[str, Any]) -> None:
    assert not questionnaire.clean(answers).keys() & hidden(answers)


@settings(deadline=None)
@given(answer_sheets())
def test_to_clean_twice_is_to_clean_once_and_the_way_stays_the_same(answers: dict[str, Any]) -> None:
    once = questionnaire.clean(answers)

    assert questionnaire.clean(once) == once
    assert questionnaire.path(once) == questionnaire.path(answers)


@settings(deadline=None)
@given(answer_sheets())
def test_next_and_before_walk_the_same_way(answers: dict[str, Any]) -> None:
    way = [question.key for question in questionnaire.path(answers)]
    forward, at = [way[0]], questionnaire.next_after(way[0], answers)
    while at is not None:
        forward.append(at.key)
        at = questionnaire.next_after(at.key, answers)
    backward, at = [way[-1]], questionnaire.before(way[-1], answers)
    while at is not None:
        backward.append(at.key)
        at = questionnaire.before(at.key, answers)

    assert forward == way == backward[::-1]


def presses() -> st.SearchStrategy[list[tuple[str, int]]]:
    """A restless walk: on, back, skip and change in any order."""
    buttons = st.sampled_from(["next", "next", "next", "back", "skip", "change"])
    return st.lists(st.tuples(buttons, st.integers(min_value=0, max_value=100)), max_size=60)


@settings(max_examples=60, deadline=None)
@given(presses(), answer_sheets(), answer_sheets())
def test_every_walk_with_back_and_change_still_ends_where_one_looks_everything_over(
    walk: list[tuple[str, int]], first: dict[str, Any], second: dict[str, Any]
) -> None:
    draft = wizard.at(Draft(), wizard.START)
    for place, (button, number) in enumerate(walk):
        question = wizard.question_of(draft.at, draft)
        if question is not None:
            sheet = first if place % 2 else second
            draft = draft.answered(question.key, sheet.get(question.key))
        order = wizard.steps(draft)
        draft = wizard.press(draft, button, order[number % len(order)])
        assert draft.at in wizard.steps(draft)
    for _step in range(len(QUESTIONS) + 6):
        if draft.at == wizard.CHECK:
            break
        draft = wizard.press(draft, "back" if draft.at == wizard.CODE else "next")

    assert draft.at == wizard.CHECK
    assert not draft.report("nl").answers.keys() & hidden(dict(draft.answers))


def test_an_answer_of_a_branch_that_was_left_waits_in_case_one_comes_back() -> None:
    draft = Draft(answers={"purpose": "report", "categories": ["bullying"]})
    left = draft.answered("purpose", "talk")

    assert "categories" not in left.clean
    assert left.answered("purpose", "report").clean["categories"] == ["bullying"]


@proves("R-000-18")
def test_a_name_typed_before_choosing_to_stay_anonymous_is_not_sent() -> None:
    draft = Draft(answers={"mode": "confidential", "name": "Sanne", "contact_way": "phone", "contact_detail": "06"})

    sent = draft.answered("mode", "anonymous").report("nl").answers

    assert sent == {"mode": "anonymous"}


def test_a_name_is_needed_only_by_who_chose_to_be_known() -> None:
    missing = questionnaire.first_unfit({"mode": "named"})

    assert missing is not None
    assert missing.key == "name"
    assert questionnaire.first_unfit({"mode": "anonymous"}) is None
    assert questionnaire.first_unfit({"mode": "named", "name": "Sanne"}) is None


@proves("R-004-11")
def test_somebody_who_skips_everything_can_send() -> None:
    assert questionnaire.clean({}) == {}
    assert questionnaire.first_unfit({}) is None


def test_a_condition_on_an_answer_that_is_hidden_itself_does_not_hold() -> None:
    answers = {"mode": "anonymous", "contact_way": "phone"}

    assert "contact_detail" not in {question.key for question in questionnaire.path(answers)}


@proves("R-000-01", "R-000-02", "R-000-03", "R-000-07")
def test_every_purpose_audience_and_category_leads_to_sending() -> None:
    for key in ("purpose", "audience", "categories", "capacity"):
        for option in QUESTIONS[key].options:
            chosen: Any = [option.key] if QUESTIONS[key].kind is Kind.CHOICES else option.key
            answers = {"purpose": "report", key: chosen}
            assert questionnaire.first_unfit(answers) is None
            assert wizard.steps(Draft(answers=answers))[-1] == wizard.CODE


@proves("R-001-16", "R-001-17", "R-001-19")
def test_a_letter_of_complaint_asks_for_behaviour_with_the_definition_of_each_and_whether_it_was_at_work() -> None:
    form = next(one for one in shelf.current().intake.forms if one.letter)
    rules = shelf.current().procedures.version("complaints", "2019")
    asked = {one.key: one for one in form.questions}
    shown = letters.with_options(asked["letter_categories"], {})
    assert [(one.key, one.hint) for one in shown.options] == [(one.key, one.hint) for one in rules.categories]
    assert all(one.hint and len(one.hint.nl) > len(one.name().nl) for one in shown.options)
    assert {one.key for one in asked["letter_work"].options} >= {"yes", "no"}
