"""What the rulebook says to everybody who takes part: confidentiality, and that nobody is put at a disadvantage. The
same blocks as in the letters, so that page and paper say one thing."""

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from haven.complaints import regulation
from haven.complaints.models import Seat
from haven.complaints.opened import OpenParty
from haven.complaints.papers.filling import Filling, Value
from haven.rulebook import markup, shelf
from haven.rulebook.markup import Flow

CONFIDENTIAL, NO_DISADVANTAGE = "confidentiality", "non_retaliation"


def block(opened: OpenParty, key: str) -> Sequence[Flow]:
    """One block of the letters, with what it names filled in. Empty when the letters of this rulebook have no such
    block, or when it names something that is not known here."""
    book, language = shelf.current(), get_language() or "nl"
    words = next((one.words for text in book.paper_texts for one in text.blocks if one.key == key), None)
    if words is None:
        return ()
    known: dict[str, Value] = {
        "officer": _or(officers(opened)),
        "officer_reach": _("on this page"),
        "environment": book.papers.environment(str(opened.me.get("relation", ""))),
    }
    filling = Filling(language, known)
    pieces = [one for one in filling.pieces(words[language]) if isinstance(one, str)]
    return () if filling.lacking else [part for one in pieces for part in markup.parse(one)]


def _or(names: Sequence[str]) -> str:
    """Any of these."""
    every = ", ".join(names[:-1])
    return _("%(some)s or %(last)s") % {"some": every, "last": names[-1]} if every else ", ".join(names)


def officers(opened: OpenParty) -> list[str]:
    return [name for role, name in seated(opened, "office")]


def seated(opened: OpenParty, side: str) -> list[tuple[object, str]]:
    """Who has a seat on this side now: the name of the role and of the person, in the order of the regulation."""
    rules = regulation.of(opened.row)
    order = [one.key for one in rules.roles if one.side == side]
    seats = Seat.objects.admitted().filter(complaint=opened.row, role__in=order).select_related("user")
    found = sorted(seats, key=lambda one: (order.index(one.role), one.user.name))
    return [(rules.role(one.role).name, one.user.name) for one in found]
