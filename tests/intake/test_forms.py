"""Forms of questions: nothing that was typed is lost, and nothing is changed."""

from django.http import QueryDict

from haven.intake.forms import QuestionForm, form_for
from haven.rulebook import shelf
from haven.rulebook.questions import Question

LITERAL = "\u202egnitset\u202c a\u200bb \u2066x\u2069 <b>&amp;</b>  two  spaces "


def question(key: str) -> Question:
    found = shelf.current().intake.question(key)
    assert found is not None
    return found


def posted(key: str, body: str | bytes) -> QuestionForm:
    return form_for(question(key), QueryDict(body))


def quoted(**fields: str) -> str:
    data = QueryDict(mutable=True)
    data.update(fields)
    return data.urlencode()


def test_characters_that_hide_or_turn_round_stay_as_they_were_typed() -> None:
    assert posted("story", quoted(words=LITERAL)).answer == LITERAL


def test_a_line_end_counts_as_one_character() -> None:
    assert posted("story", quoted(words="one\r\ntwo\rthree")).answer == "one\ntwo\nthree"


def test_bytes_that_are_no_characters_are_marked_and_the_rest_is_kept() -> None:
    assert posted("story", b"words=before%ff%c3%28after%00end").answer == "before\ufffd\ufffd(after\ufffdend"


def test_a_megabyte_of_text_is_refused_with_a_number_and_kept() -> None:
    text = "é" * 1_000_000
    form = posted("story", quoted(words=text))

    assert form.answer == text
    assert "900\u202f000 characters too long" in str(form.non_field_errors()[0])


def test_one_character_too_many_is_one_character() -> None:
    form = posted("where", quoted(words="x" * 301))

    assert "1 character too long" in str(form.non_field_errors()[0])


def test_an_option_that_does_not_exist_is_no_answer() -> None:
    assert posted("purpose", "choice=steal").answer is None
    assert posted("categories", "choice=bullying&choice=steal").answer == ["bullying"]


def test_a_vague_moment_is_an_option_words_or_both() -> None:
    assert posted("when", "words=somewhere+in+spring").answer == {"choice": "", "words": "somewhere in spring"}
    assert posted("when", "choice=now").answer == {"choice": "now", "words": ""}
    assert posted("when", "").answer is None


def test_only_a_required_question_insists() -> None:
    assert posted("story", "").is_valid()
    assert not posted("name", "words=+++").is_valid()
