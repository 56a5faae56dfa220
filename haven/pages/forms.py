"""The one thing that a page of the site asks: a day to count from. It is sent in the address and kept nowhere."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _


class DatesForm(forms.Form):
    on = forms.DateField(
        label=_("On which day would it begin?"),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2099, 12, 31))],
    )
