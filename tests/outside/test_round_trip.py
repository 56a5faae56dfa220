"""From the reporter to a computer without a network and back: real files, and the commands as people type them."""

import json
import re
import zipfile
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest

from tests.outside.away import PASSPHRASE, Away, away
from tests.outside.conftest import World, copied
from tests.proves import proves

STORY, NAME, FILE, MORE = "zqstorywm <script>alert(1)</script>", "zqnamewm", "zqfilewm", "zqmorewm"
CANARIES = ("zqstorywm", NAME, FILE, MORE, "zqreplywm")
REPLY = "zqreplywm: we have read it."
CONTENT = bytes(range(256)) * 800  # more than two segments
CLOSE = ("--close", "talked", "--category", "bullying", "--destination", "none")

SUBMIT = """
from django.conf import settings
from haven.cases.files import ParkedFile
from haven.intake.actions import Report, submit
from haven.people.readers import readers_of
from haven.vault.codes import new_code
from haven.vault.files import SealedWriter
kids = {{one.name: one.kid for one in readers_of("outside")}}
writer = SealedWriter(settings.BLOB_ROOT)
writer.write(bytes(range(256)) * 800)
file = ParkedFile(writer.finish(), {file!r}, "image/jpeg", {size})
answers = dict(purpose="report", categories=["bullying"], support="yes", story={story!r}, name={name!r})
answers["mode"] = "confidential"
code, struck = new_code(), frozenset(kids[name] for name in {struck!r})
submit(Report(code=code, answers=answers, language="en", route="outside", keeper=kids["Ada Buiten"], files=[file],
              struck_out=struck, readback=False))
from haven.cases.models import Case
print(code, Case.objects.exclude(reference__in={known!r}).get().reference)
"""
WRITE = """
from haven.dialogue.actions import open_mailbox, write
box = open_mailbox({code!r})
write(box, {words!r})
"""
READ = """
from haven.dialogue.actions import open_mailbox
for one in open_mailbox({code!r}).messages():
    print(one.payload["by"], "|", one.payload["text"])
"""


def submit(
    world: World, *, struck: tuple[str, ...] = (), known: tuple[str, ...] = (), file: str = f"{FILE}.jpg"
) -> list[str]:
    """The code and the reference of a new report."""
    told = {"size": len(CONTENT), "file": file, "story": STORY, "name": NAME}
    return world.server.python(SUBMIT.format(struck=struck, known=known, **told)).split()


def page(who: Away, reference: str, to: str = "open") -> str:
    return (who.computer.folder / to / reference / "report.html").read_text()


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


@dataclass(frozen=True)
class Reported:
    """A world in which a report came in and was exported."""

    world: World
    code: str
    reference: str
    packages: dict[str, Path]


@pytest.fixture(scope="module")
def first_report(first_world: Path, tmp_path_factory: pytest.TempPathFactory) -> Reported:
    world = copied(first_world, tmp_path_factory.mktemp("reported") / "world")
    code, reference = submit(world)
    return Reported(world, code, reference, world.exports())


@pytest.fixture
def reported(first_report: Reported, tmp_path: Path) -> Reported:
    """Made once, and copied for each test: every command is a new start of Haven."""
    first, copy = first_report.world.packages.parent, tmp_path / "world"
    packages = {name: copy / file.relative_to(first) for name, file in first_report.packages.items()}
    return Reported(copied(first, copy), first_report.code, first_report.reference, packages)


@proves("R-002-14")
def test_a_report_is_read_by_people_whose_keys_were_never_here(reported: Reported) -> None:
    world, reference, packages = reported.world, reported.reference, reported.packages
    for who in (world.ada, world.bas):
        done = who.opens(packages[who.name])
        assert done.code == 0, done.refused
        assert STORY in words(page(who, reference))
        assert "<script" not in page(who, reference)
        files = who.computer.folder / "open" / reference / "files"
        assert {file.name: file.read_bytes() for file in files.iterdir()} == {f"01-{FILE}.jpg": CONTENT}
    names = [(who.computer.folder / "open" / reference / "name.html") for who in (world.ada, world.bas)]
    assert [file.exists() for file in names] == [True, False]
    assert NAME in names[0].read_text()
    assert NAME not in page(world.ada, reference)


@proves("R-002-14")
def test_they_answer_and_close_it_and_the_reporter_reads_that(reported: Reported) -> None:
    world, code, reference = reported.world, reported.code, reported.reference
    reply = world.ada.answers(reported.packages["Ada Buiten"], reference, REPLY)
    assert "in the mailbox" in world.imports(reply)
    assert world.server.python(READ.format(code=code)) == f"Ada Buiten | {REPLY}\n"

    world.server.python(WRITE.format(code=code, words=MORE))
    package = world.exports()["Bas Elders"]
    world.bas.opens(package)
    both = words(page(world.bas, reference))
    assert 0 < both.index(REPLY) < both.index(MORE)

    last = world.bas.answers(package, reference, "It ends here.", *CLOSE)
    assert "The case is closed." in world.imports(last)
    told = (
        "from haven.vault import tallies\nfrom haven.vault.models import Tally\n"
        "told = [one['known'] for one in map(tallies.opened, Tally.objects.all()) if one['at'] == 'closing']\n"
        "print([(one['category'], one['outcome'], one['mode']) for one in told])"
    )
    assert world.server.python(told) == "[('bullying', 'talked', 'confidential')]\n"
    world.ada.opens(world.exports()["Ada Buiten"])
    assert [*(world.ada.computer.folder / "open").iterdir()] == []


def test_nothing_that_can_be_read_leaves_the_server_or_lies_on_it(world: World) -> None:
    code, reference = submit(world)
    world.server.python(WRITE.format(code=code, words=MORE))
    packages = world.exports()
    reply = world.ada.answers(packages["Ada Buiten"], reference, REPLY, *CLOSE)
    world.imports(reply)
    places = [*packages.values(), reply, *(file for file in world.data.rglob("*") if file.is_file())]
    assert len(places) > 10
    assert [(file.name, word) for file in places for word in CANARIES if word.encode() in file.read_bytes()] == []
    assert [word for word in ("bullying", "talked") if word.encode() in reply.read_bytes()] == []
    private = ("haven-outside-key", json.loads(world.ada.key.read_text())["private"])
    assert [file for file in places for text in private if text.encode() in file.read_bytes()] == []


def test_the_package_of_who_was_struck_out_has_no_trace_of_the_case(world: World, tmp_path: Path) -> None:
    routes = world.packages.parent / "rules" / "routes.toml"
    cor = away("Cor Verder", tmp_path)
    third = f'[[routes.outside]]\nname = "Cor Verder"\nfunction.nl = "x"\nfunction.en = "y"\nkey = "{cor.public}"\n'
    head, mark, tail = routes.read_text().rpartition("\n[[routes.outside]]")
    routes.write_text(f"{head}\n{third}{mark}{tail}")
    _code, theirs = submit(world, struck=("Cor Verder",))
    _other, everybodys = submit(world, known=(theirs,))
    packages = world.exports()
    inside = {name: zipfile.ZipFile(file).namelist() for name, file in packages.items()}
    assert {name: sum(entry.startswith("cases/") for entry in entries) for name, entries in inside.items()} == {
        "Ada Buiten": 2,
        "Bas Elders": 2,
        "Cor Verder": 1,
    }
    assert theirs.encode() not in packages["Cor Verder"].read_bytes()
    assert sum(entry.startswith("files/") for entry in inside["Cor Verder"]) == 1
    assert cor.opens(packages["Cor Verder"]).code == 0
    world.ada.opens(packages["Ada Buiten"])
    assert "Do not speak with them about it: Cor Verder" in " ".join(words(page(world.ada, theirs)).split())
    assert "Do not speak" not in words(page(world.ada, everybodys))


def test_a_reply_that_comes_twice_changes_nothing_the_second_time(reported: Reported) -> None:
    world = reported.world
    reply = world.ada.answers(reported.packages["Ada Buiten"], reported.reference, REPLY, *CLOSE)
    world.imports(reply)
    before = world.state()
    assert world.imports(reply) == "This reply came before. Nothing was changed.\n"
    assert world.state() == before


def test_a_forged_reply_is_refused_and_changes_nothing(reported: Reported) -> None:
    world, reference, packages = reported.world, reported.reference, reported.packages
    good = world.ada.answers(packages["Ada Buiten"], reference, REPLY)
    other = world.bas.answers(packages["Bas Elders"], reference, REPLY)
    forged = good.with_name("forged")
    forged.write_text(
        json.dumps({**json.loads(good.read_text()), "signature": json.loads(other.read_text())["signature"]})
    )
    before = world.state()
    assert "is not a reply that a reader of routes.toml signed. Nothing was changed." in world.imports(forged)
    assert world.state() == before


def _inside(file: Path, place: str) -> int:
    """Where the middle of the first entry of this folder lies; what stands between the entries says nothing."""
    with zipfile.ZipFile(file) as packed:
        one = next(info for info in packed.infolist() if info.filename.startswith(place))
    return one.header_offset + 30 + len(one.filename) + one.compress_size // 2


def test_a_package_in_which_anything_was_changed_is_not_opened(reported: Reported) -> None:
    world, file = reported.world, reported.packages["Ada Buiten"]
    content = bytearray(file.read_bytes())
    content[_inside(file, "cases/")] ^= 1
    bad = file.with_name("bad")
    bad.write_bytes(content)
    done = world.ada.opens(bad)
    assert (done.code, done.refused.endswith("Nothing was opened.")) == (2, True)
    assert [*(world.ada.computer.folder / "open").iterdir()] == []


def test_a_package_of_somebody_else_is_noticed_after_the_first(reported: Reported) -> None:
    world = reported.world
    assert world.ada.opens(reported.packages["Ada Buiten"]).code == 0
    (world.data / "secrets" / "state_key").write_text("the key of somebody who sits between\n")
    done = world.ada.opens(world.exports()["Ada Buiten"], to="second")
    assert done.code == 2
    assert "not by whom you met" in done.refused
    assert "haven-outside.key.sealed-by" in done.refused


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"passphrase": "another passphrase"}, "This passphrase does not open"),
        ({"passphrase": ""}, "This passphrase does not open"),
        ({"key": Path("answer.txt")}, "is not a key file of Haven"),
        ({"key": Path("nowhere.key")}, "cannot be read"),
        ({"to": "keys"}, "holds something already"),
    ],
)
def test_wrong_keys_and_places_are_said_plainly(reported: Reported, change: dict[str, object], says: str) -> None:
    world, reference, file = reported.world, reported.reference, reported.packages["Ada Buiten"]
    (world.ada.computer.folder / "answer.txt").write_text("{}")
    done = world.ada.opens(file, **change)  # type: ignore[arg-type]  # one of several keywords
    assert (done.code, says in done.refused) == (2, True), done.refused
    assert [*world.ada.computer.folder.rglob("*.html")] == []
    assert reference not in done.said


def test_a_package_for_another_reader_is_refused(reported: Reported) -> None:
    done = reported.world.bas.opens(reported.packages["Ada Buiten"])
    assert (done.code, "is for another reader" in done.refused) == (2, True)


def test_bad_answers_are_said_plainly(reported: Reported) -> None:
    reference, file, ada = reported.reference, reported.packages["Ada Buiten"], reported.world.ada
    tries = {
        "There is no case AAAA-AAAA": ada.tries(file, "AAAA-AAAA", "x"),
        "has to hold between 1 and": ada.tries(file, reference, "  "),
        "takes all three": ada.tries(file, reference, "x", "--close", "talked"),
        "“won” is not a known outcome. Choose one of: advice_given,": ada.tries(
            file, reference, "x", "--close", "won", "--category", "bullying", "--destination", "none"
        ),
        "is there already": ada.tries(file, reference, "x", to="keys"),
    }
    assert [says for says, done in tries.items() if done.code != 2 or says not in done.refused] == []
    assert not (ada.computer.folder / "reply").exists()


def test_keys_are_made_once_and_under_a_good_passphrase(tmp_path: Path) -> None:
    somebody = away("Somebody", tmp_path)
    run = somebody.computer.run
    assert somebody.key.stat().st_mode & 0o077 == 0
    assert PASSPHRASE not in somebody.key.read_text()
    tries = {
        "is there already": run("outside", "keys", "keys", typed=f"{PASSPHRASE}\n{PASSPHRASE}\n"),
        "too short": run("outside", "keys", "new", typed="short\nshort\n"),
        "not the same": run("outside", "keys", "new", typed=f"{PASSPHRASE}\n{PASSPHRASE}x\n"),
    }
    assert [says for says, done in tries.items() if done.code != 2 or says not in done.refused] == []
    assert not (somebody.computer.folder / "new").exists()


def test_only_a_route_that_is_read_outside_is_exported(world: World) -> None:
    done = world.server.run("outside", "export", "contact_point", world.packages)
    assert (done.code, done.refused) == (
        2,
        "“contact_point” is not a route with readers outside. Known here: outside.",
    )


def test_the_name_of_a_file_leads_nowhere_else(world: World) -> None:
    _code, reference = submit(world, file="../../../etc/<b>pass\u202egpj.wd")
    done = world.ada.opens(world.exports()["Ada Buiten"])
    assert done.code == 0, done.refused
    files = [file.name for file in (world.ada.computer.folder / "open" / reference / "files").iterdir()]
    assert files == ["01-_.._.._etc__b_pass_gpj.wd"]
    assert "&lt;b&gt;pass[U+202E]gpj.wd" in page(world.ada, reference)
