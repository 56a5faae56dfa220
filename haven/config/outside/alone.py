"""Django as far as a reader outside needs it: the words for rows in memory and for pages. No database is named."""

from pathlib import Path

import django
from django.conf import settings

LOCALE = Path(__file__).resolve().parents[2] / "locale"


def set_up() -> None:
    settings.configure(
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "haven.vault"],
        VAULT_ARGON2={"time_cost": 3, "memory_cost": 65536, "parallelism": 1},  # as in config/settings.py
        LANGUAGE_CODE="nl",
        LANGUAGES=[("nl", "Nederlands"), ("en", "English")],
        LOCALE_PATHS=[LOCALE],
        TIME_ZONE="Europe/Amsterdam",
        LOGGING_CONFIG=None,
    )
    django.setup()
