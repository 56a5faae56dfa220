"""An institution with readers outside, each with a computer of their own, and the commands as they type them."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from haven.config.place import WITHOUT_SITE

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "rulebooks" / "example"
PASSPHRASE = "five words nobody would guess"
FUNCTION = 'function.nl = "Extern voorzitter"\nfunction.en = "External chair"\n'


@dataclass
class Done:
    """What a command said, and whether it did what was asked (0)."""

    code: int
    said: str
    refused: str


@dataclass
class Computer:
    """A folder, and what is set in its environment; nothing of the tests gets in."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: object, typed: str = "") -> Done:
        return self._run("-m", "haven.config.cli", *map(str, arguments), typed=typed)

    def python(self, program: str) -> str:
        """Run a small program with Haven set up. What it prints."""
        setup = "import django, os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'haven.config.settings'\ndjango.setup()\n"
        done = self._run("-c", setup + program)
        assert done.code == 0, done.refused
        return done.said

    def _run(self, *arguments: str, typed: str = "") -> Done:
        plain = {
            name: value for name, value in os.environ.items() if not name.startswith(("HAVEN_", "DJANGO_", "DATABASE"))
        }
        environment = {**plain, "PYTHONPATH": str(ROOT), "HAVEN_ZONES": WITHOUT_SITE, **self.environment}
        command = [sys.executable, *arguments]
        ran = subprocess.run(
            command,
            cwd=self.folder,
            env=environment,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert "Traceback" not in ran.stderr, ran.stderr
        return Done(ran.returncode, ran.stdout, ran.stderr.strip())


@dataclass
class Away:
    """Somebody who reads outside. Their computer has no server and no database."""

    name: str
    computer: Computer
    public: str = ""

    @property
    def key(self) -> Path:
        return self.computer.folder / "keys" / "haven-outside.key"

    def makes_keys(self) -> "Away":
        done = self.computer.run("outside", "keys", "keys", typed=f"{PASSPHRASE}\n{PASSPHRASE}\n")
        assert done.code == 0, done.refused
        found = re.search(r'^key = "(.+)"$', done.said, re.MULTILINE)
        assert found
        self.public = found[1]
        return self

    def opens(self, file: Path, to: str = "open", *, key: Path | None = None, passphrase: str = PASSPHRASE) -> Done:
        where = ("--key", key or self.key, "--to", to, "--language", "en")
        return self.computer.run("outside", "open", file, *where, typed=f"{passphrase}\n")

    def answers(self, file: Path, case: str, words: str, *more: str, to: str = "reply") -> Path:
        done = self.tries(file, case, words, *more, to=to)
        assert done.code == 0, done.refused
        return self.computer.folder / to

    def tries(self, file: Path, case: str, words: str, *more: str, to: str = "reply") -> Done:
        (self.computer.folder / "answer.txt").write_text(words)
        where = ("--case", case, "--text", "answer.txt", "--key", self.key, "--to", to)
        return self.computer.run("outside", "answer", file, *where, *more, typed=f"{PASSPHRASE}\n")


def away(name: str, under: Path) -> Away:
    folder = under / name.lower().replace(" ", "-")
    folder.mkdir()
    return Away(name, Computer(folder)).makes_keys()


def rulebook(folder: Path, readers: list[Away], *, route: str = "outside") -> Path:
    """The example, with these readers outside for one of its routes."""
    shutil.copytree(EXAMPLE, folder)
    file = folder / "routes.toml"
    before, key, after = file.read_text().partition(f'key = "{route}"\n')
    own, gap, rest = after.partition("\n\n")
    added = [f'\n[[routes.outside]]\nname = "{one.name}"\n{FUNCTION}key = "{one.public}"\n' for one in readers]
    file.write_text(before + key + own + "\n" + "".join(added) + gap.removeprefix("\n") + rest)
    return folder


def server(folder: Path, rules: Path) -> Computer:
    """A data folder with a database, and no configuration but the rulebook."""
    folder.mkdir()
    made = Computer(folder, {"HAVEN_DATA": str(folder / "data"), "HAVEN_RULEBOOK": str(rules)})
    done = made.run("migrate")
    assert done.code == 0, done.refused
    return made
