"""The drill of a backup under load: reports come in, a backup is made meanwhile, some reporters take theirs back, then
the server and all of its data are gone; restore, and look at what came back.

    uv run python -m tests.faults.drill --count 200

With HAVEN_MEASURE_DATABASE (an empty PostgreSQL database that may be dropped) it runs there. Ends with 0 when every
report that was acknowledged before the backup began is whole, opens with the keys and the code, and nothing that was
destroyed is back; with 1 when not; with 2 when the run itself was no test.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import psycopg
from django.db import connection, connections
from django.utils.timezone import localdate

from benchmarks import place
from benchmarks.members import members
from benchmarks.server import Server
from haven.cases import retention
from haven.cases.models import Case
from haven.clock.verify import findings
from haven.config.running import HAVEN
from haven.dialogue.actions import open_mailbox, withdraw
from haven.trail.models import Entry
from tests.faults.harness import Sent, Tally
from tests.faults.harness_check import Check, plaintext_in
from tests.faults.kill_submissions import run_clients, say

SHARE = 8  # the backup begins when one in so many is acknowledged: it takes seconds to start
WITHDRAWN, FORGOTTEN = 4, 2


class Drill:
    def __init__(self, count: int) -> None:
        self.staff, self.sent = members(), [Sent(number) for number in range(count)]
        self.away = Path(tempfile.mkdtemp(prefix="haven-drill-"))  # where backups are, and elsewhere the key
        self.before: list[Sent] = []  # acknowledged before the backup began
        self.destroyed: list[Sent] = []
        self.references: set[str] = set()

    def haven(self, *words: str) -> str:
        backups = {"HAVEN_BACKUPS": str(self.away), "HAVEN_BACKUP_RECIPIENTS": self.recipient}
        environment = {**place.environment(), **(backups if words[0] != "restore" else {})}
        done = subprocess.run([*HAVEN, *words], env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    recipient = ""

    def run(self) -> Tally:
        self.recipient = self.haven("backup", "key", str(self.away / "key")).split()[-1]
        with Server() as server:
            clients = Thread(target=run_clients, args=(server.port, self.sent, self.staff))
            clients.start()
            self._back_up()
            clients.join()
            self._destroy_some()
            self.haven("clock", "--once")
            server.kill()
        self._lose_everything()
        (backup,) = self.away.glob("*.age")
        say(self.haven("restore", str(backup), "--key", str(self.away / "key")))
        return self._look()

    def _back_up(self) -> None:
        while sum(one.acknowledged for one in self.sent) < len(self.sent) / SHARE:
            sleep(0.01)
        self.before = [one for one in self.sent if one.acknowledged]
        say(self.haven("backup"))
        self.during = sum(one.acknowledged for one in self.sent) - len(self.before)

    def _destroy_some(self) -> None:
        """Words taken back, and cases forgotten, when the backup had them already."""
        self.destroyed = self.before[: WITHDRAWN + FORGOTTEN]
        for number, one in enumerate(self.destroyed):
            box = open_mailbox(one.code)
            assert box is not None
            self.references.add(box.case.reference)
            if number < WITHDRAWN:
                withdraw(box)
            else:
                retention.forget(box.case, on=localdate())

    def _lose_everything(self) -> None:
        connections.close_all()
        shutil.rmtree(place.FOLDER)
        if place.DATABASE:
            of_postgresql: Any = connection
            of_postgresql.close_pool()
            name = connection.settings_dict["NAME"]
            with psycopg.connect(place.DATABASE, dbname="postgres", autocommit=True) as link:
                link.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
                link.execute(f'CREATE DATABASE "{name}"'.encode())

    def _look(self) -> Tally:
        """What came after the backup began may be there or not; if it is, then whole."""
        kept = [one for one in self.before if one not in self.destroyed]
        for one in self.sent:
            one.acknowledged = one in kept
        self.came_back = Case.objects.count()
        check = Check(self.sent, self.staff, place.FOLDER)
        tally = check.run()
        gone = {f"{reference}: not one line in the trail" for reference in self.references}
        tally.halves = [half for half in tally.halves if half not in gone]
        tally.lost += [one.word("code") for one in kept if open_mailbox(one.code) is None]
        tally.duplicates += [f"{one.number} came back" for one in self.destroyed if check.stories[one.word("story")]]
        tally.duplicates += [f"{one.number} opens again" for one in self.destroyed if open_mailbox(one.code)]
        tally.plaintext += plaintext_in(self.away) + self._readable()
        tally.damage += findings()
        tally.looked_at |= {
            "acknowledged before": len(self.before),
            "acknowledged meanwhile": self.during,
            "destroyed after": len(self.destroyed) - Case.objects.filter(reference__in=self.references).count(),
            "said in the trail": Entry.objects.filter(did="store.restored").count(),
        }
        return tally

    def _readable(self) -> list[str]:
        """The secrets of the server are in the backup too."""
        secrets = [file.read_bytes().strip() for file in (place.FOLDER / "secrets").iterdir()]
        (backup,) = self.away.glob("*.age")
        content = backup.read_bytes()
        return [f"{backup.name}: a secret" for secret in secrets if secret in content]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200, help="reports to send")
    drill = Drill(parser.parse_args().count)
    try:
        tally = drill.run()
    finally:
        shutil.rmtree(drill.away, ignore_errors=True)
    say(str(tally))
    if not len(drill.before) < drill.came_back + len(drill.destroyed) < len(drill.sent):
        say("the backup was not made amid the reports: this was no test")
        return 2
    return 0 if tally.clean else 1


if __name__ == "__main__":
    sys.exit(main())
