"""What the editor of the site shows beside pages."""

from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from haven.pages import plan_editing, plan_lists, terms, update_editing

register_snippet(plan_lists.Doing)


def addresses() -> list[URLPattern | URLResolver]:
    own = [
        path("version/", plan_editing.new_version, name="version"),
        path("update/", update_editing.draft, name="draft"),
    ]
    return [path("doing/", include((own, "doing")))]


def new_version() -> MenuItem:
    return Version(_("New version of the plan"), reverse("doing:version"), icon_name="history", order=201)


class Version(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm("pages.change_action"))


hooks.register("register_admin_urls", addresses)
hooks.register("register_admin_menu_item", new_version)
hooks.register("after_publish_page", terms.warn)
hooks.register("construct_homepage_panels", update_editing.reminder)
