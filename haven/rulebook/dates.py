"""Days as people say them, for the rule beside a date; and months, as people count them."""

from calendar import monthrange
from datetime import date

DAYS = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
}


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    count = day.month - 1 + months
    year, month = day.year + count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def weekday(day: date, language: str) -> str:
    return DAYS[language][day.weekday()]


def short(day: date, language: str) -> str:
    """3 april / 3 April."""
    return f"{day.day} {MONTHS[language].split()[day.month - 1]}"


def full(day: date, language: str) -> str:
    """vrijdag 3 april 2026 / Friday 3 April 2026."""
    return f"{weekday(day, language)} {short(day, language)} {day.year}"
