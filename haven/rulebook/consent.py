"""What a reporter can be asked to agree to, and the one exception. Files: routes.toml; age keys in provisions.toml."""

import re
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from haven.rulebook.words import Listed, wrong

TEAM, PLACE = "team", "place"
"""A recipient is another team that works with Haven, or a place elsewhere: a provision, a line of [[destinations]]."""
WHOLE, SUMMARY = "whole", "summary"
NOWHERE = "none"
"""The destination of a case that was not referred."""

_LETTERS: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_AGE: Final = re.compile(rf"age1[{_LETTERS}]{{58}}")
HOW = "Copy the whole line that begins with age1 from the recipient, as `age-keygen` printed it."


class RiskGround(Listed):
    """Why a risk may be disclosed without consent. `review_days`: how soon one looks again whether to tell."""

    review_days: Annotated[int, Field(ge=1, le=90)]


def is_age_key(text: str) -> bool:
    """A public key of age, every character of it: its last six are a checksum (bech32)."""
    if not _AGE.fullmatch(text):
        return False
    prefix = [3, 3, 3, 0, *(ord(letter) & 31 for letter in "age")]
    return _remainder([*prefix, *(_LETTERS.index(letter) for letter in text[4:])]) == 1


def _remainder(values: list[int]) -> int:
    rest = 1
    for value in values:
        top = rest >> 25
        rest = (rest & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATORS):
            rest ^= generator if top >> bit & 1 else 0
    return rest


def _whole(text: str) -> str:
    joined = "".join(text.split())
    if not is_age_key(joined):
        raise wrong("This is not a public key of age: something is missing or was changed.", HOW)
    return joined


type AgeKey = Annotated[str, AfterValidator(_whole)]
