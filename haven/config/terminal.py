"""Asking somebody at the terminal. Without a terminal there is nobody to ask: then every answer has to be an option."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from getpass import getpass

from haven.config.place import Refused

type Say = Callable[[str], object]


@dataclass(frozen=True)
class Terminal:
    say: Say

    @property
    def somebody(self) -> bool:
        return sys.stdin.isatty()

    def ask(self, label: str, *, option: str, default: str | None = None) -> str:
        """What was typed, or the default. Raises Refused where nobody can type and there is no default."""
        if not self.somebody:
            if default is None:
                raise Refused(f"{label}: give it with {option}, or run this at a terminal.")
            return default
        shown = f" [{default}]" if default else ""
        while True:
            typed = input(f"{label}{shown}: ").strip()
            if typed or default is not None:
                return typed or default or ""

    def secret(self, label: str, *, option: str) -> str:
        """The same, without showing what is typed."""
        if not self.somebody:
            raise Refused(f"{label}: type it at a terminal, or name a file with {option}.")
        return getpass(f"{label}: ")

    def wait(self, label: str) -> None:
        if self.somebody:
            input(label)
