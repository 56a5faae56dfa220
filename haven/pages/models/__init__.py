"""What editors write. Each page exists once for each language, in a tree of its own; a page and its translation know
each other. There is a file for each subject, and all of them are read here."""

from haven.pages.models.audience import AudiencePage
from haven.pages.models.entry import DirectoryEntry
from haven.pages.models.home import HomePage
from haven.pages.models.standard import CampaignPage, StandardPage

__all__ = ["AudiencePage", "CampaignPage", "DirectoryEntry", "HomePage", "StandardPage"]
