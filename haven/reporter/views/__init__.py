"""The views of the reporter's door."""

from haven.reporter.views.contact import code_file, start
from haven.reporter.views.leaving import leave

__all__ = ["code_file", "leave", "start"]
