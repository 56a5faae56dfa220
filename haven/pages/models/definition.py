"""What undesirable behaviour is: the promise of the rulebook, terms of the regulation, examples of editors."""

from typing import Any, ClassVar, Final

from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import RichTextField, StreamField

from haven.pages.blocks import WORDS
from haven.pages.models.base import HousePage
from haven.pages.steps import free
from haven.rulebook import shelf
from haven.rulebook.words import Listed, Text


def _listed(name: str) -> list[Listed]:
    """Of the regulations in force; each key once."""
    found: dict[str, Listed] = {}
    for rules in shelf.current().procedures.now(localdate()):
        for one in getattr(rules, name):
            found.setdefault(one.key, one)
    return list(found.values())


def categories() -> list[tuple[str, str]]:
    return [(one.key, one.label.say(get_language() or "nl")) for one in _listed("categories")]


def grounds() -> list[tuple[str, str]]:
    return [(one.key, one.label.say(get_language() or "nl")) for one in _listed("grounds_of_discrimination")]


class Term(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("In plain words"), required=False, rows=2)
    content_note = blocks.CharBlock(
        label=_("Note before examples, when they are strong"), required=False, max_length=160
    )
    examples = blocks.ListBlock(blocks.CharBlock(max_length=200), label=_("Examples"), default=[])


class Category(Term):
    category = blocks.ChoiceBlock(label=_("Of the regulation"), choices=categories)


class Ground(blocks.StructBlock):
    ground = blocks.ChoiceBlock(label=_("Of the regulation"), choices=grounds)
    text = blocks.TextBlock(label=_("In plain words"), rows=2)


CATEGORIES: Final = [("category", Category(label=_("Category"), icon="tag"))]
GROUNDS: Final = [("ground", Ground(label=_("Ground"), icon="tag"))]
TERMS: Final = [("term", Term(label=_("Term"), icon="tag"))]
ON_THE_PAGE: Final = ("main", "grounds", "forms", "settings", "categories")


class DefinitionPage(HousePage):
    words = RichTextField(_("text"), features=WORDS, blank=True)
    categories = StreamField(CATEGORIES, verbose_name=_("categories"), blank=True)
    grounds = StreamField(GROUNDS, verbose_name=_("grounds of discrimination"), blank=True)
    forms = StreamField(TERMS, verbose_name=_("in what form it comes"), blank=True)
    settings = StreamField(TERMS, verbose_name=_("where it happens"), blank=True)

    template = "pages/written/definition.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *HousePage.content_panels,
        *(FieldPanel(name) for name in ("words", "categories", "grounds", "forms", "settings")),
    ]

    class Meta:
        verbose_name = _("page with definitions")

    @property
    def stands_at(self) -> str:
        """Where the house's own page of definitions would."""
        return "about/definition/"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        known: dict[str, Text | None] = {one.key: one.hint for one in _listed("categories")}
        names = {one.key: one.label for one in _listed("grounds_of_discrimination")}
        taken = set(ON_THE_PAGE)
        terms = [
            (free(one.value["title"], taken), one.value, known.get(one.value["category"])) for one in self.categories
        ]
        told = {
            "terms": terms,
            "reasons": [(names.get(one.value["ground"]), one.value["text"]) for one in self.grounds],
        }
        return super().get_context(request, *args, **kwargs) | told
