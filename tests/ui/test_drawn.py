"""What is the same for everyone is drawn once, and anew where it could differ: another word, language or rulebook."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.template import Context, Template
from django.utils.translation import override

from haven.rulebook import shelf
from haven.ui import drawn

PART = Template('{% drawn_once "part" key %}<p>{{ times }}</p>{% enddrawn_once %}')


class Times:
    """Counts how often it was drawn."""

    def __init__(self) -> None:
        self.times = 0

    def __str__(self) -> str:
        self.times += 1
        return f"<{self.times}>"


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(drawn, "_drawn", {})
    with override("nl"):
        yield


def draw(times: Times, key: Any = "one") -> str:
    return PART.render(Context({"times": times, "key": key}))


def test_a_part_is_drawn_once_and_escaped_as_ever() -> None:
    times = Times()
    assert [draw(times) for _ in range(3)] == ["<p>&lt;1&gt;</p>"] * 3


def test_another_name_beside_it_another_language_and_another_rulebook_draw_anew() -> None:
    times, book = Times(), shelf.current()
    first, second = draw(times), draw(times, "two")
    with override("en"):
        third = draw(times)
    shelf.put(replace(book, version="another"))
    fourth = draw(times)
    shelf.put(book)
    assert [first, second, third, fourth] == [f"<p>&lt;{number}&gt;</p>" for number in (1, 2, 3, 4)]
    assert draw(times) == first


def test_what_is_kept_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "MOST", 3)
    times = Times()
    for number in range(20):
        draw(times, number)
    assert len(drawn._drawn) <= 3
