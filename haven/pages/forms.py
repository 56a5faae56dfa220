"""What a page of the site asks, in the address: a day to count from, a line to draw. It is kept nowhere."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from haven.register.demonstration import Shown, tables

ONE_MORE: Final = {
    "bullying": _("Bullying"),
    "sexual": _("Sexual conduct"),
    "discrimination": _("Discrimination"),
    "harassment": _("Harassment"),
    "other": _("Something else"),
}


class DatesForm(forms.Form):
    on = forms.DateField(
        label=_("On which day would it begin?"),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2099, 12, 31))],
    )


class OneMoreForm(forms.Form):
    """What one more invented report is about. It is sent in the address, counted nowhere and kept nowhere."""

    about = forms.ChoiceField(label=_("What is the extra report about?"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        about = self.fields["about"]
        if isinstance(about, forms.ChoiceField):
            about.choices = [*ONE_MORE.items()]

    def drawn(self) -> list[Shown]:
        if not self.is_valid():
            return []
        labels = {key: str(label) for key, label in ONE_MORE.items()}
        return tables(labels, self.cleaned_data["about"], scale=5)  # a fifth of ε = 1, as in a plan of five tables
