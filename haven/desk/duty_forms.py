"""The form of the duty roster, and what its page shows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from haven.desk.forms import choices, day_field, said
from haven.people import duty
from haven.people.models import Duty, User
from haven.rulebook.routes import Route


@dataclass(frozen=True)
class Roster:
    """One team: who is on duty from today on, and when nobody is."""

    route: Route
    entries: list[Duty]
    spans: list[tuple[date, date]]


def teams_of(person: User) -> list[Route]:
    """The teams whose roster this person sees and writes: those they read for."""
    return [route for route in duty.with_roster() if person in duty.team(route.key)]


def rosters(person: User) -> list[Roster]:
    today = localdate()
    return [
        Roster(one, list(Duty.objects.to_come(one.key, today)), duty.gaps(one.key, on=today))
        for one in teams_of(person)
    ]


def gaps_by_team() -> list[tuple[Route, list[tuple[date, date]]]]:
    return [(route, duty.gaps(route.key)) for route in duty.with_roster()]


class DutyForm(forms.Form):
    route = forms.ChoiceField(label=_("Team"))
    first_on = day_field(_("First day"))
    last_on = day_field(_("Last day"))
    person = forms.ChoiceField(label=_("Who is on duty?"))
    second = forms.ChoiceField(label=_("A second person"), required=False)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = teams_of(by)
        people = {person.pk: person for route in self.teams for person in duty.team(route.key)}
        self.people = {str(pk): person for pk, person in people.items()}
        lines = [(key, person.name) for key, person in self.people.items()]
        choices(self.fields["route"], [(one.key, said(one.name)) for one in self.teams])
        choices(self.fields["person"], lines, empty=_("Choose somebody"))
        choices(self.fields["second"], lines, empty=_("Nobody"))

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if "first_on" in told and "last_on" in told and not max(told["first_on"], localdate()) <= told["last_on"]:
            self.add_error("last_on", ValidationError(_("The last day is before the first day, or before today.")))
        return told

    @property
    def duty(self) -> Duty:
        told = self.cleaned_data
        days = {name: told[name] for name in ("route", "first_on", "last_on")}
        second = self.people.get(told["second"]) if told["second"] != told["person"] else None
        return Duty(**days, person=self.people[told["person"]], second=second)
