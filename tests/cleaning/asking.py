"""Cleaning, for tests: bytes in, bytes out."""

import io
from dataclasses import dataclass

from haven.cleaning import limits, sandbox
from haven.cleaning.kinds import NotCleaned, Reason
from haven.cleaning.sandbox import Cleaned

PIECE = 100_000


@dataclass
class Answer:
    copy: bytes
    sheets: bytes
    done: Cleaned


def clean(content: bytes, ending: str, *, seconds: float = limits.SECONDS) -> Answer:
    copy, sheets = io.BytesIO(), io.BytesIO()
    pieces = (content[start : start + PIECE] for start in range(0, len(content), PIECE))
    done = sandbox.clean(pieces, ending=ending, copy=copy, sheets=sheets, seconds=seconds)
    return Answer(copy.getvalue(), sheets.getvalue(), done)


def refused(content: bytes, ending: str, *, seconds: float = limits.SECONDS) -> Reason:
    """Why it is not cleaned."""
    try:
        clean(content, ending, seconds=seconds)
    except NotCleaned as refusal:
        return refusal.reason
    return Reason.CLEANED
