"""The page on which a party asks something of who handles the complaint: one sort of page for all that the regulation
knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from haven.intake.forms import Words, too_long_message
from haven.intake.message import LONGEST
from haven.rulebook.requests import Box, Request
from haven.rulebook.words import Text

FIRST_HAND: Final = {
    "yes": gettext_lazy("Yes, this person was there or heard it themselves"),
    "no": gettext_lazy("No, this person heard of it from others"),
}


@dataclass(frozen=True)
class Asked:
    """The form as it came in. `problems` say why it cannot go yet."""

    wish: Request
    given: Mapping[str, str] = field(default_factory=dict, repr=False)
    first_hand: str = ""
    problems: tuple[str, ...] = ()

    @classmethod
    def posted(cls, wish: Request, request: HttpRequest) -> "Asked":
        keys = (*(one.key for one in wish.boxes), "though")
        given = {key: str(Words(required=False).to_python(request.POST.get(key))) for key in keys}
        known = request.POST.get("first_hand", "")
        empty = [said(one.label) for one in wish.boxes if not given[one.key].strip()]
        problems = [_("Answer “%(asks)s”.") % {"asks": label} for label in empty]
        if wish.first_hand and known not in FIRST_HAND:
            problems.append(_("Say whether this person knows it at first hand."))
        if wish.first_hand and known == "no" and not given["though"].strip():
            problems.append(_("Say why this person should be heard all the same."))
        over = sum(map(len, given.values())) - LONGEST
        problems += [too_long_message(over, LONGEST)] if over > 0 else []
        return cls(wish, given, known, tuple(problems))

    @property
    def boxes(self) -> list[tuple[Box, str]]:
        return [(one, self.given.get(one.key, "")) for one in self.wish.boxes]

    @property
    def choices(self) -> list[tuple[str, Promise, bool]]:
        return [(key, label, key == self.first_hand) for key, label in FIRST_HAND.items()]

    @property
    def though(self) -> str:
        return self.given.get("though", "")

    @property
    def text(self) -> str:
        """As it is kept: each question with its answer, in the language in which it was answered."""
        lines = [f"{said(one.label)}\n{words}" for one, words in self.boxes]
        if self.wish.first_hand:
            lines.append(f"{_('At first hand?')}\n{FIRST_HAND[self.first_hand]}")
            lines += [f"{_('Why all the same?')}\n{self.though}"] if self.first_hand == "no" else []
        return "\n\n".join(lines)


def said(text: Text) -> str:
    return text.say(get_language() or "nl")
