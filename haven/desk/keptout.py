"""Who never gets a key to a case, by why: struck out, kept out by a rule of the route, stepped back."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from haven.cases.opened import OpenCase, owners
from haven.cases.stepping_back import STEPPED_BACK
from haven.people.models import User
from haven.rulebook import shelf
from haven.rulebook.words import Text

WHY: Final = {
    "": _("Struck out by the reporter"),
    STEPPED_BACK: _("Stepped back"),
}


@dataclass(frozen=True)
class KeptOut:
    why: str
    people: list[User]


def kept_out(opened: OpenCase) -> list[KeptOut]:
    kids: dict[str, set[str]] = {why: set() for why in WHY}
    for one in opened.of("internal", "excluded"):
        kids[one.payload.get("why", "")] |= {*one.payload["kids"]}
    return [KeptOut(str(WHY[why]), people) for why, held in kids.items() if held and (people := owners(held))]


def units_of(opened: OpenCase) -> list[Text]:
    """The names of the units of which nobody reads this."""
    return [unit.name for unit in shelf.current().institution.units if unit.key in opened.units]
