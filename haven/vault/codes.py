"""Receipt codes and printed recovery codes: Crockford base 32 with one check character.

The check is a polynomial over GF(32): the characters, as elements of the field, times the powers of a primitive element
must add up to zero. Powers of a primitive element differ for 31 places, so with at most 31 characters every single
wrong character and every exchange of two different characters, neighbours or not, is caught, not 31 of 32 of them.
"""

from secrets import choice
from uuid import UUID

from haven.vault.derive import derive
from haven.vault.errors import Mistyped
from haven.vault.keyring import Keyring

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECEIPT_LENGTH = 24  # 23 random characters: 115 bits
RECOVERY_LENGTH = 28  # 27 random characters: 135 bits
_MODULUS = 0b100101  # GF(32) is GF(2)[x] modulo x⁵ + x² + 1, where x is primitive
_VALUE = {character: value for value, character in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}


def new_code(length: int = RECEIPT_LENGTH) -> str:
    body = "".join(choice(ALPHABET) for _ in range(length - 1))
    return body + ALPHABET[_check(body)]


def normalise(text: str, length: int = RECEIPT_LENGTH) -> str:
    """The code as it was made: accepts lower case, spaces, hyphens, O for 0, I and L for 1. Raises Mistyped."""
    typed = "".join(text.upper().split()).replace("-", "")
    if len(typed) != length or not set(typed) <= _VALUE.keys():
        raise Mistyped
    code = "".join(ALPHABET[_VALUE[character]] for character in typed)
    if code[-1] != ALPHABET[_check(code[:-1])]:
        raise Mistyped
    return code


def show(code: str) -> str:
    """In groups of four, as a person writes it down."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def lookup_id(code: str) -> bytes:
    """What the database knows of a code. Takes the code as typed; raises Mistyped."""
    return derive(normalise(code).encode(), b"haven receipt id")


def reporter_key(code: str) -> Keyring:
    """The reporter's keyring. No stretching: 115 random bits need none, and nobody can burn memory with guesses."""
    return Keyring(derive(normalise(code).encode(), b"haven receipt key"))


def letter_id(code: str) -> UUID:
    """The id of the complaint that a letter with this code becomes: sent twice, it is the same."""
    return UUID(bytes=derive(normalise(code).encode(), b"haven letter id")[:16])


def letter_code(code: str) -> str:
    """The printed code with which its complainant comes in: made again, not kept, when the letter is sent once more."""
    pool = derive(normalise(code).encode(), b"haven letter code")
    body = "".join(ALPHABET[byte % len(ALPHABET)] for byte in pool[: RECOVERY_LENGTH - 1])
    return body + ALPHABET[_check(body)]


def _check(body: str) -> int:
    """The last element that brings the sum to zero. Its own factor is 1, the one before it x, and so on (Horner)."""
    total = 0
    for character in body:
        total = _times_x(total ^ _VALUE[character])
    return total


def _times_x(element: int) -> int:
    doubled = element << 1
    return doubled ^ _MODULUS if doubled & 0b100000 else doubled
