"""Overviews that were released, by label: what a page may name, and an editor may choose."""

from typing import Any

from django import forms

from haven.register.models import Period
from haven.register.told import named


def released(label: str) -> str:
    """Its name in the language of the page; nothing when there is none."""
    return named(label) if label and Period.objects.released().filter(label=label).exists() else ""


class ChooseReleased(forms.Select):
    """What is chosen already stays a choice, so that saving loses nothing."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        labels = dict.fromkeys([*Period.objects.released().values_list("label", flat=True), *filter(None, value)])
        self.choices = [("", "—"), *((one, named(one)) for one in labels)]
        return super().optgroups(name, value, attrs)
