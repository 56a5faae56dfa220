"""Settings of the tests: those of Haven, on a folder of their own, with cheap stretching. Nothing of Haven that is set
outside gets in, except DATABASE_URL (see tests/cluster.py)."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

FOLDER = Path(tempfile.mkdtemp(prefix="haven-tests-"))
MADE_BY = os.getpid()


def _tidy() -> None:
    """Not in a forked child, which ends before the tests do."""
    if os.getpid() == MADE_BY:
        shutil.rmtree(FOLDER, ignore_errors=True)


atexit.register(_tidy)
for name in [name for name in os.environ if name.startswith("HAVEN_")]:
    del os.environ[name]
os.environ |= {
    "HAVEN_DATA": str(FOLDER),
    "HAVEN_SECRET_KEY": "only for the tests, and long enough that nobody complains about it",
    "HAVEN_STATE_KEY": "a key for the tests, long enough for all",
    "HAVEN_PRESSURE": "0",  # many tests send many reports in one minute; those that are about it say so
    "HAVEN_KEEP_PAGES": "0",  # a page of one test must not be shown in the next
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright runs a loop of its own beside the tests
}

from haven.config.settings import *  # noqa: E402, F403  after the environment was made
from haven.config.settings import DATABASES, STORAGES  # noqa: E402

VAULT_ARGON2 = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}

# A file, as in life: threads of the live server share it. Not flushed to disk, since no test loses its power.
# Tables are made as the models are: the way there, of nearly 300 steps, is gone by tests that start Haven itself.
_database: dict[str, Any] = DATABASES["default"]
_database["TEST"] = {"MIGRATE": False}
if "sqlite" in _database["ENGINE"]:
    _database["TEST"] |= {"NAME": FOLDER / "test.sqlite3"}
    _options = _database["OPTIONS"]
    _options["init_command"] = _options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
