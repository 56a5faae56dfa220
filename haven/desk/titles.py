"""What a case is called in lists and on its page."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from haven.cases.models import Case, State
from haven.rulebook import shelf


def title_of(case: Case, head: Mapping[str, Any]) -> str:
    """From option labels only, so that a list shows nothing of the story."""
    if case.state == State.WITHDRAWN:
        return _("Withdrawn by the reporter")
    if not head:
        return _("Cannot be opened")
    return shelf.current().title(head.get("answers", {}), get_language() or "nl", kind=head.get("kind", ""))
