"""How long everything is kept, and what is left. File: retention.toml."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from haven.rulebook.words import Rules, Text, Words, wrong

KEEP_RULES = (
    "with the case",
    "with the session",
    "until sent",
    "until swept",
    "while employed",
    "kept: holds no personal data",
    "until an editor removes it",
)
SPAN = re.compile(r"^([1-9]\d*) (hours|days|years)$")


def _known_rule(rule: str) -> str:
    if rule not in KEEP_RULES and not SPAN.match(rule):
        raise wrong(
            f"“{rule}” is not a rule for keeping that Haven knows.",
            f"Use a span such as “7 years”, or one of: {', '.join(KEEP_RULES)}.",
        )
    return rule


class Periods(Rules):
    closed_days: Annotated[int, Field(ge=0, le=730)]  # from closing until the words are destroyed
    withdrawn_days: Annotated[int, Field(ge=0, le=30)]
    parked_hours: Annotated[int, Field(ge=1, le=168)]  # files of a report that was not sent yet
    paused_days: Annotated[int, Field(ge=1, le=31)]  # answers of who stopped on the way, and their files
    backups_days: Annotated[int, Field(ge=1, le=365)]
    sent_mail_days: Annotated[int, Field(ge=0, le=365)]
    trail_years: Annotated[int, Field(ge=1, le=20)]
    counsel_days: Annotated[int, Field(ge=0, le=365)]  # from counting a notification that ended until it is destroyed
    complaint_years: Annotated[int, Field(ge=0, le=20)] = 2  # from the end of a formal complaint until its file goes
    input_days: Annotated[int, Field(ge=1, le=730)]  # from deciding on input until its words are destroyed
    duty_days: Annotated[int, Field(ge=0, le=365)]  # from the last day of a turn of duty until its line goes
    left_days: Annotated[int, Field(ge=1, le=730)]  # from suspending somebody until they are taken to have left


class Keep(Rules):
    """One rule for columns of one table; a house test compares all of them with the database."""

    table: Words
    columns: Annotated[tuple[Words, ...], Field(min_length=1)]
    rule: Annotated[str, AfterValidator(_known_rule)]
    why: Words


class Retention(Rules):
    periods: Periods
    says: Text  # the promise, as the privacy page and the confirmation tell it
    keep: tuple[Keep, ...] = ()
