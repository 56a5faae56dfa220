"""A request about personal data, made in the mailbox: it reaches the team of the case, with a term of its own."""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from haven.cases.actions import NotNow
from haven.cases.consent import present
from haven.cases.privacy import PRIVACY
from haven.dialogue.actions import OpenMailbox
from haven.dialogue.aftercare import Told, raise_later
from haven.rulebook import shelf


@transaction.atomic
def ask(box: OpenMailbox, right: str, told: Told, *, on: date | None = None) -> None:
    """Access, correction or erasure, as the rulebook lists them."""
    day, case, rules = on or localdate(), present(box.case), shelf.current().privacy
    if right not in {one.key for one in rules.rights}:
        raise NotNow("not_asked")
    raise_later(box, case, told, {"kind": PRIVACY, "right": right, "due": rules.due(day).isoformat()}, day)
