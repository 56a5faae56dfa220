"""The yearly report of the complaints officers (R-001-30, R-001-32): what it shows of formal complaints, and who writes
it. Its deeds are those of every yearly report (written.py)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from haven.complaints import insiders, tallying
from haven.complaints.models import YearlyReport
from haven.complaints.papers import yearly as papers
from haven.complaints.papers.document import Document
from haven.people.models import User
from haven.rulebook import shelf
from haven.rulebook.procedure import Procedure
from haven.rulebook.words import Listed, Text
from haven.rulebook.yearly import Section, Yearly
from haven.vault.sealing import Reader
from haven.vault.unlocking import Keyring


@dataclass(frozen=True)
class OfComplaints:
    """The report that one regulation asks for: a Kind of written.py."""

    rules: Procedure
    presented: bool = True

    @property
    def yearly(self) -> Yearly:
        if self.rules.yearly is None:
            raise YearlyReport.DoesNotExist
        return self.rules.yearly

    @property
    def key(self) -> str:
        return self.rules.key

    @property
    def name(self) -> Text:
        return self.rules.name

    @property
    def sections(self) -> Sequence[Section]:
        return self.yearly.sections

    @property
    def addressees(self) -> Sequence[Listed]:
        return self.yearly.addressees

    @property
    def within_months(self) -> int:
        return self.yearly.within_months

    def authors(self, on: date) -> list[Reader]:
        return [one.reader for one in insiders.officers(on) if one.person]

    def gather(self, year: int, *, keyring: Keyring, by: User) -> None:
        tallying.count_ended(self.rules, year, keyring=keyring, by=by)

    def figures(self, year: int) -> dict[str, Any]:
        """The number of the year, exactly; the pool when it may be shown (R-001-31)."""
        pool = tallying.shown(self.rules, year)
        return {"received": tallying.received(self.rules, year), "pool": pool.plain() if pool else None}

    def shown(self, year: int, figures: Mapping[str, Any]) -> None:
        """A pool that it shows is closed with it."""
        pool = tallying.pool_of(self.rules)
        if figures["pool"] and pool:
            pool.until = year
            pool.save(update_fields=["until"])

    def drawn(
        self, year: int, figures: Mapping[str, Any], texts: Mapping[str, str], *, language: str, day: date
    ) -> Document:
        return papers.drawn(shelf.current(), papers.Year(self.rules, self.yearly, year, figures, texts), language, day)
