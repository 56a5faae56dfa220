"""Invented content for the page that shows every component once."""

from datetime import date
from typing import Any, Final

from django import forms
from django.http import QueryDict

from haven.pages import housestyle
from haven.rulebook import shelf


class ExampleForm(forms.Form):
    """One field of each kind, and two that came back with something to look at."""

    name = forms.CharField(label="A line of words", help_text="A hint stands between the label and the field.")
    story = forms.CharField(label="As many words as you like", widget=forms.Textarea, required=False)
    day = forms.DateField(label="A day", help_text="Roughly is fine.", widget=forms.DateInput(attrs={"type": "date"}))
    way = forms.ChoiceField(label="One of a short list", choices=[("a", "By telephone"), ("b", "Through the mailbox")])
    pick = forms.ChoiceField(
        label="One of a few",
        choices=[("x", "The first"), ("y", "The second")],
        widget=forms.RadioSelect,
    )
    agree = forms.BooleanField(label="I have kept my code", help_text="A box is never ticked beforehand.")
    file = forms.FileField(label="A file", required=False)


class StyleForm(forms.Form):
    """Two colours to try before they are written in the rulebook."""

    brand = forms.CharField(label="Colour of the house", max_length=7)
    text = forms.CharField(label="Words on it", max_length=7)


def styled(asked: QueryDict) -> dict[str, Any]:
    """What the colours that were asked for become, or else those of the rulebook."""
    own = shelf.current().institution.style
    form = StyleForm(asked if "brand" in asked else {"brand": own.brand, "text": own.text_on_brand})
    if not form.is_valid():
        return {"style_form": form}
    style, refused = housestyle.tried(form.cleaned_data["brand"], form.cleaned_data["text"])
    return {"style_form": form, "refused": refused, "measured": housestyle.pairs(style) if style else []}


EXAMPLES: Final[dict[str, Any]] = {
    "form": ExampleForm({"story": "Some words that stay when a form comes back.", "way": "a"}),
    "today": date(2026, 11, 23),
    "hidden": "Words with a hidden turn: \u202egnirts desrever\u202c, and one\u200bgap.\nA second line.",
    "states": [("quiet", "Filed"), ("new", "New"), ("wait", "Waiting for us"), ("good", "On time"), ("late", "Late")],
    "facts": [("Reference", "K7M2-QX"), ("Came in", "Monday 23 November 2026"), ("Handled by", "Noor de Wit")],
}
