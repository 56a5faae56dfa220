"""Forms about one's own keys."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from haven.intake.passphrases import ChosenPassphrase, secret_field
from haven.people.models import User


class UnlockForm(forms.Form):
    secret = secret_field(
        _("Your passphrase"), hint=_("Or the recovery code on your printed page."), autocomplete="current-password"
    )
    secret.widget.attrs["autofocus"] = True  # the one field of that page
    next = forms.CharField(widget=forms.HiddenInput, required=False)
    kept = forms.CharField(widget=forms.HiddenInput, required=False)


class NewPassphrase(ChosenPassphrase):
    """And not the password of signing in: who knows one must not have the other."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_passphrase(self) -> str:
        passphrase = super().clean_passphrase()
        if self.user.check_password(passphrase):
            raise ValidationError(_("This is the password you sign in with. Choose something else here."))
        return passphrase


class ChangePassphrase(NewPassphrase):
    current = secret_field(_("Your passphrase now"), hint=_("Or your recovery code."), autocomplete="current-password")
    field_order = ("current", "passphrase", "again")


class NewRecovery(forms.Form):
    current = secret_field(_("Your passphrase"), autocomplete="current-password")


class ConfirmRecovery(forms.Form):
    """Shows that the code is on paper."""

    group = forms.CharField(
        label=_("Type the last group of the code from your paper"),
        max_length=8,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    state = forms.CharField(widget=forms.HiddenInput)
