"""Starts the worker in a place without network, disk or secrets, and believes nothing that comes out of it.

Plaintext goes in and comes out through pipes; in there it lies in memory. Nothing is written on a disk.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from threading import BoundedSemaphore, Timer
from typing import IO, Any, Final, Protocol

from haven.cleaning import limits
from haven.cleaning.kinds import KINDS, Kind, NotCleaned, Reason
from haven.cleaning.programs import AWAKE, PROGRAMS

BWRAP: Final = "bwrap"
CODE: Final = Path(__file__).parent
SHOWN: Final = "/haven-inside"
START: Final = f"import sys; sys.path.insert(0, {SHOWN!r}); from haven.cleaning.worker import main; main()"
ALONE: Final = (
    *("--unshare-all", "--unshare-user", "--disable-userns", "--uid", "65534", "--gid", "65534", "--cap-drop", "ALL"),
    *("--die-with-parent", "--new-session", "--hostname", "inside"),
    *("--clearenv", "--setenv", "PATH", "/usr/bin", "--setenv", "HOME", "/tmp", "--setenv", "LANG", "C.UTF-8"),  # noqa: S108  its own
)
SYSTEM: Final = (
    *("--ro-bind", "/usr", "/usr"),
    *chain.from_iterable(("--symlink", f"usr/{name}", f"/{name}") for name in ("bin", "sbin", "lib", "lib64")),
    *chain.from_iterable(
        ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")
        for name in ("alternatives", "fonts", "ld.so.cache", "mime.types")
    ),
    *("--proc", "/proc", "--dev", "/dev", "--size", str(limits.DISK), "--tmpfs", "/tmp", "--chdir", "/tmp"),  # noqa: S108
)
SHUT: Final = (  # only /tmp can be written, and a little memory that programs share: mat2 wants it for its locks
    *("--size", str(limits.SHARED), "--tmpfs", "/dev/shm"),  # noqa: S108  its own
    *("--remount-ro", "/dev", "--remount-ro", "/"),
)
PIECE: Final = 64 * 1024
HEAD: Final = 64 * 1024
TURNS = BoundedSemaphore(limits.AT_ONCE)


class Sink(Protocol):
    def write(self, chunk: bytes, /) -> Any: ...


@dataclass(frozen=True)
class Cleaned:
    """`kind` is that of the copy. `sheets`: the sizes of the pictures, one after the other; `pages`: of all."""

    kind: Kind
    sheets: tuple[int, ...]
    pages: int
    left_out: bool


def clean(
    source: Iterable[bytes], *, ending: str, copy: Sink, sheets: Sink, seconds: float = limits.SECONDS
) -> Cleaned:
    """Writes the copy and the pictures of its pages, one after the other. `ending`: what the file's name promises.

    Raises NotCleaned; what was written until then is to be thrown away.
    """
    if seconds <= 0 or not TURNS.acquire(timeout=min(seconds, limits.QUEUE)):
        raise NotCleaned(Reason.BUSY)
    try:
        with worker("clean", ending, seconds=min(seconds, limits.SECONDS)) as (into, out):
            _feed(source, into)
            head = _head(out)
            for number, size in enumerate(head["sizes"]):
                _copy(out, copy if number == 0 else sheets, size)
    finally:
        TURNS.release()
    return Cleaned(KINDS[head["kind"]], tuple(head["sizes"][1:]), head["pages"], head["left_out"])


def programs() -> set[str] | None:
    """Which programs work in the sandbox; None when there is no sandbox."""
    try:
        with worker("programs", seconds=10) as (_into, out):
            return set(json.loads(out.read(HEAD))) & set(PROGRAMS)
    except (NotCleaned, ValueError, TypeError):
        return None


@contextmanager
def worker(*words: str, seconds: float) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """A worker that is awake, and gone when this ends. Raises NotCleaned."""
    if shutil.which(BWRAP) is None:
        raise NotCleaned(Reason.MISSING)
    process = subprocess.Popen(  # noqa: S603  our own command; the ending of a name is one word of letters and digits
        command(*words),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        close_fds=True,
        env={},
    )
    assert process.stdin is not None  # noqa: S101  both were asked for
    assert process.stdout is not None  # noqa: S101
    late = _Late(process, seconds)
    try:
        if process.stdout.read(1) != AWAKE:
            raise NotCleaned(Reason.MISSING)  # noqa: TRY301  what came too late is told apart below
        yield process.stdin, process.stdout
    except NotCleaned as refusal:
        raise NotCleaned(Reason.TOO_LONG if late.ended else refusal.reason) from None
    finally:
        late.end()


class _Late:
    """Ends the worker when its time is over. With the outermost process everything in the sandbox ends."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self.ended = False
        self._process = process
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True
        self._timer.start()

    def _end(self) -> None:
        self.ended = True
        self._process.kill()

    def end(self) -> None:
        self._timer.cancel()
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]  # both were asked for
        self._process.wait()


def command(*words: str) -> list[str]:
    """All that can be seen in there: the system's programs, Python with its libraries, and this package."""
    found = shutil.which(BWRAP) or BWRAP
    homes = dict.fromkeys((sys.prefix, sys.base_prefix, str(Path(sys.base_prefix).resolve())))
    python = chain.from_iterable(("--ro-bind", home, home) for home in homes if not Path(home).is_relative_to("/usr"))
    inside, house = f"{SHOWN}/haven", CODE.parent / "__init__.py"
    own = ("--ro-bind", str(house), f"{inside}/__init__.py", "--ro-bind", str(CODE), f"{inside}/cleaning")
    # mat2 would start a sandbox in the sandbox, which is not possible and not needed
    hidden = ("--ro-bind", "/dev/null", found) if Path(found).is_relative_to("/usr") else ()
    return [
        found,
        *ALONE,
        *SYSTEM,
        *python,
        *own,
        *hidden,
        *SHUT,
        "--",
        sys.executable,
        "-I",
        "-B",
        "-c",
        START,
        *words,
    ]


def _feed(source: Iterable[bytes], into: IO[bytes]) -> None:
    try:
        for piece in source:
            into.write(piece)
        into.close()
    except BrokenPipeError:
        raise NotCleaned(Reason.FAILED) from None


def _head(out: IO[bytes]) -> dict[str, Any]:
    """What the worker says of its work, looked at as if a stranger had written it."""
    length = int.from_bytes(_read(out, 4))
    if length > HEAD:
        raise NotCleaned(Reason.FAILED)
    try:
        head = json.loads(_read(out, length))
        reason, sizes = Reason(head["reason"]), head["sizes"]
        if reason is Reason.CLEANED:
            sound = head["kind"] in KINDS and type(head["pages"]) is int and type(head["left_out"]) is bool
            sound &= all(type(size) is int for size in sizes)
            if (
                not sound
                or not 1 <= len(sizes) <= 1 + limits.SHEETS
                or not 0 < min(sizes) <= sum(sizes) <= limits.OUTPUT
            ):
                reason = Reason.FAILED
    except (ValueError, KeyError, TypeError):
        reason = Reason.FAILED
    if reason is not Reason.CLEANED:
        raise NotCleaned(reason)
    return dict(head)


def _copy(out: IO[bytes], to: Sink, size: int) -> None:
    while size:
        piece = _read(out, min(PIECE, size))
        to.write(piece)
        size -= len(piece)


def _read(out: IO[bytes], size: int) -> bytes:
    """So many bytes and not fewer: who ends early has not done the work."""
    piece = out.read(size)
    if len(piece) < size:
        raise NotCleaned(Reason.FAILED)
    return piece
