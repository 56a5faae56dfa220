"""Does overview.toml count what the other files speak of?"""

from collections.abc import Iterator, Mapping

from haven.rulebook.book import NOT_SAID, Rulebook
from haven.rulebook.overview import HANDED_ON
from haven.rulebook.problems import near
from haven.rulebook.words import Problem

FILE = "overview.toml"


def check(book: Rulebook) -> Iterator[Problem]:
    """A code that nothing else has would never be counted: a cell of noise that looks like a figure."""
    known = _codes(book)
    yield from _never_said(book, known)
    for report in book.overview.reports:
        if any(report.key == one.key for one in book.procedures):
            says = f"A regulation has the key “{report.key}” too, and a year has one report of a key."
            yield Problem(FILE, "reports", says, "Give the regulation another key.")
    for kind in book.overview.apart:
        if kind not in known["kind"]:
            yield Problem(FILE, "apart", f"There is no kind “{kind}” to count apart.", near(kind, known["kind"]))


def _never_said(book: Rulebook, known: Mapping[str, list[str]]) -> Iterator[Problem]:
    for number, dimension in enumerate(book.overview.dimensions):
        for place, value in enumerate(dimension.values):
            for code in value.takes:
                if dimension.column in known and code not in known[dimension.column]:
                    yield Problem(
                        FILE,
                        f"dimensions[{number}].values[{place}].takes",
                        f"“{dimension.column}” is never “{code}”, so this value would count nothing.",
                        near(code, known[dimension.column]),
                    )


def _codes(book: Rulebook) -> Mapping[str, list[str]]:
    answered = {
        column: [*{option.counts_as or option.key for option in question.options}, NOT_SAID]
        for column in ("category", "audience", "capacity", "mode")
        if (question := book.intake.counted_as(column)) and not question.draws
    }
    return answered | {
        "kind": [kind.key for kind in book.intake.kinds],
        "destination": [place.key for place in book.destinations()],
        "outcome": [*(outcome.key for outcome in book.routes.outcomes), "withdrawn"],
        "action": [*(action.key for action in book.routes.actions), HANDED_ON],
    }
