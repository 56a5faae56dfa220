"""Two languages, both complete (house.md 8). No gettext is needed to run this, nor to mend what it finds:
`python -m tests.house.catalogue`, then write the Dutch in the .po file, then run it again."""

import re

from babel.messages.catalog import Message

from tests.house import catalogue

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
MARKUP = re.compile(r"</?\w+[^>]*>")


def test_every_english_sentence_stands_in_the_catalogue_and_no_other() -> None:
    said = {catalogue.identity(message) for message in catalogue.said() if message.id}
    written = {catalogue.identity(message) for message in catalogue.written() if message.id}

    assert sorted(str(one) for one in said - written) == []
    assert sorted(str(one) for one in written - said) == []


def test_no_dutch_is_missing_or_guessed() -> None:
    messages = [message for message in catalogue.written() if message.id]

    assert len(messages) > 600
    assert [message.id for message in messages if not catalogue.has_dutch(message)] == []
    assert [message.id for message in messages if message.fuzzy] == []


def test_dutch_keeps_every_placeholder_and_every_tag() -> None:
    messages = [message for message in catalogue.written() if message.id]

    assert [message.id for message in messages if not same_places(message)] == []


def test_what_is_compiled_is_what_is_written() -> None:
    written = {catalogue.identity(one): catalogue.forms(one.string) for one in catalogue.written() if one.id}
    compiled = {catalogue.identity(one): catalogue.forms(one.string) for one in catalogue.compiled() if one.id}

    assert compiled == written


def same_places(message: Message) -> bool:
    """Each form has the places of the English one: a name that is missing, or one too many, breaks a page."""
    pairs = zip(catalogue.forms(message.id), catalogue.forms(message.string), strict=True)
    return all(places(english) == places(dutch) for english, dutch in pairs)


def places(sentence: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(sentence) + MARKUP.findall(sentence))
