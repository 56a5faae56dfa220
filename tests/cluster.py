"""Run a command with a throwaway PostgreSQL: `python -m tests.cluster pytest`. DATABASE_URL tells the command where.

The programs are Debian's own (the first on PATH may be anybody's); as root they are installed where they are missing.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.post import HOST, free_port

PLACE = Path("/usr/lib/postgresql")
IS_ROOT = os.geteuid() == 0
FASTER = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")  # it is thrown away


def programs() -> Path:
    """The folder with the newest initdb. Exits with a sentence where there is none and none can be had."""
    if not _installed() and IS_ROOT and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-q"], check=True)
        subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", "postgresql"], check=True)
    if not _installed():
        sys.exit("PostgreSQL is missing. On Debian: apt-get install postgresql")
    return _installed()[-1]


def _installed() -> list[Path]:
    found = [initdb.parent for initdb in PLACE.glob("*/bin/initdb")]
    return sorted(found, key=lambda folder: int(folder.parent.name))


@contextmanager
def cluster() -> Iterator[str]:
    """The address of a fresh cluster, which is gone afterwards."""
    bin_, folder, port = programs(), Path(tempfile.mkdtemp(prefix="haven-postgresql-")), free_port()
    if IS_ROOT:
        shutil.chown(folder, "postgres", "postgres")
    data, log = str(folder / "data"), str(folder / "log")
    options = f"-p {port} -k {folder} -c listen_addresses={HOST} " + " ".join(f"-c {one}" for one in FASTER)
    try:
        _as_postgres(bin_ / "initdb", "-D", data, "-U", "haven", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        _as_postgres(bin_ / "pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start")
        yield f"postgresql://haven@{HOST}:{port}/postgres"
    finally:
        _as_postgres(bin_ / "pg_ctl", "-D", data, "-m", "immediate", "stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _as_postgres(program: Path, *words: str, check: bool = True) -> None:
    """PostgreSQL refuses to run as root."""
    user = ["runuser", "-u", "postgres", "--"] if IS_ROOT else []
    subprocess.run([*user, str(program), *words], check=check, stdout=subprocess.DEVNULL, cwd="/")


if __name__ == "__main__":
    with cluster() as address:
        ended = subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": address}, check=False)
    sys.exit(ended.returncode)
