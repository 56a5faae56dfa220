"""Statements to look at in a demo. An institution's own are pages that editors write."""

from typing import Final
from uuid import UUID

from haven.rulebook.words import Text

STATEMENTS: Final = (
    (
        UUID("6f0c2a5e-1d5b-4c1e-9a57-0e6f4b7a2c01"),
        Text(
            nl="In mijn team kun je zeggen dat je je ergens ongemakkelijk bij voelt.",
            en="In my team one can say that something makes one feel uncomfortable.",
        ),
    ),
    (
        UUID("6f0c2a5e-1d5b-4c1e-9a57-0e6f4b7a2c02"),
        Text(
            nl="Wie een grap niet leuk vindt, moet dat zelf zeggen.",
            en="Whoever does not like a joke has to say so.",
        ),
    ),
)
