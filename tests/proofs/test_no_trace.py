"""The canary run: unique words in everything that people say and that their browsers tell, through every flow and every
kind of failure of Haven as it is installed. Afterwards none of them lies anywhere on the disk, in any shape."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils.timezone import localdate

from tests.proofs.canary import walk
from tests.proofs.canary.house import House, environment, installed
from tests.proofs.canary.traces import found_in, shapes
from tests.proofs.canary.visitor import ADDRESS, Visitor
from tests.proofs.canary.walk import IN_ADDRESSES, PICTURE, TELLS, TOLD, WORDS
from tests.proves import proves

pytestmark = pytest.mark.slow


@dataclass
class Run:
    """What is left of a run to look at."""

    house: House
    codes: list[str] = field(default_factory=list)
    reporter: str = ""
    reader: str = ""
    wrong: dict[str, int] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)
    living: set[tuple[str, str]] = field(default_factory=set)
    forgotten: set[tuple[str, str]] = field(default_factory=set)

    @property
    def words(self) -> set[str]:
        codes = {shape for code in self.codes for shape in (code, code.replace(" ", ""), code.replace(" ", "-"))}
        return {*WORDS.values(), *PICTURE.values(), "zqgpskw", *TOLD, *IN_ADDRESSES, ADDRESS, *codes}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    place = tmp_path_factory.mktemp("run")
    with installed(place) as house:
        run = Run(house)
        reporter, reader = Visitor(house.port, TELLS), Visitor(house.port, {**TELLS, "Accept-Language": "en"})
        known = report(run, reporter)
        anonymous = report_and_withdraw(run, reporter)
        walk.sign_in(house, reader, 0)
        cases = [link for link in reader.get("/en/desk/").sheet.links if "/case/" in link]
        assert (len(cases), anonymous == known) == (1, False)
        run.done = walk.handle(house, reader, cases[0])
        call = take_down(run, reader)
        come_back(run, reporter)
        house.haven("clock", "--once")
        house.keep_mails()
        run.living = found_in(place, run.words)
        run.done["close"] = walk.close(reader, cases[0])
        run.taken["close"] = walk.close(reader, call)
        with house.database() as connection:
            walk.let_a_month_pass(connection)
        house.haven("clock", "--once")
        run.forgotten = found_in(place, run.words)
        run.reporter, run.reader = reporter.seen, reader.seen
        yield run


def report(run: Run, reporter: Visitor) -> str:
    """Confidential, with a photograph; sent after everything went wrong, and sent twice."""
    files = [(f"{WORDS['filename']}.jpg", walk.picture())]
    code = walk.to_the_code(reporter, mode="confidential", files=files)
    last = walk.state(reporter)
    reporter.post("/en/contact/code/", last)
    run.wrong = walk.go_wrong(run.house, reporter, last)
    for _time in range(2):
        reporter.post("/en/contact/", [*last, ("do", "send"), ("urgent", "yes"), ("readback", "yes")])
    run.codes.append(code)
    return code


def report_and_withdraw(run: Run, reporter: Visitor) -> str:
    """Anonymous; then the mailbox, a name given, everything taken back."""
    code = walk.to_the_code(reporter, mode="anonymous")
    run.codes.append(code)
    walk.press(reporter, "send", [])
    reporter.get("/en/contact/mailbox/").send(code=WORDS["codelike"])
    reporter.get("/en/contact/mailbox/").send(code=code)
    reporter.get("/en/contact/mailbox/open/reveal/").send(name=WORDS["given"], contact=WORDS["reached"], to="everyone")
    reporter.post("/en/contact/mailbox/open/withdraw/", [("sure", "yes")])
    return code


def take_down(run: Run, reader: Visitor) -> str:
    """A call that was written down at the desk, and screened. Gives the address of its case."""
    known = {link for link in reader.get("/en/desk/").sheet.links if "/case/" in link}
    code, run.taken = walk.take_down(run.house, reader)
    run.codes.append(code)
    (call,) = {link for link in reader.get("/en/desk/").sheet.links if "/case/" in link} - known
    walk.deed(reader, call, "screen", result="other", remark="")
    return call


def come_back(run: Run, reporter: Visitor) -> None:
    """The mailbox of the first report: read, answer with a file, leave."""
    reporter.get("/en/contact/mailbox/").send(code=run.codes[0])
    kept = [one for form in reporter.sheet.forms for one in form.hidden if one[0] == "kept"]
    letter = [(f"{WORDS['letter']}.jpg", walk.picture())]
    reporter.post("/en/contact/mailbox/open/write/", [*kept, ("words", WORDS["letter"])], letter)
    reporter.get("/en/contact/mailbox/open/")
    reporter.get("/exit/")


@proves("R-000-18", "R-003-14")
def test_the_search_finds_what_was_put_there(tmp_path: Path) -> None:
    """In every shape, in a database with its log, and in the name of a file."""
    word = "zqplantedkw"
    for number, shape in enumerate(sorted(shapes(word))):
        (tmp_path / f"{number}").write_bytes(b"before" + shape + b"after")
    planted = {str(number) for number in range(len(shapes(word)))}
    (tmp_path / f"named-{word}").touch()
    connection = sqlite3.connect(tmp_path / "database")
    connection.executescript("PRAGMA journal_mode=WAL; CREATE TABLE said (words)")
    connection.execute("INSERT INTO said VALUES (?)", [f"a {word} b"])
    connection.commit()

    hits = {name for name, found in found_in(tmp_path, [word]) if found == word}
    connection.close()

    assert hits == {*planted, f"named-{word}", "database-wal"}
    assert len(planted) > 20


def test_all_of_it_happened(run: Run) -> None:
    """Nothing is proven by words that never arrived."""
    assert run.wrong == {
        "broken inside": 500, "table gone": 503, "locked": 503, "tampered": 400, "too large": 413,
        "elsewhere": 403, "not there": 404,
    }  # fmt: skip
    assert run.done == {
        "search": 200, "found": 1, "screen": 200, "note": 200, "answer": 200, "attempt": 200, "assign": 200,
        "reveal": 200, "failing": 500, "close": 200,
        "begun": 200, "print": 200, "export": 200, "look": 200, "redacted": 200,
    }  # fmt: skip
    assert run.taken == {
        "begin": 200, "answers": 200, "no name": 422, "readers": 200, "code": 200, "failing": 500, "sent": 200,
        "close": 200,
    }  # fmt: skip
    assert len(run.codes[-1].split()) == 6
    heard = {"lost", "password", "passphrase", "codelike", "anonymous", "given", "reached", "search", "closing"}
    never_sent = {"large", "tampered", "cut", "cutname", "elsewhere"}
    cleaned_away = {"content"}  # it stood behind the points of the picture
    assert {name for name, word in WORDS.items() if word not in run.reader} <= heard | never_sent | cleaned_away
    assert not any(word in run.reader for word in (*PICTURE.values(), WORDS["content"]))
    assert WORDS["answer"] in run.reporter
    assert WORDS["reason"] in run.reporter
    assert len(run.house.office.mails) >= 3


@proves("R-000-18", "R-003-14")
def test_no_word_lies_anywhere_while_the_cases_live(run: Run) -> None:
    assert run.living == set()


@proves("R-000-24", "R-000-18", "R-003-14")
def test_no_word_lies_anywhere_when_they_are_forgotten(run: Run) -> None:
    assert run.forgotten == set()


@proves("R-000-24")
def test_after_forgetting_the_database_holds_no_case_and_the_disk_no_file(run: Run) -> None:
    tables = (
        "cases_case",
        "vault_compartment",
        "vault_grant",
        "vault_sealeditem",
        "vault_sealedfile",
        "vault_searchentry",
    )
    with run.house.database() as connection:
        left = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608  names of tables are ours
        waits = connection.execute("SELECT day, length(sealed) FROM vault_tally").fetchall()

    assert left == dict.fromkeys(tables, 0)
    today = localdate().isoformat()  # to be counted tomorrow: sealed, all of one size, and of no case
    assert {(day, size) for day, size in waits} == {(today, waits[0][1])}
    parked = [path for path in (run.house.data / "blobs").iterdir() if path.suffix == ".part"]
    assert parked == []


@proves("R-003-14")
def test_no_file_tells_at_what_time_of_day_it_came(run: Run) -> None:
    blobs = run.house.data / "blobs"
    times = {datetime.fromtimestamp(path.stat().st_mtime, UTC).time().isoformat() for path in (blobs, *blobs.iterdir())}

    assert times == {"00:00:00"}


@proves("R-000-18")
def test_mails_and_logs_say_where_something_failed_and_nothing_more(run: Run) -> None:
    bodies = {mail.get_body().get_content() for mail in run.house.office.mails if mail.get_body()}  # type: ignore[union-attr]

    assert len(bodies) == 2
    assert "Traceback" not in run.house.log
    assert run.house.log.count("  TypeError\n") == 3


LOGGING = """
import django, logging
django.setup()
try:
    raise ValueError("zqerrorkw")
except ValueError:
    logging.getLogger("django.request").exception("failed")
    logging.getLogger("haven.clock").exception("failed")
"""


@proves("R-000-18", "R-003-14")
def test_what_an_error_says_of_itself_stays_out_of_the_log(tmp_path: Path) -> None:
    given = environment(tmp_path, 0) | {"DJANGO_SETTINGS_MODULE": "haven.config.settings", "HAVEN_SECRET_KEY": "x" * 50}
    done = subprocess.run([sys.executable, "-c", LOGGING], env=given, capture_output=True, text=True, check=True)

    said = done.stderr.splitlines()
    assert [line for line in said if "failed" in line] == ["ERROR django.request: failed", "ERROR haven.clock: failed"]
    assert (done.stderr.count("  ValueError\n"), "zqerrorkw" in done.stderr) == (2, False)
