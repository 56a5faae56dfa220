"""What editors write. Each page exists once for each language, in a tree of its own; a page and its translation know
each other. There is a file for each subject, and all of them are read here."""

from haven.pages.models.accessibility import AccessibilityPage
from haven.pages.models.audience import AudiencePage
from haven.pages.models.definition import DefinitionPage
from haven.pages.models.document import DocumentPage
from haven.pages.models.home import HomePage
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

__all__ = [
    "AccessibilityPage",
    "AudiencePage",
    "CampaignPage",
    "DefinitionPage",
    "DocumentPage",
    "HomePage",
    "PracticePage",
    "Question",
    "QuestionGroup",
    "QuestionIndexPage",
    "RequiredPage",
    "SituationPage",
    "StandardPage",
    "StatementIndexPage",
    "StatementPage",
    "Survey",
    "ToolkitItem",
    "ToolkitPage",
    "TopicIndexPage",
    "TopicPage",
]
