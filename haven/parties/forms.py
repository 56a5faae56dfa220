"""The forms of coming in, and of naming somebody. What is filed and asked has modules of its own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.intake.forms import Words
from haven.intake.passphrases import ChosenPassphrase, secret_field

LONGEST_NAME = 200


def number_field() -> forms.CharField:
    return forms.CharField(
        label=_("The number on your letter"),
        help_text=_("Twelve digits, such as 1234-5678-9012"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false", "class": "short"}
        ),
    )


def code_field(label: Any, hint: Any) -> forms.CharField:
    """Shown again after a mistake: it is long, and stands on paper beside whoever types it."""
    attrs = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters", "class": "code"}
    return forms.CharField(label=label, help_text=hint, max_length=200, widget=forms.TextInput(attrs=attrs))


class ComeIn(forms.Form):
    number = number_field()
    secret = secret_field(_("Your passphrase"), autocomplete="current-password")


class FirstTime(ChosenPassphrase):
    number = number_field()
    code = code_field(_("The code in your letter"), _("Capitals, spaces and dashes do not matter"))
    field_order = ("number", "code", "passphrase", "again")


class Renew(ChosenPassphrase):
    number = number_field()
    code = code_field(_("Your recovery code"), _("You printed or wrote it down when you came in for the first time"))
    field_order = ("number", "code", "passphrase", "again")


class Named(forms.Form):
    """Somebody who stands by a party. `roles`: pairs of a key and a name, as the regulation has them."""

    role = forms.ChoiceField(label=_("As what?"), widget=forms.RadioSelect)
    name = Words(label=_("Their name"))
    function = Words(label=_("Who this is, such as a friend, a union or a law firm"), required=False)
    sees = forms.ChoiceField(
        label=_("What may this person read?"),
        help_text=_("You can show single documents later, and end it at any time."),
        choices=[
            ("chosen", _("Only the documents that I choose myself")),
            ("all", _("Everything that I am given from now on")),
        ],
        initial="chosen",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["role"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101  for the type checker
        choice.choices = roles
        choice.initial = roles[0][0] if len(roles) == 1 else ""

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"])[:LONGEST_NAME].strip()

    @property
    def person(self) -> dict[str, str]:
        function = str(self.cleaned_data["function"])[:LONGEST_NAME].strip()
        return {"name": self.cleaned_data["name"], "function": function}
