"""A route that is read outside, in this process; and the same with computers of their own (see away.py)."""

import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from haven.rulebook import shelf
from haven.rulebook.outside import OutsideReader, key_text
from haven.rulebook.routes import Routes
from haven.vault import outside
from haven.vault.keyring import Keyring
from tests.institution import Institution
from tests.outside.away import PASSPHRASE, Away, Computer, away, rulebook, server

ROUTE = "outside"


@dataclass
class Outsider:
    """A reader outside, with the keyring that the server never has."""

    reader: OutsideReader
    keyring: Keyring

    @property
    def kid(self) -> str:
        return self.keyring.kid


def outsider(name: str) -> Outsider:
    kept, bundle = outside.make_key(PASSPHRASE, date(2026, 1, 1))
    key = key_text(bytes(bundle.enc_public), bytes(bundle.sign_public))
    function = {"nl": "Extern", "en": "External"}
    reader = OutsideReader.model_validate({"name": name, "function": function, "key": key})
    return Outsider(reader, outside.open_key(kept, PASSPHRASE))


def read_by(*readers: Outsider) -> None:
    """Put a rulebook on the shelf in which the last route is read by these."""
    book = shelf.current()
    routes = [
        one.model_copy(update={"outside": tuple(who.reader for who in readers)}) if one.key == ROUTE else one
        for one in book.routes
    ]
    shelf.put(replace(book, routes=Routes.model_validate(book.routes.model_copy(update={"routes": tuple(routes)}))))


@pytest.fixture
def outsiders() -> list[Outsider]:
    found = [outsider(name) for name in ("Ada Buiten", "Bas Elders", "Cor Verder")]
    read_by(*found)
    return found


@pytest.fixture
def house(settings: Settings, db: None, outsiders: list[Outsider]) -> Institution:
    """Staff who serve the route, and whose keys are confirmed for it as well: they would read if nobody did outside."""
    return Institution(settings, route=ROUTE).with_readers(3)


@dataclass
class World:
    """A server, and two readers outside with computers of their own."""

    server: Computer
    ada: Away
    bas: Away
    packages: Path

    @property
    def data(self) -> Path:
        return Path(self.server.environment["HAVEN_DATA"])

    def exports(self) -> dict[str, Path]:
        """The package of each reader, by name."""
        done = self.server.run("outside", "export", ROUTE, self.packages)
        assert done.code == 0, done.refused
        told = (line.strip().split(": ") for line in done.said.splitlines() if line.startswith("   "))
        return {name: Path(file) for name, file in told}

    def imports(self, reply: Path) -> str:
        done = self.server.run("outside", "import", reply)
        assert done.code in {0, 2}
        return done.said or done.refused

    def state(self) -> str:
        """Everything in the database but the trail's own keys: the same before and after, or something changed."""
        return self.server.python(
            "from django.apps import apps\n"
            "for model in apps.get_models():\n"
            "    rows = sorted(repr(sorted(row.items())) for row in model.objects.values())\n"
            "    print(model._meta.label, rows)\n"
        )


@pytest.fixture(scope="session")
def first_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, and copied for each test: keys and a new database take some seconds."""
    folder = tmp_path_factory.mktemp("world")
    readers = [away(name, folder) for name in ("Ada Buiten", "Bas Elders")]
    server(folder / "server", rulebook(folder / "rules", readers))
    return folder


@pytest.fixture
def world(first_world: Path, tmp_path: Path) -> World:
    return copied(first_world, tmp_path / "world")


def copied(first: Path, copy: Path) -> World:
    shutil.copytree(first, copy)
    computer = Computer(
        copy / "server", {"HAVEN_DATA": str(copy / "server" / "data"), "HAVEN_RULEBOOK": str(copy / "rules")}
    )
    ada, bas = (Away(name, Computer(copy / name.lower().replace(" ", "-"))) for name in ("Ada Buiten", "Bas Elders"))
    return World(computer, ada, bas, copy / "packages")
