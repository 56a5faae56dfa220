"""What stands directly below a page, as tiles lead there: asked in one question, whatever kinds of pages it finds."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models.functions import Coalesce
from wagtail.models import PageQuerySet

from haven.pages.models.base import HousePage
from haven.rulebook import shelf
from haven.rulebook.directory import Audience


@dataclass(frozen=True)
class Tile:
    """Of a page that stands where it is in the tree. `audience`: of the page of one."""

    kind: type[HousePage]
    title: str
    address: str
    lead: str
    audience: str | None

    @property
    def who(self) -> Audience | None:
        return known(self.audience)


def known(audience: str | None) -> Audience | None:
    """None when the rulebook does not know them any more; a page then says less."""
    audiences = shelf.current().audiences
    return audiences[audience] if audience and audience in audiences else None


def tiles(pages: PageQuerySet[Any], *, for_each: bool = False) -> list[Tile]:
    """`for_each`: first words are wanted of pages to which every audience is led, and of no others."""
    told = ("content_type", "title", "url_path", Coalesce(*_leads(for_each=for_each)), "audiencepage__audience")
    return [Tile(_kind(kind), *rest) for kind, *rest in pages.live().values_list(*told)]


@cache
def _leads(*, for_each: bool) -> list[str]:
    """Where the first words of a page can stand: each kind has a table of its own."""
    kinds = [kind for kind in apps.get_app_config("pages").get_models() if issubclass(kind, HousePage)]
    wanted = [kind for kind in kinds if hasattr(kind, "lead") and (kind.for_each or not for_each)]
    return [f"{kind.__name__.lower()}__lead" for kind in wanted]


def _kind(number: int) -> type[HousePage]:
    """Of a page that is none of ours, or not any more: no kind in particular."""
    kind = ContentType.objects.get_for_id(number).model_class()  # which are remembered
    return kind if kind is not None and issubclass(kind, HousePage) else HousePage
