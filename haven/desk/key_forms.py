"""Forms about one's own keys."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from haven.people.models import User

SHORTEST_PASSPHRASE = 12


def secret_field(label: Any, *, hint: Any = "", autocomplete: str = "off") -> forms.CharField:
    """A secret is never put back in a page, and its spaces belong to it."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"})
    return forms.CharField(label=label, help_text=hint, widget=widget, strip=False, max_length=1024)


class UnlockForm(forms.Form):
    secret = secret_field(
        _("Your passphrase"), hint=_("Or the recovery code on your printed page."), autocomplete="current-password"
    )
    secret.widget.attrs["autofocus"] = True  # the one field of that page
    next = forms.CharField(widget=forms.HiddenInput, required=False)
    kept = forms.CharField(widget=forms.HiddenInput, required=False)


class NewPassphrase(forms.Form):
    """A passphrase twice, long enough, and not the password of signing in: who knows one must not have the other."""

    passphrase = secret_field(
        _("New passphrase"),
        hint=_("At least 12 characters. Five words that do not belong together are strong, and easy to remember."),
        autocomplete="new-password",
    )
    again = secret_field(_("The same passphrase once more"), autocomplete="new-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_passphrase(self) -> str:
        passphrase: str = self.cleaned_data["passphrase"]
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise ValidationError(_("This is too short: use at least 12 characters."))
        if self.user.check_password(passphrase):
            raise ValidationError(_("This is the password you sign in with. Choose something else here."))
        return passphrase

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "passphrase" in data and data.get("again") != data["passphrase"]:
            self.add_error("again", _("The two are not the same. Type both once more."))
        return data


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
