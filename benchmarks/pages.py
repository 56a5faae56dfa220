"""The reporter's first page: its size over the wire with all its files, and what Lighthouse thinks of it.

`uv run python -m benchmarks.pages`. Chromium and Lighthouse are those of the tests (tests/tools.py).
"""

import json
import os
import subprocess
import sys
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks import place
from benchmarks.clients import HOST
from benchmarks.figures import Figure, table
from benchmarks.members import members
from benchmarks.server import Server
from tests import browser, tools

PATH = "/en/contact/"
LIGHTHOUSE = browser.ROOT / "node_modules" / ".bin" / "lighthouse"
RUNS = 3
KILOBYTES = 50


def weigh(address: str, shows: str) -> dict[str, float]:
    """Kilobytes of each file as it came over the wire, compressed. `shows` is on the page that is meant."""
    asked: dict[str, str] = {}
    sizes: dict[str, float] = {}
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser.find(), args=browser.arguments())
        page = chromium.new_page(viewport={"width": 390, "height": 844})
        wire = page.context.new_cdp_session(page)
        wire.on("Network.requestWillBeSent", lambda said: asked.update({said["requestId"]: said["request"]["url"]}))
        wire.on(
            "Network.loadingFinished", lambda said: sizes.update({said["requestId"]: said["encodedDataLength"] / 1000})
        )
        wire.send("Network.enable")
        answer = page.goto(address, wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200
        assert page.locator(shows).count(), f"{shows} is not on {address}"
        chromium.close()
    return {asked[number]: size for number, size in sizes.items()}


def lighthouse(address: str, categories: str = "performance,accessibility") -> dict[str, float]:
    """Scores of one run, of 100. Its report is kept in memory only."""
    command = [str(LIGHTHOUSE), address, "--quiet", "--output=json"]
    flags = " ".join(["--headless=new", *browser.arguments()])
    command += [f"--only-categories={categories}", "--form-factor=mobile", f"--chrome-flags={flags}"]
    environment = {**os.environ, "CHROME_PATH": browser.find() or _own_chromium()}
    done = subprocess.run(command, env=environment, cwd=place.FOLDER, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"Lighthouse did not run:\n{done.stderr.decode()[-2000:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    for audit in report["audits"].values():
        if audit["score"] is not None and audit["score"] < 0.9 and audit["scoreDisplayMode"] in {"binary", "numeric"}:
            print(f"    {audit['id']}: {audit.get('displayValue') or audit['title']}")
    return {name: 100 * found["score"] for name, found in report["categories"].items()}


def _own_chromium() -> str:
    with sync_playwright() as play:
        return play.chromium.executable_path


def main() -> int:
    tools.main()
    members()
    with Server() as server:
        address = f"http://{HOST}:{server.port}{PATH}"
        weights = weigh(address, "form input[name=state]")
        for file, size in sorted(weights.items(), key=lambda pair: -pair[1]):
            print(f"{size:8.1f} kB   {file.removeprefix(f'http://{HOST}:{server.port}')}")
        runs = [lighthouse(address) for _ in range(RUNS)]
    scores = {name: median(run[name] for run in runs) for name in runs[0]}
    return table(
        "The reporter's first page",
        [
            Figure(f"over the wire, {len(weights)} files", sum(weights.values()), KILOBYTES, "kB"),
            *(Figure(f"Lighthouse mobile, {name}", score, 100, "", least=True) for name, score in scores.items()),
        ],
    )


if __name__ == "__main__":
    sys.exit(main())
