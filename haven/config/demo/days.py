"""The demo is as lively on the day of its first start as on the day it was written: every day moves along with it.

Its files are written as if today were the day below. All days move by whole months, and stay the same day of the week
in the same month; words name a month or a season as `{2026-10:month year}`, and a day as `{2026-12-04:day}`
(`{2026-10:Month}`: at the beginning of a sentence).
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Any, Final

from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localdate

WRITTEN_ON: Final = date(2026, 11, 25)
PLACE: Final = re.compile(r"{(\d{4})-(\d{2})(?:-(\d{2}))?:([A-Za-z ]+)}")
SEASONS: Final = {
    "nl": ("winter", "voorjaar", "zomer", "herfst"),
    "en": ("winter", "spring", "summer", "autumn"),
}
LANGUAGES: Final = tuple(SEASONS)
TO: Final = "\N{EN DASH}"


def moved(told: Any, language: str = "en") -> Any:
    """What a file says, as of today."""
    if isinstance(told, dict):
        return {name: moved(one, name if name in LANGUAGES else language) for name, one in told.items()}
    if isinstance(told, list):
        return [moved(one, language) for one in told]
    if isinstance(told, date):
        return day_moved(told)
    return PLACE.sub(lambda found: _in_words(found, language), told) if isinstance(told, str) else told


def months_since(today: date) -> int:
    """Whole months, rounded down: what was over on the day of writing is over."""
    months = 12 * (today.year - WRITTEN_ON.year) + today.month - WRITTEN_ON.month
    return months - (today.day < WRITTEN_ON.day)


def day_moved(day: date) -> date:
    months = months_since(localdate())
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    near = date(year, month, min(day.day, monthrange(year, month)[1]))
    same = (near + timedelta(days=(day.weekday() - near.weekday() + 3) % 7 - 3 + week) for week in (0, 7, -7))
    return next(one for one in same if one.month == month)


def _in_words(found: re.Match[str], language: str) -> str:
    year, month, on, how = found.groups()
    day = day_moved(date(int(year), int(month), int(on or 15)))
    with translation.override(language):
        words = _said(day, how.lower(), language)
    return capfirst(words) if how[0].isupper() else words


def _said(day: date, how: str, language: str) -> str:
    season = SEASONS[language][day.month % 12 // 3]
    first = day.year if day.month == 12 else day.year - 1  # of a winter, which is in two years
    studies = day.year if day.month >= 9 else day.year - 1
    return {
        "month": date_format(day, "F"),
        "month year": date_format(day, "F Y"),
        "year": str(day.year),
        "season": season,
        "season year": f"{season} {first}{TO}{first + 1}" if season == "winter" else f"{season} {day.year}",
        "academic": f"{studies}{TO}{studies + 1}",
        "day": date_format(day, "j F Y"),
        "short": date_format(day, "j F"),
    }[how]
