"""`{% statement_poll key %}` on any page of the site: five answers in one click, and what others answered."""

from typing import Any
from uuid import UUID

from django import template
from django.template.context import Context

from haven.voices import tallies

register = template.Library()


@register.inclusion_tag("pages/statement_poll.html", takes_context=True)
def statement_poll(context: Context, key: UUID) -> dict[str, Any]:
    """The page it stands on is drawn anew for everybody (no-store): a ballot is good for one vote."""
    request = context.get("request")
    told = {"key": key, "ballot": tallies.ballot(key), "result": tallies.result(key)}
    return told | {"choices": list(enumerate(tallies.CHOICES)), "back": request.path if request else ""}
