"""What editors do beside writing pages. The views ask who may; what was done stands in the log of the editor."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from haven.pages.drafting import drafted, of_month
from haven.pages.models.pairs import Words
from haven.pages.models.update import UpdateIndexPage, UpdatePage
from haven.pages.models.version import Version, VersionChange, as_it_is, waiting
from haven.pages.plan import gone
from haven.voices import planned


@transaction.atomic
def make_version(*, on: date, title: Words, reason: Words, why: Mapping[str, Words]) -> Version:
    """The plan as it is now becomes public. `why`: a reason for each action that changed; the first needs none."""
    newest, changed = Version.newest(), waiting()
    if not changed or (newest and {one.key for one in changed} - why.keys()):
        raise ValidationError(_("Each action that changed needs a reason."))
    number = newest.number + 1 if newest else 1
    made = Version(number=number, on=on, actions=as_it_is(), **_pair("title", title), **_pair("reason", reason))
    made.save()
    for one in changed if newest else ():
        told = _pair("reason", why[one.key])
        VersionChange.objects.create(version=made, action=one.key, kind=one.kind, **told)
    tell_the_desk()
    return made


def tell_the_desk() -> None:
    """Who handles input knows the actions of the plan by their titles."""
    newest = Version.newest()
    planned.tell({key: one["title"] for key, one in (newest.actions if newest else {}).items() if not gone(one)})


def _pair(name: str, words: Words) -> dict[str, str]:
    return {f"{name}_{code}": said for code, said in words.items()}


@transaction.atomic
def draft_update(month: date, by: Any) -> list[UpdatePage]:
    """A draft in each language that has a page for updates; one that is there already is left as it is."""
    key, made = uuid4(), []
    for index in UpdateIndexPage.objects.live().select_related("locale"):
        there = of_month(index, month)
        made.append(there or _draft(index, month, key, by))
    return made


def _draft(index: UpdateIndexPage, month: date, key: UUID, by: Any) -> UpdatePage:
    with translation.override(index.locale.language_code):
        told, title = drafted(index, month), date_format(month, "F Y").capitalize()
        page = UpdatePage(title=title, slug=f"{month:%Y-%m}", month=month, live=False, quiet=told.quiet)
        page.happening, page.coming, page.highlights = told.happening, told.coming, told.highlights
        page.lead = _("Nothing changed in the plan this month.") if told.quiet else ""
    page.locale, page.translation_key, page.owner = index.locale, key, by
    index.add_child(instance=page)
    page.save_revision(user=by, log_action=True)
    return page
