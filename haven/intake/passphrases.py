"""What everybody has to keep to who chooses a passphrase, with an account or without."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SHORTEST_PASSPHRASE = 12


def secret_field(label: Any, *, hint: Any = "", autocomplete: str = "off") -> forms.CharField:
    """A secret is never put back in a page, and its spaces belong to it."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"})
    return forms.CharField(label=label, help_text=hint, widget=widget, strip=False, max_length=1024)


class ChosenPassphrase(forms.Form):
    """A passphrase twice, long enough."""

    passphrase = secret_field(
        _("New passphrase"),
        hint=_("At least 12 characters. Five words that do not belong together are strong, and easy to remember."),
        autocomplete="new-password",
    )
    again = secret_field(_("The same passphrase once more"), autocomplete="new-password")

    def clean_passphrase(self) -> str:
        passphrase: str = self.cleaned_data["passphrase"]
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise ValidationError(_("This is too short: use at least 12 characters."))
        return passphrase

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "passphrase" in data and data.get("again") != data["passphrase"]:
            self.add_error("again", _("The two are not the same. Type both once more."))
        return data
