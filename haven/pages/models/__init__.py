"""What editors write. Each page exists once for each language, in a tree of its own; a page and its translation know
each other. There is a file for each subject, and all of them are read here."""

from haven.pages.models.action import Action, Finding, Progress, Source
from haven.pages.models.activity import Activity, Outcome, Series
from haven.pages.models.activity_page import ActivityIndexPage
from haven.pages.models.audience import AudiencePage
from haven.pages.models.home import HomePage
from haven.pages.models.initiative import Initiative, InitiativeIndexPage
from haven.pages.models.naming import Component, InitiativeKind, Unit
from haven.pages.models.plan_page import PlanPage
from haven.pages.models.standard import CampaignPage, StandardPage
from haven.pages.models.update import UpdateIndexPage, UpdatePage
from haven.pages.models.version import Version, VersionChange

__all__ = [
    "Action",
    "Activity",
    "ActivityIndexPage",
    "AudiencePage",
    "CampaignPage",
    "Component",
    "Finding",
    "HomePage",
    "Initiative",
    "InitiativeIndexPage",
    "InitiativeKind",
    "Outcome",
    "PlanPage",
    "Progress",
    "Series",
    "Source",
    "StandardPage",
    "Unit",
    "UpdateIndexPage",
    "UpdatePage",
    "Version",
    "VersionChange",
]
