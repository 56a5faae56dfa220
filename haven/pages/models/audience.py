"""The page of an audience of the rulebook: who is meant, where they stand, the two ways on, and who answers."""

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField

from haven.pages import front
from haven.pages.blocks import BODY, TEAM
from haven.pages.models.base import HousePage
from haven.pages.models.question import answered
from haven.pages.models.tiles import known, tiles
from haven.pages.models.topic import of_these_days
from haven.rulebook import shelf
from haven.rulebook.directory import Audience


class AudienceForm(WagtailAdminPageForm):
    """The audiences are the rulebook's, and so never frozen in a migration."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "audience" in self.fields:
            language = get_language() or "nl"
            named = [(one.key, one.name.say(language)) for one in shelf.current().audiences if not one.page]
            self.fields["audience"] = forms.ChoiceField(label=_("For whom"), choices=named)


class AudiencePage(HousePage):
    audience = models.CharField(_("for whom"), max_length=40)
    lead = models.TextField(_("first words"), blank=True)
    body = StreamField(BODY, verbose_name=_("text"), blank=True)
    team = StreamField(TEAM, verbose_name=_("who answers"), blank=True)

    base_form_class = AudienceForm
    template = "pages/written/audience.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    content_panels: ClassVar[list[Panel]] = [
        *HousePage.content_panels,
        FieldPanel("audience"),
        FieldPanel("lead"),
        FieldPanel("body"),
        FieldPanel("team"),
    ]

    class Meta:
        verbose_name = _("page for an audience")

    @property
    def who(self) -> Audience | None:
        return known(self.audience)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`sent_here`: audiences without a page of their own; `sent_away`: who finds theirs beside this one."""
        who, siblings = self.who, tiles(self.get_siblings(inclusive=False), for_each=True)
        beside = {one.audience: one for one in siblings if one.audience}
        away = [(one.who, beside[one.page]) for one in (who.elsewhere if who else ()) if one.page in beside]
        here = [one for one in shelf.current().audiences if one.page == self.audience]
        told = front.told() | {"who": who, "sent_here": here, "sent_away": away}
        told |= of_these_days(self.locale.language_code, self.audience)
        told["groups"] = answered(self.locale.language_code, self.audience)
        told["further"] = [one for one in siblings if one.kind.for_each]
        return super().get_context(request, *args, **kwargs) | told
