"""The three situations in which people come here, of equal weight."""

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Situation(NamedTuple):
    name: Promise | str
    says: Promise | str
    drawing: str


SITUATIONS: Final = {
    "self": Situation(
        _("It happened to me"),
        _("You decide what to do, and when. Doing nothing for now is fine too."),
        "door-ajar",
    ),
    "other": Situation(
        _("Someone confided in me, or I saw it"),
        _("You do not have to solve it. It helps already that you noticed."),
        "hands",
    ),
    "accused": Situation(
        _("I was spoken to or accused"),
        _("You too have a right to be heard, to support and to careful handling."),
        "path-with-signs",
    ),
}
