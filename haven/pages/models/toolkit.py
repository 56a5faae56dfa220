"""What helps in practice: training, workshops, tools, and guides for a talk with a group (R-004-19, R-004-53)."""

from datetime import date
from typing import Any, ClassVar, Final, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField

from haven.pages import audience
from haven.pages.audience import Keys
from haven.pages.models.entry import Entries, Entry
from haven.rulebook import shelf
from haven.rulebook.dates import months_after
from haven.ui.frame import TONGUES


class Kind(models.TextChoices):
    TRAINING = "training", _("Training")
    WORKSHOP = "workshop", _("Workshop")
    TOOL = "tool", _("Tool")
    GUIDE = "guide", _("Conversation guide")


class Subject(models.TextChoices):
    """What trainings are about (R-003-25), and what else a tool can be for."""

    BYSTANDER = "active_bystander", _("Active bystander")
    LEADERSHIP = "inclusive_leadership", _("Inclusive leadership")
    CULTURE = "cultural_intelligence", _("Cultural intelligence")
    BIAS = "bias_observation", _("Observing bias")
    DIVERSITY = "diversity_inclusion", _("Diversity and inclusion")
    REPORTERS = "interviewing_reporters", _("Talking with people who report")
    ADDRESSING = "addressing_behaviour", _("Addressing behaviour")
    SUPERVISION = "supervision", _("Supervision")
    INFORMATION = "information", _("Information")
    PREVENTION = "prevention", _("Prevention")
    AWARENESS = "awareness", _("Awareness")


class Part(blocks.StructBlock):
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=480)
    text = blocks.TextBlock(label=_("What you do"), rows=2)


PLAN: Final = [("part", Part(label=_("Part"), icon="time"))]
NEEDS: Final = [("thing", blocks.CharBlock(label=_("Thing"), max_length=200))]


def languages() -> list[tuple[str, str]]:
    return [(code, TONGUES[code]) for code in shelf.current().institution.languages]


class Items(Entries["ToolkitItem"]):
    def stale(self, on: date) -> Self:
        """Not looked at for as long as the rulebook says (R-004-20)."""
        return self.filter(live=True, reviewed_on__lt=months_after(on, -shelf.current().site.look_again_months))


class ToolkitItem(Entry):
    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    subject = models.CharField(_("subject"), max_length=30, choices=Subject)
    text = models.TextField(_("what it is"))
    audiences = Keys(verbose_name=_("for whom"), help_text=_("Nothing ticked means everyone."))
    languages = Keys(verbose_name=_("languages"), choose_from=languages)
    link = models.URLField(_("link"), blank=True)
    contact = models.EmailField(_("who answers questions"), blank=True)
    reviewed_on = models.DateField(
        _("looked at on"), help_text=_("The day on which somebody last checked that this is still right.")
    )
    group_min = models.PositiveSmallIntegerField(_("smallest group"), null=True, blank=True)
    group_max = models.PositiveSmallIntegerField(_("largest group"), null=True, blank=True)
    need = StreamField(NEEDS, verbose_name=_("what you need"), blank=True)
    plan = StreamField(PLAN, verbose_name=_("plan, in minutes"), blank=True)
    tense = models.TextField(_("when it gets tense"), blank=True)

    objects = Items.as_manager()
    preview_template = "pages/written/tool_preview.html"
    panels: ClassVar[list[Panel]] = [
        FieldPanel("title"),
        FieldPanel("kind"),
        FieldPanel("subject"),
        FieldPanel("text"),
        FieldPanel("audiences"),
        FieldPanel("languages"),
        FieldPanel("link"),
        FieldPanel("contact"),
        FieldPanel("reviewed_on"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("group_min", "group_max", "need", "plan", "tense")],
            heading=_("Only for a conversation guide"),
        ),
        FieldPanel("slug"),
    ]

    class Meta(Entry.Meta):
        verbose_name = _("item of the toolkit")
        verbose_name_plural = _("toolkit")
        ordering: ClassVar[list[str]] = ["title"]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        super().clean()
        if self.kind == Kind.GUIDE and not (self.plan and self.group_min and self.group_max):
            raise ValidationError({"plan": _("A conversation guide has a plan and says how large a group it is for.")})

    @property
    def minutes(self) -> int:
        return sum(part.value["minutes"] for part in self.plan)

    def facts(self) -> dict[str, Any]:
        """In the language of the page: what it is, for whom, and in which languages it is given."""
        spoken = [name for code, name in languages() if code in self.languages]
        labels = {"kind": Kind(self.kind).label, "subject": Subject(self.subject).label}
        return labels | {"audiences": audience.names(self.audiences), "languages": spoken}
