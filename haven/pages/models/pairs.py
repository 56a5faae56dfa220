"""Words in each language of the site, side by side in one row: for what is one thing, in whatever language somebody
reads of it (decision 28)."""

from typing import Any, Final

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

LANGUAGES: Final = {"nl": _("Dutch"), "en": _("English")}

type Line = models.CharField[str, str]
type Text = models.TextField[str, str]
type Words = dict[str, str]


class InLanguage:
    """The words of a pair of columns in the language of the page; in the other one while they are not there."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type | None = None) -> str:
        return "" if instance is None else in_language(both(instance, self.name))


def in_language(words: Words) -> str:
    asked = get_language() or "nl"
    return words.get(asked) or next(filter(None, words.values()), "")


def both(row: models.Model, name: str) -> Words:
    return {code: getattr(row, f"{name}_{code}") for code in LANGUAGES}


def a_line(label: Any, length: int = 200, **options: Any) -> tuple[Line, Line]:
    """Two columns, to unpack: `title_nl, title_en = a_line(_("title"))`."""
    dutch, english = (models.CharField(_named(label, code), max_length=length, **options) for code in LANGUAGES)
    return dutch, english


def a_text(label: Any, **options: Any) -> tuple[Text, Text]:
    dutch, english = (models.TextField(_named(label, code), **options) for code in LANGUAGES)
    return dutch, english


def _named(label: Any, code: str) -> Any:
    return format_lazy("{} ({})", label, LANGUAGES[code])


def beside(name: str) -> FieldRowPanel:
    """Both languages beside each other."""
    return FieldRowPanel([FieldPanel(f"{name}_{code}") for code in LANGUAGES])
