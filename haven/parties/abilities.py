"""What a party can do now. It follows from the regulation: from the sides that are equal, from who can bring somebody,
and from the steps that are open to the role. A page asks here before it shows a button, and again before it does it."""

from dataclasses import dataclass

from haven.complaints import actions, agreeing, regulation
from haven.complaints.agreeing import Question
from haven.complaints.opened import OpenParty
from haven.rulebook.procedure import Role, Step
from haven.rulebook.requests import Request


@dataclass(frozen=True)
class Abilities:
    opened: OpenParty

    @property
    def role(self) -> Role:
        return regulation.of(self.opened.row).role(self.opened.party.role)

    @property
    def running(self) -> bool:
        return self.opened.row.ended_on is None

    @property
    def is_side(self) -> bool:
        """One of those between whom the arms are equal: they file, propose, and are asked to agree."""
        return self.role.equal

    @property
    def is_starter(self) -> bool:
        return regulation.of(self.opened.row).starter == self.opened.party.role

    @property
    def stands_beside(self) -> bool:
        return self.opened.party.supports_id is not None

    @property
    def can_add(self) -> bool:
        return self.running and self.is_side

    @property
    def requests(self) -> tuple[Request, ...]:
        """What this party can ask of who handles the complaint."""
        return regulation.of(self.opened.row).requests_of(self.opened.party.role) if self.running else ()

    @property
    def brings(self) -> list[Role]:
        """As what this party can bring somebody."""
        rules = regulation.of(self.opened.row)
        return [rules.role(key) for key in self.role.supported_by] if self.running else []

    @property
    def steps(self) -> list[Step]:
        """Steps that somebody without a seat can take: those that look at nothing a party has no key to."""
        return [one for one in actions.open_to(self.opened) if not one.needs] if self.running else []

    @property
    def questions(self) -> list[Question]:
        """What this party is asked to agree to, with both sides or with everybody at a hearing; the newest first."""
        return list(reversed(agreeing.questions(self.opened)))

    @property
    def waits(self) -> bool:
        """Whether something was asked that is not answered yet."""
        return self.running and any(not one.answers for one in self.questions)
