"""What the editor of the site shows beside pages: lists of what stands on several of them, and what to look at."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from haven.pages import kept, lists, plan_editing, plan_lists, proposals, reading_along, update_editing
from haven.pages.attention import attention
from haven.pages.models import ToolkitItem
from haven.pages.models.base import HousePage
from haven.rulebook import shelf

register_snippet(lists.Questions)
register_snippet(lists.QuestionGroups)
register_snippet(lists.Toolkit)
register_snippet(lists.Surveys)
register_snippet(plan_lists.Doing)


class Stale(Component):
    """What in the toolkit nobody looked at for long (R-004-20)."""

    order = 50
    template_name = "pages/edit/stale.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:  # noqa: ARG002  the editor hands it over
        items = ToolkitItem.objects.stale(localdate()).select_related("locale").order_by("reviewed_on")
        return {"items": items, "months": shelf.current().site.look_again_months}


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]  # theirs
def look_again(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("pages.change_toolkititem") and ToolkitItem.objects.stale(localdate()).exists():
        panels.append(Stale())


def addresses() -> list[URLPattern | URLResolver]:
    own = [
        path("version/", plan_editing.new_version, name="version"),
        path("update/", update_editing.draft, name="draft"),
        path("proposed/<slug:key>/leave-out/", proposals.leave_out, name="leave_out"),
    ]
    return [path("doing/", include((own, "doing"))), path("attention/", attention, name="attention")]


def new_version() -> MenuItem:
    return Version(_("Plan version"), reverse("doing:version"), icon_name="history", order=201)


def what_wants_a_look() -> MenuItem:
    return MenuItem(_("Wants a look"), reverse("attention"), icon_name="warning", order=150)


def point_out(request: HttpRequest, page: Page) -> None:
    if isinstance(page, HousePage):
        for hint in reading_along.hints(page):
            messages.warning(request, hint)


class Version(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm("pages.change_action"))


hooks.register("register_admin_urls", addresses)
hooks.register("register_admin_menu_item", new_version)
hooks.register("register_admin_menu_item", what_wants_a_look)
hooks.register("after_publish_page", point_out)
hooks.register("construct_homepage_panels", update_editing.reminder)
hooks.register("construct_homepage_panels", proposals.proposals)


def show_at_once(*_what: Any) -> None:
    """What is kept of the site is of before now."""
    kept.forget()


PAGES = ("after_publish_page", "after_unpublish_page", "after_delete_page", "after_move_page")
LISTS = ("after_create_snippet", "after_edit_snippet", "after_delete_snippet", "after_publish", "after_unpublish")
for moment in (*PAGES, *LISTS, "after_bulk_action"):
    hooks.register(moment, show_at_once)
