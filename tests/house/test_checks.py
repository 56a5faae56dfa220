"""The checks find what they are for: each is given a fault, and something beside it that is none."""

import ast
from collections.abc import Callable

import pytest
from babel.messages.catalog import Message

from tests.house import catalogue, source
from tests.house.test_dutch import same_places
from tests.house.test_tidy import ADDRESS, INVENTED, JUDGING, PLACES, REGISTRIES

type Check = Callable[[str], list[int]]

FAULTS: list[tuple[Check, str, list[int]]] = [
    (source.hidden_imports, "import os\ndef a():\n    import sys\n", [3]),
    (source.hidden_imports, "class A:\n    def b(self):\n        if 1:\n            from os import path\n", [4]),
    (source.signal_receivers, "from django.db.models.signals import post_save\n", [1]),
    (source.signal_receivers, "from django.dispatch import receiver\n", [1]),
    (source.signal_receivers, "from django.core import signals\n", [1]),
    (source.signal_receivers, "import signal\nfrom django.db import models\nmodels.signals.pre_save\n", [3]),
    (source.save_overrides, "class A(models.Model):\n    def save(self): ...\n", [2]),
    (source.save_overrides, "class A(AbstractBaseUser):\n    def delete(self): ...\n", [2]),
    (source.save_overrides, "class A(Form):\n    def save(self): ...\n", []),
    (source.bare_excuses, "a = 1  #" + " noqa\n", [1]),
    (source.bare_excuses, "a = 1  # noqa: F403\n", [1]),
    (source.bare_excuses, "# ruff:" + " noqa: F403\n", [1]),
    (source.bare_excuses, "a = 1  # noqa: F403  all of them\nb = 2  # noqa: F403\nc = 3  # noqa: S101, F403\n", [3]),
    (source.untrimmed, "\n{% blocktranslate with a=b %}x{% endblocktranslate %}", [2]),
    (source.untrimmed, "{% blocktranslate trimmed count n=b %}x{% plural %}y{% endblocktranslate %}", []),
]


@pytest.mark.parametrize(("check", "text", "lines"), FAULTS)
def test_a_check_finds_the_line(check: Check, text: str, lines: list[int]) -> None:
    assert check(text) == lines


def test_the_docstring_and_the_decorators_of_a_function_do_not_count() -> None:
    tree = ast.parse('@a\n@b\ndef c(d):\n    """One.\n\n    Two."""\n    e = d\n    return e\n')

    assert [source.lines_of(one) for one in source.functions(tree)] == [3]


@pytest.mark.parametrize("text", ["de dader", "Slachtoffers", "a TICKET.", "perpetrators", "one victim"])
def test_a_judging_word_is_found(text: str) -> None:
    assert JUDGING.search(text)


@pytest.mark.parametrize("text", ["inderdaad", "beklaagde"])
def test_a_word_that_judges_nobody_is_not(text: str) -> None:
    assert not JUDGING.search(text)


@pytest.mark.parametrize("folder", ["root", "home", "Users"])
def test_a_place_on_a_machine_is_found(folder: str) -> None:
    assert PLACES.search(f'open("/{folder}/haven")')
    assert not PLACES.search(f"https://haven.example/{folder}/haven")


def test_a_registry_is_found() -> None:
    assert REGISTRIES.search("https://pypi." + "org/simple")


@pytest.mark.parametrize(
    ("address", "invented"), [("a@b.example", True), ("a@example.org", True), ("a@uni" + ".nl", False)]
)
def test_a_real_mail_address_is_found(address: str, invented: bool) -> None:  # noqa: FBT001  a table of examples
    found = ADDRESS.search(f"Mail {address}.")

    assert found
    assert bool(INVENTED.search(found["domain"])) == invented


TEMPLATE = """{% translate "One" %}{{ a|b:_("Two") }}
{# never #}{% include "x" with y=_("Three") %}
{% blocktranslate trimmed count n=m %}
  {{ n }} thing of %
{% plural %}
  {{ n }} things of %
{% endblocktranslate %}"""


def test_every_sentence_of_a_template_is_found() -> None:
    assert [words for _context, words in catalogue.said_in_template(TEMPLATE)] == [
        "One",
        "Two",
        "Three",
        ("%(n)s thing of %%", "%(n)s things of %%"),
    ]


def test_every_sentence_of_a_program_is_found() -> None:
    program = b'_("One" " two"); ngettext("a", "b", n); pgettext("where", "Three"); f(_("Four") % {"a": 1})'

    assert list(catalogue.said_in_python(program)) == [
        (None, "One two"),
        (None, ("a", "b")),
        ("where", "Three"),
        (None, "Four"),
    ]


def test_dutch_without_its_placeholder_or_tag_is_found() -> None:
    assert not same_places(Message("%(n)s left", "over"))
    assert not same_places(Message("<b>Stop</b>", "Stop"))
    assert not same_places(Message(("%(n)s day", "%(n)s days"), ("%(n)s dag", "%(m)s dagen")))
    assert same_places(Message("%(n)s left", "nog %(n)s"))
