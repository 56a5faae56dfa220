"""What who handles input proposes for the plan: a title, and nothing of what was said. On the first page of the editor,
where an editor makes an action of it or leaves it out."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import CreateView

from haven.pages.models.action import Action
from haven.voices import planned
from haven.voices.models import PlanLine


def waiting() -> list[PlanLine]:
    """Those of which nobody made an action yet."""
    lines = list(PlanLine.objects.filter(in_plan=False))
    made = {*Action.objects.filter(key__in=[one.key for one in lines]).values_list("key", flat=True)}
    return [one for one in lines if one.key not in made]


class Proposals(Component):
    name = "proposals"
    order = 40
    template_name = "pages/edit/proposals.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"lines": waiting(), "csrf_token": get_token(parent_context["request"])}


def proposals(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("pages.add_action") and waiting():
        panels.append(Proposals())


class NewAction(CreateView):
    """With key and titles filled in, where it comes from a proposal: by its key the two know each other."""

    def get_initial_form_instance(self) -> Action | None:
        line = next((one for one in waiting() if one.key == self.request.GET.get("proposed")), None)
        return Action(key=line.key, title_nl=line.nl, title_en=line.en) if line else None


@require_POST
def leave_out(request: HttpRequest, key: str) -> HttpResponse:
    if not request.user.has_perm("pages.add_action"):
        raise PermissionDenied
    if line := planned.leave_out(key):
        log(instance=line, action="wagtail.delete", user=request.user, deleted=True)
    messages.success(request, gettext("It does not come into the plan."))
    return redirect("wagtailadmin_home")
