"""From nothing to a site that editors can begin with: a tree for each language, and who may write where in it.

May be repeated at every start: what is there is left as it is, also when an editor changed it.
"""

from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page, Site
from wagtail.snippets.models import get_snippet_models

from haven.pages import actions, sowing
from haven.pages.models import CampaignPage, HomePage
from haven.people.editors import group
from haven.rulebook import shelf

WHOLE_SITE: Final = ("communication", "project_team")
CAMPAIGNS_ONLY: Final = "partner_body"
WRITES: Final = ("add_page", "change_page", "publish_page")
WITH_PICTURES: Final = ("add_image", "change_image", "choose_image")


@transaction.atomic
def plant() -> None:
    """The trees, the short lists, and the groups of the editors."""
    sowing.sow()
    homes = [_home(code) for code in sorted(shelf.current().institution.languages, key=_first)]
    if not Site.objects.filter(root_page__in=[home.pk for home in homes]).exists():
        _lead_to(homes[0])
    campaigns = [_campaigns(home) for home in homes]
    for role in WHOLE_SITE:
        _may(group(role), homes)
    _may(group(CAMPAIGNS_ONLY), campaigns)
    actions.tell_the_desk()


def _first(code: str) -> bool:
    """The language of the settings is where the tree of every other one grows from."""
    return code != settings.LANGUAGE_CODE


def _home(code: str) -> HomePage:
    locale, _made = Locale.objects.get_or_create(language_code=code)
    there: HomePage | None = HomePage.objects.filter(locale=locale).first()
    if there is not None:
        return there
    other = HomePage.objects.first()
    title = shelf.current().institution.contact_point_name.say(code)
    page = HomePage(title=title, slug=code, locale=locale)
    if other is not None:
        page.translation_key = other.translation_key
    _root().add_child(instance=page)
    page.save_revision().publish()
    return page


def _root() -> Page:
    root = Page.get_first_root_node()
    return root if root is not None else Page.add_root(instance=Page(title="Root", slug="root"))


def _lead_to(home: HomePage) -> None:
    """The bare address is this site. What the editor brought along to begin with goes."""
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    for page in Page.objects.filter(depth=2).exclude(pk__in=HomePage.objects.values("pk")):
        page.delete()
    Group.objects.filter(name__in=("Editors", "Moderators"), user=None).delete()


def _campaigns(home: HomePage) -> CampaignPage:
    """Where a partner body writes. Nobody sees it before somebody publishes it."""
    there: CampaignPage | None = CampaignPage.objects.child_of(home).first()
    if there is not None:
        return there
    key = CampaignPage.objects.filter(depth=home.depth + 1).values_list("translation_key", flat=True).first()
    with translation.override(home.locale.language_code):
        page = CampaignPage(title=gettext("Campaigns"), locale=home.locale, live=False)
    page.slug = page.title.lower()
    if key is not None:
        page.translation_key = key
    home.add_child(instance=page)
    page.save_revision()
    return page


def _may(writers: Group, pages: Iterable[Page]) -> None:
    """Write these pages and what is below them, with pictures; and, for the whole site, the lists of the site."""
    of_pages = Permission.objects.filter(content_type=ContentType.objects.get_for_model(Page), codename__in=WRITES)
    for page in pages:
        for one in of_pages:
            GroupPagePermission.objects.get_or_create(group=writers, page=page, permission=one)
    folder = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for one in Permission.objects.filter(content_type__app_label="wagtailimages", codename__in=WITH_PICTURES):
        GroupCollectionPermission.objects.get_or_create(group=writers, collection=folder, permission=one)
    missing = set(_of_the_editor(whole=writers.name in WHOLE_SITE)) - set(writers.permissions.all())
    writers.permissions.add(*missing)


def _of_the_editor(*, whole: bool) -> list[Permission]:
    asked = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    if whole:
        lists = ContentType.objects.get_for_models(*get_snippet_models()).values()
        asked |= Q(content_type__app_label="pages", content_type__in=[one.pk for one in lists])
        asked |= Q(content_type__app_label="simple_translation", codename="submit_translation")
    return list(Permission.objects.filter(asked))
