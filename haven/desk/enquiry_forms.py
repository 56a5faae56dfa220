"""The forms of a question of a privacy officer: whom to ask what, and the answer of who was asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.cases.enquiry import NO, YES, can_ask, could_be_asked
from haven.desk.aftercare_forms import LaterForm
from haven.desk.forms import choices, words


class Enquire(LaterForm):
    deed = "enquire"
    to = forms.MultipleChoiceField(
        label=_("Whom to ask"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each is asked apart. Leave out everybody whom the request could be about."),
    )
    text = words(
        _("About whom, and what you need to know"), rows=3, hint=_("Only who is asked and the officers read it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = can_ask(self.opened) and bool(self.later.open_concerns)
        if not self.there:
            return
        choices(self.fields["to"], [(one.kid, one.name) for one in could_be_asked(self.opened)])


class EnquiryAnswer(forms.Form):
    kept = forms.ChoiceField(
        label=_("Is something kept, as far as you can open it?"),
        choices=[(YES, _("Yes")), (NO, _("No"))],
        widget=forms.RadioSelect,
    )
    what = words(
        _("What"), rows=3, required=False, hint=_("Name a case only if the officer has to know which one it is.")
    )
