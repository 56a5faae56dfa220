"""Starts a program inside the sandbox. What it says is thrown away; only whether it did its work counts."""

import shutil
import subprocess
from typing import Final

from haven.cleaning.kinds import NotCleaned, Reason

AWAKE: Final = b"!"  # the first byte of a worker: without it there is no sandbox
PROGRAMS: Final = ("mat2", "pdftoppm", "ffmpeg")


def run(*command: str) -> None:
    """Raises NotCleaned when it is not installed, or did not end well."""
    program = shutil.which(command[0])
    if program is None:
        raise NotCleaned(Reason.MISSING)
    done = subprocess.run(  # noqa: S603  our own words, never the name of a file that came
        [program, *command[1:]],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        raise NotCleaned(Reason.FAILED)
