"""When very many reports come in at once, sending takes a moment. Nothing is refused, no word is lost.

Counted for everybody together in the memory of this process. No address plays a part: nobody asks who sends. A browser
that works for a moment goes first. Without JavaScript one gets a turn some seconds later, and presses once more.
"""

from collections import deque
from dataclasses import dataclass, field
from hashlib import sha256
from math import ceil
from threading import Lock
from time import monotonic, time

from django.conf import settings

from haven.vault.errors import CannotOpen
from haven.vault.forms_state import open_state, seal_state

PURPOSE = "turn"
WORK_BITS = 13  # about eight thousand hashes: half a second for a telephone
LEAST, MOST = 2.0, 30.0  # seconds until a turn
TURNS_A_SECOND = 5
MINUTE = 60.0


@dataclass
class Gauge:
    """The reports of the last minute, and when the last turn that was given out comes."""

    sent: deque[float] = field(default_factory=deque)
    last_turn: float = 0.0
    lock: Lock = field(default_factory=Lock)

    def count(self) -> None:
        with self.lock:
            self.sent.append(monotonic())

    def is_high(self) -> bool:
        with self.lock:
            while self.sent and self.sent[0] < monotonic() - MINUTE:
                self.sent.popleft()
            return 0 < settings.PRESSURE <= len(self.sent)

    def next_turn(self) -> float:
        with self.lock:
            moment = time()
            self.last_turn = max(moment + LEAST, min(self.last_turn + 1 / TURNS_A_SECOND, moment + MOST))
            return self.last_turn


gauge = Gauge()


@dataclass(frozen=True)
class Turn:
    """Goes into the page that asks to wait: the sealed turn of this one report, and the seconds until it comes."""

    slip: str
    seconds: int
    bits: int = WORK_BITS


def wait_for(code: str, slip: str = "", proof: str = "") -> Turn | None:
    """None when the report of this code can be taken now. Who comes too early keeps the turn they had."""
    if not gauge.is_high():
        return None
    comes = _comes(code, slip)
    if comes is None:
        comes = gauge.next_turn()
        slip = seal_state({"code": code, "comes": comes}, purpose=PURPOSE)
    elif comes <= time() or worked(slip, proof):
        return None
    return Turn(slip, max(1, ceil(comes - time())))


def worked(slip: str, proof: str) -> bool:
    """Whether this took the work: the hash of turn and proof begins with enough zeros. A turn is for one report."""
    digest = sha256(f"{slip}:{proof}".encode(errors="replace")).digest()
    return bool(proof) and int.from_bytes(digest[:4]) >> (32 - WORK_BITS) == 0


def _comes(code: str, slip: str) -> float | None:
    try:
        turn, hours = open_state(slip, purpose=PURPOSE)
    except CannotOpen:
        return None
    return float(turn["comes"]) if turn["code"] == code and hours <= 1 else None
