"""A place to measure in: importing this makes a data folder with fresh secrets and tables, and sets Django up on it.

Import it before anything of haven. The folder is gone when the program ends, unless `HAVEN_KEEP` is set. Nothing of
the demo is in it. `HAVEN_MEASURE_DATABASE` is the address of an empty PostgreSQL database to use instead of SQLite.
"""

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path

import django
from django.core.management import call_command

FOLDER = Path(tempfile.mkdtemp(prefix="haven-measure-", dir=os.environ.get("HAVEN_MEASURE_IN")))
SETTINGS = "benchmarks.settings"
DATABASE = os.environ.get("HAVEN_MEASURE_DATABASE", "")
ZONES = os.environ.get("HAVEN_MEASURE_ZONES", "reporter,parties,desk")


def environment() -> dict[str, str]:
    """What a server on this folder is started with: nothing of Haven that was set outside, and without the site unless
    that is what is measured: its editor has memory of its own (docs/benchmarks.md)."""
    others = {key: value for key, value in os.environ.items() if not key.startswith(("HAVEN_", "DATABASE_URL"))}
    database = {"DATABASE_URL": DATABASE} if DATABASE else {}
    zones = {"HAVEN_ZONES": ZONES}
    return {**others, **database, **zones, "HAVEN_DATA": str(FOLDER), "DJANGO_SETTINGS_MODULE": SETTINGS}


def _secrets() -> None:
    (FOLDER / "secrets").mkdir(mode=0o700)
    for name in ("secret_key", "state_key"):
        (FOLDER / "secrets" / name).write_text(secrets.token_urlsafe(48))


def _tidy(keep: str | None, made_by: int) -> None:
    if keep:
        print(f"kept: {FOLDER}")
    elif os.getpid() == made_by:
        shutil.rmtree(FOLDER, ignore_errors=True)


atexit.register(_tidy, os.environ.get("HAVEN_KEEP"), os.getpid())
_secrets()
_own = environment()
os.environ.clear()
os.environ.update(_own)
django.setup()
call_command("migrate", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
