"""Yearly reports beside the figures of a year: of the contact point, and of the confidential counsellors.

The figures are those that everybody can read already, and no others: whoever writes sees nothing more here. What is
typed stays in the form and is kept nowhere; what comes out is a file.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import override

from haven.complaints import revealing
from haven.complaints.papers.document import Document, Part, plain
from haven.complaints.papers.letters import house_of
from haven.complaints.revealing import Hint
from haven.desk.forms import said, words
from haven.desk.overview_files import parts_of
from haven.desk.yearly_page import RULES, TONGUES, units_of
from haven.register.models import Period
from haven.register.told import Overview
from haven.rulebook import markup, shelf
from haven.rulebook.markup import Heading
from haven.rulebook.overview import Report


def report_of(key: str) -> Report:
    found = next((one for one in shelf.current().overview.reports if one.key == key), None)
    if found is None:
        raise Http404
    return found


def year_of(year: int) -> Period:
    found = Period.objects.released().filter(label=str(year)).first()
    if found is None:
        raise Http404
    return found


def years() -> list[int]:
    """Those that were released whole, the last first."""
    return [int(one.label) for one in Period.objects.released() if one.label.isdigit()]


class ReportForm(forms.Form):
    """One field for each section, in the language of the report."""

    language = forms.ChoiceField(widget=forms.HiddenInput, choices=[("nl", "nl"), ("en", "en")])

    def __init__(self, data: Any = None, *, report: Report, language: str) -> None:
        super().__init__(data, initial={"language": language})
        for one in report.sections:
            label = f"{said(one.name)} ({TONGUES[language]})"
            self.fields[one.key] = words(label, rows=6, required=False, hint=said(one.hint))

    @property
    def texts(self) -> dict[str, str]:
        return {key: str(value) for key, value in self.cleaned_data.items() if key != "language"}


def hints(report: Report, texts: dict[str, str], language: str) -> list[tuple[str, Any, Hint]]:
    """Small numbers and units in what was typed, with the rule. Whoever wrote it judges."""
    found = []
    for one in report.sections:
        about = revealing.hints(texts.get(one.key, ""), language, units=units_of(), names=())
        found += [(said(one.name), RULES[hint.rule], hint) for hint in about]
    return found


def document(report: Report, period: Period, texts: dict[str, str], language: str, day: date) -> Document:
    book = shelf.current()
    with override(language):
        house = house_of(book, book.institution.entities[0].key, language)
        title = f"{report.name.say(language)} {period.label}"
        for_whom = ", ".join(one.label.say(language) for one in report.addressees)
        return Document(
            title=title,
            name=title,
            language=language,
            day=day,
            parts=tuple(_parts(report, period, texts, language)),
            house=house,
            facts=((_("For"), for_whom),) if for_whom else (),
            foot=f"{house.name} · {title}",
        )


def _parts(report: Report, period: Period, texts: dict[str, str], language: str) -> Iterator[Part]:
    for before in (True, False):
        for one in report.sections:
            typed = texts.get(one.key, "").replace("\r\n", "\n").strip()
            if typed and one.before is before:
                yield Heading(one.name.say(language))
                yield from markup.parse(typed)
        if before:
            yield from plain(_("These are the figures that were released for everybody. There are no others."))
            yield from parts_of(Overview(period))
