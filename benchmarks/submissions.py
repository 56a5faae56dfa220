"""Reports a second through real HTTP: the whole last step, sealed for six readers, durable.

`uv run python -m benchmarks.submissions`. The yardstick is a Django view of ours that does one durable insert, under
the same server in the same run.
"""

import argparse
import sqlite3
import sys

from benchmarks import last_step, minimal, place
from benchmarks.clients import Answer, Load, load, post
from benchmarks.figures import Figure, table
from benchmarks.members import members
from benchmarks.server import Server
from haven.vault.codes import lookup_id

SHARE = 15  # percent of what the yardstick does
PER_SECOND = 100
MEGABYTES = 250
REQUESTS = {1: 300, 4: 800, 16: 2000, 64: 2000}


def reports(port: int, clients: int, count: int, staff: list) -> tuple[Load, set[bytes]]:
    """What the clients saw, and the lookup ids of what was acknowledged."""
    drafts = [last_step.draft(last_step.ANSWERS, staff) for _ in range(count)]
    seen = load(port, clients, [last_step.request(one) for one in drafts], last_step.is_acknowledged)
    return seen, {lookup_id(drafts[number].code) for number in seen.acknowledged}


def yardstick(port: int, clients: int, count: int) -> Load:
    return load(port, clients, [post(minimal.PATH, {"words": last_step.STORY})] * count, _kept)


def _kept(answer: Answer) -> bool:
    return answer.status == 200 and answer.body == minimal.DONE


def missing(acknowledged: set[bytes]) -> int:
    """How many acknowledged reports are not in the database file, looked at by a program of its own."""
    with sqlite3.connect(place.FOLDER / "haven.sqlite3") as link:
        return len(acknowledged - {row[0] for row in link.execute("SELECT lookup FROM dialogue_mailbox")})


def show(name: str, seen: Load) -> None:
    errors = f"{len(seen.errors)} errors" + (f" ({seen.errors[0]})" if seen.errors else "")
    latency = f"p50 {seen.percentile(0.5):6.0f} ms   p99 {seen.percentile(0.99):6.0f} ms"
    print(f"{name:30}{seen.per_second:8.1f} a second   {latency}   {errors}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the requests, for a quick look")
    scale = parser.parse_args().scale
    staff, results, acknowledged = members(), {}, set[bytes]()
    minimal.make_table()
    with Server(whole=True) as server:
        reports(server.port, 4, 100, staff)  # warm
        for clients, count in REQUESTS.items():
            results[clients], ids = reports(server.port, clients, int(count * scale), staff)
            show(f"reports, {clients} clients", results[clients])
            acknowledged |= ids
        least = yardstick(server.port, 16, int(4000 * scale))
        show("one durable insert, 16 clients", least)
        memory, lost = server.memory(), missing(acknowledged)
    errors = sum(len(seen.errors) for seen in [*results.values(), least])
    rate = results[16].per_second
    return table(
        "Reports through HTTP",
        [
            Figure("errors, all clients", errors, 0, ""),
            Figure(f"acknowledged and not on disk, of {len(acknowledged)}", lost, 0, ""),
            Figure("reports a second, 16 clients", rate, PER_SECOND, "/s", least=True),
            Figure("share of one durable insert, 16 clients", 100 * rate / least.per_second, SHARE, "%", least=True),
            Figure("memory of the whole server", memory, MEGABYTES, "MB"),
        ],
    )


if __name__ == "__main__":
    sys.exit(main())
