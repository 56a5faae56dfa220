"""An installation as an administrator makes it, with two invented readers; and a terminal to type at."""

import os
import pty
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Self

from tests.faults.starting import HAVEN, ROOT, environment, haven

PASSPHRASES = ("five calm herons beside water", "six grey geese over the dike")
READERS = (
    ("Anna", "anna@haven.example", "Medewerker", "Officer"),
    ("Bram", "bram@haven.example", "Medewerker", "Officer"),
)
ADDRESS = "https://haven.example"


@dataclass(frozen=True)
class Place:
    """Everything around one installation: its data, and what lies elsewhere."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def key(self) -> Path:
        return self.root / "stick" / "key"

    @property
    def paper(self) -> Path:
        return self.root / "stick" / "paper"

    def made(self) -> Self:
        for folder in (self.backups, self.key.parent):
            folder.mkdir(parents=True)
        for number, passphrase in enumerate(PASSPHRASES):
            (self.key.parent / f"passphrase{number}").write_text(passphrase)
        assert haven("backup", "key", str(self.key), data=self.data).returncode == 0
        return self

    @property
    def recipient(self) -> str:
        return self.key.read_text().splitlines()[1].removeprefix("# ")

    @property
    def words(self) -> list[str]:
        """Every answer as an option."""
        said = {
            "address": ADDRESS,
            "rulebook": "rulebooks/example",
            "backups": str(self.backups),
            "recipients": self.recipient,
            "print-to": str(self.paper),
        }
        words = [word for option, value in said.items() for word in (f"--{option}", value)]
        readers = [word for reader in READERS for word in ("--reader", *reader)]
        files = [str(self.key.parent / f"passphrase{number}") for number in range(2)]
        return ["init", *words, *readers, *(word for file in files for word in ("--passphrase-file", file))]

    def haven(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return haven(*words, data=self.data, **more)

    def init(self, **more: str) -> "subprocess.CompletedProcess[str]":
        return self.haven(*self.words, **more)

    @property
    def backup(self) -> Path:
        (file,) = self.backups.glob("*.age")
        return file

    def restored(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """To a new folder."""
        return haven("restore", str(self.backup), "--key", str(self.key), *words, data=self.elsewhere, **more)

    @property
    def elsewhere(self) -> Path:
        return self.root / "elsewhere"

    def moved(self, root: Path) -> "Place":
        """A copy. Its settings still name the old folder of backups, so the environment has to say the new one."""
        return Place(Path(shutil.copytree(self.root, root)))


@dataclass
class Typing:
    """Haven at a terminal: wait for what it says, then type."""

    data: Path
    words: list[str]
    said: str = ""
    _read_to: int = field(default=0)

    def __enter__(self) -> Self:
        self.terminal, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [*HAVEN, *self.words],
            env=environment(self.data),
            cwd=ROOT,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.terminal)

    def until(self, words: str) -> str:
        """All that was said until these words came, since the last time."""
        until = monotonic() + 60
        while words not in self.said[self._read_to :]:
            assert monotonic() < until, f"never said “{words}”:\n{self.said}"
            try:
                self.said += os.read(self.terminal, 4096).decode()
            except OSError:  # the other side is closed
                raise AssertionError(f"ended without “{words}”:\n{self.said}") from None
        begin, end = self._read_to, self.said.index(words, self._read_to) + len(words)
        self._read_to = end
        return self.said[begin:end]

    def answer(self, question: str, words: str = "") -> str:
        said = self.until(question)
        os.write(self.terminal, f"{words}\n".encode())
        return said
