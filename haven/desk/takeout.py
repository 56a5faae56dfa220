"""What is taken out of a case, and how it leaves: the chosen parts, the words blacked out, the neutral file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haven.cases.export import SLOT
from haven.cases.models import State
from haven.cases.opened import OpenCase
from haven.desk.casepage import CasePage
from haven.desk.forms import words
from haven.desk.paper import Entry, Paper, Section, made_by
from haven.desk.redact import black_out
from haven.intake.passphrases import secret_field
from haven.people.access import permits
from haven.rulebook.roles import Right

MOST_PARTS = 60  # a form has so many fields and no more


class TakeOut(forms.Form):
    """Why, and that it is you: a desk that was left open is not enough for this."""

    reason = words(
        gettext_lazy("Why does it have to leave Haven?"),
        rows=2,
        hint=gettext_lazy("Who handles this case can read the reason. The reporter sees that it was done."),
    )
    secret = secret_field(gettext_lazy("Your passphrase"), autocomplete="current-password")


class WholeCase(TakeOut):
    internal = forms.BooleanField(
        label=gettext_lazy("With what colleagues wrote for each other, and the timeline"), required=False
    )
    field_order = ("internal", "reason", "secret")


@dataclass(frozen=True)
class Taken:
    """One line of what was taken out before."""

    redacted: bool
    reason: str = field(repr=False)
    by: str
    day: date


@dataclass(frozen=True)
class Part:
    """Something that can be chosen for a redacted copy."""

    key: str
    label: str
    words: str = field(repr=False)


@dataclass(frozen=True)
class Copy:
    """A redacted copy while it is made. All of it travels in the form, as it stands there."""

    parts: tuple[Part, ...] = field(repr=False)
    words: tuple[str, ...] = field(repr=False)
    by: Any
    left_out: int = 0

    @classmethod
    def asked(cls, opened: OpenCase, sent: Mapping[str, str]) -> "Copy":
        """The parts whose text came along; at the first step, those that were ticked."""
        known = {one.key: one for one in parts_of(opened)}
        texts = {key: sent[name] for key in known if (name := f"text-{key}") in sent}
        ticked = {key: one.words for key, one in known.items() if f"take-{key}" in sent}
        chosen = list({**ticked, **texts}.items())
        parts = tuple(Part(key, known[key].label, text.replace("\r\n", "\n")) for key, text in chosen[:MOST_PARTS])
        words = tuple(filter(None, map(str.strip, sent.get("words", "").splitlines())))
        return cls(parts, words, opened.by, max(0, len(chosen) - MOST_PARTS))

    @property
    def lines(self) -> str:
        return "\n".join(self.words)

    @property
    def paper(self) -> Paper:
        """As it leaves: nothing of what was blacked out is in it, not in a label either."""
        entries = tuple(Entry(one.label, one.words) for one in self.parts)
        whole = Paper(_("Parts of a case"), made_by(self.by), (Section(_("What was told"), entries),))
        return whole.each(lambda text: black_out(text, self.words))


def parts_of(opened: OpenCase) -> list[Part]:
    """What was answered and written. Who of the team wrote, on which day, and the name of the reporter are no part."""
    page, ours, theirs = CasePage(opened), _("Answer of the contact point"), _("Message of the reporter")
    answers = [("\n".join(filter(None, ["; ".join(one.chosen), one.words])), one.asks) for one in page.report]
    messages = [(one.words, ours if one.mine else theirs) for one in page.messages]
    found = [Part(f"a{number}", label, text) for number, (text, label) in enumerate(answers)]
    return found + [Part(f"m{number}", label, text) for number, (text, label) in enumerate(messages)]


@dataclass(frozen=True)
class TakeOutPart:
    """What the page of a case shows of this."""

    opened: OpenCase

    @property
    def exports(self) -> bool:
        return self.opened.case.state != State.WITHDRAWN and permits(self.opened.by, Right.EXPORT)

    @property
    def taken(self) -> list[Taken]:
        found = self.opened.of("internal", SLOT)
        return [Taken(o.payload["redacted"], o.payload["reason"], o.payload["by"], o.item.made_on) for o in found]
