"""Short lists that editors may add to: parts of the institution, components of the plan, kinds of initiative."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel

from haven.pages.models.pairs import InLanguage, a_line, beside


class Named(models.Model):
    objects: ClassVar[models.Manager[Self]]

    key = models.SlugField(
        _("key"), unique=True, max_length=60, help_text=_("Short and fixed: other things hold on to it.")
    )
    name_nl, name_en = a_line(_("name"), 120)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    name = InLanguage()
    panels: ClassVar[list[Panel]] = [beside("name"), FieldPanel("key"), FieldPanel("position")]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @classmethod
    def by_key(cls) -> dict[str, Self]:
        return {one.key: one for one in cls.objects.all()}


class Unit(Named):
    """Who owns an action or an initiative. Begins with the units of the rulebook."""

    class Meta:
        verbose_name = _("part of the institution")
        verbose_name_plural = _("parts of the institution")
        ordering: ClassVar[list[str]] = ["position", "pk"]


class Component(Named):
    """What kind of thing an action adds (R-003-07)."""

    class Meta:
        verbose_name = _("component of the plan")
        verbose_name_plural = _("components of the plan")
        ordering: ClassVar[list[str]] = ["position", "pk"]


class InitiativeKind(Named):
    class Meta:
        verbose_name = _("kind of initiative")
        verbose_name_plural = _("kinds of initiative")
        ordering: ClassVar[list[str]] = ["position", "pk"]
