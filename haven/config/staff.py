"""The first people of an installation, made at the terminal: afterwards the desk does this."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse

from haven.config.place import Refused
from haven.people import editors
from haven.people.models import User
from haven.rulebook.roles import ROLES
from haven.trail import actions as trail
from haven.vault import directory
from haven.vault.models import KeyBundle

AT_THE_TERMINAL = "terminal"  # who did it, in the trail


@transaction.atomic
def add(say: Callable[[str], object], *, email: str, name: str, functions: tuple[str, str], role: str) -> None:
    """An account, and the link with which its owner chooses a password. It gives no key. Raises Refused."""
    if role not in ROLES:
        raise Refused(f"“{role}” is not a role. Choose one of: {', '.join(ROLES)}.")
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(f"There is an account for {email} already.")
    if User.objects.who_keeps_or_counsels(name, role).exists():
        raise Refused(f"{name} is a complaints officer or a confidential counsellor already; nobody can be both.")
    dutch, english = functions
    person = User(email=email.lower(), name=name, function_nl=dutch, function_en=english, role_key=role)
    invite(person)
    say(f"{name} can sign in after choosing a password here. The link works once; hand it over in person:")
    say(f"   {link_for(person)}")


def invite(person: User) -> None:
    """Save a new account, in the caller's transaction."""
    person.set_unusable_password()
    person.save()
    editors.admit(person)
    trail.note("person.invited", subject=str(person.pk), by=AT_THE_TERMINAL)


def link_for(person: User) -> str:
    where = reverse("set_up", kwargs={"person": person.pk, "token": default_token_generator.make_token(person)})
    return f"{settings.PUBLIC_ADDRESS}{where}"


@transaction.atomic
def make_roots(say: Callable[[str], object], emails: tuple[str, str]) -> None:
    """Write down whose signatures everything starts with, beside the database (security.md 2.4). Raises Refused."""
    file = settings.DATA / "secrets" / "roots"
    if settings.VAULT_ROOTS:
        raise Refused(f"The ceremony has been held: {file} or HAVEN_ROOTS names two readers. Others join at the desk.")
    bundles = [_bundle(email) for email in emails]
    if bundles[0].owner_id == bundles[1].owner_id:
        raise Refused("Two different people are needed.")
    trail.note("keys.rooted", subject=directory.ceremony(bundle.kid for bundle in bundles), by=AT_THE_TERMINAL)
    file.write_text("".join(f"{bundle.kid}\n" for bundle in bundles))
    for bundle in bundles:
        say(f"   {bundle.kid}  {bundle.owner}")
    say(f"Written to {file}. Compare these with what the two see at the desk, print the file, and keep it apart.")
    say("Start Haven again. Then the two confirm each other, and whoever follows, at the desk under People.")


def _bundle(email: str) -> KeyBundle:
    bundle = KeyBundle.objects.filter(owner__email__iexact=email, state=KeyBundle.State.CURRENT).first()
    if bundle is None:
        raise Refused(f"{email} has no keys yet. Let them sign in and choose a passphrase at the desk first.")
    return bundle
