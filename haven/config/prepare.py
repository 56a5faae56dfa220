"""From a data folder to a Haven that can be served: database, static files, demo. Import it when Django is set up."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from haven.cleaning import health as cleaning
from haven.config.demo import complaining, content, load
from haven.config.place import Refused
from haven.pages import planting

type Say = Callable[[str], object]

_ONE_AT_A_TIME = 0x686176656E


class Progress(io.TextIOBase):
    """Tells of each step of `migrate` as it is done, and of nothing else."""

    def __init__(self, say: Say) -> None:
        self._say = say

    def write(self, text: str) -> int:
        if text.strip().startswith("Applying"):
            self._say(f"   {text.strip().removeprefix('Applying').removesuffix('...').strip()}")
        return len(text)


def prepare(say: Say) -> None:
    """Everything between the empty folder and the first request. May be repeated at every start. Raises Refused."""
    check_database()
    say("Preparing the database.")
    migrate(say)
    say("Preparing style and scripts.")
    call_command("collectstatic", interactive=False, verbosity=0)
    say("Preparing the trees of the site.")
    with _one_at_a_time():
        planting.plant()
    if settings.DEMO:
        load.load(say)


def migrate(say: Say) -> None:
    """From whatever version to this one, in one transaction: killed in the middle, it has not begun."""
    connection.disable_constraint_checking()  # SQLite cannot alter tables otherwise; each step checks them at its end
    try:
        with _one_at_a_time():
            call_command("migrate", interactive=False, stdout=Progress(say), no_color=True)
    finally:
        connection.enable_constraint_checking()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """In a transaction that other servers, which start at the same time, wait for, however long it takes."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL lock_timeout = 0")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to come cannot be altered
        yield


def tell_missing(say: Say) -> None:
    """What makes files safe and is not here. Reports come in all the same."""
    missing = [str(one.part) for one in cleaning.look(settings.CLAMAV) if not one.there]
    if missing:
        say(f"Not every file is made safe. Not here: {', '.join(missing)}. The desk says what that means.")


def addresses(say: Say) -> None:
    """Where the doors are and, in the demo, who can come in."""
    site = settings.PUBLIC_ADDRESS
    say("")
    say(f"   The site              {site}/nl/")
    say(f"   The reporter's door   {site}/nl/contact/")
    say(f"   The desk              {site}/nl/desk/")
    if settings.DEMO:
        _sign_ins(say)
    say("")


def _sign_ins(say: Say) -> None:
    people = content.people()
    say("")
    say("   This is a demo: every person and every report is invented, and only this machine can reach it. Sign in as")
    for person in (one for one in (*people.person, *people.editor) if one.listed):
        say(f"      {person.email:30} {person.function_en}")
    say(f"   with the password     {people.password}")
    say(f"   and the passphrase    {people.passphrase}")
    say("   The sign-in page shows the code of the second factor.")
    say(f"   A party to a complaint comes in at {settings.PUBLIC_ADDRESS}/en/letter/ with a number and that passphrase")
    for party in complaining.to_show():
        say(f"      {party.number:30} {party.role.capitalize()}")
    say(f"   Mail that would leave lies in {settings.DATA / 'mail'}")


def check_database() -> None:
    """Raises Refused when it does not answer, or when it was made by a newer version of Haven."""
    if connection.vendor == "postgresql":
        _check_postgresql(settings.DATABASE_URL)
    try:
        loader = MigrationLoader(connection)
    except DatabaseError as error:
        raise Refused(
            f"The database in {settings.DATA} cannot be read ({error}). Restore it from the last backup; keep a "
            "copy of what is there."
        ) from None
    unknown = sorted(set(loader.applied_migrations) - set(loader.disk_migrations))
    if unknown:
        app, name = unknown[0]
        raise Refused(
            f"This data was made by a newer version of Haven ({app} {name} is not known here). Install that version "
            "again, or restore a backup from before it. Nothing was changed."
        )


def _check_postgresql(address: str) -> None:
    try:
        psycopg.connect(address, connect_timeout=5).close()
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[-1]
        raise Refused(
            f"PostgreSQL does not answer as DATABASE_URL says ({reason}). Start it, or correct DATABASE_URL."
        ) from None
