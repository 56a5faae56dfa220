"""The files that travel: one changed byte anywhere, and they are not taken; what is said about it is a sentence."""

import json
import zipfile
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils.timezone import localdate

from haven.cases.models import Case
from haven.config.outside import server
from haven.config.outside.package import Package
from haven.config.place import Refused
from haven.dialogue import outside as deeds
from haven.trail.models import Entry
from haven.vault import outside
from tests.institution import Institution
from tests.outside.conftest import ROUTE, Outsider
from tests.outside.test_replies import said_by
from tests.proofs.filled import parked


def quiet(_words: str) -> None:
    """Nobody listens."""


@pytest.fixture
def case(house: Institution) -> Case:
    return house.report(files=[parked("a.txt", b"words" * 40_000)])[0]


@pytest.fixture
def file(case: Case, outsiders: list[Outsider], tmp_path: Path) -> Path:
    server.export(quiet, ROUTE, tmp_path / "packages")
    return tmp_path / "packages" / f"{ROUTE}-{outsiders[0].kid[:8]}.haven"


def test_every_reader_gets_a_package_that_only_its_owner_can_look_at(file: Path, outsiders: list[Outsider]) -> None:
    names = sorted(one.name for one in file.parent.iterdir())
    assert names == sorted(f"{ROUTE}-{one.kid[:8]}.haven" for one in outsiders)
    assert {one.stat().st_mode & 0o777 for one in file.parent.iterdir()} == {0o600}
    line = Entry.objects.get(did="outside.exported")
    assert (line.subject, line.actor) == (ROUTE, "terminal")


def test_a_whole_package_gives_what_was_packed(file: Path, case: Case, outsiders: list[Outsider]) -> None:
    with Package(file) as package:
        assert (package.reader, package.route) == (outsiders[0].kid, ROUTE)
        assert package.sealed_by == outside.institution().kid
        packed = package.case(package.cases[0])
        assert (packed.reference, packed.scope) == (case.reference, case.pk)
        assert packed.open(outsiders[0].keyring).one("report", "answers")["answers"]["mode"] == "anonymous"


def test_closed_and_withdrawn_cases_are_not_packed_again(case: Case, outsiders: list[Outsider], tmp_path: Path) -> None:
    Case.objects.update(state="closed", closed_on=localdate(), forget_on=localdate())
    server.export(quiet, ROUTE, tmp_path)
    with Package(tmp_path / f"{ROUTE}-{outsiders[0].kid[:8]}.haven") as package:
        assert package.cases == []


@pytest.mark.parametrize("part", range(20))
def test_one_changed_bit_in_what_counts_is_found(file: Path, part: int, tmp_path: Path) -> None:
    """Names, content and signature count; what a zip says about itself besides (times, attributes) does not."""
    with zipfile.ZipFile(file) as packed:
        infos = packed.infolist()
    one = infos[part % len(infos)]
    begins = one.header_offset + 30 + len(one.filename) + 20  # the local header: 30 bytes, its name, sizes of zip64
    content = bytearray(file.read_bytes())
    content[begins + (one.file_size * part // 20) % max(1, one.file_size)] ^= 1 << part % 8
    assert refused(bytes(content), tmp_path)


def drop_a_file(entries: dict[str, bytes]) -> None:
    del entries[next(name for name in entries if name.startswith("files/"))]


def change_the_list(entries: dict[str, bytes]) -> None:
    entries["package.json"] = entries["package.json"].replace(b'"route": "outside"', b'"route": "ombuds"')


def change_a_case(entries: dict[str, bytes]) -> None:
    name = next(name for name in entries if name.startswith("cases/"))
    entries[name] = entries[name].replace(b'"urgent": false', b'"urgent": true ')


def change_the_rules(entries: dict[str, bytes]) -> None:
    entries["rulebook/routes.toml"] += b"\n"


def empty_signature(entries: dict[str, bytes]) -> None:
    entries["package.sig"] = bytes(64)


def no_signature(entries: dict[str, bytes]) -> None:
    del entries["package.sig"]


def another_format(entries: dict[str, bytes]) -> None:
    listed = json.loads(entries["package.json"]) | {"format": "haven-outside-package/2"}
    entries["package.json"] = json.dumps(listed).encode()
    entries["package.sig"] = outside.sign(outside.institution(), "package", entries["package.json"])


def without_its_keys(entries: dict[str, bytes]) -> None:
    listed = json.loads(entries["package.json"])
    del listed["opens"]
    entries["package.json"] = json.dumps(listed).encode()
    entries["package.sig"] = outside.sign(outside.institution(), "package", entries["package.json"])


CHANGES = (
    drop_a_file, change_the_list, change_a_case, change_the_rules, empty_signature, no_signature, another_format,
    without_its_keys,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_sound_zip_with_something_changed_is_found(
    file: Path, change: Callable[[dict[str, bytes]], None], tmp_path: Path
) -> None:
    with zipfile.ZipFile(file) as packed:
        entries = {name: packed.read(name) for name in packed.namelist()}
    change(entries)
    with zipfile.ZipFile(tmp_path / "again", "w") as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    assert refused((tmp_path / "again").read_bytes(), tmp_path)


@pytest.mark.parametrize("keep", [0.0, 0.5, 0.99])
def test_what_was_cut_off_is_found(file: Path, keep: float, tmp_path: Path) -> None:
    content = file.read_bytes()
    assert refused(content[: int(len(content) * keep)], tmp_path)


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"a letter", bytes(1000)])
def test_what_is_no_package_is_found(content: bytes, tmp_path: Path) -> None:
    assert refused(content, tmp_path)


def refused(content: bytes, folder: Path) -> bool:
    bad = folder / "bad"
    bad.write_bytes(content)
    with pytest.raises(Refused) as told:
        Package(bad)
    return (
        str(told.value)
        == f"{bad} is not a whole package of Haven: something is missing or was changed. Nothing was opened."
    )


def test_a_broken_reply_is_refused_with_a_sentence(case: Case, outsiders: list[Outsider], tmp_path: Path) -> None:
    ada, file = outsiders[0], tmp_path / "reply"
    said = said_by(ada, case, "x")
    good = json.dumps({"said": said.decode(), "signature": b64encode(bytes(64)).decode()})
    for text in (good, good[:-40], "", "hello", "[]", "{}", json.dumps({"said": 1, "signature": 2}), "x" * 5_000_000):
        file.write_text(text)
        with pytest.raises(Refused, match="Nothing was changed"):
            server.take_in(quiet, file)
    with pytest.raises(Refused, match="cannot be read"):
        server.take_in(quiet, tmp_path)
    assert not Entry.objects.filter(did="reply.sent").exists()


def test_why_a_sound_reply_is_not_taken_is_told(case: Case, outsiders: list[Outsider], tmp_path: Path) -> None:
    file, said = tmp_path / "reply", said_by(outsiders[0], case, "x")
    signature = outside.sign(outsiders[0].keyring, deeds.REPLY, said)
    file.write_text(json.dumps({"said": said.decode(), "signature": b64encode(signature).decode()}))
    Case.objects.update(state="closed", closed_on=localdate(), forget_on=localdate())
    with pytest.raises(Refused, match="has ended"):
        server.take_in(quiet, file)
    Case.objects.all().delete()
    with pytest.raises(Refused, match="is not here, or not for this reader"):
        server.take_in(quiet, file)
