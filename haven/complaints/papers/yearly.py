"""The yearly report as a document: the figures that may be shown, what is not shown and why, and what was written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from haven.complaints.papers.document import Document, Part, Table, plain
from haven.complaints.papers.letters import house_of
from haven.complaints.tallying import CATEGORY, OTHERS, OUTCOME, RECOMMENDATION, order
from haven.rulebook import markup
from haven.rulebook.book import Rulebook
from haven.rulebook.markup import Heading
from haven.rulebook.procedure import Procedure
from haven.rulebook.words import Listed
from haven.rulebook.yearly import Section, Yearly


@dataclass(frozen=True)
class Year:
    """What one report is made of. `texts`: by section and language."""

    rules: Procedure
    yearly: Yearly
    year: int
    figures: Mapping[str, Any]
    texts: Mapping[str, str]


def drawn(book: Rulebook, of: Year, language: str, day: date) -> Document:
    with override(language):
        title = _("Yearly report on complaints %(year)s") % {"year": of.year}
        house = house_of(book, book.institution.entities[0].key, language)
        return Document(
            title=title,
            name=title,
            language=language,
            day=day,
            parts=tuple(_all(of, language)),
            house=house,
            facts=((_("Regulation"), f"{of.rules.name.say(language)}, {of.yearly.article}"),),
            foot=f"{house.name} · {title}",
        )


def _all(of: Year, language: str) -> Iterator[Part]:
    sections = of.yearly.sections
    yield from _written([one for one in sections if one.before], of.texts, language)
    yield from _number(of.rules, of.year, of.figures, language)
    yield from _pool(of.rules, of.yearly, of.figures, language)
    yield from _written([one for one in sections if not one.before], of.texts, language)


def _number(rules: Procedure, year: int, figures: Mapping[str, Any], language: str) -> Iterator[Part]:
    number = figures["received"]
    said = ngettext(
        "%(number)s formal complaint was received in %(year)s under “%(name)s”.",
        "%(number)s formal complaints were received in %(year)s under “%(name)s”.",
        number,
    )
    yield Heading(_("How many complaints"))
    yield from plain(said % {"year": year, "number": number, "name": rules.name.say(language)})
    yield from plain(_("The law and the regulation ask for this number as it is, however small."))


def _pool(rules: Procedure, yearly: Yearly, figures: Mapping[str, Any], language: str) -> Iterator[Part]:
    yield Heading(_("What they were about, how they ended, what was recommended"))
    pool = figures["pool"]
    if pool is None:
        yield from plain(_too_few(yearly))
        return
    yield from plain(_years(pool), _least(yearly))
    names = {
        CATEGORY: _("What it was about"),
        OUTCOME: _("How it ended"),
        RECOMMENDATION: _("Kinds of measures that were recommended"),
    }
    for about, name in names.items():
        yield from _table(name, labels(rules, about, language), pool["tables"].get(about, ()))
    yield from plain(_("A complaint can be about several things, and several measures can be recommended."))


def _table(name: str, said: Mapping[str, str], lines: Sequence[Sequence[Any]]) -> Iterator[Part]:
    if not lines:
        yield from plain(_("%(table)s: not shown, because no kind occurs often enough.") % {"table": name})
        return
    rows = tuple((said.get(code, code), str(number)) for code, number in lines)
    yield Table((name, _("Number")), rows, (5, 1))


def _years(pool: Mapping[str, Any]) -> str:
    if pool["since"] == pool["until"]:
        return _("These are the %(number)s complaints that ended in %(until)s.") % pool
    said = _("These are the %(number)s complaints that ended from %(since)s up to %(until)s, all years together.")
    return said % pool


def _too_few(yearly: Yearly) -> str:
    return _(
        "This is not shown yet. Few complaints come in a year, and who knows the people involved could recognise them."
        " It is shown for several years together, once %(pool)s complaints have ended since it was shown last."
    ) % {"pool": yearly.pool}


def _least(yearly: Yearly) -> str:
    return _(
        "What occurs fewer than %(least)s times is not shown by itself: it stands under “other”, so that nobody can be"
        " recognised. Which kind went with which outcome is kept nowhere."
    ) % {"least": yearly.least}


def labels(rules: Procedure, about: str, language: str) -> dict[str, str]:
    """The words for the codes of a table."""
    yearly = rules.yearly
    kinds: list[Listed] = [*rules.categories, *(yearly.outcomes if yearly else ())]
    kinds += [one for step in rules.steps for part in step.contents for one in part.choices]
    known = {one.key: one.label.say(language) for one in kinds}
    return {key: known[key] for key in order(rules, about) if key in known} | {OTHERS: _("other, or a mix of kinds")}


def _written(sections: Sequence[Section], texts: Mapping[str, str], language: str) -> Iterator[Part]:
    for section in sections:
        words = texts.get(f"{section.key}_{language}", "").replace("\r\n", "\n").strip()
        if words:
            yield Heading(section.name.say(language))
            yield from markup.parse(words)
