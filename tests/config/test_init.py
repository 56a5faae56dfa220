"""Going live: `haven init` asks, holds the ceremony, goes on where it was interrupted, and overwrites nothing."""

import re
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.config.installing import ADDRESS, PASSPHRASES, READERS, Place, Typing
from tests.faults.starting import haven

CODE = re.compile(r"^ {3}((?:\w{4} ){6}\w{4})$", re.MULTILINE)


def rows(place: Place, query: str) -> list[tuple[Any, ...]]:
    link = sqlite3.connect(place.data / "haven.sqlite3")
    found = link.execute(query).fetchall()
    link.close()
    return found


def test_after_init_two_people_read_for_the_contact_point_and_for_nobody_else(once: Place) -> None:
    said = once.haven("check").stdout

    assert "to “Contact point”" not in said
    assert "to “Office of the ombuds officer”" in said, "whoever is reported there must not read it"
    assert "first readers" not in said
    assert once.haven("verify").stdout == "All is sound.\n"
    kids = (once.data / "secrets" / "roots").read_text().split()
    signed = rows(once, "SELECT route, kid, by_kid FROM vault_endorsement ORDER BY kid, by_kid")
    assert signed == [("contact_point", kid, by) for kid in sorted(kids) for by in sorted(kids)]
    assert sorted(kid for (kid,) in rows(once, "SELECT kid FROM vault_keybundle")) == sorted(kids)


def test_the_auditors_key_verifies_the_whole_trail(once: Place) -> None:
    key = re.search(r"[0-9a-f]{64}", once.paper.read_text())

    assert key is not None
    assert once.haven("trail", "verify", "--key", key[0]).returncode == 0


def test_what_has_to_be_printed_is_on_paper_and_nowhere_in_the_data(once: Place) -> None:
    secrets = [code.encode() for code in CODE.findall(once.paper.read_text())]
    secrets += [code.replace(b" ", b"") for code in secrets] + [phrase.encode() for phrase in PASSPHRASES]
    files = [path for path in once.data.rglob("*") if path.is_file()]

    assert len(secrets) == 6
    assert [path for path in files if any(secret in path.read_bytes() for secret in secrets)] == []
    assert stat.S_IMODE(once.paper.stat().st_mode) == 0o600
    assert stat.S_IMODE((once.data / "haven.env").stat().st_mode) == 0o600
    assert stat.S_IMODE((once.data / "secrets" / "roots").stat().st_mode) == 0o600


def test_the_settings_of_the_file_hold_and_the_environment_wins(once: Place) -> None:
    words = ("people", "add", "--name", "C", "--function-nl", "B", "--function-en", "A", "--role", "administrator")

    assert f"{ADDRESS}/nl/sign-in/" in once.haven(*words, "carla@haven.example").stdout
    other = once.haven(*words, "dirk@haven.example", HAVEN_ADDRESS="https://other.example")
    assert "https://other.example/nl/sign-in/" in other.stdout


def test_a_second_init_overwrites_nothing(once: Place) -> None:
    before = (once.data / "haven.sqlite3").read_bytes()
    done = once.init()

    assert (done.returncode, "haven check" in done.stderr) == (2, True)
    assert (once.data / "haven.sqlite3").read_bytes() == before


@pytest.mark.parametrize(("file", "words"), [("demo", "holds the demo"), ("letter.txt", "is not empty")])
def test_a_folder_that_holds_something_else_is_left_alone(new: Place, file: str, words: str) -> None:
    new.data.mkdir()
    (new.data / file).touch()
    done = new.init()

    assert (done.returncode, words in done.stderr) == (2, True), done.stderr
    assert [path.name for path in new.data.iterdir()] == [file]


@pytest.mark.parametrize(
    ("option", "answer", "words"),
    [
        ("--address", "http://haven.example", "begins with https://"),
        ("--rulebook", "docs", "haven rulebook check docs"),
        ("--database", "mysql://here", "postgresql://"),
        ("--backups", "nowhere", "no such folder"),
        ("--recipients", "age1wrong", "not a key for backups"),
    ],
)
def test_a_wrong_answer_is_refused_before_anything_is_made(new: Place, option: str, answer: str, words: str) -> None:
    done = new.haven(*new.words, option, answer)

    assert (done.returncode, words in done.stderr, option in done.stderr) == (2, True, True), done.stderr
    assert not new.data.exists()


def test_interrupted_after_the_first_reader_it_goes_on_with_the_second(new: Place) -> None:
    weak = new.key.parent / "weak"
    weak.write_text("short")
    stopped = new.haven(*[str(weak) if word.endswith("passphrase1") else word for word in new.words])
    assert (stopped.returncode, "too short" in stopped.stderr) == (2, True), stopped.stderr
    assert rows(new, "SELECT name FROM people_user") == [("Anna",)]

    again = new.init()
    assert again.returncode == 0, again.stderr
    assert "Going on with the installation" in again.stdout
    assert "Anna has keys already" in again.stdout
    assert rows(new, "SELECT name FROM people_user") == [("Anna",), ("Bram",)]
    assert new.haven("verify").stdout == "All is sound.\n"
    assert "to “Contact point”" not in new.haven("check").stdout


def test_at_a_terminal_it_asks_shows_no_passphrase_and_wants_the_code_from_paper(tmp_path: Path) -> None:
    data = tmp_path / "data"
    options = ["--hosts", "", "--database", "", "--smtp-host", "", "--mail-from", "haven@haven.example"]
    with Typing(data, ["init", str(data), *options]) as typing:
        typing.answer("The public address", "http://haven.example")
        assert "https://" in typing.answer("The public address", ADDRESS)
        typing.answer("rulebook", "rulebooks/example")
        typing.answer("Folder for backups")
        typing.answer("Who can open backups")
        typing.answer("Press Enter when it is on paper")
        _reader(typing, 0, wrong=True)
        _reader(typing, 1)
        typing.answer("Press Enter when the links")
        typing.until("haven serve")
        assert typing.process.wait(timeout=20) == 0
        assert [phrase for phrase in PASSPHRASES if phrase in typing.said] == []
    assert haven("verify", data=data).stdout == "All is sound.\n"


def _reader(typing: Typing, number: int, *, wrong: bool = False) -> None:
    name, *others = READERS[number]
    typing.answer("Name", name)
    for question, words in zip(("E-mail", "in Dutch", "in English"), others, strict=True):
        typing.answer(question, words)
    if wrong:
        typing.answer("choose a passphrase", "short")
        typing.answer("Once more", "short")
        assert "too short" in typing.answer("choose a passphrase", PASSPHRASES[number])
        typing.answer("Once more", "another one altogether")
        assert "not the same" in typing.until("not the same")
    typing.answer("choose a passphrase", PASSPHRASES[number])
    typing.answer("Once more", PASSPHRASES[number])
    code = CODE.findall(typing.until("The last group of the code").replace("\r", ""))[-1]
    if wrong:
        typing.answer(": ", "XXXX")
        typing.until("from your paper")
    typing.answer(": ", code.split()[-1])
