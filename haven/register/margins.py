"""How far a figure may lie from what was counted, in words that a reader understands."""

from collections.abc import Callable, Iterator

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from haven.rulebook.declared import Declared
from haven.rulebook.overview import Table


def margins(declared: Declared) -> Iterator[tuple[Table, str]]:
    """For each table, fixed when its year was declared: it does not depend on what was counted."""
    for table in declared.tables:
        yield table, in_words(margin(declared.scale(table), 1))


def margin(scale: float, cells: int) -> int:
    """As solving.margin."""
    made: Callable[[float, int], int] = import_string("haven.register.solving.margin")
    return made(scale, cells)


def in_words(number: int) -> str:
    return _("Of 20 figures in this table, 19 lie less than %(number)d away from what was really counted.") % {
        "number": number + 1
    }
