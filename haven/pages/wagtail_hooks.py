"""What the editor is told of us. The name of this file is the editor's."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from haven.pages import reading_along
from haven.pages.attention import attention
from haven.pages.models.base import HousePage


def addresses() -> list[URLPattern]:
    return [path("attention/", attention, name="attention")]


def what_wants_a_look() -> MenuItem:
    return MenuItem(_("Wants a look"), reverse("attention"), icon_name="warning", order=150)


def point_out(request: HttpRequest, page: Page) -> None:
    if isinstance(page, HousePage):
        for hint in reading_along.hints(page):
            messages.warning(request, hint)


hooks.register("register_admin_urls", addresses)
hooks.register("register_admin_menu_item", what_wants_a_look)
hooks.register("after_publish_page", point_out)
