"""Sealed files on disk: verified as a whole before the first byte, swept without haste, and without a time of day."""

import errno
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import time_machine

from haven.vault import files
from haven.vault.bodies import padded_size
from haven.vault.files import SealedFileInfo, SealedWriter, open_verified, sweep
from haven.vault.stream import HEADER, SEGMENT, TAG
from tests.proves import proves
from tests.vault.refusal import flipped, refused

WORDS = b"onuitwisbaar herkenbare woorden "


def keep(root: Path, plaintext: bytes) -> SealedFileInfo:
    writer = SealedWriter(root)
    for start in range(0, len(plaintext), 10_000):
        writer.write(plaintext[start : start + 10_000])
    return writer.finish()


def read(root: Path, info: SealedFileInfo) -> bytes:
    return b"".join(open_verified(root, info))


@pytest.mark.parametrize("size", [1, 511, 512, 513, SEGMENT, SEGMENT + 1, 5 * SEGMENT])
def test_a_file_comes_back_as_it_was_and_its_size_is_a_step(tmp_path: Path, size: int) -> None:
    plaintext = os.urandom(size)
    info = keep(tmp_path, plaintext)
    assert read(tmp_path, info) == plaintext
    step = padded_size(size)
    assert (tmp_path / info.blob.hex).stat().st_size == HEADER + step + TAG * -(-step // SEGMENT)


@proves("R-003-14")
def test_no_plaintext_is_in_the_folder(tmp_path: Path) -> None:
    writer = SealedWriter(tmp_path)
    writer.write(WORDS * 9000)
    during = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    writer.finish()
    after = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert len(during) > SEGMENT
    assert WORDS not in during + after


@proves("R-003-14")
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_one_changed_bit_anywhere_and_not_one_byte_leaves(tmp_path: Path, place: str) -> None:
    info = keep(tmp_path, WORDS * 9000)
    path = tmp_path / info.blob.hex
    sealed = path.read_bytes()
    path.write_bytes(flipped(sealed, {"first": 0, "middle": len(sealed) * 4, "last": len(sealed) * 8 - 1}[place]))
    refused(open_verified, tmp_path, info)


def test_a_shorter_longer_missing_or_exchanged_file_is_refused_alike(tmp_path: Path) -> None:
    info, other = keep(tmp_path, WORDS * 9000), keep(tmp_path, WORDS * 9000)
    path = tmp_path / info.blob.hex
    sealed = path.read_bytes()
    for wrong in (sealed[:-1], sealed + b"\0", b"", (tmp_path / other.blob.hex).read_bytes()):
        path.write_bytes(wrong)
        refused(open_verified, tmp_path, info)
    path.unlink()
    refused(open_verified, tmp_path, info)


def test_a_file_exchanged_after_the_check_is_still_refused(tmp_path: Path) -> None:
    info, other = keep(tmp_path, WORDS), keep(tmp_path, WORDS)
    pieces = open_verified(tmp_path, info)
    (tmp_path / other.blob.hex).replace(tmp_path / info.blob.hex)
    refused(lambda: pieces)


def test_a_file_is_bound_to_its_name_and_its_size(tmp_path: Path) -> None:
    info = keep(tmp_path, WORDS)
    renamed = SealedFileInfo(uuid4(), info.key, info.sha256, info.size)
    (tmp_path / renamed.blob.hex).write_bytes((tmp_path / info.blob.hex).read_bytes())
    refused(read, tmp_path, renamed)
    refused(read, tmp_path, SealedFileInfo(info.blob, info.key, info.sha256, 10_000))
    refused(read, tmp_path, SealedFileInfo(info.blob, b"x" * 32, info.sha256, info.size))


@pytest.mark.parametrize("stored", [{}, {"blob": 1}, {"blob": "x", "key": "", "sha256": "", "size": 1}])
def test_a_broken_description_of_a_file_is_refused_alike(stored: dict[str, object]) -> None:
    refused(SealedFileInfo.from_dict, stored)


def test_the_description_travels_as_a_dict_and_prints_no_key(tmp_path: Path) -> None:
    info = keep(tmp_path, WORDS)
    assert SealedFileInfo.from_dict({"name": "foto.jpg", **info.as_dict()}) == info
    assert "key" not in repr(info)


@proves("R-000-18")
def test_no_time_of_day_is_kept_and_nobody_else_may_read(tmp_path: Path) -> None:
    info = keep(tmp_path, WORDS)
    status = (tmp_path / info.blob.hex).stat()
    kept = datetime.fromtimestamp(status.st_mtime, UTC)
    assert (kept.date(), kept.time()) == (datetime.now(UTC).date(), datetime.min.time())
    assert status.st_mode & 0o777 == 0o600


def test_a_writer_that_does_not_finish_leaves_nothing(tmp_path: Path) -> None:
    writer = SealedWriter(tmp_path)
    writer.write(WORDS)
    writer.close()
    writer.close()
    forgotten = SealedWriter(tmp_path)
    forgotten.write(WORDS)
    del forgotten
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def no_room(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(os, "fsync", no_room)
    yield
    monkeypatch.undo()


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_leaves_no_part_behind(tmp_path: Path) -> None:
    writer = SealedWriter(tmp_path)
    writer.write(WORDS)
    with pytest.raises(OSError, match="no space"):
        writer.finish()
    writer.close()
    assert list(tmp_path.iterdir()) == []


def test_the_sweeper_takes_what_no_row_knows_a_full_day_later_and_never_sooner(tmp_path: Path) -> None:
    with time_machine.travel("2026-11-23T23:59:00Z", tick=False) as clock:
        known, orphan = keep(tmp_path, WORDS), keep(tmp_path, WORDS)
        day = timedelta(hours=24)
        clock.shift(timedelta(hours=23))
        assert sweep(tmp_path, {known.blob}, day) == 0
        clock.shift(timedelta(hours=1, minutes=2))
        assert sweep(tmp_path, {known.blob}, day) == 1
        assert [UUID(path.name) for path in tmp_path.iterdir()] == [known.blob]
        assert read(tmp_path, known) == WORDS
        refused(files.renew, tmp_path, orphan.blob)


def test_a_parked_file_that_is_being_sent_is_left_alone(tmp_path: Path) -> None:
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False) as clock:
        parked = keep(tmp_path, WORDS)
        clock.shift(timedelta(days=3))
        files.renew(tmp_path, parked.blob)
        assert sweep(tmp_path, set(), timedelta(hours=24)) == 0


def test_parts_are_swept_after_an_idle_hour(tmp_path: Path) -> None:
    part = tmp_path / f"{uuid4().hex}.part"
    part.write_bytes(b"sealed")
    assert sweep(tmp_path, set(), timedelta(hours=24)) == 0
    long_ago = (datetime.now(UTC) - timedelta(hours=2)).timestamp()
    os.utime(part, (long_ago, long_ago))
    assert sweep(tmp_path, set(), timedelta(hours=24)) == 1


def test_unlinking_may_be_repeated_and_a_missing_folder_is_swept_clean(tmp_path: Path) -> None:
    info = keep(tmp_path, WORDS)
    files.unlink_all(tmp_path, [info.blob, uuid4()])
    files.unlink_all(tmp_path, [info.blob])
    assert list(tmp_path.iterdir()) == []
    assert sweep(tmp_path / "never", set(), timedelta()) == 0
