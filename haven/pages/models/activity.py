"""What can be joined in the coming half year. Where day or place is not fixed yet, it says roughly when, and that more
will follow."""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel

from haven.pages import audience
from haven.pages.audience import Keys
from haven.pages.models.action import Action, months_after
from haven.pages.models.looking import InBothLanguages
from haven.pages.models.naming import Unit
from haven.pages.models.pairs import LANGUAGES, InLanguage, a_line, a_text, beside
from haven.rulebook import shelf


class Kind(models.TextChoices):
    TRAINING = "training", _("Training")
    WORKSHOP = "workshop", _("Workshop")
    TALK = "talk", _("Talk")
    THEATRE = "theatre", _("Theatre")
    MEETING = "meeting", _("Meeting")
    WORK_CONFERENCE = "work_conference", _("Work conference")
    CONSULTATION = "consultation", _("Consultation")
    REFLECTION = "reflection", _("Reflection session")
    INPUT_ROUND = "input_round", _("Round of ideas")


def languages() -> list[tuple[str, str]]:
    return [(code, str(name)) for code, name in LANGUAGES.items()]


class Series(models.Model):
    key = models.SlugField(_("key"), unique=True, max_length=60)
    title_nl, title_en = a_line(_("title"))
    text_nl, text_en = a_text(_("text"))
    purpose_nl, purpose_en = a_text(_("why"), blank=True)

    title, text, purpose = InLanguage(), InLanguage(), InLanguage()
    panels: ClassVar[list[Panel]] = [beside("title"), beside("text"), beside("purpose"), FieldPanel("key")]

    class Meta:
        verbose_name = _("series of activities")
        verbose_name_plural = _("series of activities")
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.title


class Activities(models.QuerySet["Activity"]):
    def ahead(self) -> "Activities":
        """In the months that the rulebook looks ahead, and what lasts until in them (R-003-18)."""
        today = localdate()
        last = months_after(today, shelf.current().site.months_ahead)
        day = models.functions.Coalesce("on", "around")
        to_come = models.Q(day__gte=today) | models.Q(until__gte=today)
        found: Activities = self.annotate(day=day).filter(to_come, day__lte=last)
        return found.order_by("day", "starts", "pk")


class Activity(InBothLanguages, ClusterableModel):
    preview_template = "pages/planning/activity.html"
    key = models.SlugField(_("address"), unique=True, max_length=60, help_text=_("Short and fixed: links lead to it."))
    title_nl, title_en = a_line(_("title"))
    purpose_nl, purpose_en = a_text(_("why"), blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    series = models.ForeignKey(
        Series, models.SET_NULL, verbose_name=_("part of a series"), null=True, blank=True, related_name="+"
    )
    details_follow = models.BooleanField(
        _("details follow"), default=False, help_text=_("When they are there, the feeds say so.")
    )
    window_nl, window_en = a_line(_("roughly when"), 120, blank=True)
    around = models.DateField(_("about this day"), null=True, blank=True, help_text=_("For its place in the list."))
    on = models.DateField(_("day"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Only for what lasts longer than a day."))
    starts = models.TimeField(_("from"), null=True, blank=True)
    ends = models.TimeField(_("to"), null=True, blank=True)
    place_nl, place_en = a_line(_("where"), blank=True)
    partner_nl, partner_en = a_line(_("with whom"), blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name=_("part of the institution"), null=True, blank=True, related_name="+"
    )
    audiences = Keys(_("for whom"), help_text=_("Nobody chosen means everyone."))
    languages = Keys(_("languages"), choose_from=languages)
    contact = models.EmailField(_("mail address for taking part"), blank=True)
    link = models.CharField(_("more about it, or a form"), max_length=300, blank=True)
    added_on = models.DateField(default=localdate, editable=False)
    details_on = models.DateField(null=True, editable=False)

    title, purpose, window, place, partner = (InLanguage() for _n in range(5))
    objects = Activities.as_manager()
    panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [beside("title"), beside("purpose"), FieldRowPanel([FieldPanel("kind"), FieldPanel("series")])],
            heading=_("What and why"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("details_follow"),
                FieldRowPanel([FieldPanel("on"), FieldPanel("starts"), FieldPanel("ends"), FieldPanel("until")]),
                beside("place"),
                beside("window"),
                FieldPanel("around"),
            ],
            heading=_("When and where"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("audiences"),
                FieldPanel("languages"),
                beside("partner"),
                FieldPanel("unit"),
                FieldRowPanel([FieldPanel("contact"), FieldPanel("link")]),
            ],
            heading=_("For whom and with whom"),
        ),
        InlinePanel("outcomes", heading=_("What came out of it"), label=_("idea")),
        FieldPanel("key"),
    ]

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering: ClassVar[list[str]] = ["-on", "pk"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """The day on which the details came is what a feed tells; nobody has to write it down."""
        super().clean()
        if self.details_follow and not (self.around and self.window_nl and self.window_en):
            raise ValidationError({"window_nl": _("Say roughly when, in both languages, and about which day.")})
        if not self.details_follow and not self.on:
            raise ValidationError({"on": _("Say which day, or that details follow.")})
        self.details_on = None if self.details_follow else self.details_on or localdate()

    @property
    def when(self) -> date | None:
        return self.on or self.around

    @property
    def label(self) -> Any:
        return Kind(self.kind).label

    @property
    def came_later(self) -> bool:
        """Details that were not there at first."""
        return self.details_on is not None and self.details_on > self.added_on

    @property
    def is_open(self) -> bool:
        """A round of ideas takes them in its own period only (R-003-27)."""
        return self.on is not None and self.on <= localdate() <= (self.until or self.on)

    @property
    def form(self) -> str:
        return "" if self.kind == Kind.INPUT_ROUND and not self.is_open else self.link

    def looked_at(self) -> dict[str, Any]:
        return {"activity": self, "outcomes": self.outcomes.all()}

    def for_whom(self) -> list[str]:
        return audience.names(self.audiences)

    def spoken(self) -> list[str]:
        return [name for code, name in languages() if code in self.languages]


class Outcome(models.Model):
    """An idea that people brought, and what it led to in the plan (R-003-06, R-003-23)."""

    activity = ParentalKey(Activity, on_delete=models.CASCADE, related_name="outcomes")
    text_nl, text_en = a_line(_("idea"), 300)
    action = models.ForeignKey(
        Action, models.SET_NULL, verbose_name=_("used in"), null=True, blank=True, related_name="ideas"
    )

    text = InLanguage()
    panels: ClassVar[list[Panel]] = [beside("text"), FieldPanel("action")]

    class Meta:
        verbose_name = _("idea")
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.text
