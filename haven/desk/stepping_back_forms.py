"""The form for stepping back: one button, and names when too few would be left."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.cases.opened import OpenCase
from haven.cases.stepping_back import others
from haven.desk.forms import choices
from haven.vault import grants


class StepBack(forms.Form):
    instead = forms.MultipleChoiceField(
        label=_("Who reads in your place?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The reporter is told which function this person has."),
    )

    def __init__(self, data: Any = None, *, opened: OpenCase) -> None:
        super().__init__(data)
        self.others = others(opened)
        self.knows_alone = opened.knows_reporter and len(grants.kids_of(opened.case.pk, "identity")) == 1
        if self.others.could and not self.others.nobody:
            choices(self.fields["instead"], [(one.kid, one.name) for one in self.others.could])
        else:
            self.fields["instead"].widget = forms.MultipleHiddenInput()
