"""A backup is encrypted, whole or absent, and holds nothing of the moment; a restore verifies before it touches."""

import fcntl
import os
import resource
import shutil
import sqlite3
import subprocess
import tarfile
import tracemalloc
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from time import sleep
from typing import Any

import pyrage
import pytest

from haven.config.backup import archive, keys
from haven.config.backup.archive import Part
from haven.config.place import Refused
from tests.config.installing import Place
from tests.faults.starting import HAVEN, ROOT, environment, haven


@pytest.fixture(scope="session")
def backed_up(once: Place, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """With one backup, and somebody signed in at that moment."""
    place = once.moved(tmp_path_factory.mktemp("backed") / "place")
    link = sqlite3.connect(place.data / "haven.sqlite3")
    with link:
        link.execute("INSERT INTO django_session VALUES ('somebody', 'signed-in-at-this-moment', '2099-01-01')")
    link.close()
    done = place.haven("backup", str(place.backups))
    assert done.returncode == 0, done.stderr
    assert "is whole, for 1 key" in done.stdout
    return place


@pytest.fixture
def backup(backed_up: Place, tmp_path: Path) -> Place:
    return backed_up.moved(tmp_path / "place")


def refused(done: "subprocess.CompletedProcess[str]", *words: str) -> None:
    assert done.returncode == 2, done.stdout + done.stderr
    assert [word for word in words if word not in done.stderr] == [], done.stderr
    assert "Traceback" not in done.stderr


def left(place: Place) -> list[str]:
    """What lies where backups go, and beside the database."""
    names = [path.name for path in [*place.backups.iterdir(), *place.data.glob("backup.sqlite3*")]]
    return sorted(names)


def test_nothing_in_the_file_can_be_read_without_the_key(backed_up: Place) -> None:
    content = backed_up.backup.read_bytes()
    secrets = [path.read_bytes().strip() for path in (backed_up.data / "secrets").iterdir()]

    assert content.startswith(b"age-encryption.org/v1\n")
    assert len(secrets) == 3
    assert [word for word in [*secrets, b"anna@haven.example", b"SQLite format", b"ustar"] if word in content] == []
    assert backed_up.backup.stat().st_mode & 0o077 == 0
    assert left(backed_up) == [backed_up.backup.name, "haven.deletions"]


def test_who_is_signed_in_at_that_moment_is_not_in_it(backed_up: Place) -> None:
    tar = BytesIO()
    with backed_up.backup.open("rb") as file:
        archive.decrypt(file, tar, keys.identities(backed_up.key))

    assert b"signed-in-at-this-moment" in (backed_up.data / "haven.sqlite3").read_bytes() + (
        (backed_up.data / "haven.sqlite3-wal").read_bytes() if (backed_up.data / "haven.sqlite3-wal").exists() else b""
    )
    assert b"signed-in-at-this-moment" not in tar.getvalue()
    assert b"anna@haven.example" in tar.getvalue()
    tar.seek(0)
    with tarfile.open(fileobj=tar) as opened:
        assert {"about.json", "haven.env", "haven.sqlite3", "list.json", "secrets/roots"} <= set(opened.getnames())


def test_what_is_restored_is_sound_says_so_in_the_trail_and_can_be_started(backup: Place) -> None:
    done = backup.restored()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Restored, and all is sound." in done.stdout
    link = sqlite3.connect(backup.elsewhere / "haven.sqlite3")
    assert link.execute("SELECT did FROM trail_entry ORDER BY seq DESC LIMIT 1").fetchall() == [("store.restored",)]
    assert link.execute("SELECT count(*) FROM django_session").fetchall() == [(0,)]
    link.close()
    for name in ("secret_key", "state_key", "roots"):
        kept, back = (folder / "secrets" / name for folder in (backup.data, backup.elsewhere))
        assert kept.read_text().split() == back.read_text().split()
    folders = [backup.elsewhere, backup.elsewhere / "secrets", backup.elsewhere / "blobs"]
    assert [path for path in [*folders, *backup.elsewhere.glob("haven.*")] if path.stat().st_mode & 0o077] == []
    assert haven("verify", data=backup.elsewhere).stdout == "All is sound.\n"
    assert haven("migrate", data=backup.elsewhere).returncode == 0


def test_another_key_opens_nothing(backup: Place) -> None:
    other = backup.root / "other"
    assert haven("backup", "key", str(other), data=backup.data).returncode == 0
    done = haven("restore", str(backup.backup), "--key", str(other), data=backup.elsewhere)

    refused(done, "not for this key", "Nothing was restored")
    assert list(backup.elsewhere.iterdir()) == []


@pytest.mark.parametrize("damage", ["cut", "flipped", "a letter"])
def test_a_damaged_file_is_refused_before_anything_is_touched(backup: Place, damage: str) -> None:
    content = bytearray(backup.backup.read_bytes())
    if damage == "cut":
        del content[-4000:]
    elif damage == "flipped":
        content[len(content) // 2] ^= 1
    else:
        content = bytearray(b"Dear reader, this is no backup.")
    backup.backup.write_bytes(content)

    refused(backup.restored(), "cannot be used", "Nothing was restored")
    assert list(backup.elsewhere.iterdir()) == []


def test_a_restore_overwrites_nothing(backup: Place) -> None:
    shutil.copytree(backup.data, backup.elsewhere)
    before = (backup.elsewhere / "haven.sqlite3").read_bytes()

    refused(backup.restored(), "is not empty", "HAVEN_DATA")
    assert (backup.elsewhere / "haven.sqlite3").read_bytes() == before


def test_without_a_deletion_register_somebody_has_to_say_so_aloud(backup: Place) -> None:
    (backup.backups / "haven.deletions").unlink()
    refused(backup.restored(), "--register", "--without-register", "comes back")
    (backup.backups / "haven.deletions").write_text("not a register\n")
    refused(backup.restored(), "is not a deletion register")
    (backup.backups / "haven.deletions").unlink()

    assert backup.restored("--without-register").returncode == 0


def test_nothing_starts_on_a_restore_that_was_interrupted(backup: Place) -> None:
    assert backup.restored().returncode == 0
    (backup.elsewhere / "restoring").mkdir()

    for verb in (("serve",), ("migrate",), ("verify",), ("init",)):
        refused(haven(*verb, data=backup.elsewhere), "did not come to its end")


def test_a_restore_that_was_killed_can_be_begun_again(backup: Place) -> None:
    command = [*HAVEN, "restore", str(backup.backup), "--key", str(backup.key)]
    process = subprocess.Popen(
        command, env=environment(backup.elsewhere), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while not (backup.elsewhere / "restoring" / "haven.sqlite3").exists():
        assert process.poll() is None
        sleep(0.01)
    process.kill()
    process.wait()
    refused(haven("migrate", data=backup.elsewhere), "did not come to its end")

    assert backup.restored().returncode == 0
    assert not (backup.elsewhere / "restoring").exists()


def test_without_a_key_or_a_place_there_is_no_backup(place: Place) -> None:
    refused(place.haven("backup", HAVEN_BACKUP_RECIPIENTS=" "), "Nobody could open", "haven backup key")
    refused(place.haven("backup", HAVEN_BACKUP_RECIPIENTS="age1letter"), "is not a key for backups")
    refused(place.haven("backup", HAVEN_BACKUPS=""), "haven backup FOLDER")
    refused(place.haven("backup", str(place.root / "nowhere")), "There is no folder")
    refused(place.haven("backup", "key", str(place.key)), "does not exist yet")
    assert left(place) == []


def test_of_two_backups_at_once_one_is_refused(place: Place) -> None:
    with (place.data / "backup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused(place.haven("backup"), "Another backup is being made")
    assert left(place) == []
    assert place.haven("backup").returncode == 0


def test_on_a_full_disk_no_half_backup_stays(backup: Place) -> None:
    """A limit on the size of files stands for the disk: the copy of the database just fits, the backup does not."""
    room = (backup.data / "haven.sqlite3").stat().st_size + 1024
    earlier = backup.backup.read_bytes()
    done = subprocess.run(
        [*HAVEN, "backup", str(backup.backups)],
        env=environment(backup.data),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )

    refused(done, "could not be written", "Make room", "The earlier backups are as they were")
    assert left(backup) == [backup.backup.name, "haven.deletions"]
    assert backup.backup.read_bytes() == earlier


def test_a_backup_that_was_killed_leaves_no_file_that_looks_whole(place: Place) -> None:
    process = subprocess.Popen([*HAVEN, "backup"], env=environment(place.data), cwd=ROOT)
    while not list(place.backups.glob("*.part")):
        assert process.poll() is None
        sleep(0.002)
    process.kill()
    process.wait()
    assert list(place.backups.glob("*.age")) == []

    assert place.haven("backup").returncode == 0
    assert left(place) == [place.backup.name, "haven.deletions"]


def test_backups_older_than_the_rulebook_promises_are_removed(place: Place) -> None:
    days = {age: f"haven-{date.today() - timedelta(days=age):%Y%m%d}-020000.age" for age in (30, 34, 37, 400)}  # noqa: DTZ011  names are made by this machine
    for name in [*days.values(), "haven-of-my-aunt.age", "holiday.jpg"]:
        (place.backups / name).write_bytes(b"old")
    done = place.haven("backup")

    kept = {path.name for path in place.backups.iterdir() if path.read_bytes() == b"old"}
    assert kept == {days[30], days[34], "haven-of-my-aunt.age", "holiday.jpg"}
    assert (days[37] in done.stdout, days[400] in done.stdout) == (True, True)


def test_a_large_file_passes_in_pieces() -> None:
    class Nowhere(BytesIO):
        def write(self, _content: Any, /) -> int:
            return len(_content)

    piece, count = os.urandom(1024 * 1024), 64
    recipient = keys.recipients(["age1rvs5uncmfwqhawt7u6rdan6jx9z6uy5jv7568hd2j6nmhjtau9zsulw224"])
    tracemalloc.start()
    archive.encrypt([Part("blobs/0", count * len(piece), (piece for _ in range(count)))], Nowhere(), recipient)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 8 * len(piece)


def test_a_part_that_is_not_what_the_list_says_is_damage(tmp_path: Path) -> None:
    def packed(*parts: Part) -> Path:
        file = tmp_path / "packed.tar"
        file.write_bytes(b"".join(archive._tar(parts)))
        return file

    about = Part.of("about.json", b'{"format": 1, "haven": "0"}')
    assert archive.unpack(packed(about), tmp_path / "one")["format"] == 1
    changed = packed(about, Part.of("secrets/roots", b"the first two")).read_bytes().replace(b"first two", b"other two")
    (tmp_path / "packed.tar").write_bytes(changed)
    with pytest.raises(archive.Damaged, match="list"):
        archive.unpack(tmp_path / "packed.tar", tmp_path / "two")
    for name in ("../outside", "/absolute", "blobs/../../x", "letter.txt"):
        with pytest.raises(archive.Damaged):
            archive.unpack(packed(about, Part.of(name, b"x")), tmp_path / "three")
    assert not (tmp_path / "outside").exists()


def test_a_file_that_shrinks_while_it_is_read_stops_the_backup() -> None:
    with pytest.raises(OSError, match="changed while"):
        archive.encrypt([Part("blobs/0", 10, [b"short"])], BytesIO(), keys.recipients([str(_recipient())]))


def _recipient() -> Any:
    return pyrage.x25519.Identity.generate().to_public()


def test_a_key_file_that_is_none_is_refused(tmp_path: Path) -> None:
    letter = tmp_path / "letter"
    for content in (b"Dear reader\n", b"\xff\xfe", b""):
        letter.write_bytes(content)
        with pytest.raises(Refused, match="is not a key file"):
            keys.identities(letter)
    with pytest.raises(Refused, match="cannot be read"):
        keys.identities(tmp_path / "none")
