"""What a party can ask of who handles the complaint, and the page on which they do: one sort of page for all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haven.intake.forms import Words, too_long_message
from haven.intake.message import LONGEST

FIRST_HAND: Final = {
    "yes": gettext_lazy("Yes, this person was there or heard it themselves"),
    "no": gettext_lazy("No, this person heard of it from others"),
}


@dataclass(frozen=True)
class Ask:
    """One box of the form."""

    key: str
    label: Promise
    hint: Promise
    needed: bool = True


@dataclass(frozen=True)
class Wish:
    """`first_hand`: whether is asked if somebody knows it at first hand, and if not, why they should be heard."""

    key: str
    title: Promise
    about: Promise
    asks: Sequence[Ask]
    first_hand: bool = False


WHY: Final = Ask(
    "why", gettext_lazy("Why?"), gettext_lazy("In your own words. Only who handles the complaint reads it.")
)
WISHES: Final = (
    Wish(
        "separate_hearing",
        gettext_lazy("Ask for a separate hearing"),
        gettext_lazy("Both sides are normally heard together. If that is not desirable for you, say so. The committee decides and tells you."),  # noqa: E501  one sentence for the translator
        (WHY,),
    ),
    Wish(
        "witness",
        gettext_lazy("Propose a witness"),
        gettext_lazy("The committee hears as few witnesses as it can, and only people who know something at first hand. It decides whom."),  # noqa: E501  one sentence for the translator
        (
            Ask("name", gettext_lazy("Who?"), gettext_lazy("The name, and how the committee can reach this person")),
            Ask(
                "why",
                gettext_lazy("About what can this person tell?"),
                gettext_lazy("And why the committee needs to hear it"),
            ),
        ),
        first_hand=True,
    ),
    Wish(
        "comment",
        gettext_lazy("Comment on a document"),
        gettext_lazy("For example on the report of your hearing, if it does not say what was said."),
        (Ask("why", gettext_lazy("Your comment"), gettext_lazy("Say which document it is about")),),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """The form as it came in. `problems` say why it cannot go yet."""

    wish: Wish
    given: Mapping[str, str] = field(default_factory=dict, repr=False)
    first_hand: str = ""
    problems: tuple[str, ...] = ()

    @classmethod
    def posted(cls, wish: Wish, request: HttpRequest) -> "Asked":
        given = {key: str(Words(required=False).to_python(request.POST.get(key))) for key in ("name", "why", "though")}
        known = request.POST.get("first_hand", "")
        problems = [_("Answer “%(asks)s”.") % {"asks": one.label} for one in wish.asks if not given[one.key].strip()]
        if wish.first_hand and known not in FIRST_HAND:
            problems.append(_("Say whether this person knows it at first hand."))
        if wish.first_hand and known == "no" and not given["though"].strip():
            problems.append(_("Say why this person should be heard all the same."))
        over = sum(map(len, given.values())) - LONGEST
        problems += [too_long_message(over, LONGEST)] if over > 0 else []
        return cls(wish, given, known, tuple(problems))

    @property
    def boxes(self) -> list[tuple[Ask, str]]:
        return [(one, self.given.get(one.key, "")) for one in self.wish.asks]

    @property
    def choices(self) -> list[tuple[str, Promise, bool]]:
        return [(key, label, key == self.first_hand) for key, label in FIRST_HAND.items()]

    @property
    def though(self) -> str:
        return self.given.get("though", "")

    @property
    def text(self) -> str:
        """As it is kept: each question with its answer, in the language in which it was answered."""
        lines = [f"{one.label}\n{said}" for one, said in self.boxes]
        if self.wish.first_hand:
            lines.append(f"{_('At first hand?')}\n{FIRST_HAND[self.first_hand]}")
            lines += [f"{_('Why all the same?')}\n{self.though}"] if self.first_hand == "no" else []
        return "\n\n".join(lines)
