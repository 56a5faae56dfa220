"""The words that templates put around what is kept."""

from datetime import date

import pytest
from django.template import engines
from django.utils.translation import override

from haven.rulebook.calendar import Term
from haven.rulebook.words import Text
from haven.ui.templatetags.ui import day, filesize, in_working_days, plainly, say, short_day, tel

MONDAY = date(2026, 11, 23)
HELLO = Text(nl="Hallo", en="Hello")


@pytest.mark.parametrize(("language", "said"), [("nl", "Hallo"), ("en", "Hello")])
def test_a_text_of_the_rulebook_speaks_the_language_of_the_page(language: str, said: str) -> None:
    with override(language):
        assert say(HELLO) == said


def test_a_plain_word_is_said_as_it_is_and_nothing_is_said_of_nothing() -> None:
    assert say("Noor") == "Noor"
    assert say(None) == ""


@pytest.mark.parametrize(
    ("language", "whole", "short"),
    [("nl", "maandag 23 november 2026", "23 november"), ("en", "Monday 23 November 2026", "23 November")],
)
def test_a_day_is_said_in_full(language: str, whole: str, short: str) -> None:
    with override(language):
        assert (day(MONDAY), short_day(MONDAY)) == (whole, short)


def test_a_term_says_its_last_day() -> None:
    with override("en"):
        assert day(Term(MONDAY, HELLO, "1")) == "Monday 23 November 2026"
        assert day(None) == ""


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "in 1 working day"),
        (2, "in 2 working days"),
        (-1, "1 working day late"),
        (-3, "3 working days late"),
    ],
)
def test_a_term_says_how_far_it_is(days: int, said: str) -> None:
    with override("en"):
        assert in_working_days(days) == said


@pytest.mark.parametrize(
    ("size", "said"),
    [(1, "1 byte"), (999, "999 bytes"), (340_000, "340 kB"), (1_500_000, "1.5 MB"), (100_000_000, "100 MB")],
)
def test_a_size_is_said_in_the_unit_one_knows(size: int, said: str) -> None:
    with override("en"):
        assert filesize(size) == said


def test_dutch_writes_a_size_with_a_comma() -> None:
    with override("nl"):
        assert filesize(1_500_000) == "1,5 MB"


HIDING = [
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    *range(0x200B, 0x2010),
    0xFEFF,
    0x2028,
    0x2029,
    0x00,
    0x1B,
    0x7F,
    0x9F,
]


@pytest.mark.parametrize("code", HIDING, ids=lambda code: f"U+{code:04X}")
def test_a_character_that_hides_itself_is_shown(code: int) -> None:
    assert plainly(f"a{chr(code)}b") == f"a[U+{code:04X}]b"


def test_ordinary_words_of_any_language_stay_as_they_are() -> None:
    words = "Café, naïef – “zo”…\n\tمرحبا שלום 你好 e\u0301 👍"  # noqa: RUF001  # other scripts on purpose
    assert plainly(words) == words


def test_every_kind_of_line_end_is_one_line_break() -> None:
    assert plainly("a\r\nb\rc\nd") == "a\nb\nc\nd"


def test_words_of_a_person_never_become_part_of_the_page() -> None:
    template = engines["django"].from_string("{{ words|plainly }}")
    assert template.render({"words": "<b>\u202e&</b>"}) == "&lt;b&gt;[U+202E]&amp;&lt;/b&gt;"


def test_a_number_can_be_dialled() -> None:
    assert tel("+31 30 555 01 00") == "tel:+31305550100"


def test_a_block_keeps_its_content_and_escapes_what_is_not_safe() -> None:
    template = engines["django"].from_string("{% note title=title %}<p>{{ words }}</p>{% endnote %}")
    shown = template.render({"title": "<i>", "words": "<b>"})
    assert "<p>&lt;b&gt;</p>" in shown
    assert "&lt;i&gt;" in shown
    assert "<i>" not in shown
