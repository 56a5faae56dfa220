"""A virus scanner with one signature of its own: no download, and no big database."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from haven.cleaning import scanning
from tests.tools import where

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"  # in two, for scanners


@pytest.fixture(scope="session")
def clamd() -> Iterator[str]:
    """The socket of a real daemon."""
    place = Path(mkdtemp(prefix="haven-clam-"))
    (place / "db").mkdir()
    (place / "db" / "test.ndb").write_text(f"Haven.Test.EICAR:0:*:{EICAR.hex()}\n")
    line = place / "socket"
    told = {
        "LocalSocket": line, "DatabaseDirectory": place / "db", "TemporaryDirectory": place, "Foreground": "yes",
        "LogFile": place / "log", "StreamMaxLength": "2M", "SelfCheck": "0", "ConcurrentDatabaseReload": "no",
    }  # fmt: skip
    (place / "clamd.conf").write_text("".join(f"{name} {value}\n" for name, value in told.items()))
    program = where("clamd")
    assert program is not None, "clamd is missing: python -m tests.tools"
    daemon = subprocess.Popen([program, "-c", str(place / "clamd.conf")], stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while not scanning.answers(str(line)):
            assert daemon.poll() is None, (place / "log").read_text()
            assert time.monotonic() < until
            time.sleep(0.1)
        yield str(line)
    finally:
        daemon.terminate()
        daemon.wait()
        shutil.rmtree(place, ignore_errors=True)
