"""The keys of backups (age). The private half is made here, and kept anywhere but on the server."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyrage

from haven.config.place import Refused

type Recipient = Any  # pyrage has no types


def make(say: Callable[[str], object], file: Path) -> None:
    """A key pair in a new file, as `age-keygen` writes it. Raises Refused."""
    identity = pyrage.x25519.Identity.generate()
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as kept:
            kept.write(f"# Opens backups of Haven. Not for the server.\n# {identity.to_public()}\n{identity}\n")
    except OSError as error:
        raise Refused(f"{file} cannot be made ({error.strerror}). Name a file that does not exist yet.") from None
    say(f"Written to {file}. Whoever has this file opens every backup that is made for it:")
    say("keep it on two sticks in two safes, and not on the server.")
    say("The server gets this line only (HAVEN_BACKUP_RECIPIENTS):")
    say(f"   {identity.to_public()}")


def recipients(lines: Iterable[str]) -> list[Recipient]:
    """Raises Refused when one of them is not what `haven backup key` printed."""
    found = []
    for line in lines:
        try:
            found.append(pyrage.x25519.Recipient.from_str(line))
        except pyrage.RecipientError:
            raise Refused(
                f"“{line}” is not a key for backups. Give what `haven backup key` printed: age1 and 58 signs."
            ) from None
    return found


def identities(file: Path) -> list[Any]:
    """Raises Refused."""
    try:
        lines = [line for line in file.read_text().splitlines() if line and not line.startswith("#")]
        found = [pyrage.x25519.Identity.from_str(line.strip()) for line in lines]
    except OSError as error:
        raise Refused(f"The key file {file} cannot be read ({error.strerror}).") from None
    except (pyrage.IdentityError, UnicodeDecodeError):
        found = []
    if not found:
        raise Refused(f"{file} is not a key file. It is the file that `haven backup key` made.")
    return found
