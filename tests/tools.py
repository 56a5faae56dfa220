"""Make sure that what the tests use is there, before they start side by side: `python -m tests.tools`."""

import os
import shutil
import subprocess
import sys

from tests import browser, cluster


def main() -> None:
    browser.find()
    cluster.programs()
    _program("git")  # the house tests look at what is committed
    if not browser.AXE.exists():
        _program("npm", "nodejs", "npm")
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], check=True, cwd=browser.ROOT)


def _program(name: str, *packages: str) -> None:
    """Exits with a sentence where it is missing and cannot be had."""
    if shutil.which(name) is not None:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(f"{name} is missing. On Debian: apt-get install {name}")
    subprocess.run(["apt-get", "update", "-q"], check=True)
    subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *(packages or (name,))], check=True)


if __name__ == "__main__":
    main()
