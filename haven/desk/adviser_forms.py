"""Forms about advisers: to give them a case, and to keep their profile, training and log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from haven.cases.advisers import caseloads
from haven.desk.forms import DeedForm, day_field, said
from haven.people.advisers import Adviser, advisers_of
from haven.people.models import Development, Profile, User
from haven.rulebook import shelf
from haven.rulebook.advisers import AdviserKind
from haven.vault.unlocking import Keyring

DAYS = [(number, WEEKDAYS[number]) for number in range(5)]


def names(keys: Iterable[Any], known: Iterable[tuple[Any, Any]]) -> list[str]:
    """What was chosen, in the order of the list. What the rulebook no longer knows is left out."""
    chosen = set(keys)
    return [str(name) for key, name in known if key in chosen]


def languages() -> list[tuple[str, str]]:
    return [(one.key, said(one.label)) for one in shelf.current().routes.languages]


def audiences() -> list[tuple[str, str]]:
    return [(one.key, said(one.name)) for one in shelf.current().audiences]


@dataclass(frozen=True)
class Shown:
    """An adviser as a list shows them, on one day. `caseload`: from the viewer's own keys."""

    adviser: Adviser
    on: date
    caseload: int

    @property
    def person(self) -> User:
        return self.adviser.person

    @property
    def profile(self) -> Profile:
        return self.adviser.profile

    @property
    def languages(self) -> list[str]:
        return names(self.profile.languages, languages())

    @property
    def audiences(self) -> list[str]:
        return names(self.profile.audiences, audiences())

    @property
    def days(self) -> list[str]:
        """Short, since they stand in a list."""
        return names(self.profile.days, WEEKDAYS_ABBR.items())

    @property
    def here(self) -> bool:
        return self.adviser.is_here(self.on)

    @property
    def away(self) -> bool:
        return self.profile.is_away(self.on)

    @property
    def lacks(self) -> list[str]:
        return [said(one.name) for one in self.adviser.lacks(self.on)]

    @property
    def trainings(self) -> list[dict[str, Any]]:
        """What was passed, with the name that the rulebook gives it now."""
        kind = self.adviser.kind
        found = [(row, kind.training(row.key)) for row in self.adviser.trainings]
        return [{"row": row, "name": training.name if training else row.key} for row, training in found]

    @property
    def hours(self) -> Decimal:
        return self.adviser.hours(self.on)

    @property
    def short(self) -> bool:
        return self.adviser.is_short(self.on)

    @property
    def why_not(self) -> str:
        return self.adviser.why_not(self.on)


def shown(team: str, keyring: Keyring, *, on: date) -> list[tuple[AdviserKind, list[Shown]]]:
    """The advisers of a team by kind. One query for the caseloads of all."""
    loads = caseloads(keyring)
    listed = [Shown(one, on, loads[one.person.pk]) for one in advisers_of(team, on=on)]
    kinds = shelf.current().routes.kinds_of(team)
    return [(kind, [one for one in listed if one.adviser.kind == kind]) for kind in kinds]


class Give(DeedForm):
    """Who cannot be given the case today stands in the list, with the reason, and cannot be chosen."""

    deed = "give"
    to = forms.ChoiceField(label=_("Adviser"), error_messages={"required": _("Choose an adviser.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = shown(self.opened.case.route, self.opened.keyring, on=localdate())
        self.groups = [(kind, [one for one in people if self._fits(one.person)]) for kind, people in groups]
        self.people = {str(one.person.pk): one.person for _kind, people in self.groups for one in people}
        to = self.fields["to"]
        if isinstance(to, forms.ChoiceField):
            to.choices = [(key, person.name) for key, person in self.people.items()]

    def _fits(self, person: User) -> bool:
        return person.pk != self.opened.case.handler_id and not self.opened.keeps_out(person)

    def clean_to(self) -> User:
        return self.people[self.cleaned_data["to"]]

    @property
    def chosen(self) -> str:
        return str(self.data.get("to", ""))


class TakeBack(DeedForm):
    deed = "recall"


def _several(label: Any, hint: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, help_text=hint, required=False, widget=forms.CheckboxSelectMultiple)


class ProfileForm(forms.Form):
    name = "profile"
    languages = _several(_("Languages in which you can help"))
    audiences = _several(_("Whom you can help"))
    days = _several(_("Days on which you are there"))
    away_from = day_field(_("Away from"), required=False, hint=_("Why you are away is not asked."))
    away_until = day_field(
        _("Away until"), required=False, hint=_("The last day. Leave it open if you do not know yet.")
    )
    deputy = forms.ChoiceField(label=_("Who stands in for you"), required=False)

    def __init__(self, data: Any = None, *, adviser: Adviser) -> None:
        profile = adviser.profile
        kept = {name: getattr(profile, name) for name in ("languages", "audiences", "days", "away_from", "away_until")}
        super().__init__(data, auto_id="profile-%s", initial={**kept, "deputy": str(profile.deputy_id or "")})
        others = [one.person for one in advisers_of(adviser.kind.team) if one.person != adviser.person]
        self.deputies = {str(person.pk): person for person in others}
        deputies = [("", _("Nobody")), *((key, person.name) for key, person in self.deputies.items())]
        choices: dict[str, Any] = {"languages": languages(), "audiences": audiences(), "days": DAYS, "deputy": deputies}
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered

    def clean_days(self) -> list[int]:
        return [int(day) for day in self.cleaned_data["days"]]

    def clean_deputy(self) -> User | None:
        return self.deputies.get(self.cleaned_data["deputy"])

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        first, last = told.get("away_from"), told.get("away_until")
        if last and (first is None or last < first):
            self.add_error("away_until", _("The last day is before the first. Check both."))
        return told


class PassedForm(forms.Form):
    """A day that is not still to come."""

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > localdate():
            raise ValidationError(_("That day is still to come."))
        return day


class TrainingForm(PassedForm):
    name = "training"
    key = forms.ChoiceField(label=_("Training"))
    day = day_field(_("Passed on"))

    def __init__(self, data: Any = None, *, adviser: Adviser) -> None:
        super().__init__(data, auto_id="training-%s")
        key = self.fields["key"]
        if isinstance(key, forms.ChoiceField):
            key.choices = [(one.key, said(one.name)) for one in adviser.kind.trainings]


class LogForm(PassedForm):
    name = "log"
    kind = forms.ChoiceField(label=_("What"), choices=Development.Kind.choices)
    day = day_field(_("On which day"))
    hours = forms.DecimalField(label=_("Hours"), min_value=Decimal("0.5"), max_value=Decimal(80), decimal_places=1)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="log-%s")


class Filter(forms.Form):
    """Which advisers to show. Asked in the address: it says nothing of a case."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    audience = forms.ChoiceField(label=_("For whom"), required=False)
    today = forms.BooleanField(label=_("Only who is there today"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="show-%s")
        for name, offered in (("language", languages()), ("audience", audiences())):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("All")), *offered]

    def fits(self, one: Shown) -> bool:
        wanted = self.cleaned_data if self.is_valid() else {}
        asked = [
            (wanted.get("language"), wanted.get("language") in one.profile.languages),
            (wanted.get("audience"), wanted.get("audience") in one.profile.audiences),
            (wanted.get("today"), one.here),
        ]
        return all(holds for is_asked, holds in asked if is_asked)
