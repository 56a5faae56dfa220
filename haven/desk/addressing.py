"""Where a letter goes: the address below the name, on what one side gets alone and on nothing that the other reads."""

from typing import Any

from haven.complaints import parties
from haven.complaints.documents import ADDRESSED
from haven.complaints.models import Party
from haven.complaints.opened import OpenComplaint
from haven.complaints.papers.document import Document
from haven.desk.complaint_forms import name_of


def addressed(opened: OpenComplaint, party: Party, *, alone: bool) -> tuple[str, ...]:
    """`alone`: this letter goes to nobody else."""
    address = str(parties.reached(opened, party).get("address", "")).splitlines() if alone else []
    return (name_of(opened, party), *filter(None, map(str.strip, address)))


def marked(made: Document) -> dict[str, Any]:
    """That an address stands on it, which is looked at before it is served."""
    return {ADDRESSED: True} if made.to[1:] else {}
