"""The forms of the mailbox."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.intake.forms import Words
from haven.people.readers import RouteReader
from haven.vault import codes
from haven.vault.errors import Mistyped

EVERYONE = "everyone"
LONGEST_NAME, LONGEST_CONTACT = 200, 300


class CodeForm(forms.Form):
    """The check character says at once that a code was mistyped, before anything is looked up."""

    code = forms.CharField(max_length=200, error_messages={"required": _("Type or paste your code first.")})

    def clean_code(self) -> str:
        try:
            return codes.normalise(self.cleaned_data["code"])
        except Mistyped:
            text = _("There is a typing mistake in this code. It has 24 letters and digits, in six groups of four.")
            raise forms.ValidationError(text) from None


class RevealForm(forms.Form):
    name = Words(error_messages={"required": _("Write the name you want to be called by.")})
    contact = Words(required=False)
    to = forms.ChoiceField(error_messages={"required": _("Choose who may know your name.")})

    def __init__(self, *args: Any, handlers: Sequence[RouteReader], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(EVERYONE, ""), *((one.kid, one.name) for one in handlers)]  # type: ignore[attr-defined]

    def clean_to(self) -> str:
        """The key id of one person; nothing for everyone who handles the case."""
        return "" if self.cleaned_data["to"] == EVERYONE else str(self.cleaned_data["to"])

    def clean_name(self) -> str:
        return self._short_enough("name", LONGEST_NAME)

    def clean_contact(self) -> str:
        return self._short_enough("contact", LONGEST_CONTACT)

    @property
    def identity(self) -> dict[str, str]:
        """In the words of the questionnaire, so that the desk shows both alike."""
        return {"name": self.cleaned_data["name"], "contact_detail": self.cleaned_data["contact"]}

    def _short_enough(self, field: str, most: int) -> str:
        text = str(self.cleaned_data[field])
        if len(text) > most:
            raise forms.ValidationError(_("Make this a little shorter: %(most)s characters fit.") % {"most": most})
        return text
