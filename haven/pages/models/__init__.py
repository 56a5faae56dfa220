"""What editors write. Each page exists once for each language, in a tree of its own; a page and its translation know
each other. There is a file for each subject, and all of them are read here."""

from haven.pages.models.audience import AudiencePage
from haven.pages.models.home import HomePage
from haven.pages.models.question import Question, QuestionGroup
from haven.pages.models.question_page import QuestionIndexPage
from haven.pages.models.situation import SituationPage
from haven.pages.models.standard import CampaignPage, StandardPage
from haven.pages.models.toolkit import ToolkitItem
from haven.pages.models.toolkit_page import ToolkitPage

__all__ = [
    "AudiencePage",
    "CampaignPage",
    "HomePage",
    "Question",
    "QuestionGroup",
    "QuestionIndexPage",
    "SituationPage",
    "StandardPage",
    "ToolkitItem",
    "ToolkitPage",
]
