"""Make sure that what the tests use is there, before they start side by side: `python -m tests.tools`."""

import os
import shutil
import subprocess
import sys

from tests import browser, cluster


def main() -> None:
    browser.find()
    cluster.programs()
    if not browser.AXE.exists():
        _npm()


def _npm() -> None:
    """axe-core and its fellows, as package-lock.json names them."""
    if shutil.which("npm") is None:
        if os.geteuid() != 0 or shutil.which("apt-get") is None:
            sys.exit("npm is missing. On Debian: apt-get install npm")
        subprocess.run(["apt-get", "update", "-q"], check=True)
        subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", "nodejs", "npm"], check=True)
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], check=True, cwd=browser.ROOT)


if __name__ == "__main__":
    main()
