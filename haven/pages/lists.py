"""How the lists of the editor look: what each shows, and by what it can be narrowed."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from haven.pages.models import Question, QuestionGroup, Survey, ToolkitItem


class Questions(SnippetViewSet):
    model = Question
    icon = "help"
    menu_label = _("Questions")
    add_to_admin_menu = True
    list_display: ClassVar[list[str]] = ["asks", "group", "live"]
    list_filter: ClassVar[list[str]] = ["group", "live"]
    search_fields: ClassVar[list[str]] = ["asks"]


class QuestionGroups(SnippetViewSet):
    model = QuestionGroup
    icon = "folder"
    list_display: ClassVar[list[str]] = ["title", "position"]


class Toolkit(SnippetViewSet):
    model = ToolkitItem
    icon = "pick"
    menu_label = _("Toolkit")
    add_to_admin_menu = True
    list_display: ClassVar[list[str]] = ["title", "kind", "reviewed_on", "live"]
    list_filter: ClassVar[list[str]] = ["kind", "subject", "live"]
    ordering: ClassVar[list[str]] = ["reviewed_on"]
    search_fields: ClassVar[list[str]] = ["title"]


class Surveys(SnippetViewSet):
    model = Survey
    icon = "form"
    list_display: ClassVar[list[str]] = ["title", "from_on", "to_on", "live"]
