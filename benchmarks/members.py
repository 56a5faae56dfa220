"""The people who read in a measurement: six of the contact point, confirmed as at the installation ceremony."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.timezone import localdate

from benchmarks import place
from haven.people.models import Membership, User
from haven.vault import directory, unlocking
from haven.vault.models import KeyBundle
from haven.vault.unlocking import Keyring

READERS = 6
ROUTE = "contact_point"
PASSPHRASE = "seven calm herons beside the water"  # noqa: S105  of people who do not exist


@dataclass(frozen=True)
class Member:
    """Somebody of the contact point, with what opens their keys."""

    person: User
    bundle: KeyBundle
    keyring: Keyring


def members(count: int = READERS) -> list[Member]:
    """The first two are the roots of the ceremony and sign for everybody."""
    staff = [_member(number) for number in range(count)]
    roots = [one.bundle.kid for one in staff[:2]]
    (place.FOLDER / "secrets" / "roots").write_text("\n".join(roots))
    settings.VAULT_ROOTS = tuple(roots)
    long_ago = localdate() - timedelta(days=500)
    for one in staff:
        for root in staff[:2]:
            directory.endorse(root.keyring, ROUTE, one.bundle, long_ago)
    return staff


def _member(number: int) -> Member:
    person = User.objects.create(
        email=f"reader{number}@university.invalid",
        name=f"Reader {number}",
        function_nl="Medewerker van het contactpunt",
        function_en="Member of the contact point",
        role_key="contact_point",
    )
    Membership.objects.create(user=person, route=ROUTE)
    bundle, _recovery = unlocking.make_bundle(person, PASSPHRASE)
    return Member(person, bundle, unlocking.unlock(bundle, PASSPHRASE))
