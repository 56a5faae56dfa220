"""Who is addressed, and whom they can turn to. Files: audiences.toml and provisions.toml."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from haven.rulebook.consent import AgeKey
from haven.rulebook.institution import Address, Mail
from haven.rulebook.opening import Closure
from haven.rulebook.words import Key, Keyed, Listing, Rules, Text, Words


class Advice(Rules):
    """One step of whom to turn to, in order."""

    text: Text
    provision: Key | None = None


class Elsewhere(Rules):
    """Who would look here, and finds their page with another audience (R-004-07)."""

    who: Text
    page: Key  # of that audience


class Audience(Keyed):
    name: Text
    covers: Text  # who is meant, in plain words
    groups: tuple[Text, ...] = ()  # parts of the institution that are meant, as the page of this audience lists them
    elsewhere: tuple[Elsewhere, ...] = ()
    page: Key | None = None  # of another audience: this one has no page of its own
    steps: tuple[Advice, ...] = ()  # whom to turn to first, second, third (R-004-31)
    redirect_to: Key | None = None  # a provision that fits better; a signpost, never a refusal
    drawing: str = ""  # one of haven/pages/static/pages, beside the first words of their page


class Audiences(Listing[Audience]):
    audiences: Annotated[tuple[Audience, ...], Field(min_length=1)]

    def entries(self) -> tuple[Audience, ...]:
        return self.audiences


class Confidentiality(StrEnum):
    """How far what you say stays with the one you say it to."""

    BOUND = "secret"  # shared with nobody without your consent; the law makes few exceptions
    TEAM = "team"  # stays within the team
    OPEN = "open"  # may have to act, and says so beforehand


class Ways(Rules):
    phone: Words | None = None
    hours: Text | None = None
    mail: Mail | None = None
    url: Address | None = None
    place: Text | None = None


class Appointment(Rules):
    """Of a confidential counsellor: an independent officer, appointed by somebody for a time (R-001-21)."""

    by: Text
    since: date
    until: date | None = None


class Provision(Keyed):
    """A person, a team or a line to turn to. An empty `for_…` list means: everyone, everything."""

    name: Text
    does: Text
    for_whom: Text
    for_audiences: tuple[Key, ...] = ()
    for_categories: tuple[Key, ...] = ()
    confidentiality: Confidentiality
    confidentiality_says: Text
    languages: tuple[Key, ...] = ()  # of [[languages]] in routes.toml: what they speak; empty: nothing is said of it
    appointed: Appointment | None = None
    ways: Ways
    closed: tuple[Closure, ...] = ()
    emergency: bool = False
    age_key: AgeKey | None = None  # what hand-over packages for them are encrypted to

    def fits(self, audience: str, categories: Collection[str]) -> bool:
        """Unknown audience or no category never excludes: who says less still gets the whole list."""
        for_you = not self.for_audiences or audience in self.for_audiences or not audience
        for_this = not self.for_categories or not categories or bool({*categories} & {*self.for_categories})
        return for_you and for_this

    def away(self, day: date) -> tuple[Text, ...]:
        """What is announced on this day of times at which they cannot be reached."""
        return tuple(one.says for one in self.closed if one.shows(day))


class Provisions(Listing[Provision]):
    provisions: Annotated[tuple[Provision, ...], Field(min_length=1)]

    def entries(self) -> tuple[Provision, ...]:
        return self.provisions

    def fitting(self, audience: str = "", categories: Collection[str] = ()) -> tuple[Provision, ...]:
        """Provisions for this audience and these categories, in the order of the file (R-004-28).

        What was made for these categories comes first. Emergency lines are left out: they stand
        on every page already.
        """
        fits = [
            provision
            for provision in self.provisions
            if not provision.emergency and provision.fits(audience, categories)
        ]
        return tuple(sorted(fits, key=lambda provision: not (categories and provision.for_categories)))

    def emergencies(self) -> tuple[Provision, ...]:
        return tuple(provision for provision in self.provisions if provision.emergency)

    @property
    def counsellor(self) -> str:
        """The key of the first person here who is bound to secrecy, for a link that leads to somebody to talk to."""
        bound = (one for one in self.provisions if one.confidentiality is Confidentiality.BOUND)
        return next((one.key for one in bound if not one.emergency), "")
