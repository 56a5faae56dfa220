"""Who the institution is: names, contact ways, emergency numbers, house style. File: institution.toml."""

import re
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from haven.rulebook.opening import Closure, Hours
from haven.rulebook.words import Keyed, Rules, Text, Words, wrong

type Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
type Mail = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
type Address = Annotated[str, StringConstraints(pattern=r"^(https://[^\s]+|/[^\s]*)$")]
type Outside = Annotated[str, StringConstraints(pattern=r"^https://[^\s]+$")]

TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
BORDER_CONTRAST = 3.0  # WCAG 2.2, 1.4.11


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` as WCAG defines it: 0 is black, 1 is white."""
    shares = [int(pair, 16) / 255 for pair in re.findall("[0-9a-fA-F]{2}", colour)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours: 1 (the same) to 21 (black on white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


class Style(Rules):
    brand: Colour
    text_on_brand: Colour = "#ffffff"

    @model_validator(mode="after")
    def can_be_read(self) -> Self:
        ratio = contrast(self.text_on_brand, self.brand)
        if ratio < TEXT_CONTRAST:
            raise wrong(
                f"Text in {self.text_on_brand} on {self.brand} has a contrast of {ratio:.1f} to 1.",
                "Choose a darker or a lighter colour, so that it is at least 4.5 to 1.",
            )
        if contrast(self.brand, "#ffffff") < BORDER_CONTRAST:
            raise wrong(
                f"The brand colour {self.brand} can hardly be seen on a white page.",
                "Choose a darker brand colour: at least 3 to 1 against white.",
            )
        return self


class ContactWays(Rules):
    phone: Words
    phone_hours: Text
    mail: Mail
    mail_note: Text  # a mail is not anonymous (R-000-15)
    visit: Text | None = None
    open: tuple[Hours, ...] = ()
    closed: tuple[Closure, ...] = ()


class EmergencyNumber(Rules):
    number: Words
    label: Text
    note: Text | None = None


class HelpLine(Rules):
    number: Words
    label: Text
    hours: Text


class Guidance(Keyed):
    """For who is in a state in which waiting for us is wrong: whom to call, what we do, and what staff do then."""

    title: Text
    text: Text  # for the reporter: what happens, who is told, where the limit is
    staff: Text  # what to do when a report says this
    lines: Annotated[tuple[HelpLine, ...], Field(min_length=1)]


class Emergency(Rules):
    numbers: Annotated[tuple[EmergencyNumber, ...], Field(min_length=1)]
    out_of_hours: Text
    guidance: tuple[Guidance, ...] = ()

    def guided(self, key: str | None) -> Guidance | None:
        return next((one for one in self.guidance if one.key == key), None)


class Named(Keyed):
    """A legal entity or a unit of it."""

    name: Text


class Links(Rules):
    privacy: Address
    accessibility: Address
    source_code: Address | None = None


class Notices(Rules):
    """When mails to staff leave. At fixed hours, mail tells nobody that something came (security.md 1.2, T9)."""

    mode: Literal["at-once", "fixed-hours"] = "at-once"
    hours: tuple[Annotated[int, Field(ge=0, le=23)], ...] = (9, 15)
    urgent_at_once: bool = True  # an urgent report is told at once all the same
    calm_minutes: Annotated[int, Field(ge=0, le=240)] = 15  # after one mail of the usual kind; 0: every mail leaves

    @model_validator(mode="after")
    def has_hours(self) -> Self:
        if not self.hours or len(set(self.hours)) < len(self.hours):
            raise wrong("The hours of the notices are empty, or one stands twice.", "Write them as hours = [9, 15].")
        return self


class Flood(Rules):
    """From how many reports of one day, without anything that sets them apart, the inbox shows one line."""

    reports_a_day: Annotated[int, Field(ge=10, le=1000)] = 30


class Access(Rules):
    """How often the list of who has access is gone through (R-002-17)."""

    review_months: Annotated[int, Field(ge=1, le=24)] = 6


class Institution(Rules):
    name: Text
    short_name: Words
    contact_point_name: Text
    definition: Text  # of undesirable behaviour: what a person experiences, not what was meant
    entities: Annotated[tuple[Named, ...], Field(min_length=1)]
    units: tuple[Named, ...] = ()
    contact_ways: ContactWays
    emergency: Emergency
    exit_address: Outside
    style: Style
    languages: tuple[Literal["nl", "en"], ...] = ("nl", "en")
    desk_mail_from: Mail
    notices: Notices = Notices()
    flood: Flood = Flood()
    access: Access = Access()
    links: Links
