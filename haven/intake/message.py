"""A message that somebody writes: the words, the files added so far, and the name of the form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any, Self

from django.http import HttpRequest
from django.utils.translation import gettext as _

from haven.cases.files import ParkedFile
from haven.intake import uploads
from haven.intake.forms import Words, too_long_message
from haven.intake.state import renewed
from haven.vault.errors import CannotOpen
from haven.vault.forms_state import open_state, seal_state

LONGEST = 20_000  # characters
PURPOSE = "message"


@dataclass(frozen=True)
class Message:
    """`once` names the form: sent twice, it writes one message. `problems` say why it has to wait."""

    words: str = field(default="", repr=False)
    files: tuple[ParkedFile, ...] = field(default=(), repr=False)
    once: str = field(default_factory=lambda: token_hex(8))
    problems: tuple[str, ...] = ()

    def sealed(self) -> str:
        """For a hidden field: files that arrived stay with the form until the message is sent."""
        return seal_state({"once": self.once, "files": [one.as_dict() for one in self.files]}, purpose=PURPOSE)

    @classmethod
    def posted(cls, request: HttpRequest) -> Self:
        """What came in. Nothing is dropped because something else has to be refused."""
        words = Words(required=False).to_python("\n\n".join(filter(str.strip, request.POST.getlist("words"))))
        kept = _opened(request.POST.get("kept", ""))
        there = [one for one in map(ParkedFile.from_dict, kept.get("files", ())) if renewed(one)]
        received = uploads.receive(request, there=len(there))
        problems = [*received.problems, *_problems(words, bool(there or received.files or received.problems))]
        once = str(kept.get("once") or token_hex(8))
        return cls(words, (*there, *received.files), once, tuple(problems))


def _problems(words: str, has_more: bool) -> list[str]:  # noqa: FBT001  a fact beside the words, not a switch
    if not words.strip() and not has_more:
        return [_("Write something or choose a file first.")]
    over = len(words) - LONGEST
    return [too_long_message(over, LONGEST)] if over > 0 else []


def _opened(kept: str) -> Mapping[str, Any]:
    try:
        return open_state(kept, purpose=PURPOSE)[0]
    except CannotOpen:
        return {}
