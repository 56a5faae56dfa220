"""Bombs, liars and broken files come to nothing; and nothing that runs inside can reach anything."""

import io
import json
import os
import socket
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pikepdf
import psutil
import pytest
from django.conf import settings
from PIL import Image

from haven.cleaning import limits, sandbox
from haven.cleaning.health import Part, look
from haven.cleaning.kinds import NotCleaned, Reason
from tests.cleaning import corpus
from tests.cleaning.asking import clean, refused


def big_picture(side: int = 12_000) -> bytes:
    """A hundred kilobytes that unpack to half a gigabyte."""
    rows = zlib.compressobj(9)
    packed = b"".join(rows.compress(bytes(1 + side // 8)) for _row in range(side)) + rows.flush()

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)

    head = side.to_bytes(4) * 2 + bytes([1, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def big_document() -> bytes:
    """Two hundred megabytes of nothing in an office document."""
    out = io.BytesIO(corpus.xlsx())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media.bin", "w") as part:
        for _piece in range(200):
            part.write(bytes(1024 * 1024))
    return out.getvalue()


def many_pages(pages: int = 10_000) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.pages.extend([document.pages[0]] * (pages - 1))
        document.save(out)
    return out.getvalue()


def many_frames() -> bytes:
    frames = [Image.new("L", (8, 8), number % 200) for number in range(limits.FRAMES + 50)]
    return corpus.saved(frames[0], "GIF", save_all=True, append_images=frames[1:], optimize=False)


def locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(corpus.pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


BAD: dict[str, tuple[str, Callable[[], bytes], Reason]] = {
    "a picture of half a gigabyte": ("png", big_picture, Reason.BOMB),
    "a document of two hundred megabytes": ("xlsx", big_document, Reason.BOMB),
    "ten thousand pages": ("pdf", many_pages, Reason.PAGES),
    "an endless gif": ("gif", many_frames, Reason.PAGES),
    "a password": ("pdf", locked, Reason.LOCKED),
    "half a photo": ("jpg", lambda: corpus.jpg()[:600], Reason.FAILED),
    "half a picture": ("png", lambda: corpus.png()[:-60], Reason.FAILED),
    "an empty pdf": ("pdf", lambda: b"%PDF-1.7\n" + bytes(200), Reason.FAILED),
    "half a document": ("docx", lambda: corpus.docx()[:-100], Reason.WRONG_TYPE),
    "a program as a photo": ("jpg", lambda: b"MZ\x90\0" + bytes(200), Reason.WRONG_TYPE),
    "a program as text": ("txt", lambda: b"\x7fELF" + bytes(200), Reason.WRONG_TYPE),
    "a program": ("exe", lambda: b"MZ\x90\0" + bytes(200), Reason.KIND),
    "no ending": ("", lambda: b"anything", Reason.KIND),
    "heic": ("heic", lambda: b"\0\0\0\x18ftypheic" + bytes(200), Reason.KIND),
}


@pytest.mark.parametrize("bad", BAD)
def test_what_cannot_be_cleaned_is_refused_with_its_reason_and_soon(bad: str) -> None:
    ending, content, reason = BAD[bad]
    made, began = content(), monotonic()

    assert refused(made, ending) is reason
    assert monotonic() - began < 30


def test_of_a_file_that_is_two_things_one_is_left() -> None:
    answer = clean(corpus.jpg() + corpus.docx(), "jpg")
    in_pdf = clean(corpus.pdf() + corpus.docx(), "pdf")

    assert (answer.done.kind.ending, b"PK\x03\x04" in answer.copy) == ("jpg", False)
    assert (in_pdf.done.kind.ending, b"PK\x03\x04" in in_pdf.copy) == ("pdf", False)


def test_what_it_is_decides_and_not_its_name() -> None:
    assert clean(corpus.png(), "pdf").done.kind.ending == "png"


def test_a_list_that_points_elsewhere_is_no_film() -> None:
    points = b"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"

    assert refused(points, "mp4") is Reason.WRONG_TYPE
    assert refused(b"\0\0\0\x18ftypisom\0\0\0\0" + points, "mp4") is Reason.FAILED


def test_it_ends_when_its_time_is_over() -> None:
    began = monotonic()

    assert refused(corpus.docx(), "docx", seconds=0.05) is Reason.TOO_LONG
    assert monotonic() - began < 5
    assert refused(corpus.jpg(), "jpg", seconds=0) is Reason.BUSY
    assert [one.name() for one in psutil.Process().children(recursive=True) if one.name() == "bwrap"] == []


def test_only_so_many_work_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "QUEUE", 0.1)
    for _turn in range(limits.AT_ONCE):
        sandbox.TURNS.acquire()
    try:
        assert refused(corpus.jpg(), "jpg") is Reason.BUSY
    finally:
        for _turn in range(limits.AT_ONCE):
            sandbox.TURNS.release()
    assert refused(corpus.jpg(), "jpg") is Reason.CLEANED


LOOKS = """
import json, os, pathlib, socket, resource
def tries(deed):
    try:
        return deed() or "done"
    except Exception as error:
        return type(error).__name__
print(json.dumps({
    "disk": tries(lambda: pathlib.Path(os.sys.argv[1]).read_text()),
    "folder": pathlib.Path(os.sys.argv[1]).parent.exists(),
    "environment": sorted(os.environ),
    "net": tries(lambda: socket.create_connection(("127.0.0.1", int(os.sys.argv[2])), 2)),
    "names": tries(lambda: socket.getaddrinfo("example.org", 80)),
    "write": [tries(lambda: pathlib.Path(at, "zq").write_text("x")) for at in ("/usr", "/", "/dev", "/haven-inside")],
    "processes": [name for name in os.listdir("/proc") if name.isdigit()].__len__(),
    "user": os.getuid(),
    "home": sorted(os.listdir("/root")) if os.path.exists("/root") else [],
}))
"""


def test_inside_there_is_no_network_no_disk_and_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = Path(settings.DATA) / "zqsecret"
    secret.write_text("a secret of the house")
    monkeypatch.setenv("HAVEN_STATE_KEY", "zq secret of the house")
    with socket.create_server(("127.0.0.1", 0)) as server:
        here = [*sandbox.command()]
        start = [*here[: here.index("-c") + 1], LOOKS, str(secret), str(server.getsockname()[1])]
        done = subprocess.run(start, capture_output=True, check=True, env=dict(os.environ), timeout=30)

    found = json.loads(done.stdout)
    assert (found["disk"], found["folder"]) == ("FileNotFoundError", False)
    assert set(found["environment"]) <= {"PATH", "HOME", "LANG", "PWD", "LC_CTYPE"}
    assert found["net"] in {"ConnectionRefusedError", "OSError"}
    assert (found["names"], found["user"], found["home"]) == ("gaierror", 65534, found["home"])
    assert not {".ssh", ".bash_history", ".cache"} & set(found["home"])
    assert all(tried in {"OSError", "PermissionError"} for tried in found["write"])
    assert found["processes"] <= 3


def test_what_a_worker_says_is_not_believed() -> None:
    told: tuple[dict[str, object], ...] = (
        {"reason": "", "kind": "exe", "pages": 1, "sizes": [1], "left_out": False},
        {"reason": "", "kind": "jpg", "pages": 1, "sizes": [], "left_out": False},
        {"reason": "", "kind": "jpg", "pages": 1, "sizes": [-1], "left_out": False},
        {"reason": "", "kind": "jpg", "pages": 1, "sizes": [10**12], "left_out": False},
        {"reason": "", "kind": "jpg", "pages": 1, "sizes": [1] * 99, "left_out": False},
        {"reason": "", "kind": "jpg", "pages": 1, "sizes": [1]},
        {"reason": "perfect", "sizes": []},
    )
    lies = (
        b"",
        (5).to_bytes(4) + b"what?",
        (2**31).to_bytes(4),
        *map(_head, told),
    )

    for lie in lies:
        with pytest.raises(NotCleaned) as refusal:
            sandbox._head(io.BytesIO(lie))
        assert refusal.value.reason is Reason.FAILED


def _head(told: dict[str, object]) -> bytes:
    said = json.dumps(told).encode()
    return len(said).to_bytes(4) + said


def test_where_a_part_is_missing_it_is_said_and_the_file_is_not_cleaned(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert {one.part: one.there for one in look("")} == {part: part is not Part.CLAMAV for part in Part}

    monkeypatch.setenv("PATH", str(tmp_path))

    assert [one.there for one in look("")] == [False] * 5
    assert refused(corpus.jpg(), "jpg") is Reason.MISSING


def test_a_sandbox_that_does_not_start_is_a_missing_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake = tmp_path / "bwrap"
    fake.write_text(f"#!{sys.executable}\nraise SystemExit('no permissions to create new namespace')\n")
    fake.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert refused(corpus.jpg(), "jpg") is Reason.MISSING
    assert not any(one.there for one in look(""))
