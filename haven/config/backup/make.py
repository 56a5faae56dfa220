"""`haven backup`: one encrypted file with everything that is needed to go on, made while the server runs."""

import fcntl
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from haven.clock import deletions
from haven.config import place
from haven.config.backup import archive, keys, snapshot
from haven.config.backup.archive import Part, pieces_of
from haven.config.place import Refused
from haven.config.staff import AT_THE_TERMINAL
from haven.rulebook import shelf
from haven.trail import actions as trail
from haven.vault.models import SealedFile

LOCK = "backup.lock"
UNFINISHED = ".part"
NAME = re.compile(r"haven-(\d{8})-\d{6}\.age")


def make(say: Callable[[str], object], to: Path | None) -> None:
    """Raises Refused. Then the earlier backups are as they were."""
    folder = to or settings.BACKUPS
    recipients = keys.recipients(settings.BACKUP_RECIPIENTS)
    if folder is None:
        raise Refused("Say where to: haven backup FOLDER, or set HAVEN_BACKUPS.")
    if not recipients:
        raise Refused(
            "Nobody could open this backup. Make a key on another computer with `haven backup key FILE`, and set what "
            "it prints as HAVEN_BACKUP_RECIPIENTS."
        )
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}. Mount it, or make it.")
    with _alone():
        try:
            file = _write(folder, recipients)
            deletions.keep(folder)
            removed = _prune(folder)
        except OSError as error:
            raise Refused(
                f"The backup could not be written in {folder} ({error.strerror or error}). Make room there and in the "
                "data folder, or choose another folder. The earlier backups are as they were."
            ) from None
    with transaction.atomic():
        trail.note("backup.made", by=AT_THE_TERMINAL)
    say(f"{file.name} is whole, for {len(recipients)} {'key' if len(recipients) == 1 else 'keys'}.")
    if removed:
        days = shelf.current().retention.periods.backups_days
        say(f"Removed what is older than {days} days, as the rulebook promises: {', '.join(removed)}")


def newest(folder: Path) -> date | None:
    """The day of the newest backup there."""
    return max((day for day, _file in _kept(folder)), default=None)


@contextmanager
def _alone() -> Iterator[None]:
    """The operating system gives the lock back when this process dies. Raises Refused."""
    with (settings.DATA / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused("Another backup is being made. Wait until it is done.") from None
        yield


def _write(folder: Path, recipients: list[keys.Recipient]) -> Path:
    """Under another name until all of it is on disk."""
    for left in folder.glob(f"haven-*.age{UNFINISHED}"):
        left.unlink()
    file = folder / f"haven-{datetime.now(UTC):%Y%m%d-%H%M%S}.age"
    part = file.with_name(f"{file.name}{UNFINISHED}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            with snapshot.taken(settings.DATA) as database:
                archive.encrypt(_parts(database), out, recipients)
            out.flush()
            os.fsync(out.fileno())
        part.rename(file)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    _settle(folder)
    return file


def _parts(database: snapshot.Snapshot) -> Iterator[Part]:
    """The database first: a file is on disk before a row speaks of it, so every file is there after it."""
    yield from database.parts()
    yield from _secrets()
    yield from _pictures()
    gone = []
    for name in database.files():
        try:
            with (settings.BLOB_ROOT / name).open("rb") as blob:
                yield Part(f"blobs/{name}", os.fstat(blob.fileno()).st_size, pieces_of(blob))
        except FileNotFoundError:
            gone.append(name)
    if SealedFile.objects.filter(pk__in=gone).exists():  # others were destroyed meanwhile, as they had to be
        raise Refused("Sealed files are missing, so this would be no backup. See: haven verify")


def _pictures() -> Iterator[Part]:
    """Of the information site; one that an editor took away meanwhile is missed by nobody."""
    for file in sorted((settings.DATA / "media").glob("*images/*")):
        with suppress(FileNotFoundError):
            yield Part.of(file.relative_to(settings.DATA).as_posix(), file.read_bytes())


def _secrets() -> Iterator[Part]:
    """Wherever they came from: without them nothing of the rest can be used again."""
    yield Part.of("secrets/secret_key", settings.SECRET_KEY.encode())
    yield Part.of("secrets/state_key", settings.STATE_KEY)
    if settings.VAULT_ROOTS:
        yield Part.of("secrets/roots", "\n".join(settings.VAULT_ROOTS).encode())
    asked = settings.DATA / place.SETTINGS
    if asked.exists():
        yield Part.of(place.SETTINGS, asked.read_bytes())


def _kept(folder: Path) -> list[tuple[date, Path]]:
    found = [(NAME.fullmatch(file.name), file) for file in folder.iterdir()]
    return sorted((date.fromisoformat(name[1]), file) for name, file in found if name)


def _prune(folder: Path) -> list[str]:
    """A case is gone only when the last backup with its keys is gone (retention.toml, backups_days)."""
    longest = shelf.current().retention.periods.backups_days
    old = [file for day, file in _kept(folder) if (localdate() - day).days > longest]
    for file in old:
        file.unlink()
    return [file.name for file in old]


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
