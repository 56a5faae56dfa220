"""What each operation of the vault costs. Run: python -m benchmarks.vault

The median of many runs, in milliseconds, on a fresh SQLite database in a temporary folder with synchronous=FULL.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from shutil import rmtree
from statistics import median
from time import perf_counter
from uuid import uuid4

import django
from django.core.management import call_command

FOLDER = Path(tempfile.mkdtemp(prefix="haven-benchmark-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haven.config.settings")
os.environ.setdefault("HAVEN_DATA", str(FOLDER))
os.environ.setdefault("HAVEN_SECRET_KEY", "only for this run, long enough to be accepted as one")
os.environ.setdefault("HAVEN_STATE_KEY", "only for this run, long enough to be accepted as one")
django.setup()

from django.conf import settings  # noqa: E402  Django must be set up first, here and below
from django.contrib.auth import get_user_model  # noqa: E402
from django.db import transaction  # noqa: E402

from haven.vault import codes, directory, forms_state, grants, reading, sealing, search, shred, unlocking  # noqa: E402
from haven.vault.files import SealedWriter, open_verified  # noqa: E402
from haven.vault.keyring import Keyring  # noqa: E402
from haven.vault.models import KeyBundle  # noqa: E402

DAY = date.today()  # noqa: DTZ011  any day will do
STORY = {"text": "Zij las mijn berichten hardop voor. " * 114}  # 4 kB
CASES = 10_000
PASSPHRASE = "zeven blauwe fietsen bij de dijk"  # noqa: S105  opens nothing but this run


def show(name: str, milliseconds: float, note: str = "") -> None:
    print(f"{name:<58}{milliseconds:>10.3f} ms  {note}")


def timed(name: str, call: Callable[[], object], *, runs: int = 200) -> float:
    call()
    took = []
    for _ in range(runs):
        started = perf_counter()
        call()
        took.append((perf_counter() - started) * 1000)
    show(name, median(took))
    return median(took)


@contextmanager
def once(name: str, note: str = "") -> Iterator[None]:
    started = perf_counter()
    yield
    show(name, (perf_counter() - started) * 1000, note)


def people(number: int) -> list[tuple[KeyBundle, Keyring]]:
    made = []
    for count in range(number):
        user = get_user_model().objects.create(email=f"reader{count}@example.org")
        bundle, _ = unlocking.make_bundle(user, PASSPHRASE)
        made.append((bundle, unlocking.unlock(bundle, PASSPHRASE)))
    return made


def sealed_case(readers: list[sealing.Reader], reporter: sealing.Reader) -> sealing.Sealing:
    """One report as it is sent: 3 compartments, 6 readers, 4 items, 19 grants."""
    case = sealing.Sealing(uuid4(), DAY)
    report = case.compartment("report", readers)
    report.item("head", {"kind": "report", "mode": "anonymous"})
    report.item("answers", STORY)
    case.compartment("replies", [*readers, reporter]).item("coarse", {"channel": "web"})
    case.compartment("internal", readers).item("excluded", {"kids": []})
    return case


def small_things(bundle: KeyBundle, keyring: Keyring) -> None:
    code = codes.new_code()
    cookie = unlocking.open_session(bundle, keyring)
    state = forms_state.seal_state(STORY)
    timed("Argon2id unlock by passphrase", lambda: unlocking.unlock(bundle, PASSPHRASE), runs=5)
    timed("new receipt code", codes.new_code)
    timed("look-up id and key of a code", lambda: (codes.lookup_id(code), codes.reporter_key(code)))
    timed("session keyring from row and cookie", lambda: unlocking.session_keyring(cookie))
    timed("seal the state of a form, 4 kB", lambda: forms_state.seal_state(STORY))
    timed("open it", lambda: forms_state.open_state(state))


def reports(readers: list[sealing.Reader], keyring: Keyring) -> None:
    reporter = codes.reporter_key(codes.new_code()).reader
    timed("seal a report (3 compartments, 6 readers, 4 items)", lambda: sealed_case(readers, reporter))

    def store() -> None:
        with transaction.atomic():
            sealed_case(readers, reporter).save()

    timed("seal and store it durably", store, runs=100)
    timed("readers of a route, verified", lambda: directory.readers_of("contact_point", DAY))
    cases = [sealed_case(readers, reporter) for _ in range(50)]
    for case in cases:
        case.save()
    scopes = [case.scope for case in cases]
    timed("open one case, all of it", lambda: reading.open_items(keyring, scopes[:1]))
    heads = lambda: reading.open_items(keyring, scopes, kinds=["report"], slots=["head"])  # noqa: E731  one line, used once
    timed("open 50 heads", heads, runs=30)
    stranger = codes.reporter_key(codes.new_code()).reader
    with once("re-grant one case to a colleague"):
        grants.regrant(keyring, scopes[0], ["report", "replies", "internal"], [stranger])
    with once("shred one case"):
        shred.shred(scopes[0], DAY)


def searching(keyring: Keyring) -> None:
    with once(f"seal {CASES} search entries, 4 kB each", "made once, as cases change"):
        search.save([search.entry(keyring, uuid4(), 1, head=f"Melding {n}", text=STORY["text"]) for n in range(CASES)])
    with once(f"search {CASES} heads", "required: below 1 s"):
        found = sum("9999" in one.words for one in search.read(keyring, "head"))
    with once(f"search {CASES} full texts", "required: below 3 s"):
        found += sum("hardop" in one.words for one in search.read(keyring, "text"))
    assert found == CASES + 1


def large_file() -> None:
    chunk, root = os.urandom(64 * 1024), FOLDER / "blobs"
    with once("seal a file of 100 MB to disk, durably"):
        writer = SealedWriter(root)
        for _ in range(1600):
            writer.write(chunk)
        info = writer.finish()
    with once("verify and open it"):
        assert sum(len(piece) for piece in open_verified(root, info)) == info.size


def main() -> None:
    call_command("migrate", verbosity=0)
    made = people(6)
    settings.VAULT_ROOTS = tuple(bundle.kid for bundle, _ in made[:2])
    for bundle, _ in made:
        for _, keyring in made[:2]:
            directory.endorse(keyring, "contact_point", bundle, DAY)
    bundle, keyring = made[0]
    small_things(bundle, keyring)
    reports([one.reader for one, _ in made], keyring)
    searching(keyring)
    large_file()


if __name__ == "__main__":
    try:
        main()
    finally:
        rmtree(FOLDER)
