"""The installation ceremony: two people, side by side at one terminal, get the keys everything starts with. Each
chooses a passphrase and prints a recovery code; then both sign for both (security.md 2.4). Django is set up."""

import os
from argparse import Namespace
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import override

from haven.config import place, staff
from haven.config.place import Refused
from haven.config.terminal import Terminal
from haven.desk.key_forms import NewPassphrase
from haven.desk.keychain import bundle_of, fingerprint, is_last_group
from haven.people.models import Membership, User
from haven.rulebook import shelf
from haven.trail import actions as trail
from haven.trail.models import Head
from haven.vault import directory, unlocking
from haven.vault.errors import CannotOpen
from haven.vault.models import KeyBundle
from haven.vault.unlocking import Keyring

ROLE = "contact_point"
ORDER = ("first", "second")


@dataclass(frozen=True)
class Root:
    """A first reader who is at the terminal now."""

    bundle: KeyBundle
    keyring: Keyring = field(repr=False)


def hold(terminal: Terminal, given: Namespace) -> None:
    """Raises Refused."""
    paper = _Paper(terminal, given.print_to)
    routes = _routes(given.routes)
    _show_first_key(terminal, paper)
    there = list(User.objects.filter(key_bundles__state=KeyBundle.State.CURRENT, role_key=ROLE).order_by("pk")[:2])
    roots = [_returning(terminal, given, number, person) for number, person in enumerate(there)]
    roots += [_new(terminal, given, number, paper) for number in range(len(there), 2)]
    _root(roots, routes)
    paper.page("The two first readers. Compare these with what they see at the desk, and keep the page apart.")
    for root in roots:
        paper.line(f"{fingerprint(root.bundle)}   {root.bundle.owner}")
    _links(terminal, roots)
    terminal.wait("Press Enter when the links are with their owners. ")
    file = settings.DATA / "secrets" / "roots"  # last: with this file the installation is whole
    place.write_whole(file, "".join(f"{root.bundle.kid}\n" for root in roots))


@dataclass
class _Paper:
    """What has to be printed: on the screen, or in a file that only its owner can read."""

    terminal: Terminal
    file: Path | None

    def __post_init__(self) -> None:
        if self.file is not None:
            try:
                os.close(os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
            except OSError as error:
                raise Refused(f"--print-to: {self.file} cannot be written ({error.strerror}).") from None
            self.terminal.say(f"What has to be printed goes to {self.file}. Print it, then destroy it: shred -u")

    def page(self, title: str) -> None:
        self._put(f"\n{title}")

    def line(self, words: str) -> None:
        self._put(f"   {words}")

    def _put(self, words: str) -> None:
        if self.file is None:
            self.terminal.say(words)
            return
        with self.file.open("a") as out:
            out.write(f"{words}\n")


def _routes(chosen: str | None) -> list[str]:
    """The teams the two read for: those named, or the contact point alone. A team that exists so that others can be
    reported to it has to be of other people."""
    routes = shelf.current().routes
    known = [route.key for route in routes if not route.outside]
    wanted = [key.strip() for key in chosen.split(",")] if chosen else [routes.first_for({}).key]
    if set(wanted) - set(known):
        raise Refused(f"--routes: choose from {', '.join(known)}. A team that reads outside gets its keys there.")
    return wanted


def _show_first_key(terminal: Terminal, paper: _Paper) -> None:
    head = Head.objects.first()
    if head is not None and head.seq:
        terminal.say("The first key of the trail was shown before, and is gone. The auditor has it.")
        return
    paper.page("The first key of the trail. For the auditor, who keeps it; no copy stays here.")
    paper.line(trail.first_key().hex())
    terminal.wait("Press Enter when it is on paper. ")


def _returning(terminal: Terminal, given: Namespace, number: int, person: User) -> Root:
    """Has keys since an earlier try, and opens them again to sign."""
    bundle = bundle_of(person)
    assert bundle is not None  # noqa: S101  that is how the person was found
    terminal.say(f"\n{person.name} has keys already, and opens them now to sign.")
    while True:
        secret = _secret(terminal, given, number, f"{person.name}, your passphrase")
        try:
            return Root(bundle, unlocking.unlock(bundle, secret))
        except CannotOpen:
            if not terminal.somebody or given.passphrase_file:
                raise Refused(f"That is not the passphrase of {person.name}.") from None
            terminal.say("That is not your passphrase, and not your recovery code.")


@transaction.atomic
def _new(terminal: Terminal, given: Namespace, number: int, paper: _Paper) -> Root:
    """An account with keys, or nothing: a code that was not written down opens nothing."""
    terminal.say(f"\nThe {ORDER[number]} reader.")
    person = _person(terminal, given, number)
    passphrase = _chosen_passphrase(terminal, given, number, person)
    staff.invite(person)
    bundle, code = unlocking.make_bundle(person, passphrase)
    trail.note("keys.made", subject=str(person.pk), by=staff.AT_THE_TERMINAL)
    paper.page(
        f"Recovery code of {person.name}. It opens what the passphrase opens. Keep it where only you can find it."
    )
    paper.line(code)
    paper.line(f"Key {fingerprint(bundle)}")
    if paper.file is None and terminal.somebody:
        while not is_last_group(terminal.ask("The last group of the code, from your paper", option=""), code):
            terminal.say("That is not the last group. Look at the last four characters on your paper.")
    return Root(bundle, unlocking.unlock(bundle, passphrase))


def _person(terminal: Terminal, given: Namespace, number: int) -> User:
    labels = ("Name", "E-mail", "Function as reporters read it, in Dutch", "The same in English")
    if number < len(given.reader):
        answers = given.reader[number]
    else:
        answers = [terminal.ask(label, option="--reader") for label in labels]
    name, email, dutch, english = answers
    if "@" not in email or User.objects.filter(email__iexact=email).exists():
        raise Refused(f"“{email}” is not a mail address, or has an account already.")
    return User(name=name, email=email.lower(), function_nl=dutch, function_en=english, role_key=ROLE)


def _chosen_passphrase(terminal: Terminal, given: Namespace, number: int, person: User) -> str:
    """Typed twice, and as strong as the desk asks."""
    person.set_unusable_password()
    terminal.say("A passphrase: at least 12 characters. Five words that do not belong together are strong.")
    while True:
        first = _secret(terminal, given, number, f"{person.name}, choose a passphrase")
        again = terminal.secret("Once more", option="") if terminal.somebody and not given.passphrase_file else first
        form = NewPassphrase({"passphrase": first, "again": again}, user=person)
        if form.is_valid():
            return first
        with override("en"):
            wrong = " ".join(str(error) for errors in form.errors.values() for error in errors)
        if not terminal.somebody or given.passphrase_file:
            raise Refused(wrong)
        terminal.say(wrong)


def _secret(terminal: Terminal, given: Namespace, number: int, label: str) -> str:
    if number < len(given.passphrase_file):
        try:
            return str(given.passphrase_file[number].read_text().rstrip("\n"))
        except OSError as error:
            raise Refused(f"--passphrase-file: {error.filename} cannot be read ({error.strerror}).") from None
    return terminal.secret(label, option="--passphrase-file")


@transaction.atomic
def _root(roots: list[Root], routes: list[str]) -> None:
    """Both sign for both, for every route; they read from today. May be repeated."""
    kids = tuple(root.bundle.kid for root in roots)
    settings.VAULT_ROOTS = kids  # as every later start reads it
    trail.note("keys.rooted", subject=directory.ceremony(kids), by=staff.AT_THE_TERMINAL)
    for root in roots:
        for route in routes:
            Membership.objects.get_or_create(user=root.bundle.owner, route=route)
            for signer in roots:
                directory.endorse(signer.keyring, route, root.bundle, localdate())
        trail.note("keys.endorsed", subject=str(root.bundle.owner_id), by=staff.AT_THE_TERMINAL)


def _links(terminal: Terminal, roots: list[Root]) -> None:
    """Keys open; signing in is another matter, with a password and a second factor of its own."""
    terminal.say("\nEach signs in after choosing a password here, and sets a second factor. A link works once:")
    for root in roots:
        if owner := root.bundle.owner:
            terminal.say(f"   {owner}: {staff.link_for(owner)}")
    terminal.say(
        "An administrator, who invites colleagues and can open nothing: haven people add --role administrator …"
    )
