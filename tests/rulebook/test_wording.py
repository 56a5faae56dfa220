"""The words of the example: neutral, in je-form, in short sentences, and never a question that judges."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from haven.rulebook.book import Rulebook
from haven.rulebook.words import Text
from tests.proves import proves

INTENT_CREDIBILITY_SEVERITY = {
    "nl": r"bedoel|expres|opzet|intentie|geloofwaardig|geloven|ernst|hoe erg|bewijs|bewezen|waarom (heb|ging|deed) je"
    r"|onschuldig|schuldig|overdrev",
    "en": r"\bintent|\bmeant\b|on purpose|deliberate|credib|\bbelieve|serious|sever(e|ity)|how bad|proof|\bprove"
    r"|evidence|why did you|innocent|guilty|exaggerat",
}
LABELS = r"\b(dader|slachtoffer|perpetrator|victim|offender|culprit)"


def texts(part: Any) -> Iterator[Text]:
    """Every text in a part of the rulebook, however deep."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from texts(getattr(part, name))
    elif isinstance(part, tuple):
        for one in part:
            yield from texts(one)


def everything(book: Rulebook) -> list[Text]:
    parts = (book.institution, book.audiences, book.provisions, book.intake, book.routes, book.calendar, book.retention)
    return [text for part in (*parts, book.aftercare, book.privacy) for text in texts(part)]


def judging(text: Text) -> list[str]:
    return [
        match[0]
        for language, words in INTENT_CREDIBILITY_SEVERITY.items()
        for match in re.finditer(words, text.say(language), re.IGNORECASE)
    ]


@proves("R-000-10", "R-004-09")
def test_no_question_asks_for_intent_credibility_or_severity(book: Rulebook) -> None:
    assert [(q.key, words) for q in book.intake.every for text in texts(q) if (words := judging(text))] == []


@pytest.mark.parametrize(
    "planted", ["Deed diegene het expres?", "Hoe ernstig was het?", "Did they do it on purpose?", "Do you have proof?"]
)
def test_the_scan_for_judging_questions_catches_a_planted_one(planted: str) -> None:
    assert judging(Text(nl=planted, en=planted))


@proves("R-000-12")
def test_nobody_is_labelled(book: Rulebook) -> None:
    assert [t for t in everything(book) if re.search(LABELS, f"{t.nl} {t.en}", re.IGNORECASE)] == []


def test_no_placeholder_is_left_in_a_text(book: Rulebook) -> None:
    assert [text for text in everything(book) if re.search(r"[{}]", text.nl + text.en)] == []


def test_dutch_speaks_to_je(book: Rulebook) -> None:
    assert [text.nl for text in everything(book) if re.search(r"\b(u|uw|U|Uw)\b", text.nl)] == []


def test_dutch_sentences_are_short(book: Rulebook) -> None:
    """B1: no sentence above 25 words, and 11 or fewer on average."""
    asked = [text for part in (book.intake,) for text in texts(part)]
    sentences = [s.split() for text in asked for s in re.split(r"[.?!:;]\s|\n", text.nl) if len(s.split()) > 1]

    assert [" ".join(s) for s in sentences if len(s) > 25] == []
    assert sum(map(len, sentences)) / len(sentences) <= 11
