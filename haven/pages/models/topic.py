"""The topic of a period, with what belongs to it (R-004-46); and a survey while it is open (R-004-52)."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Final, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel
from wagtail.blocks import PageChooserBlock
from wagtail.fields import StreamField
from wagtail.models import PageManager, PageQuerySet
from wagtail.snippets.blocks import SnippetChooserBlock

from haven.pages import audience
from haven.pages.audience import Keys
from haven.pages.models.base import HousePage
from haven.pages.models.entry import Entries, Entry

STATEMENTS: Final = [("statement", PageChooserBlock(page_type="pages.StatementPage", label=_("Statement")))]
TOOLS: Final = [("tool", SnippetChooserBlock("pages.ToolkitItem", label=_("From the toolkit")))]
QUESTIONS: Final = [("question", SnippetChooserBlock("pages.Question", label=_("Question")))]


def the_other_way_round(first: date | None, last: date | None) -> bool:
    return bool(first and last and last < first)


class Topics(PageQuerySet):
    def current(self, language: str, on: date) -> Self:
        there: Self = self.live().filter(locale__language_code=language, from_on__lte=on, to_on__gte=on)
        return there


class TopicIndexPage(HousePage):
    lead = models.TextField(_("first words"), blank=True)

    for_each = True
    template = "pages/written/topics.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["pages.TopicPage"]
    content_panels: ClassVar[list[Panel]] = [*HousePage.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("page with topics")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        topics = TopicPage.objects.live().child_of(self).order_by("from_on")
        return super().get_context(request, *args, **kwargs) | {"topics": topics, "today": localdate()}


class TopicPage(HousePage):
    lead = models.TextField(_("first words"))
    from_on = models.DateField(_("first day"))
    to_on = models.DateField(_("last day"))
    statements = StreamField(STATEMENTS, verbose_name=_("statements"), blank=True)
    tools = StreamField(TOOLS, verbose_name=_("from the toolkit"), blank=True)
    questions = StreamField(QUESTIONS, verbose_name=_("questions"), blank=True)

    objects = PageManager.from_queryset(Topics)()
    template = "pages/written/topic.html"
    parent_page_types: ClassVar[list[str]] = ["pages.TopicIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *HousePage.content_panels,
        FieldPanel("lead"),
        FieldRowPanel([FieldPanel("from_on"), FieldPanel("to_on")]),
        FieldPanel("statements"),
        FieldPanel("tools"),
        FieldPanel("questions"),
    ]

    class Meta:
        verbose_name = _("topic")

    def clean(self) -> None:
        super().clean()
        if the_other_way_round(self.from_on, self.to_on):
            raise ValidationError({"to_on": _("The last day lies before the first.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What was taken off the site since is left out."""
        asked = [(one, one.answers_for("")) for one in published(self.questions)]
        told = {"said": published(self.statements), "items": published(self.tools), "asked": asked}
        return super().get_context(request, *args, **kwargs) | told


def published(stream: Iterable[Any]) -> list[Any]:
    there = (getattr(block.value, "specific_deferred", block.value) for block in stream if block.value)
    return [one for one in there if one.live]


class Surveys(Entries["Survey"]):
    def open(self, language: str, on: date) -> Self:
        return self.read_in(language).filter(from_on__lte=on, to_on__gte=on)


class Survey(Entry):
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("what it is"))
    audiences = Keys(verbose_name=_("for whom"), help_text=_("Nothing ticked means everyone."))
    from_on = models.DateField(_("first day"))
    to_on = models.DateField(_("last day"))
    link = models.URLField(_("link"))

    objects = Surveys.as_manager()
    preview_template = "pages/written/survey_preview.html"
    panels: ClassVar[list[Panel]] = [
        *(FieldPanel(name) for name in ("title", "text", "audiences", "from_on", "to_on", "link", "slug"))
    ]

    class Meta(Entry.Meta):
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        super().clean()
        if the_other_way_round(self.from_on, self.to_on):
            raise ValidationError({"to_on": _("The last day lies before the first.")})


def of_these_days(language: str, chosen: str = "") -> dict[str, Any]:
    """What front pages show: the topic of this period, and the surveys that are open now."""
    today = localdate()
    surveys = [one for one in Survey.objects.open(language, today) if audience.reads(chosen, one.audiences)]
    topics = TopicPage.objects.current(language, today)
    topic = topics.values_list("title", "url_path", "from_on", "to_on", named=True).first()
    return {"topic": topic, "surveys": surveys}
