"""Runs inside the sandbox. A file comes in, its cleaned copy and pictures of its pages go out. What cannot be read
leaves as a reason, never as a message of the program that stumbled over it.

Out: one byte when it is awake; then the length of a JSON head in four bytes, the head, the copy, the pictures.
"""

import json
import resource
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from haven.cleaning import documents, limits, media, pictures
from haven.cleaning.kinds import PACKED, PDF, PICTURES, PROMISED, TXT, Made, NotCleaned, Reason, kind_of
from haven.cleaning.programs import AWAKE, PROGRAMS

PLACE = Path("/tmp")  # noqa: S108  the sandbox's own, in memory


def main() -> None:
    """`worker programs` tells which programs are here; `worker clean ENDING` cleans what comes in."""
    _limit()
    sys.stdout.buffer.write(AWAKE)
    sys.stdout.buffer.flush()
    if sys.argv[1] == "programs":
        sys.stdout.write(json.dumps([name for name in PROGRAMS if shutil.which(name)]))
        return
    source = PLACE / "came"
    with source.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    try:
        made = _clean(source, sys.argv[2])
    except NotCleaned as refusal:
        _out({"reason": refusal.reason}, ())
    except Exception:  # noqa: BLE001  parsers of strangers' bytes fail in every way; nothing of it leaves this place
        _out({"reason": Reason.FAILED}, ())
    else:
        told = {"kind": made.kind.ending, "pages": made.pages, "left_out": made.left_out}
        _out({"reason": Reason.CLEANED, **told}, (made.copy, *made.sheets))


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, limits.MEMORY),
        (resource.RLIMIT_CPU, limits.SECONDS * 2),  # the clock on the wall comes first, unless two threads work
        (resource.RLIMIT_FSIZE, limits.DISK),
        (resource.RLIMIT_NPROC, limits.PROCESSES),
        (resource.RLIMIT_NOFILE, 256),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _clean(source: Path, ending: str) -> Made:
    kind = kind_of(source)
    if kind is None and ending == TXT.ending:
        return Made(TXT, documents.clean_text(source))
    if kind is None:
        raise NotCleaned(Reason.WRONG_TYPE if ending in PROMISED else Reason.KIND)
    if kind in PICTURES:
        return pictures.clean(source, kind)
    if kind is PDF:
        return documents.clean_pdf(source)
    if kind in PACKED:
        copy, left_out = documents.clean_packed(source, kind)
        return Made(kind, copy, left_out=left_out)
    return Made(kind, media.clean(source, kind))


def _out(head: dict[str, object], files: Sequence[Path]) -> None:
    told = json.dumps({**head, "sizes": [file.stat().st_size for file in files]}).encode()
    sys.stdout.buffer.write(len(told).to_bytes(4) + told)
    for file in files:
        with file.open("rb") as source:
            shutil.copyfileobj(source, sys.stdout.buffer)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
