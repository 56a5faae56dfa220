"""`haven restore`: from one backup file to a Haven that can be started.

All of it happens in a folder inside the data folder. As long as that is there nothing starts (place.check_whole): words
that had to stay destroyed may still be in it.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from django.utils.module_loading import import_string

from haven.config import place
from haven.config.backup import archive, keys
from haven.config.place import Refused

REGISTER = "haven.deletions"
TAR = "backup.tar"

type Say = Callable[[str], object]


@dataclass(frozen=True)
class Wish:
    file: Path
    key: Path
    register: Path | None
    without_register: bool


def restore(say: Say, wish: Wish) -> int:
    """The exit code: 1 when the verification found something. Raises Refused; then the data folder is empty again."""
    identities, register = keys.identities(wish.key), _register(wish)
    folder = place.data_folder(os.environ)
    staging = _made(folder)
    try:
        about = _unpack(say, wish.file, staging, identities)
        found = _wake(say, staging, about, register)
    except archive.Damaged as damage:
        raise Refused(f"{wish.file} cannot be used. {damage} Nothing was restored.") from None
    except OSError as error:
        raise Refused(f"The restore could not be finished ({error.strerror or error}). Nothing was restored.") from None
    else:
        _move(staging, folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    for finding in found:
        say(finding)
    say("Restored. Look at the above before you start Haven." if found else "Restored, and all is sound.")
    say("People and keys are those of the day of the backup: whoever left or joined since has to do so again.")
    say("Now start it: haven serve")
    return 1 if found else 0


def _register(wish: Wish) -> Path | None:
    """Without one, words that somebody took back would return; so its absence has to be said aloud. Raises Refused."""
    register = wish.register or wish.file.with_name(REGISTER)
    if register.is_file():
        return register
    if wish.without_register and wish.register is None:
        return None
    raise Refused(
        f"There is no deletion register {register}. Name the newest one with --register FILE. If there is none any "
        "more, --without-register restores all the same, and what was destroyed since this backup comes back."
    )


def _made(folder: Path) -> Path:
    """A place for it in an empty data folder. Raises Refused."""
    staging = folder / place.RESTORING
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(one.name != place.RESTORING for one in folder.iterdir()):
            raise Refused(f"{folder} is not empty. A restore overwrites nothing: set HAVEN_DATA to a new folder.")
        shutil.rmtree(staging, ignore_errors=True)
        for made in (staging, staging / "secrets", staging / "blobs"):
            made.mkdir(mode=0o700)
    except OSError as error:
        raise Refused(f"Haven cannot write in {folder} ({error.strerror}).") from None
    return staging


def _unpack(say: Say, file: Path, staging: Path, identities: list[Any]) -> dict[str, Any]:
    """Everything is read to its end and compared with its list before anything of it is used."""
    say("Opening the backup.")
    tar = staging / TAR
    with file.open("rb") as source, os.fdopen(os.open(tar, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        archive.decrypt(source, out, identities)
    about = archive.unpack(tar, staging)
    tar.unlink()
    say(f"It is whole: Haven {about['haven']}, of {about['day']}.")
    return about


def _wake(say: Say, staging: Path, about: dict[str, Any], register: Path | None) -> list[str]:
    """Set Django up on what was unpacked, and destroy again what has to stay destroyed. Gives what was found."""
    address = os.environ.get("DATABASE_URL", "")
    if bool(address) != (about["database"] == "postgresql"):
        wanted = "Set DATABASE_URL to an empty database." if not address else "Take DATABASE_URL away."
        raise Refused(f"This backup is of {'SQLite' if address else 'PostgreSQL'}. {wanted}")
    os.environ["HAVEN_DATA"] = str(staging)
    if address and (staging / place.SETTINGS).exists():
        place.write_settings(staging, {**place.settings_in(staging / place.SETTINGS), "DATABASE_URL": address})
    place.read_settings(os.environ)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haven.config.settings")
    django.setup()
    found: list[str] = import_string("haven.config.backup.awake.awake")(say, about, register)
    return found


def _move(staging: Path, folder: Path) -> None:
    """What had to be destroyed is, so from here on nothing can go wrong that matters. The secrets come last: without
    them nothing starts."""
    with suppress(FileNotFoundError):
        shutil.rmtree(staging / "static")
    entries = sorted(staging.iterdir(), key=lambda one: one.name == "secrets")
    for entry in entries:
        if entry.name not in {archive.ABOUT, archive.LIST, "tables"}:
            entry.rename(folder / entry.name)
