"""For whom something is written: audiences of the rulebook. Nothing named means everyone."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import get_language

from haven.rulebook import shelf


def named() -> list[tuple[str, str]]:
    """Those who can have a page of their own, to choose from."""
    language = get_language() or "nl"
    return [(one.key, one.name.say(language)) for one in shelf.current().audiences if not one.page]


def names(keys: Sequence[str]) -> list[str]:
    """As they are called in the language of the page."""
    return [name for key, name in named() if key in keys]


def reads(audience: str, meant: Sequence[str]) -> bool:
    """Does somebody of this audience get to see what is meant for these?"""
    found = next((one for one in shelf.current().audiences if one.key == audience), None)
    return not meant or not audience or audience in meant or bool(found and found.page in meant)


class Keys(models.JSONField):
    """A few keys of a list that the rulebook or the site has: ticked by an editor, never frozen in a migration."""

    def __init__(
        self, *args: Any, choose_from: Callable[[], list[tuple[str, str]]] | None = None, **kwargs: Any
    ) -> None:
        self.choose_from = choose_from
        super().__init__(*args, default=kwargs.pop("default", list), blank=kwargs.pop("blank", True), **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        given = {key: kwargs[key] for key in ("label", "help_text") if key in kwargs}
        return forms.MultipleChoiceField(
            choices=self.choose_from or named,
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=given.get("label", self.verbose_name),
            help_text=given.get("help_text", self.help_text),
        )
