"""The update of this month: its draft at the press of a button, and a reminder on the editor's own first page."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component

from haven.pages import actions
from haven.pages.drafting import of_month
from haven.pages.models.update import UpdateIndexPage, first_of


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """In each language; then on to the one in the language of the editor."""
    if not _may(request.user):
        raise PermissionDenied
    made = actions.draft_update(first_of(localdate()), by=request.user)
    own = [page for page in made if page.locale.language_code == get_language()]
    return redirect("wagtailadmin_pages:edit", (own or made)[0].pk)


def _may(user: Any) -> bool:
    pages = list(UpdateIndexPage.objects.live())
    return bool(pages) and all(page.permissions_for_user(user).can_add_subpage() for page in pages)


class Reminder(Component):
    """Is the update of this month there? Nobody is mailed: it stands where an editor begins."""

    name = "update_of_the_month"
    template_name = "pages/edit/reminder.html"
    order = 50

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        request = parent_context["request"]
        month = first_of(localdate())
        pages = [(page, of_month(page, month)) for page in UpdateIndexPage.objects.live().select_related("locale")]
        missing = [(page.locale, one) for page, one in pages if one is None or not one.live]
        last = [page.months() for page, _one in pages]
        gone = sorted({when for months in last for when, one in months if one is None}, reverse=True)[:1]
        told = {"month": month, "missing": missing, "gone": gone, "csrf_token": get_token(request)}
        return told | {"shown": _may(request.user), "drafted": any(one for _locale, one in missing)}


def reminder(request: HttpRequest, panels: list[Component]) -> None:  # noqa: ARG001  the hook hands it over
    panels.append(Reminder())
