"""A receipt code as it is read aloud: a word for each character, in Dutch and by the international alphabet.

The alphabet of the codes has no I, L, O and U, which are misheard and misread (vault/codes.py).
"""

from dataclasses import dataclass
from typing import Final

from haven.vault.codes import show

CHARACTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DUTCH: Final = (
    "nul een twee drie vier vijf zes zeven acht negen Anna Bernard Cornelis Dirk Eduard Ferdinand Gerard Hendrik Johan "
    "Karel Maria Nico Pieter Quirinus Rudolf Simon Theodor Victor Willem Xantippe Ypsilon Zacharias"
)
INTERNATIONAL: Final = (
    "zero one two three four five six seven eight nine Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel Juliett "
    "Kilo Mike November Papa Quebec Romeo Sierra Tango Victor Whiskey X-ray Yankee Zulu"
)


@dataclass(frozen=True)
class Group:
    """Four characters, and how to say them."""

    characters: str
    dutch: str
    international: str


def spelled(code: str) -> list[Group]:
    groups = show(code).split()
    return [Group(one, _said(one, DUTCH), _said(one, INTERNATIONAL)) for one in groups]


def _said(group: str, words: str) -> str:
    said = dict(zip(CHARACTERS, words.split(), strict=True))
    return ", ".join(said[character] for character in group)
