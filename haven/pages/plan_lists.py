"""How the lists of what is being done look in the editor: what each shows, and by what it can be narrowed."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from haven.pages.models.action import Action, Source
from haven.pages.models.activity import Activity, Series
from haven.pages.models.initiative import Initiative
from haven.pages.models.naming import Component, InitiativeKind, Unit
from haven.pages.proposals import NewAction

NAMED: list[str] = ["name_nl", "name_en", "key"]


def _state(action: Action) -> Any:
    return action.latest.label if action.latest else _("Not started")


def _percent(action: Action) -> Any:
    return action.latest.percent if action.latest else None


def _looked(action: Action) -> Any:
    return action.latest.on if action.latest else None


def _due(action: Action) -> Any:
    return _("Look at it again") if action.due_for_a_look() else ""


class Actions(SnippetViewSet):
    """Also where the board and its talks see how far everything is: state, owner, last looked at (R-003-08)."""

    model = Action
    add_view_class = NewAction
    icon = "tasks"
    menu_label = _("Actions")
    list_display: ClassVar[list[Any]] = [
        "title_nl",
        "unit",
        "priority",
        Column("state", label=_("State"), accessor=_state),
        Column("percent", label=_("Per cent"), accessor=_percent),
        Column("looked", label=_("Last looked at"), accessor=_looked),
        Column("due", label=_("Now"), accessor=_due),
    ]
    list_filter: ClassVar[list[str]] = ["unit", "component", "priority", "promised"]
    search_fields: ClassVar[list[str]] = ["title_nl", "title_en"]
    inspect_view_enabled = False


class Activities(SnippetViewSet):
    model = Activity
    icon = "calendar-alt"
    menu_label = _("Activities")
    list_display: ClassVar[list[str]] = ["title_nl", "kind", "on", "window_nl", "details_follow"]
    list_filter: ClassVar[list[str]] = ["kind", "series", "details_follow"]
    search_fields: ClassVar[list[str]] = ["title_nl", "title_en"]


class AllSeries(SnippetViewSet):
    model = Series
    icon = "list-ul"
    menu_label = _("Series")
    list_display: ClassVar[list[str]] = ["title_nl", "title_en"]


class Sources(SnippetViewSet):
    model = Source
    icon = "doc-full"
    menu_label = _("Sources")
    list_display: ClassVar[list[str]] = ["title_nl", "kind", "on"]
    list_filter: ClassVar[list[str]] = ["kind"]


class Components(SnippetViewSet):
    model = Component
    icon = "tag"
    menu_label = _("Components")
    list_display = NAMED


class Units(SnippetViewSet):
    model = Unit
    icon = "group"
    menu_label = _("Parts of the institution")
    list_display = NAMED


class Initiatives(SnippetViewSet):
    model = Initiative
    icon = "pick"
    menu_label = _("Initiatives")
    list_display: ClassVar[list[str]] = ["title_nl", "unit", "kind", "status", "highlighted"]
    list_filter: ClassVar[list[str]] = ["unit", "kind", "status", "highlighted"]
    search_fields: ClassVar[list[str]] = ["title_nl", "title_en"]


class InitiativeKinds(SnippetViewSet):
    model = InitiativeKind
    icon = "tag"
    menu_label = _("Kinds of initiative")
    list_display = NAMED


class Doing(SnippetViewSetGroup):
    menu_label = _("Plan and news")
    menu_icon = "tasks"
    menu_name = "doing"
    items = (Actions, Initiatives, Activities, AllSeries, Sources, Components, Units, InitiativeKinds)
