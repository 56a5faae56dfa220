"""A real ClamAV finds its test string; and whatever goes wrong with it means that nothing was scanned."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from haven.cleaning import scanning
from haven.cleaning.scanning import Scan, scan
from tests.cleaning.scanner import EICAR


def test_it_finds_what_it_knows_and_lets_the_rest_through(clamd: str) -> None:
    assert scan([b"nothing in here"], at=clamd) is Scan.CLEAN
    assert scan([b"before ", EICAR[:20], EICAR[20:], b" after"], at=clamd) is Scan.FOUND


def test_what_is_too_long_for_it_was_not_scanned(clamd: str) -> None:
    assert scan((bytes(100_000) for _piece in range(100)), at=clamd) is Scan.NOT_SCANNED


@pytest.mark.parametrize(
    "at", ["", "/nowhere/clamd", "127.0.0.1:1", "192.0.2.1:3310", "scanner.example:3310", "nonsense", ":"]
)
def test_no_scanner_is_not_scanned(at: str) -> None:
    assert (scan([b"anything"], at=at), scanning.answers(at)) == (Scan.NOT_SCANNED, False)


@contextmanager
def answering(place: Path, said: bytes) -> Iterator[str]:
    """A daemon that says one thing, whatever it is asked."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(place))
        server.listen()

        def serve() -> None:
            line, _where = server.accept()
            with line:
                line.recv(65536)
                line.sendall(said)

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield str(place)
        thread.join(5)


@pytest.mark.parametrize(
    "said", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: ERROR\0", b"UNKNOWN COMMAND\0", b"OK\0"]
)
def test_every_other_answer_is_not_scanned(tmp_path: Path, said: bytes) -> None:
    with answering(tmp_path / "line", said) as at:
        assert scan([b"anything"], at=at) is Scan.NOT_SCANNED


def test_one_that_never_answers_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "SECONDS", 0.2)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "line"))
        silent.listen()

        assert scan([b"anything"], at=str(tmp_path / "line")) is Scan.NOT_SCANNED
