"""Something that stands on several pages: kept once for each language, with drafts and earlier versions."""

from typing import Any, ClassVar, Self

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, Locale, RevisionMixin, TranslatableMixin

from haven.pages.models.looking import LookedAt


class Entries[Kind: models.Model](models.QuerySet[Kind]):
    def read_in(self, language: str) -> Self:
        return self.filter(live=True, locale__language_code=language)


class Entry(LookedAt, DraftStateMixin, RevisionMixin, TranslatableMixin, models.Model):
    """`wanted`: lists that have to be said anew in each language. A copy for another language is a draft without, and
    cannot be published so (R-004-42)."""

    slug = models.SlugField(
        _("address"), max_length=80, help_text=_("Stands behind the # in a link. Better not changed once it is known.")
    )
    wanted: ClassVar[tuple[str, ...]] = ()
    preview_template: ClassVar[str]

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def copy_for_translation(self, locale: Locale, exclude_fields: Any = None) -> Self:
        copy: Self = super().copy_for_translation(locale, exclude_fields=exclude_fields)
        for name in self.wanted:
            setattr(copy, name, [])
        copy.live = False
        copy.has_unpublished_changes = True
        return copy

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:  # noqa: ARG002  there is one mode
        return self.preview_template

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return context | {"written_in": self.locale.language_code, "entry": self}
