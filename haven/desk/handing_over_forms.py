"""The form for handing over the cases of a colleague: which, and to whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.cases.models import Case
from haven.desk.forms import choices
from haven.people.models import User
from haven.people.readers import readers_of, staff_of


class HandOver(forms.Form):
    cases = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Tick at least one case.")}
    )
    to = forms.ChoiceField(label=_("Colleague"))

    def __init__(self, *args: Any, cases: list[Case], whose: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_reference = {case.reference: case for case in cases}
        routes = sorted({case.route for case in cases})
        people = {one.pk: one for route in routes for one in staff_of(route, readers_of(route)) if one != whose}
        self.people = {str(pk): person for pk, person in people.items()}
        choices(self.fields["cases"], [(one, one) for one in self.by_reference])
        choices(self.fields["to"], [(key, one.name) for key, one in self.people.items()], empty=_("Choose somebody"))

    @property
    def colleague(self) -> User:
        return self.people[self.cleaned_data["to"]]

    @property
    def chosen(self) -> list[Case]:
        return [self.by_reference[one] for one in self.cleaned_data["cases"]]
