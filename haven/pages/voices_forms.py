"""What a visitor can send from the site: input in own words. Nobody is asked who they are."""

import re
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from haven.rulebook import shelf
from haven.voices.collecting import Said

LONGEST: Final = 5000
OWN_PATH: Final = re.compile(r"/[a-z]{2}/[\w/-]{0,200}", re.ASCII)


def own_path(text: str) -> str:
    """The address of a page of this site without what follows it; nothing when it is anything else."""
    return text if OWN_PATH.fullmatch(text) and "//" not in text else ""


class InputForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what comes nearest.")},
    )
    words = forms.CharField(
        label=_("Your words"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Please write nothing about what happened to you or somebody else, and no names."),
        error_messages={"required": _("Write what you want to tell us.")},
    )
    mail = forms.EmailField(
        label=_("Your mail address"),
        required=False,
        help_text=_(
            "Only if you want an answer of your own. It then comes as an ordinary mail, which others may "
            "be able to read. We destroy the address once we have answered."
        ),
        error_messages={"invalid": _("This is not a whole mail address. You can also leave it out.")},
    )
    about = forms.CharField(required=False, widget=forms.HiddenInput)
    slip = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "nl"
        kinds = [(one.key, one.label.say(language)) for one in shelf.current().voices.kinds]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def clean_about(self) -> str:
        return own_path(self.cleaned_data["about"])

    def said(self, round_: str) -> Said:
        told = {name: self.cleaned_data[name] for name in ("kind", "words", "about", "mail")}
        return Said(language=get_language() or "nl", round=round_, **told)
