"""What a party can ask of who handles a complaint. Part of procedures/*.toml."""

from typing import Annotated

from pydantic import Field

from haven.rulebook.hearings import Article
from haven.rulebook.words import Key, Keyed, Text


class Box(Keyed):
    """One thing that is asked of who makes a request."""

    label: Text
    hint: Text


class Request(Keyed):
    """Something that a party can ask of who handles the complaint. They decide, and say so in a step or a letter."""

    name: Text  # in the list of who handles the complaint
    title: Text  # in the door of the party
    about: Text
    article: Article
    who: tuple[Key, ...] = ()  # the roles that can ask this; none: every side
    boxes: Annotated[tuple[Box, ...], Field(min_length=1)]
    first_hand: bool = False  # asks whether somebody knows it at first hand, and if not, why they should be heard
