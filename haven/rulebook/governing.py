"""Whose procedure governs: it follows from where the person belongs whom it is about. Part of routes.toml.

A contact point that two institutions share hands nothing over by itself: it shows the way, and asks (R-004-26, 33, 34).
"""

from typing import Annotated

from pydantic import Field

from haven.rulebook.questions import Condition
from haven.rulebook.words import Key, Keyed, Text


class Governing(Keyed):
    name: Text  # of the procedure
    when: Condition  # on the question that asks where the other person belongs
    entity: Key | None = None  # of institution.toml; absent: nobody's we know
    other_institution: bool = False  # handed over only when the reporter agrees
    says: Text  # to the reporter, after sending
    handling: Text  # to whoever handles the case
    turn_to: Annotated[tuple[Key, ...], Field(max_length=4)] = ()  # provisions: the channel there
