"""The hearings to which a party is invited, as their door shows them."""

from dataclasses import dataclass

from haven.complaints import hearings
from haven.complaints.hearings import Hearing
from haven.complaints.opened import OpenParty
from haven.rulebook.words import Text


@dataclass(frozen=True)
class Invited:
    one: Hearing
    form: Text
    article: str

    @property
    def changed(self) -> bool:
        return self.one.number > 0 and not self.one.off


def invited_to(opened: OpenParty) -> list[Invited]:
    """By day. Who stands by a party reads it with them, and not here."""
    found = hearings.hearings(opened)
    return [Invited(one, (form := hearings.form_of(opened, one)).name, form.article) for one in found]
