"""A case that was opened with keys. Every deed on a case asks for one: who cannot open it cannot act on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from haven.cases import deputy
from haven.cases.models import Case
from haven.people.models import User
from haven.rulebook import shelf
from haven.rulebook.questions import ANONYMOUS, NAMED
from haven.vault import grants, reading, sealing
from haven.vault.models import Grant, KeyBundle
from haven.vault.reading import Opened
from haven.vault.unlocking import Keyring

type Payload = dict[str, Any]


@dataclass(frozen=True)
class OpenCase:
    """A case with the words this person holds keys to. Lives as long as the request, and prints nothing."""

    case: Case
    by: User
    keyring: Keyring = field(repr=False)
    items: Sequence[Opened] = field(repr=False)

    def of(self, kind: str, slot: str) -> list[Opened]:
        """What lies in a slot of a compartment, in order. Empty when nothing was said, or when there is no key.

        What is damaged is left out: one bad row must not close the whole case. Only of a file is it told.
        """
        found = [one for one in self.items if one.kind == kind and one.item.slot == slot]
        whole = [one for one in found if not one.damaged or slot == "file"]
        return sorted(whole, key=lambda one: (one.item.seq, one.item.made_on))

    def one(self, kind: str, slot: str) -> Payload:
        found = self.of(kind, slot)
        return found[-1].payload if found else {}

    @cached_property
    def head(self) -> Payload:
        """Kind, mode, language and the answers that make the title. Empty after a withdrawal."""
        return self.one("report", "head")

    @property
    def answers(self) -> Payload:
        return self.one("report", "answers")

    @property
    def files(self) -> list[Opened]:
        return self.of("report", "file")

    @property
    def excluded(self) -> frozenset[str]:
        """Whom the reporter struck out, who is kept out by a rule, who stepped back. They never get a key again."""
        return frozenset(kid for one in self.of("internal", "excluded") for kid in one.payload.get("kids", ()))

    @cached_property
    def struck_out(self) -> list[User]:
        """The same as people: who was struck out stays so, also with new keys."""
        return owners(self.excluded)

    @cached_property
    def units(self) -> frozenset[str]:
        """The units of which nobody reads this, by the rule of its route."""
        routes, answers = shelf.current().routes, self.answers.get("answers", {})
        return routes[self.case.route].units_in(answers) if self.case.route in routes else frozenset()

    def keeps_out(self, person: User) -> bool:
        """Whether this person can never be given a key to this case."""
        return person in self.struck_out or person.unit in self.units

    @cached_property
    def readers(self) -> list[User]:
        """Who holds a key to this case, by name."""
        return owners(grants.kids_of(self.case.pk, "internal"))

    @property
    def messages(self) -> list[Opened]:
        """The dialogue: the reporter's side lies in `report`, ours in `replies`; one counter numbers both."""
        both = [*self.of("report", "message"), *self.of("replies", "message")]
        return sorted(both, key=lambda one: one.item.seq)

    @property
    def knows_reporter(self) -> bool:
        return bool(self.of("identity", "identity"))

    @cached_property
    def two_know(self) -> deputy.TwoKnow | None:
        """Who may know the name and who is the second, when the reporter named one."""
        return deputy.two_know(self.items, self.keyring)

    @property
    def shows_name(self) -> bool:
        """Whether the name is meant for everybody who handles the case: by name, or told later to all (R-000-20).

        A name that one person holds is never shown like this, also not to that person: it has to be opened, with a
        reason.
        """
        if not self.knows_reporter:
            return False
        mode = self.head.get("mode")
        alone = len(grants.kids_of(self.case.pk, "identity")) == 1
        return mode == NAMED or (mode == ANONYMOUS and not alone)

    def keep(self, kind: str, slot: str, payload: Payload, *, on: date, seq: int = 0) -> None:
        """Seal something more into a compartment of this case."""
        sealing.keep(self.case.pk, kind, slot, payload, on=on, seq=seq)


def owners(kids: Iterable[str]) -> list[User]:
    owners = KeyBundle.objects.filter(kid__in=list(kids)).values("owner_id")
    return list(User.objects.known().filter(pk__in=owners).order_by("name"))


def open_case(reference: str, *, keyring: Keyring, by: User) -> OpenCase:
    """Open one case. Raises Case.DoesNotExist when it is not there or not theirs: the two take the same steps."""
    case = Case.objects.select_related("handler").filter(reference=reference).first()
    if case is None:
        absent = uuid4()  # asked for as often as something that is there, so that time tells nothing either
        reading.can_open(keyring, absent, "internal")
        Grant.objects.filter(compartment=absent, kid__in=keyring.kids).exists()
        raise Case.DoesNotExist
    if not reading.can_open(keyring, case.pk, "internal"):
        raise Case.DoesNotExist
    items = reading.open_items(keyring, [case.pk]).get(case.pk, [])
    return OpenCase(case, by, keyring, deputy.shown(items, case=case, by=by, keyring=keyring))


def heads(cases: Iterable[Case], *, keyring: Keyring) -> dict[UUID, Payload]:
    """The heads of many cases at once, for a list: the number of queries does not grow with it."""
    opened = reading.open_items(keyring, [case.pk for case in cases], kinds=("report",), slots=("head",))
    return {scope: items[-1].payload for scope, items in opened.items() if items}
