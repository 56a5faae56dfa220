"""Somebody to turn to whom an editor adds to those of the rulebook: a counsellor of one faculty, a line of one union.

It has the names that a provision of the rulebook has, so that the directory shows both in one way."""

from datetime import date
from typing import Any, ClassVar, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel, PublishingPanel
from wagtail.models import DraftStateMixin, RevisionMixin, TranslatableMixin
from wagtail.snippets.models import register_snippet

from haven.pages.directory import KEPT
from haven.rulebook import shelf
from haven.rulebook.words import Text


class EntryForm(WagtailAdminModelForm):
    """What there is to choose from is the rulebook's, and so never frozen in a migration."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        book, language = shelf.current(), get_language() or "nl"
        offered = {
            "for_audiences": [(one.key, one.name.say(language)) for one in book.audiences],
            "languages": [(one.key, one.label.say(language)) for one in book.routes.languages],
        }
        for name, choices in offered.items():
            old = self.fields[name]
            self.fields[name] = forms.MultipleChoiceField(
                label=old.label,
                help_text=old.help_text,
                required=False,
                choices=choices,
                widget=forms.CheckboxSelectMultiple,
            )


class EntryQuerySet(models.QuerySet["DirectoryEntry"]):
    def there(self, language: str) -> Self:
        """Those people can read: in this language, or else in the one in which they were written."""
        own = self.filter(live=True, locale__language_code=language)
        return self.filter(live=True).filter(
            models.Q(pk__in=own.values("pk")) | ~models.Q(translation_key__in=own.values("translation_key"))
        )


@register_snippet
class DirectoryEntry(DraftStateMixin, RevisionMixin, TranslatableMixin, models.Model):
    name = models.CharField(_("name or role"), max_length=120)
    does = models.TextField(_("what they do"), max_length=400)
    for_whom = models.CharField(_("for whom"), max_length=200)
    for_audiences = models.JSONField(_("shown to"), default=list, blank=True, help_text=_("None chosen: to everyone."))
    languages = models.JSONField(_("languages they speak"), default=list, blank=True)
    confidentiality = models.CharField(_("how confidential"), max_length=10, choices=KEPT)
    confidentiality_says = models.CharField(
        _("the same in a sentence"), max_length=250, help_text=_("What stays with them, and what may not.")
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    hours = models.CharField(_("when they can be reached"), max_length=120, blank=True)
    mail = models.EmailField(_("mail"), blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    url = models.URLField(_("website"), blank=True)
    closed_on = models.DateField(_("away from"), null=True, blank=True)
    closed_until = models.DateField(_("up to and including"), null=True, blank=True)
    closed_says = models.CharField(
        _("what people read then"), max_length=250, blank=True, help_text=_("Shown until they are back.")
    )
    reviewed_on = models.DateField(_("last looked at"), default=date.today)

    objects: ClassVar = EntryQuerySet.as_manager()
    base_form_class = EntryForm
    panels: ClassVar[list[Panel]] = [
        FieldPanel("name"),
        FieldPanel("does"),
        MultiFieldPanel([FieldPanel("for_whom"), FieldPanel("for_audiences"), FieldPanel("languages")], _("For whom")),
        MultiFieldPanel([FieldPanel("confidentiality"), FieldPanel("confidentiality_says")], _("Confidential?")),
        MultiFieldPanel(
            [FieldPanel(one) for one in ("phone", "hours", "mail", "place", "url")], _("How to reach them")
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("closed_on"), FieldPanel("closed_until")]), FieldPanel("closed_says")], _("Away")
        ),
        FieldPanel("reviewed_on"),
        PublishingPanel(),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("somebody to turn to")
        verbose_name_plural = _("whom to turn to")
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if not (self.phone or self.mail or self.place or self.url):
            raise ValidationError({"phone": _("Fill in at least one way to reach them.")})
        if self.closed_says and not (self.closed_on and self.closed_until and self.closed_on <= self.closed_until):
            raise ValidationError({"closed_on": _("Fill in both days, in order.")})

    @property
    def key(self) -> str:
        return f"entry_{self.pk}"

    @property
    def ways(self) -> Self:
        return self

    @property
    def written_in(self) -> str:
        code: str = self.locale.language_code
        return code

    def fits(self, audience: str) -> bool:
        return not self.for_audiences or not audience or audience in self.for_audiences

    def away(self, day: date) -> tuple[Text | str, ...]:
        """As a provision says it. Announced as soon as it is published."""
        return (self.closed_says,) if self.closed_says and self.closed_until and day <= self.closed_until else ()
