"""Forms about the people of the desk."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from haven.desk.forms import choices, said
from haven.desk.joining import seats_for
from haven.people.models import User
from haven.rulebook import shelf
from haven.rulebook.roles import ROLES


def unit_field() -> forms.ChoiceField:
    hint = _("Where the rules of the team say so, reports about this part are not sealed to this person.")
    return forms.ChoiceField(label=_("Works at"), required=False, help_text=hint)


def units() -> list[tuple[str, str]]:
    return [(unit.key, said(unit.name)) for unit in shelf.current().institution.units]


class Invitation(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Reporters see it before they send."))
    email = forms.EmailField(label=_("Mail address"))
    function_nl = forms.CharField(label=_("Function, in Dutch"), max_length=120)
    function_en = forms.CharField(label=_("Function, in English"), max_length=120)
    unit = unit_field()
    role_key = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices(self.fields["unit"], units(), empty=_("None of these"))
        role = self.fields["role_key"]
        if isinstance(role, forms.ChoiceField):
            role.choices = [(one.key, one.label.say(get_language() or "nl")) for one in ROLES.values()]

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError(_("Somebody with this mail address is here already."))
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if User.objects.who_keeps_or_counsels(cleaned.get("name", ""), cleaned.get("role_key", "")).exists():
            raise ValidationError(
                _(
                    "Somebody with this name is a complaints officer or a confidential counsellor already."
                    " Nobody can be both. Are they two people? Then add an initial to the name."
                )
            )
        return cleaned


class RouteForm(forms.Form):
    """Where this person serves or could serve."""

    route = forms.ChoiceField(label=_("Team"))

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        route = self.fields["route"]
        if isinstance(route, forms.ChoiceField):
            route.choices = [(one.key, one.name.say(get_language() or "nl")) for one in seats_for(person)]


class UnitForm(forms.Form):
    """Where this person works."""

    unit = unit_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices(self.fields["unit"], units(), empty=_("None of these"))


class Duty(forms.Form):
    on_duty = forms.BooleanField(
        label=_("I am on duty"), required=False, help_text=_("You get a mail at once when something is urgent.")
    )
