"""A question with an answer for everyone, or one for each audience: one thing to keep (R-004-23)."""

from collections import Counter
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Locale, TranslatableMixin
from wagtail.rich_text import RichText

from haven.pages import audience
from haven.pages.blocks import text
from haven.pages.models.entry import Entries, Entry
from haven.pages.variants import VariantsPanel
from haven.rulebook import shelf


class Answer(blocks.StructBlock):
    audience = blocks.ChoiceBlock(
        label=_("For whom"), choices=audience.named, required=False, help_text=_("Nobody chosen means everyone.")
    )
    text = text(_("Answer"))


ANSWERS: Final = [("answer", Answer(label=_("Answer"), icon="comment"))]


class QuestionGroup(TranslatableMixin, models.Model):
    title = models.CharField(_("title"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("group of questions")
        verbose_name_plural = _("groups of questions")
        ordering: ClassVar[list[str]] = ["position"]

    def __str__(self) -> str:
        return str(self.title)


class Questions(Entries["Question"]):
    """Of a language."""


class Question(Entry):
    group = models.ForeignKey(QuestionGroup, models.PROTECT, verbose_name=_("group"), related_name="questions")
    asks = models.CharField(_("question"), max_length=200)
    answers = StreamField(ANSWERS, verbose_name=_("answers"), min_num=1)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = Questions.as_manager()
    wanted = ("answers",)
    preview_template = "pages/written/question_preview.html"
    panels: ClassVar[list[Panel]] = [
        FieldPanel("group"),
        FieldPanel("asks"),
        FieldPanel("answers"),
        VariantsPanel(heading=_("The answers side by side")),
        FieldPanel("slug"),
        FieldPanel("position"),
    ]

    class Meta(Entry.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering: ClassVar[list[str]] = ["group__position", "position"]

    def __str__(self) -> str:
        return str(self.asks)

    def clean(self) -> None:
        super().clean()
        meant = Counter(block.value["audience"] for block in self.answers)
        if any(times > 1 for times in meant.values()):
            raise ValidationError({"answers": _("For somebody there are two answers. Keep one of them.")})

    def copy_for_translation(self, locale: Locale, exclude_fields: Any = None) -> "Question":
        copy = super().copy_for_translation(locale, exclude_fields=exclude_fields)
        copy.group = self.group.get_translation_or_none(locale) or self.group
        return copy

    def variants(self) -> list[tuple[str, Any]]:
        """Every answer, with the name of those it is for; without one when it is for everyone."""
        called = dict(audience.named())
        return [(called.get(meant, ""), text) for meant, text in self._given()]

    def _given(self) -> list[tuple[str, RichText]]:
        """As they lie there: to make blocks of all of them takes half of the time of a page with many questions."""
        return [(one["value"]["audience"] or "", RichText(one["value"]["text"])) for one in self.answers.raw_data]

    def answers_for(self, chosen: str) -> list[tuple[str, Any]]:
        """The one answer for this audience, or else for everyone. Nobody chosen and none for everyone: all of them."""
        given = dict(self._given())
        known = shelf.current().audiences
        at = known[chosen].page if chosen in known else None
        found = given.get(chosen) or given.get(at or "") or given.get("")
        if found is not None:
            return [("", found)]
        return [] if chosen else self.variants()


def answered(language: str, chosen: str) -> list[tuple[str, list[tuple[Question, list[tuple[str, Any]]]]]]:
    """The questions that have an answer for this audience in this language, by group."""
    groups: dict[str, list[tuple[Question, list[tuple[str, Any]]]]] = {}
    shown = Question.objects.read_in(language).only("asks", "slug", "answers")
    for question in shown.annotate(under=models.F("group__title")):
        if answers := question.answers_for(chosen):
            groups.setdefault(question.under, []).append((question, answers))
    return list(groups.items())
