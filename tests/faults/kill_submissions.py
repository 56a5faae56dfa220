"""Kill the server while reports are being sent, and look what is left (security.md 5.2, R1).

    uv run python -m tests.faults.kill_submissions --count 10000 --kills 300
    uv run python -m tests.faults.kill_submissions --count 150 --kills 20 --plant no-transaction

Six clients send; each sends the same report again, with the same code, until it is acknowledged. Meanwhile workers and
the whole server are killed with SIGKILL at random moments. Ends with 0 when nothing was lost, half written, doubled or
readable; with 1 when something was; with 2 when the run itself was no test (too few kills).
"""

import argparse
import random
import sys
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import perf_counter, sleep

import psutil

from benchmarks import last_step, place
from benchmarks.clients import Client
from benchmarks.members import Member, members
from benchmarks.server import Server
from haven.intake.state import Draft
from tests.faults.harness import Sent, percentile
from tests.faults.harness_check import Check

CLIENTS = 6
PLANTED = "tests.faults.harness_planted:application"
PLANTS = ("no-transaction", "answer-before-commit", "plaintext", "twice")
WHOLE_SERVER = 0.15  # share of the kills; the others hit one worker
ENOUGH = 0.9  # of the kills asked for; the last may come when everything was sent
PATIENCE = 300  # tries of one report before the client gives up, which is reported


class Killer(Thread):
    """Spreads the kills over the run, each at a random moment after its share of the reports was acknowledged."""

    def __init__(self, server: Server, sent: Sequence[Sent], kills: int, over: Event) -> None:
        super().__init__()
        self.server, self.sent, self.kills, self.over = server, sent, kills, over
        self.workers = self.servers = 0

    def run(self) -> None:
        for number in range(self.kills):
            due = len(self.sent) * (number + random.random()) / (self.kills + 1)  # noqa: S311  chance, not secrecy
            while sum(one.acknowledged for one in self.sent) < due and not self.over.is_set():
                sleep(0.005)
            sleep(random.random() * 0.1)  # noqa: S311
            if self.over.is_set():
                return
            self._kill()

    def _kill(self) -> None:
        workers = self.server.workers
        if random.random() < WHOLE_SERVER or not workers:  # noqa: S311
            self.server.kill()
            self.servers += 1
            self.server.start()
            return
        with suppress(psutil.NoSuchProcess):
            random.choice(workers).kill()  # noqa: S311
            self.workers += 1


def deliver(one: Sent, client: Client, staff: Sequence[Member], latencies: list[float]) -> None:
    """Send one report until it is acknowledged."""
    began, form = perf_counter(), None
    while not one.acknowledged and one.tries < PATIENCE:
        one.tries += 1
        try:
            form = form or filled_in(one, client, staff)
            sent_at = perf_counter()
            one.acknowledged = last_step.is_acknowledged(client.send(last_step.request(form)))
            latencies.append(perf_counter() - sent_at)
        except OSError:
            client.close()
        if not one.acknowledged:
            sleep(0.05)
    one.seconds = perf_counter() - began


def filled_in(one: Sent, client: Client, staff: Sequence[Member]) -> Draft:
    """The form at its last page. A file is sent first, sealed and parked on the server."""
    form = last_step.draft(one.answers, staff, code=one.code)
    return last_step.with_file(client, form, one.file_name, one.file) if one.file else form


def run_clients(port: int, sent: Sequence[Sent], staff: Sequence[Member]) -> list[float]:
    """The time of each answer, in seconds."""
    waiting: SimpleQueue[Sent] = SimpleQueue()
    for one in sent:
        waiting.put(one)
    latencies: list[float] = []

    def work() -> None:
        client = Client(port, again=False)
        with suppress(Empty):
            while True:
                deliver(waiting.get_nowait(), client, staff, latencies)

    threads = [Thread(target=work) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return latencies


def main() -> int:
    given = _arguments()
    staff, sent, over = members(), [Sent(number) for number in range(given.count)], Event()
    server = Server(PLANTED, {"HAVEN_FAULT": given.plant}) if given.plant else Server()
    began = perf_counter()
    with server:
        killer = Killer(server, sent, given.kills, over)
        killer.start()
        latencies = run_clients(server.port, sent, staff)
        over.set()
        killer.join()
    say(f"{given.count} reports in {perf_counter() - began:.0f} s")
    say(f"{'kills':24}{killer.workers} of workers, {killer.servers} of the whole server")
    say(f"{'sent again':24}{sum(one.tries - 1 for one in sent)} times")
    say(f"{'answer':24}p50 {percentile(latencies, 0.5):.3f} s, p99 {percentile(latencies, 0.99):.3f} s")
    whole = [one.seconds for one in sent]
    say(f"{'until acknowledged':24}p50 {percentile(whole, 0.5):.3f} s, p99 {percentile(whole, 0.99):.3f} s")
    tally = Check(sent, staff, place.FOLDER).run()
    say(str(tally))
    if killer.workers + killer.servers < given.kills * ENOUGH:
        say("too few kills: this was no test")
        return 2
    return 0 if tally.clean else 1


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000, help="reports to send")
    parser.add_argument("--kills", type=int, default=300, help="how often something is killed")
    parser.add_argument("--plant", choices=PLANTS, help="a fault that must be found")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
