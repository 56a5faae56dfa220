"""Look for words in everything that lies on a disk, in every shape in which a program may have put them there."""

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote


def shapes(word: str) -> set[bytes]:
    """The word as text in three encodings, as hex, as base64 wherever in a text it begins, and as in an address."""
    found = set()
    for text in {word, word.lower(), word.upper(), quote(word), quote(word.replace(" ", "+"), safe="+")}:
        for encoded in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")):
            found |= {encoded, encoded.hex().encode(), encoded.hex().upper().encode(), *_in_base64(encoded)}
    return found


def _in_base64(encoded: bytes) -> Iterator[bytes]:
    """What does not depend on the bytes before and after: three bytes are four characters."""
    for before in range(3):
        for spell in (b64encode, urlsafe_b64encode):
            text = spell(bytes(before) + encoded)
            whole = (before + len(encoded)) // 3 * 4
            yield text[(before > 0) * 4 : whole]


def found_in(folder: Path, words: Iterable[str]) -> set[tuple[str, str]]:
    """Where something was found: name of the file, and the word. Names of files are looked at as well."""
    sought = {word: shapes(word) for word in words}
    hits = set()
    for path in folder.rglob("*"):
        content = str(path.relative_to(folder)).encode() + (path.read_bytes() if path.is_file() else b"")
        hits |= {(path.name, word) for word, spelled in sought.items() if any(one in content for one in spelled)}
    return hits
