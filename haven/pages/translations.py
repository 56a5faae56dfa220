"""How a page stands to the same page in the other language. The language of the settings comes first: its page is
written, and the others follow it. Publishing the other one again says that it follows."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

NEWER = _("The Dutch is newer")
NO_ENGLISH = _("Not in English yet")
NO_DUTCH = _("Not in Dutch yet")


def state(page: Page) -> Promise | None:
    """None when there is nothing to do."""
    if page.pk is None or not page.live:
        return None
    first = page.locale.language_code == settings.LANGUAGE_CODE
    other = page.get_translations().live().exclude(alias_of=page).order_by("pk").first()
    if other is None:
        return NO_ENGLISH if first else NO_DUTCH
    return NEWER if not first and _newer(other, page) else None


def _newer(one: Page, other: Page) -> bool:
    return bool(one.last_published_at and other.last_published_at and one.last_published_at > other.last_published_at)
