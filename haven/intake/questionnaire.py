"""The way through the questions: which are asked, in what order, and what is left of the answers when a branch changes.

Depends on nothing but the answers and the rulebook on the shelf. Answers of a branch that was left stay in the form, in
case the reporter comes back to it; whatever reads answers takes them through `clean` first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from haven.intake import facts, letters
from haven.intake.facts import FACTS
from haven.rulebook import shelf
from haven.rulebook.form_kinds import FORM
from haven.rulebook.questions import WITH_OPTIONS, Answers, Kind, Option, Question

TEXTS = frozenset({Kind.WORDS, Kind.STORY})
UNREADABLE = "\ufffd"  # what is left of a byte that is not a character


@dataclass(frozen=True)
class Row:
    """One line of the page on which a reporter looks everything over."""

    question: Question
    chosen: tuple[Option, ...] = ()
    words: str = ""

    @property
    def said(self) -> bool:
        return bool(self.chosen or self.words)

    @property
    def unreadable(self) -> bool:
        """Some characters did not arrive; they show as a question mark in a diamond."""
        return UNREADABLE in self.words


def path(answers: Answers) -> tuple[Question, ...]:
    """The questions that are asked, given these answers. An answer that is not asked for decides nothing."""
    return tuple(question for question, _answer in _walk(answers))


def clean(answers: Answers) -> dict[str, Any]:
    """The answers to the questions that are asked, and nothing of a branch that was left; and which form it is."""
    form = shelf.current().intake.form(answers)
    kept = {FORM: form.key} if form else {}
    return kept | {question.key: answer for question, answer in _walk(answers) if answer}


def next_after(key: str, answers: Answers) -> Question | None:
    """The question after this one, also when this one is not asked any more."""
    keys = _keys(answers)
    later = keys[keys.index(key) + 1 :]
    return next((question for question in path(answers) if question.key in later), None)


def before(key: str, answers: Answers) -> Question | None:
    keys = _keys(answers)
    earlier = keys[: keys.index(key)]
    return next((question for question in reversed(path(answers)) if question.key in earlier), None)


def first_unfit(answers: Answers) -> Question | None:
    """The first question that stands in the way of sending: required and empty, or longer than fits."""
    return next((q for q, answer in _walk(answers) if _unfit(q, answer)), None)


def _unfit(question: Question, answer: Any) -> bool:
    missing = question.required and not answer
    return missing or bool(too_long(question, answer)) or bool(facts.wrong(question, answer))


def too_long(question: Question, answer: Any) -> int:
    """By how many characters a text is too long."""
    return max(0, len(words_of(answer)) - question.max_characters) if question.kind is not Kind.FILES else 0


def review(answers: Answers) -> list[Row]:
    """Every question that is asked, with what was said; files are not an answer and have a list of their own."""
    rows = []
    for question, answer in _walk(answers):
        if question.kind is not Kind.FILES:
            rows.append(Row(question, question.chosen({question.key: answer}), said_in(question, answer)))
    return rows


def words_of(answer: Any) -> str:
    """The free text in an answer, whatever its shape."""
    match answer:
        case str():
            return answer
        case {"words": str(words)}:
            return words
        case _:
            return ""


def said_in(question: Question, answer: Any) -> str:
    """An option key is text as well, but nothing that a person said."""
    if question.kind in FACTS:
        return facts.said(question, answer)
    bare_key = question.kind in WITH_OPTIONS and isinstance(answer, str)
    return "" if bare_key else words_of(answer)


def _walk(answers: Answers) -> Iterator[tuple[Question, Any]]:
    asked: dict[str, Any] = {}
    for question in letters.asks(answers):
        if question.show_if is None or question.show_if.holds(asked):
            asked[question.key] = fitting(question, answers.get(question.key))
            yield question, asked[question.key]


def fitting(question: Question, answer: Any) -> Any:
    """The answer as this question takes it, or None: nothing said, an option that no longer exists, another shape."""
    if question.kind is Kind.FILES:
        return None
    if question.kind in FACTS:
        return facts.fitting(question, answer)
    if question.kind in TEXTS:
        return answer if isinstance(answer, str) and answer.strip() else None
    chosen = [option.key for option in question.chosen({question.key: answer})]
    if question.kind is Kind.CHOICES:
        return chosen or None
    first = chosen[0] if chosen else ""
    if question.kind is Kind.WHEN:
        words = words_of(answer) if isinstance(answer, dict) else ""
        return {"choice": first, "words": words} if first or words.strip() else None
    return first or None


def _keys(answers: Answers) -> list[str]:
    return [question.key for question in shelf.current().intake.asks(answers)]
