"""Write new rows with a statement that was put together once.

Django's ORM composes each INSERT anew, which costs more than the database needs to carry it out. Where a person waits
for nothing else than twenty new rows, `insert` does the same with less work (docs/decisions/0015).
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, wraps
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import QuerySet
from django.db.models.constants import OnConflict

type Fields = tuple["models.Field[Any, Any]", ...]


class _Statement(NamedTuple):
    sql: str
    fields: Fields


def insert(rows: Sequence[models.Model], *, ignore_conflicts: bool = False) -> None:
    """Write these new rows of one model in one statement: as many as one deed has, not thousands.

    Raises IntegrityError as `bulk_create` does, and like it calls no `save`. A number that the database gives out is
    not read back.
    """
    if not rows:
        return
    statement = _statement(type(rows[0]), len(rows), connection.vendor, ignore_conflicts)
    link = connections[DEFAULT_DB_ALIAS]  # itself, since `connection` looks for it at every use
    values = [one.get_db_prep_save(getattr(row, one.attname), link) for row in rows for one in statement.fields]
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, values)
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001  what Django itself notes of a saved row


@lru_cache(maxsize=256)
def _statement(model: type[models.Model], count: int, _vendor: str, ignore: bool) -> _Statement:  # noqa: FBT001  part of the key
    meta, quote = model._meta, connection.ops.quote_name  # noqa: SLF001  Django's documented way to ask a model
    fields = tuple(one for one in meta.local_concrete_fields if not isinstance(one, models.AutoField))
    conflict = OnConflict.IGNORE if ignore else None
    begin = connection.ops.insert_statement(on_conflict=conflict)
    end = connection.ops.on_conflict_suffix_sql(fields, conflict, [], []) or ""
    columns = ", ".join(quote(str(one.column)) for one in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    return _Statement(
        f"{begin} {quote(meta.db_table)} ({columns}) VALUES {', '.join([row] * count)} {end}".strip(), fields
    )


def change(model: type[models.Model], to: Mapping[str, Any], **where: Any) -> None:
    """Write `to` in the rows that are equal in these fields."""
    _carry_out(_change(model, tuple(to), tuple(where), connection.vendor), (*to.values(), *where.values()))


def remove(model: type[models.Model], **where: Any) -> None:
    """Delete the rows that are equal in these fields, of a model that nothing refers to."""
    _carry_out(_removal(model, tuple(where), connection.vendor), tuple(where.values()))


def _carry_out(statement: _Statement, given: tuple[Any, ...]) -> None:
    values = [one.get_db_prep_save(value, connection) for one, value in zip(statement.fields, given, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, values)


@lru_cache(maxsize=64)
def _change(model: type[models.Model], to: tuple[str, ...], where: tuple[str, ...], _vendor: str) -> _Statement:
    fields, wanted = _fields(model, to), _fields(model, where)
    sql = f"UPDATE {_table(model)} SET {_equal(fields, ', ')} WHERE {_equal(wanted, ' AND ')}"  # noqa: S608  names of models
    return _Statement(sql, fields + wanted)


@lru_cache(maxsize=64)
def _removal(model: type[models.Model], where: tuple[str, ...], _vendor: str) -> _Statement:
    wanted = _fields(model, where)
    sql = f"DELETE FROM {_table(model)} WHERE {_equal(wanted, ' AND ')}"  # noqa: S608  as above
    return _Statement(sql, wanted)


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001  Django's documented way to ask a model


def _fields(model: type[models.Model], names: tuple[str, ...]) -> Fields:
    known = {one.attname: one for one in model._meta.local_concrete_fields}  # noqa: SLF001  as above
    return tuple(known[name] for name in names)


def _equal(fields: Fields, between: str) -> str:
    return between.join(f"{connection.ops.quote_name(str(one.column))} = %s" for one in fields)


type Rows = list[tuple[Any, ...]]


def prepared(asks: Callable[..., QuerySet[Any, Any]]) -> Callable[..., Rows]:
    """The same for reading: the query that `asks` composes of its arguments is composed once, and asked each time.

    For queries of `values_list` with simple columns: what the database hands out is not converted further.
    """

    @lru_cache(maxsize=64)
    def composed(_vendor: str, *arguments: Any) -> tuple[str, tuple[Any, ...]]:
        return asks(*arguments).query.sql_with_params()

    @wraps(asks)
    def read(*arguments: Any) -> Rows:
        with connection.cursor() as cursor:
            cursor.execute(*composed(connection.vendor, *arguments))
            found: Rows = cursor.fetchall()
        return found

    return read
