"""What of a case is counted, and when: its kind when it is taken in, the first thing that was done when it is done, the
rest when it ends. Sealed to the counting job, which has it for a day (vault/tallies.py); the register knows no case.

Each of the three is told once. A case that goes on after it ended takes back what still waits; what was added stands,
and a mark that readers and reporter can open says so. So counters are only ever added to, and no case counts twice.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from haven.cases.agreed import SLOT as CONSENT
from haven.cases.opened import OpenCase
from haven.vault import tallies
from haven.vault.reading import Opened

INTAKE, ACTION, CLOSING = "intake", "action", "closing"
MARK: Final = "counted"  # a slot of `replies`


def tell(at: str, known: Mapping[str, Any], *, on: date) -> UUID:
    """In the caller's transaction. Gives the id by which it can be taken back while it waits."""
    return tallies.keep({"at": at, "known": dict(known)}, on=on)


def stands(items: Iterable[Opened]) -> frozenset[str]:
    """What of this case was added to the counters and cannot be taken back."""
    marks = [one for one in items if one.kind == "replies" and one.item.slot == MARK and not one.damaged]
    return frozenset(at for one in marks for at in one.payload["what"])


def take_in(opened: OpenCase, *, kind: str = "", on: date) -> str:
    """The case leaves “new” for the first time. Gives the id, to be kept sealed; empty when it was counted before."""
    if INTAKE in stands(opened.items) or not opened.head:
        return ""
    coarse = opened.head["coarse"]
    return str(tell(INTAKE, coarse | {"kind": kind or coarse["kind"]}, on=on))


def act(opened: OpenCase, action: str, *, on: date) -> None:
    """The first thing that was done, once, also while the case is open. To refer it is a thing that is done."""
    referred = any(one.payload.get("about") == "done" for one in opened.of("replies", CONSENT))
    if not referred and not opened.of("internal", "action") and opened.head:
        tell(ACTION, {"kind": opened.head["kind"], "action": action}, on=on)


def goes_on(opened: OpenCase, told: Mapping[str, str], *, on: date) -> None:
    """Take back what waits; of the rest a mark says that it stands."""
    left = [at for at, name in told.items() if name and not tallies.take_back(UUID(name))]
    if what := sorted({*left} | stands(opened.items)):
        opened.keep("replies", MARK, {"what": what}, on=on)
