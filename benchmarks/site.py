"""The public site: from memory and without it, over the wire, as Lighthouse and the Nu checker see it, and on the day
of the newspapers.

`uv run python -m benchmarks.site`. The words are the demo's. `--quick` leaves out who judges pages, most of the day of
the newspapers, and the first start.
"""

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

os.environ["HAVEN_MEASURE_ZONES"] = "site,reporter,parties,desk"

from django.test import Client as Inside

from benchmarks import checker, last_step, place
from benchmarks.clients import HOST, Answer, get, load
from benchmarks.figures import Figure, table
from benchmarks.members import members
from benchmarks.pages import RUNS, lighthouse, weigh
from benchmarks.press import press_day
from benchmarks.server import Server, free_port
from haven.config.demo import doing, helping, writing
from haven.config.running import HAVEN
from tests import tools

PAGES = ("/en/", "/nl/voor-studenten/", "/en/questions-and-answers/", "/en/toolkit/")
CATEGORIES = "performance,accessibility,best-practices"
READINGS, CLIENTS = 6000, 8
REPORTS, A_FEW = 100, 12  # of the day of the newspapers: five minutes, or half of one
A_SECOND, IN_SERVER, KILOBYTES, START = 1000, 10, 60, 60
PAST_MEMORY = {"HTTP_COOKIE": "any=thing"}  # whoever brings a cookie is answered anew


def is_page(answer: Answer) -> bool:
    return answer.status == 200 and answer.body.rstrip().endswith(b"</html>")


def from_memory(port: int) -> Iterator[Figure]:
    load(port, CLIENTS, [get(PAGES[0])] * 200, is_page)  # each process draws it once
    seen = load(port, CLIENTS, [get(PAGES[0])] * READINGS, is_page)
    yield Figure(f"from memory, {CLIENTS} clients, a second", seen.per_second, A_SECOND, "", least=True)
    yield Figure(f"failed, of {READINGS}", len(seen.errors), 0, "")


def without_memory() -> Iterator[Figure]:
    """The work of the processor for a whole page through every middleware, as the median of many."""
    browser = Inside(headers={"host": "localhost"})
    gc.collect()
    gc.freeze()  # as the server does
    for address in PAGES:
        took = sorted(_milliseconds(browser, address) for _ in range(60))
        yield Figure(f"drawn anew: {address}", median(took), IN_SERVER, "ms")


def _milliseconds(browser: Inside, address: str) -> float:
    began = process_time()
    answer = browser.get(address, **PAST_MEMORY)  # type: ignore[arg-type]
    assert answer.status_code == 200, address
    return 1000 * (process_time() - began)


def over_the_wire(port: int) -> Iterator[Figure]:
    for address in PAGES:
        weights = weigh(f"http://{HOST}:{port}{address}", "main h1")
        yield Figure(f"over the wire, {len(weights)} files: {address}", sum(weights.values()), KILOBYTES, "kB")


def as_lighthouse_sees_it(port: int) -> Iterator[Figure]:
    for address in PAGES:
        runs = [lighthouse(f"http://{HOST}:{port}{address}", CATEGORIES) for _ in range(RUNS)]
        for name in runs[0]:
            score = median(run[name] for run in runs)
            yield Figure(f"Lighthouse mobile, {name}: {address}", score, 100, "", least=True)


def first_start() -> Figure:
    """`haven serve --demo` on an empty folder, until it says that it is ready."""
    folder = Path(tempfile.mkdtemp(prefix="haven-first-", dir=place.FOLDER))
    others = {name: value for name, value in os.environ.items() if not name.startswith(("HAVEN_", "DJANGO_"))}
    command = [*HAVEN, "serve", "--demo", "--port", str(free_port())]
    began = perf_counter()
    with subprocess.Popen(
        command, env={**others, "HAVEN_DATA": str(folder)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as started:
        assert started.stdout is not None
        said = next((line for line in started.stdout if "ready" in line), "")
        seconds = perf_counter() - began
        started.terminate()
        started.communicate()
    assert said, "Haven did not start"
    shutil.rmtree(folder)
    return Figure("first start with the demo and its site", seconds, START, "s")


def measured(*, quick: bool, staff: Sequence[object]) -> Iterator[Figure]:
    yield from without_memory()
    with Server() as server:
        yield from from_memory(server.port)
        yield from over_the_wire(server.port)
        reports = range(A_FEW if quick else REPORTS)
        yield from press_day(server.port, [last_step.draft(last_step.ANSWERS, staff) for _ in reports])  # type: ignore[arg-type]
        if not quick:
            yield from as_lighthouse_sees_it(server.port)
    if not quick:
        yield from checker.judged()
        yield first_start()


def main() -> int:
    tools.main()
    staff = members()
    writing.write()
    helping.write()
    doing.write()
    return table("The public site", list(measured(quick="--quick" in sys.argv, staff=staff)))


if __name__ == "__main__":
    sys.exit(main())
