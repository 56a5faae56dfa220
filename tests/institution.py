"""Staff with keys, for tests: made the way the installation ceremony makes them, with cheap stretching."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from haven.cases.models import Case
from haven.cases.opened import OpenCase, open_case
from haven.intake.actions import Receipt, Report, submit
from haven.people.models import Membership, User
from haven.vault import directory, unlocking
from haven.vault.codes import new_code
from haven.vault.keyring import Keyring

PASSPHRASE = "a long passphrase of a test"
LONG_AGO = date(2020, 1, 1)


@dataclass
class Person:
    """Somebody of the staff, with their opened keyring where they have one."""

    user: User
    keyring: Keyring | None = None

    @property
    def kid(self) -> str:
        assert self.keyring is not None
        return self.keyring.kid

    def opens(self, case: Case) -> OpenCase | None:
        """The case as this person gets it, or None."""
        assert self.keyring is not None
        try:
            return open_case(case.reference, keyring=self.keyring, by=self.user)
        except Case.DoesNotExist:
            return None


@dataclass
class Institution:
    """Readers of one route, confirmed by the two roots of a ceremony. `settings` is pytest-django's fixture."""

    settings: Any
    route: str = "contact_point"
    readers: list[Person] = field(default_factory=list)

    def person(self, name: str, *, role: str = "contact_point", keys: bool = True, serves: bool = True) -> Person:
        email = f"{name.lower().replace(' ', '.')}@voorbeeld.example"
        user = User.objects.create(
            email=email, name=name, function_nl="Medewerker", function_en="Officer", role_key=role
        )
        if serves:
            Membership.objects.create(user=user, route=self.route)
        if not keys:
            return Person(user)
        bundle, _recovery = unlocking.make_bundle(user, PASSPHRASE)
        return Person(user, unlocking.unlock(bundle, PASSPHRASE))

    def known(self, user: User) -> Person:
        """Somebody who is here already, with their keys opened."""
        return Person(user, unlocking.unlock(user.key_bundles.get(), PASSPHRASE))

    def with_readers(self, count: int = 3) -> "Institution":
        self.readers += [self.person(f"Reader {number}") for number in range(len(self.readers), count)]
        roots = self.readers[:2]
        self.settings.VAULT_ROOTS = tuple(one.kid for one in roots)
        for reader in self.readers:
            self.confirm(reader, by=roots)
        return self

    def confirm(self, person: Person, *, by: list[Person], on: date = LONG_AGO) -> None:
        bundle = person.user.key_bundles.get()
        for one in by:
            assert one.keyring is not None
            directory.endorse(one.keyring, self.route, bundle, on)

    def report(self, answers: dict[str, Any] | None = None, **more: Any) -> tuple[Case, str]:
        """Send a report; the case, and the code that opens its mailbox."""
        code = more.pop("code", None) or new_code()
        self.sent(answers, code=code, **more)
        return Case.objects.exclude(pk__in=self._known).get(), code

    def sent(self, answers: dict[str, Any] | None = None, *, code: str, **more: Any) -> Receipt:
        self._known = list(Case.objects.values_list("pk", flat=True))
        on = more.pop("on", localdate())
        answers = {"purpose": "report", "story": "Somebody shouted at me.", "mode": "anonymous"} | (answers or {})
        report = Report(code=code, answers=answers, language="en", route=self.route, **more)
        return submit(report, on=on)

    _known: list[Any] = field(default_factory=list)


def yesterday() -> date:
    return localdate() - timedelta(days=1)
