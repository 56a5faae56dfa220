"""What a database account for the site may do: exactly what its process needs, and no table with a case in it.

`haven grants ACCOUNT` prints it for the administrator to run as the owner of the database; nothing is run here.
"""

from collections.abc import Callable, Iterator
from typing import Final

from django.apps import apps
from django.db import connection, models

WHOLE: Final = ("pages", "simple_translation", "taggit", "sessions")
"""Apps of which the site reads and writes every row; those of the editor (wagtail…) as well."""
READ: Final = ("auth.Permission", "auth.Group", "auth.Group_permissions", "contenttypes.ContentType")
RELEASED: Final = (
    "register.Plan",
    "register.Period",
    "register.Release",
    "register.ReleaseAudit",
    "register.ReleaseFile",
)
READ_TOO: Final = ("people.User", "people.User_groups", "people.User_user_permissions", "account.EmailAddress")
WRITTEN_AT_SIGN_IN: Final = {"people.User": ("last_login",), "mfa.Authenticator": ("last_used_at", "data")}
COUNTED: Final = ("people.Tried",)
TOLD: Final = ("voices.Wording", "voices.Round", "voices.Input")
"""What the site tells of input: published words, questions that are open, and numbers. Taking input in seals it and
writes the trail; that is for a process with the account of the other doors (docs/operations.md)."""
VOTED: Final = ("voices.Tally",)
PLANNED: Final = ("voices.PlanLine",)
"""Titles of actions, for who handles input: the site writes which stand in the plan."""
ONLY_READ: Final = (*READ, *RELEASED, *READ_TOO, *TOLD)

type Say = Callable[[str], object]


def tell(say: Say, account: str) -> None:
    for line in grants(account):
        say(line)


def grants(account: str) -> Iterator[str]:
    """The statements, each a line. `account` is there already, and is no owner of anything."""
    to = connection.ops.quote_name(account)
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {to};"
    yield f"GRANT USAGE ON SCHEMA public TO {to};"
    for table in sorted(_tables()):
        yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {_quoted(table)} TO {to};"
    for table in ("django_migrations", *(_named(label)._meta.db_table for label in ONLY_READ)):  # noqa: SLF001  the name of a table is nowhere else
        yield f"GRANT SELECT ON {_quoted(table)} TO {to};"
    for label in VOTED:
        yield f"GRANT SELECT, INSERT, UPDATE ON {_quoted(_named(label)._meta.db_table)} TO {to};"  # noqa: SLF001  as above
    for label, columns in WRITTEN_AT_SIGN_IN.items():
        table = _quoted(_named(label)._meta.db_table)  # noqa: SLF001  as above
        yield f"GRANT SELECT, UPDATE ({', '.join(_quoted(one) for one in columns)}) ON {table} TO {to};"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {to};"


def _tables() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta  # noqa: SLF001  as above
        if meta.app_label in WHOLE or meta.app_label.startswith("wagtail") or meta.label in (*COUNTED, *PLANNED):
            yield meta.db_table


def _named(label: str) -> type[models.Model]:
    found = {one._meta.label: one for one in apps.get_models(include_auto_created=True)}  # noqa: SLF001  as above
    return found[label]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
