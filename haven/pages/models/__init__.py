"""What editors write. Each page exists once for each language, in a tree of its own; a page and its translation know
each other. There is a file for each subject, and all of them are read here."""

from haven.pages.models.accessibility import AccessibilityPage
from haven.pages.models.action import Action, Finding, Progress, Source
from haven.pages.models.activity import Activity, Outcome, Series
from haven.pages.models.activity_page import ActivityIndexPage
from haven.pages.models.audience import AudiencePage
from haven.pages.models.definition import DefinitionPage
from haven.pages.models.directory_entry import DirectoryEntry
from haven.pages.models.document import DocumentPage
from haven.pages.models.home import HomePage
from haven.pages.models.initiative import Initiative, InitiativeIndexPage
from haven.pages.models.naming import Component, InitiativeKind, Unit
from haven.pages.models.plan_page import PlanPage
from haven.pages.models.practice import PracticePage
from haven.pages.models.question import Question, QuestionGroup
from haven.pages.models.question_page import QuestionIndexPage
from haven.pages.models.required import RequiredPage
from haven.pages.models.situation import SituationPage
from haven.pages.models.standard import CampaignPage, StandardPage
from haven.pages.models.statement import StatementIndexPage, StatementPage
from haven.pages.models.toolkit import ToolkitItem
from haven.pages.models.toolkit_page import ToolkitPage
from haven.pages.models.topic import Survey, TopicIndexPage, TopicPage
from haven.pages.models.update import UpdateIndexPage, UpdatePage
from haven.pages.models.version import Version, VersionChange

__all__ = [
    "AccessibilityPage",
    "Action",
    "Activity",
    "ActivityIndexPage",
    "AudiencePage",
    "CampaignPage",
    "Component",
    "DefinitionPage",
    "DirectoryEntry",
    "DocumentPage",
    "Finding",
    "HomePage",
    "Initiative",
    "InitiativeIndexPage",
    "InitiativeKind",
    "Outcome",
    "PlanPage",
    "PracticePage",
    "Progress",
    "Question",
    "QuestionGroup",
    "QuestionIndexPage",
    "RequiredPage",
    "Series",
    "SituationPage",
    "Source",
    "StandardPage",
    "StatementIndexPage",
    "StatementPage",
    "Survey",
    "ToolkitItem",
    "ToolkitPage",
    "TopicIndexPage",
    "TopicPage",
    "Unit",
    "UpdateIndexPage",
    "UpdatePage",
    "Version",
    "VersionChange",
]
