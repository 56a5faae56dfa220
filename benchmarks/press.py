"""The day of the newspapers: many read while some report. The readers keep their pace whatever the server does."""

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import suppress
from threading import Thread
from time import perf_counter, sleep

from benchmarks import last_step
from benchmarks.clients import Client, get
from benchmarks.figures import Figure
from haven.intake.state import Draft

READERS_A_SECOND, REPORTS_A_MINUTE = 200, 20
READING = 20  # at once, each at an even pace
MOST_SECONDS = 1.0
_PLAIN = multiprocessing.get_context("fork")


def press_day(port: int, drafts: Sequence[Draft]) -> Iterator[Figure]:
    """As many reports as there are drafts, at their pace, and readers until the last of them is in."""
    seconds = len(drafts) * 60 / REPORTS_A_MINUTE
    pages = _PLAIN.Value("i", 0)
    crowd = _PLAIN.Process(target=_crowd, args=(port, seconds, pages))
    crowd.start()
    took = list(_reports(port, drafts))
    crowd.join()
    sent = sorted(one for one in took if one is not None)
    yield Figure("press day: pages read, a second", pages.value / seconds, 0.95 * READERS_A_SECOND, "", least=True)
    yield Figure(f"press day: reports that failed, of {len(took)}", len(took) - len(sent), 0, "")
    yield Figure("press day: last step of a report, p95", sent[int(0.95 * (len(sent) - 1))], MOST_SECONDS, "s")


def _reports(port: int, drafts: Sequence[Draft]) -> Iterator[float | None]:
    client = Client(port)
    for draft in drafts:
        began = perf_counter()
        done = False
        with suppress(OSError):
            done = last_step.is_acknowledged(client.send(last_step.request(draft)))
        took = perf_counter() - began
        yield took if done else None
        sleep(max(0.0, 60 / REPORTS_A_MINUTE - took))


def _crowd(port: int, seconds: float, pages: "multiprocessing.sharedctypes.Synchronized[int]") -> None:
    threads = [Thread(target=_reader, args=(port, seconds, pages)) for _ in range(READING)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _reader(port: int, seconds: float, pages: "multiprocessing.sharedctypes.Synchronized[int]") -> None:
    """Page after page, with a pause between them; who was held up does not hurry afterwards."""
    client, pause = Client(port), READING / READERS_A_SECOND
    asked = [get(address) for address in ("/en/", "/nl/", "/en/help/self/", "/nl/voor-studenten/")]
    until, number = perf_counter() + seconds, 0
    while (now := perf_counter()) < until:
        with suppress(OSError):
            if client.send(asked[number % len(asked)]).status == 200:
                with pages.get_lock():
                    pages.value += 1
        number += 1
        sleep(max(0.0, now + pause - perf_counter()))
