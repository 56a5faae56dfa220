"""Forms about the people of the desk."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from haven.desk.joining import seats_for
from haven.people.models import User
from haven.rulebook.roles import ROLES


class Invitation(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Reporters see it before they send."))
    email = forms.EmailField(label=_("Mail address"))
    function_nl = forms.CharField(label=_("Function, in Dutch"), max_length=120)
    function_en = forms.CharField(label=_("Function, in English"), max_length=120)
    role_key = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role_key"]
        if isinstance(role, forms.ChoiceField):
            role.choices = [(one.key, one.label.say(get_language() or "nl")) for one in ROLES.values()]

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError(_("Somebody with this mail address is here already."))
        return email


class RouteForm(forms.Form):
    """Where this person serves or could serve."""

    route = forms.ChoiceField(label=_("Team"))

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        route = self.fields["route"]
        if isinstance(route, forms.ChoiceField):
            route.choices = [(one.key, one.name.say(get_language() or "nl")) for one in seats_for(person)]


class Duty(forms.Form):
    on_duty = forms.BooleanField(
        label=_("I am on duty"), required=False, help_text=_("You get a mail at once when something is urgent.")
    )
