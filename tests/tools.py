"""Make sure that what the tests use is there, before they start side by side: `python -m tests.tools`."""

import os
import shutil
import subprocess
import sys

from haven.cleaning import sandbox
from tests import browser, cluster

CLEANING = {
    "bwrap": "bubblewrap",
    "mat2": "mat2",
    "pdftoppm": "poppler-utils",
    "ffmpeg": "ffmpeg",
    "clamd": "clamav-daemon",
}
"""Each program that makes files safe, and the package of Debian that brings it."""


def main() -> None:
    browser.find()
    cluster.programs()
    _install(*(package for program, package in CLEANING.items() if where(program) is None))
    _closed_room()
    if shutil.which("git") is None:
        _install("git")  # the house tests look at what is committed
    if not browser.AXE.exists():
        _npm()


def where(program: str) -> str | None:
    """Daemons are not on everybody's path."""
    return shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")


def _install(*packages: str) -> None:
    """As root on Debian; elsewhere it says what is missing. It never goes on without."""
    if not packages:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(f"Missing: {', '.join(packages)}. On Debian: apt-get install {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], check=True)
    subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages], check=True, env=quiet)


def _closed_room() -> None:
    if sandbox.programs() is None:
        sys.exit(
            "bubblewrap cannot make a closed room here. It needs user namespaces: kernel.unprivileged_userns_clone."
        )


def _npm() -> None:
    """axe-core and its fellows, as package-lock.json names them."""
    if shutil.which("npm") is None:
        _install("nodejs", "npm")
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], check=True, cwd=browser.ROOT)


if __name__ == "__main__":
    main()
