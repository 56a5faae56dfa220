"""How a case came to us, and whose procedure governs it: what the page of a case shows beside the words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from haven.cases.opened import OpenCase
from haven.desk.taking import CHANNELS
from haven.rulebook import shelf
from haven.rulebook.directory import Provision
from haven.rulebook.governing import Governing

WEB: Final = _("Through the website")


def channel_of(head: Mapping[str, Any]) -> str:
    """In which way this came in. Nothing when the head cannot be opened."""
    channel = head.get("coarse", {}).get("channel", "")
    return str(CHANNELS.get(channel, WEB)) if channel else ""


@dataclass(frozen=True)
class Arrival:
    opened: OpenCase = field(repr=False)

    @property
    def channel(self) -> str:
        return channel_of(self.opened.head)

    @property
    def taken(self) -> dict[str, Any]:
        """Who wrote it down, and what was told; nothing for what came through the website."""
        return self.opened.one("internal", "taken")

    @property
    def governing(self) -> Governing | None:
        return shelf.current().routes.governs(self.opened.answers.get("answers", {}))

    @property
    def turn_to(self) -> list[Provision]:
        book, governing = shelf.current(), self.governing
        return [book.provisions[key] for key in (governing.turn_to if governing else ())]
