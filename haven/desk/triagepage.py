"""What the page of a case shows of sorting out. Opens nothing by itself, but for cases that belong together."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from haven.cases import reminders, work
from haven.cases.links import Linked, linked
from haven.cases.models import State
from haven.cases.opened import OpenCase
from haven.desk.forms import main_types, said
from haven.desk.sentences import LINKED
from haven.desk.titles import title_of
from haven.rulebook import shelf
from haven.rulebook.institution import Guidance
from haven.vault.reading import Opened


@dataclass(frozen=True)
class Remark:
    """One line of what colleagues keep: what it is, the words with it, who and when."""

    label: str
    words: str = field(repr=False)
    by: str
    day: date


@dataclass(frozen=True)
class Together:
    """A case of the same set, with the title it has in lists. `about`: why, when it is linked to this very one."""

    one: Linked
    title: str = field(repr=False)
    about: str


@dataclass(frozen=True)
class Triage:
    opened: OpenCase

    @property
    def actions(self) -> list[Remark]:
        labels = {one.key: said(one.label) for one in shelf.current().routes.actions}
        return [_remark(one, labels.get(one.payload["action"], ""), "text") for one in self._of("action")]

    @property
    def guidance(self) -> list[Guidance]:
        """What to do when somebody is in such a state: all of it when it is urgent, else what was said."""
        if self.opened.case.ended:
            return []
        book, urgent = shelf.current(), self.opened.case.urgent
        said = book.intake.guided(self.opened.answers.get("answers", {}))
        return [one for one in book.institution.emergency.guidance if urgent or one.key in said]

    @property
    def needs_action(self) -> bool:
        """Urgent, and nothing was done yet that anybody recorded."""
        return self.opened.case.urgent and not (self._of("action") or self._of("attempt"))

    @property
    def kind(self) -> str:
        return _kind(self.opened.head.get("kind", ""))

    @property
    def kinds(self) -> list[Remark]:
        """How the kind changed, from the first to the last."""
        arrow = _("%(before)s became %(after)s")
        return [
            _remark(one, arrow % {"before": _kind(one.payload["from"]), "after": _kind(one.payload["to"])}, "reason")
            for one in self._of("kind")
        ]

    @property
    def chosen(self) -> list[str]:
        """What the reporter chose: apart from what we think, and from any finding (R-000-11)."""
        question = shelf.current().intake.counted_as("category")
        given = self.opened.answers.get("answers", {})
        return [said(option.name()) for option in question.chosen(given)] if question else []

    @property
    def assessed(self) -> Remark | None:
        judged = work.assessment(self.opened.items)
        label = dict(main_types()).get(judged.get("category", ""), "")
        return Remark(label, judged["remark"], judged["by"], judged["day"]) if judged else None

    @property
    def finding(self) -> str:
        """Stays empty: only a formal decision makes a finding, and this release takes none."""
        return str(self.opened.one("internal", "finding").get("text", ""))

    @property
    def tags(self) -> tuple[str, ...]:
        return work.tags(self.opened.items)

    @property
    def together(self) -> list[Together]:
        return [
            Together(one, title_of(one.case, one.head), str(LINKED.get(one.about, ""))) for one in linked(self.opened)
        ]

    @property
    def remarks(self) -> list[Remark]:
        """What was written with a reminder, or when the case went on."""
        asked = _("Look again on a later day")
        written = [_remark(one, asked, "text") for one in work.reminders(self.opened.items) if one.payload["text"]]
        return [*written, *(_remark(one, _("Reopened"), "reason") for one in self._of("reopening"))]

    @property
    def look_again(self) -> date | None:
        return reminders.day_of(self.opened)

    @property
    def can_be_reopened(self) -> bool:
        case = self.opened.case
        in_time = case.forget_on is not None and case.forget_on > localdate()
        return case.state == State.CLOSED and in_time and "told" in self.opened.one("internal", "closing")

    def _of(self, slot: str) -> list[Opened]:
        return self.opened.of("internal", slot)


def _remark(one: Opened, label: str, words: str) -> Remark:
    return Remark(label, one.payload[words], one.payload["by"], one.item.made_on)


def _kind(key: str) -> str:
    return said(shelf.current().kind_name(key)) if key else ""
