"""A case as a document: one model for the page to print and for the PDF. Holds what this person can open, no more."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from haven.cases.opened import OpenCase
from haven.desk.casepage import CasePage, Told
from haven.people.models import User
from haven.ui.templatetags.ui import day


@dataclass(frozen=True)
class Entry:
    """A question with its answer, a message, a note. `about`: who and when."""

    label: str
    words: str = field(default="", repr=False)
    about: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Paper:
    title: str
    made: str
    sections: tuple[Section, ...]
    facts: tuple[Entry, ...] = ()

    def each(self, change: Callable[[str], str]) -> "Paper":
        """The same with every text of it changed."""
        sections = tuple(Section(change(one.title), _each(one.entries, change)) for one in self.sections)
        facts = _each(self.facts, change)
        return replace(self, title=change(self.title), made=change(self.made), sections=sections, facts=facts)


def _each(entries: Iterable[Entry], change: Callable[[str], str]) -> tuple[Entry, ...]:
    return tuple(Entry(change(one.label), change(one.words), change(one.about)) for one in entries)


def made_by(person: User) -> str:
    """By function, as the reporter sees it too; the name stands in the trail."""
    who = {"function": person.function(get_language() or "nl"), "day": day(localdate())}
    return _("Made by: %(function)s, %(day)s") % who


def paper_of(opened: OpenCase, *, internal: bool) -> Paper:
    """`internal`: with what colleagues wrote for each other."""
    page = CasePage(opened)
    sections = [
        Section(_("The reporter"), _told(page.identity)),
        Section(_("The report"), _told(page.report)),
        Section(_("Files"), tuple(Entry(file.name) for file in page.files)),
        Section(_("Dialogue"), tuple(_messages(page))),
        *(_of_colleagues(page) if internal else []),
    ]
    full = tuple(section for section in sections if section.entries)
    return Paper(page.title, made_by(opened.by), full, tuple(_facts(page)))


def _facts(page: CasePage) -> Iterator[Entry]:
    case = page.case
    yield Entry(_("Reference"), case.reference)
    yield Entry(_("Came in on"), day(case.received_on))
    yield Entry(_("State"), str(case.get_state_display()))
    if page.case.handler:
        yield Entry(_("Handled by"), page.case.handler.name)
    if chosen := page.triage.chosen:
        yield Entry(_("What the reporter chose"), ", ".join(chosen))
    judged = page.triage.assessed
    yield Entry(_("Our assessment"), judged.label if judged else _("Not named yet"))
    yield Entry(_("Finding"), page.triage.finding or _("None; only a decision makes one"))


def _told(answers: list[Told]) -> tuple[Entry, ...]:
    return tuple(Entry(one.asks, "\n".join(filter(None, ["; ".join(one.chosen), one.words]))) for one in answers)


def _messages(page: CasePage) -> Iterator[Entry]:
    for one in page.messages:
        files = [file.name for file in one.files]
        yield Entry(one.who, "\n".join([one.words, *files]).strip(), day(one.day))


def _of_colleagues(page: CasePage) -> list[Section]:
    triage = page.triage
    judged = [triage.assessed] if triage.assessed else []
    written = (*triage.actions, *triage.kinds, *judged, *triage.remarks)
    remarks = [Entry(one.label, one.words, _by(one.by, one.day)) for one in written]
    remarks += [Entry(_("Tags"), ", ".join(triage.tags))] if triage.tags else []
    noted = [Entry(one["label"], one["remark"], _by(one["by"], one["day"])) for one in page.screenings]
    noted += [Entry(one["label"], one["remark"], _by(one["by"], one["day"])) for one in page.attempts]
    noted += [Entry(_("Note"), one["text"], _by(one["by"], one["day"])) for one in page.notes]
    lines = tuple(Entry(one.did, about=_by(one.who, one.day)) for one in page.timeline)
    return [Section(_("For colleagues only"), (*remarks, *noted)), Section(_("Timeline"), lines)]


def _by(who: str, on: date) -> str:
    return f"{who}, {day(on)}"
