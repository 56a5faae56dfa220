"""What the pages of a confidential counsellor show. Everything on them was opened with that one person's own key."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from haven.cases.search import plain
from haven.counsel import figures, peers
from haven.counsel.opened import OpenNotification, own
from haven.counsel.peers import Talk
from haven.desk import taking
from haven.desk.counsel_forms import (
    HOW,
    Again,
    Agree,
    Ask,
    Close,
    DeedForm,
    Name,
    Note,
    audiences,
    destinations,
    label_of,
    outcomes,
)
from haven.desk.forms import main_types, said
from haven.desk.taking import Taking
from haven.intake.state import Draft
from haven.people.models import User
from haven.rulebook import shelf
from haven.rulebook.counsellors import CHANNEL, Counsellors
from haven.rulebook.questions import Kind
from haven.vault.unlocking import Keyring

RUNNING: Final = (Note, Name, Ask, Agree, Close)
ENDED: Final = (Again,)

REFUSED: Final = {
    "ended": _("This notification has ended. Open it again first."),
    "name_in_extract": _("The name of the person, or a way to reach them, stands in this extract. Take it out."),
    "no_fellow": _("This counsellor cannot be asked now. Choose somebody from the list."),
    "no_figures_due": _("There are no figures to take now."),
}


def refused(key: str) -> str:
    return str(REFUSED.get(key, _("That cannot be done now.")))


def rules() -> Counsellors:
    return shelf.current().routes.counsellors


@dataclass(frozen=True)
class Told:
    """One entry of a log, with names for what was chosen."""

    day: date
    text: str
    more: str = ""


@dataclass(frozen=True)
class Agreement:
    """What the notifier agreed to pass on. `state`: the intake that begins with it, sealed for the page of taking."""

    day: date
    how: str
    text: str
    state: str


class Shown:
    """One notification, as list and page show it."""

    def __init__(self, opened: OpenNotification) -> None:
        self.opened, self.row, self.taken = opened, opened.row, opened.taken

    @property
    def title(self) -> str:
        return label_of(self.taken.get("category"), main_types()) or str(_("This does not open"))

    @property
    def also(self) -> list[str]:
        return [label_of(key, main_types()) for key in self.taken.get("also", ()) if key != self.taken.get("category")]

    @property
    def audience(self) -> str:
        return label_of(self.taken.get("audience"), audiences())

    @property
    def outcome(self) -> str:
        return label_of(self.opened.closing.get("outcome"), outcomes())

    @property
    def pointed_to(self) -> list[str]:
        return [label_of(key, destinations()) for key in self.opened.pointed_to]

    @property
    def late(self) -> bool:
        """The day of the next talk has passed."""
        return self.opened.next_on is not None and self.opened.next_on < localdate()


class NotificationPage(Shown):
    """`failed`: the form that came back, with what is wrong with it."""

    def __init__(self, opened: OpenNotification, failed: DeedForm | None = None) -> None:
        super().__init__(opened)
        kinds = ENDED if opened.row.closed_on else RUNNING
        self.forms: dict[str, forms.Form] = {form.deed: form(opened=opened) for form in kinds}
        if failed is not None:
            self.forms[failed.deed] = failed
        self.failed = failed

    @property
    def notes(self) -> list[Told]:
        return [self._note(one.item.made_on, one.payload) for one in reversed(self.opened.notes)]

    @property
    def talks(self) -> list[Talk]:
        return peers.talks(self.opened.keyring, by=self.opened.by, of=self.row.pk)

    @property
    def agreements(self) -> list[Agreement]:
        return [self._agreement(one.payload) for one in reversed(self.opened.agreed)]

    @property
    def team(self) -> str:
        return said(shelf.current().routes[rules().team].team_name)

    @property
    def figures_on(self) -> date:
        """The day from which it can be counted."""
        return rules().figures_of(self.row.year)

    @property
    def days(self) -> int:
        return shelf.current().retention.periods.counsel_days

    def _note(self, day: date, told: dict[str, Any]) -> Told:
        return Told(day, told.get("text", ""), label_of(told.get("pointed"), destinations()))

    def _agreement(self, told: dict[str, Any]) -> Agreement:
        how = str(dict(HOW).get(told["how"], ""))
        begun = Taking(draft=Draft(at=taking.BEGIN, answers=self._answers(told["text"])), channel=CHANNEL)
        return Agreement(date.fromisoformat(told["on"]), how, told["text"], taking.seal(begun, self.opened.by))

    def _answers(self, text: str) -> dict[str, Any]:
        """What an intake begins with: the words that were agreed, what it is about, and whose experience it is."""
        intake = shelf.current().intake
        story = next((one.key for one in intake.questions if one.kind is Kind.STORY), "")
        answers: dict[str, Any] = {story: text} if story else {}
        if category := intake.counted_as("category"):
            answers[category.key] = [key for key in (self.taken.get("category"), *self.taken.get("also", ())) if key]
        if capacity := intake.counted_as("capacity"):
            answers[capacity.key] = next(
                (o.key for o in capacity.options if rules().capacity in {o.key, o.counts_as}), ""
            )
        return answers


def overview(keyring: Keyring, by: User, *, words: str = "") -> dict[str, Any]:
    """The list of this counsellor, or those in which all the words stand; and what others asked them."""
    today = localdate()
    mine = [Shown(one) for one in own(keyring, by=by) if not words or holds(one, words)]
    running = [one for one in mine if not one.row.closed_on]
    return {
        "running": sorted(running, key=lambda one: (one.opened.next_on or date.max, one.opened.taken_on or today)),
        "ended": [one for one in mine if one.row.closed_on],
        "asked": [one for one in peers.talks(keyring, by=by) if not one.asked_by_me],
        "due": figures.due(keyring, on=today),
        "days": shelf.current().retention.periods.counsel_days,
        "searched": words,
    }


def holds(opened: OpenNotification, words: str) -> bool:
    """Whether all these words stand in it, case and accents aside."""
    written = plain(" ".join(text for one in opened.items for text in _texts(one.payload.values())))
    title = plain(Shown(opened).title)
    return all(word in written or word in title for word in plain(words).split())


def _texts(values: Iterable[Any]) -> list[str]:
    return [one for one in values if isinstance(one, str)]
