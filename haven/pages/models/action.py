"""What is done, what it rests on, and how far it is. An action is one row in both languages, so that its state cannot
differ between them."""

from calendar import monthrange
from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel

from haven.pages.audience import Keys
from haven.pages.models.looking import InBothLanguages
from haven.pages.models.naming import Component, Unit
from haven.pages.models.pairs import InLanguage, a_line, a_text, beside
from haven.pages.released import ChooseReleased


class State(models.TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    MAINTAINED = "maintained", _("Kept up")
    DROPPED = "dropped", _("Dropped")


class Priority(models.TextChoices):
    HIGH = "high", _("High")
    MIDDLE = "middle", _("Middle")
    LOW = "low", _("Low")


TARGETS: Final = {"students": _("Students"), "staff": _("Staff"), "managers": _("Managers"), "board": _("The board")}
SOURCES: Final = {
    "inspection": _("Inspection"),
    "survey": _("Survey"),
    "audit": _("Audit"),
    "integrity_report": _("Report on integrity"),
    "consultation": _("Talks"),
    "other": _("Something else"),
}


def targets() -> list[tuple[str, str]]:
    return [(key, str(name)) for key, name in TARGETS.items()]


class Source(ClusterableModel):
    """A report or an investigation that the plan rests on (R-003-03)."""

    key = models.SlugField(_("key"), unique=True, max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=list(SOURCES.items()))
    title_nl, title_en = a_line(_("title"))
    body_nl, body_en = a_line(_("by whom"))
    on = models.DateField(_("day"))
    link = models.URLField(_("where it can be read"), blank=True)

    title, body = InLanguage(), InLanguage()
    panels: ClassVar[list[Panel]] = [
        beside("title"),
        beside("body"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("on")]),
        FieldPanel("link"),
        FieldPanel("key"),
        InlinePanel("findings", heading=_("What it found"), label=_("finding")),
    ]

    class Meta:
        verbose_name = _("source of the plan")
        verbose_name_plural = _("sources of the plan")
        ordering: ClassVar[list[str]] = ["on", "pk"]

    def __str__(self) -> str:
        return self.title


class Finding(models.Model):
    source = ParentalKey(Source, on_delete=models.CASCADE, related_name="findings")
    key = models.SlugField(_("key"), unique=True, max_length=60)
    text_nl, text_en = a_text(_("finding"))

    text = InLanguage()
    panels: ClassVar[list[Panel]] = [beside("text"), FieldPanel("key")]

    class Meta:
        verbose_name = _("finding")
        ordering: ClassVar[list[str]] = ["source__on", "pk"]

    def __str__(self) -> str:
        return self.text


class Action(InBothLanguages, ClusterableModel):
    """What stands in the plan. It is public as it was when a version was last made; its progress at once."""

    preview_template = "pages/planning/action_preview.html"

    key = models.SlugField(_("key"), unique=True, max_length=60, help_text=_("Short and fixed: links lead to it."))
    title_nl, title_en = a_line(_("title"))
    text_nl, text_en = a_text(_("what is done"))
    component = models.ForeignKey(Component, models.PROTECT, verbose_name=_("component"), related_name="+")
    targets = Keys(_("for whom"), choose_from=targets, blank=False)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("who does it"), related_name="+")
    priority = models.CharField(_("priority"), max_length=10, choices=Priority)
    reason_nl, reason_en = a_line(_("why this priority"), 300)
    window_nl, window_en = a_line(
        _("when"),
        120,
        help_text=_("No coarser and no finer than you know: “early September 2026”, “in the winter”."),
    )
    partner_nl, partner_en = a_line(_("with whom"), blank=True)
    findings = ParentalManyToManyField(
        Finding, verbose_name=_("findings it rests on"), related_name="actions", blank=True
    )
    promised = models.BooleanField(
        _("we will tell you"), default=False, help_text=_("When something changes, it stands first in the next update.")
    )
    call_nl, call_en = a_line(_("call to take part"), 300, blank=True)
    contact = models.EmailField(_("mail address for taking part"), blank=True)
    recheck_on = models.DateField(_("look at it again on"), null=True, blank=True)
    recheck_months = models.PositiveSmallIntegerField(_("and then every so many months"), null=True, blank=True)
    overview = models.SlugField(
        _("figures"),
        max_length=60,
        blank=True,
        help_text=_("The label of a published overview that shows whether it helps."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    title, text, reason, window, partner, call = (InLanguage() for _n in range(6))
    panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [beside("title"), beside("text"), FieldPanel("findings", widget=forms.CheckboxSelectMultiple)],
            heading=_("What and why"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("component"), FieldPanel("unit")]),
                FieldPanel("targets"),
                FieldPanel("priority"),
                beside("reason"),
                beside("window"),
                beside("partner"),
            ],
            heading=_("Who, when and with whom"),
        ),
        InlinePanel(
            "history", heading=_("How far it is"), label=_("step"), help_text=_("Each step is public at once.")
        ),
        MultiFieldPanel(
            [FieldPanel("promised"), FieldRowPanel([FieldPanel("recheck_on"), FieldPanel("recheck_months")])],
            heading=_("Keeping up"),
        ),
        MultiFieldPanel([beside("call"), FieldPanel("contact")], heading=_("Taking part")),
        FieldRowPanel([FieldPanel("key"), FieldPanel("position"), FieldPanel("overview", widget=ChooseReleased)]),
    ]

    class Meta:
        verbose_name = _("action of the plan")
        verbose_name_plural = _("actions of the plan")
        ordering: ClassVar[list[str]] = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    def steps(self) -> list["Progress"]:
        """The newest first."""
        return sorted(self.history.all(), key=lambda step: (step.on, step.pk or 0), reverse=True)

    @property
    def latest(self) -> "Progress | None":
        return next(iter(self.steps()), None)

    @property
    def label(self) -> Any:
        return State(self.state).label

    @property
    def state(self) -> str:
        return self.latest.state if self.latest else State.NOT_STARTED

    def looked_at(self) -> dict[str, Any]:
        """As `Planned` tells it of a version, of what an editor has in the form."""
        told = {name: getattr(self, name) for name in ("title", "text", "window", "partner", "reason")}
        told |= {"unit": self.unit.name, "priority": self.get_priority_display()}
        told["targets"] = ", ".join(str(TARGETS[key]) for key in self.targets)
        same = {name: getattr(self, name) for name in ("key", "state", "label", "latest")}
        same |= {"told": told, "row": self, "steps": self.steps(), "findings": self.findings.all()}
        return {"action": same | {"percent": self.latest and self.latest.percent, "next_look": self.next_look()}}

    def next_look(self) -> date | None:
        """Kept up means looked at again and again (R-003-30): the first of its days on which nobody did."""
        day, latest = self.recheck_on, self.latest
        while day and latest and latest.on >= day:
            day = months_after(day, self.recheck_months) if self.recheck_months else None
        return day

    def due_for_a_look(self) -> bool:
        day = self.next_look()
        return day is not None and day <= localdate()


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, monthrange(day.year + years, month + 1)[1]))


class Progress(models.Model):
    action = ParentalKey(Action, on_delete=models.CASCADE, related_name="history")
    on = models.DateField(_("day"), default=localdate)
    state = models.CharField(_("state"), max_length=12, choices=State)
    percent = models.PositiveSmallIntegerField(
        _("per cent"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    says_nl, says_en = a_line(_("in words"), 300, blank=True)

    says = InLanguage()
    panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("on"), FieldPanel("state"), FieldPanel("percent")]),
        beside("says"),
    ]

    class Meta:
        verbose_name = _("step")
        ordering: ClassVar[list[str]] = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.on}"

    @property
    def label(self) -> Any:
        return State(self.state).label
