"""500 spam reports as fast as several clients can send them, while another reporter goes on from page to page.

`uv run python -m benchmarks.flood`. Pressure is on: from the sixtieth report in a minute on each has to work or to wait
for its turn. The spammers work, since that costs them least.
"""

import re
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from time import perf_counter

from benchmarks import last_step
from benchmarks.clients import Answer, Client, get, post
from benchmarks.figures import Figure, table
from benchmarks.members import Member, members
from benchmarks.server import Server
from haven.intake import state
from haven.intake.state import Draft
from haven.reporter import wizard
from haven.reporter.pressure import worked

SPAM, CLIENTS = 500, 8
MOST_SECONDS = 3.0
TURN = re.compile(rb'name="turn" value="([^"]+)"')


def send(client: Client, draft: Draft) -> tuple[bool, bool]:
    """Whether it was acknowledged, and whether it took work."""
    answer = client.send(last_step.request(draft))
    turn = TURN.search(answer.body)
    if turn is None:
        return last_step.is_acknowledged(answer), False
    slip = turn[1].decode()
    proof = next(text for text in map(str, count()) if worked(slip, text))
    fields = {"state": state.seal(draft), "readback": "no", "do": "send", "turn": slip, "proof": proof}
    return last_step.is_acknowledged(client.send(post(last_step.PATH, fields))), True


def spam(port: int, drafts: Sequence[Draft]) -> list[tuple[bool, bool]]:
    client = Client(port)
    return [send(client, draft) for draft in drafts]


def walk(port: int, draft: Draft) -> list[float]:
    """Seconds for each thing the other reporter does: open the door, turn four pages, send."""
    client, took = Client(port), []
    ways = [get(last_step.PATH), *(_page(draft, step) for step in wizard.steps(draft)[1:5])]
    for one in ways:
        began = perf_counter()
        answer: Answer = client.send(one)
        took.append(perf_counter() - began)
        assert answer.status == 200
    began = perf_counter()
    assert send(client, draft)[0]
    return [*took, perf_counter() - began]


def _page(draft: Draft, step: str) -> bytes:
    return post(last_step.PATH, {"state": state.seal(wizard.at(draft, step)), "do": "next"})


def main() -> int:
    staff: Sequence[Member] = members()
    drafts = [last_step.draft(last_step.ANSWERS, staff) for _ in range(SPAM)]
    with Server(extra={"HAVEN_PRESSURE": "60"}) as server, ThreadPoolExecutor(CLIENTS) as pool:
        walk(server.port, last_step.draft(last_step.ANSWERS, staff))  # warm
        began, took = perf_counter(), list[float]()
        floods = [pool.submit(spam, server.port, drafts[number::CLIENTS]) for number in range(CLIENTS)]
        while not all(flood.done() for flood in floods):
            took += walk(server.port, last_step.draft(last_step.ANSWERS, staff))
        seconds = perf_counter() - began
        sent = [one for flood in floods for one in flood.result()]
    p95 = sorted(took)[int(0.95 * len(took))]
    print(f"{SPAM} reports in {seconds:.1f} s; {sum(worked for _ok, worked in sent)} of them had to work first")
    return table(
        "A flood of reports",
        [
            Figure(f"spam that was not taken, of {SPAM}", sum(not ok for ok, _worked in sent), 0, ""),
            Figure(f"wait of the other reporter, p95 of {len(took)}", p95, MOST_SECONDS, "s"),
        ],
    )


if __name__ == "__main__":
    sys.exit(main())
