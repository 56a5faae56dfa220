"""What one team referred to another, as a page shows it."""

from typing import Any

from haven.cases.referral import Referred
from haven.desk.casefiles import CaseFile
from haven.desk.casepage import told
from haven.rulebook import shelf
from haven.rulebook.consent import TEAM


def what_was_referred(found: Referred) -> dict[str, Any]:
    """Everything that was agreed, and nothing beside it."""
    book, about = shelf.current(), found.about
    purposes = {one.key: one.label for one in book.routes.consent}
    shown: dict[str, Any] = {
        "found": found,
        "files": files_of(found),
        "purpose": purposes.get(about.get("purpose", ""), ""),
    }
    shown |= {"sender": book.recipient(TEAM, str(about.get("from", ""))), "summary": found.one("summary").get("text")}
    return shown | {"answers": told(found.one("answers")), "identity": told(found.one("identity"), "identity")}


def files_of(found: Referred) -> list[CaseFile]:
    """Only the copy everybody gets: no original and no pictures go with a referral."""
    return [CaseFile(one.item.pk, one.payload, {}, {}, one.damaged) for one in found.files]
