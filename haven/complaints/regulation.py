"""PROVISIONAL until the procedures of the rulebook are there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from haven.complaints.letter import Letter
from haven.complaints.models import Complaint

SIDES = {
    "complainant": "party", "defendant": "party", "witness": "party", "support_person": "party", "legal_adviser": "party",
    "mediator": "party", "complaints_officer": "office", "portfolio_holder": "decider", "board": "decider",
    "supervisory_board": "decider", "chair": "committee", "vice_chair": "committee", "member": "committee",
    "secretary": "committee", "management_council": "other",
}  # fmt: skip


@dataclass(frozen=True)
class Exception_:
    documents: tuple[str, ...]
    to: tuple[str, ...]
    own_only: bool = False


@dataclass(frozen=True)
class Regulation:
    key: str = "complaints"
    version: str = "2019"
    sides: tuple[str, ...] = ("complainant", "defendant")
    complainant: str = "complainant"
    first_step: str = "receipt"
    facts: tuple[str, ...] = ("board_member_involved", "defendant_employed", "complainant_employed", "joined")

    def side(self, role: str) -> str:
        return SIDES.get(role, "")

    def is_party(self, role: str) -> bool:
        return self.side(role) == "party"

    def may_name(self, role: str, supporter: str) -> bool:
        return role in self.sides and supporter in {"support_person", "legal_adviser"}

    def may_be_anonymous(self, role: str) -> bool:
        return role == "witness"

    def needed_sides(self, facts: Collection[str]) -> tuple[str, ...]:
        return self.sides

    def exception(self, key: str) -> Exception_ | None:
        return {
            "witness_own_report": Exception_(("report",), ("witness",), own_only=True),
            "receipt": Exception_(("receipt",), ("complainant",)),
        }.get(key)

    def declares(self, role: str) -> bool:
        return self.side(role) == "committee"

    def replaced(self, facts: Collection[str]) -> frozenset[str]:
        return frozenset({"board", "portfolio_holder"}) if "board_member_involved" in facts else frozenset()

    def flags(self, letter: Letter) -> list[Any]:
        return []


def of(row: Complaint) -> Regulation:
    return Regulation()


def in_force(entity: str, on: date) -> Regulation:
    return Regulation()
