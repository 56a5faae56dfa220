"""The form with which a plan is proposed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PlanForm(forms.Form):
    """Without an estimate the last published total is used."""

    year = forms.IntegerField(min_value=2020, max_value=2100, widget=forms.HiddenInput)
    estimate = forms.IntegerField(
        label=_("How many cases do you expect?"),
        help_text=_("Only when no whole year was published yet, or when the year has begun already."),
        required=False,
        min_value=1,
        max_value=1_000_000,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
