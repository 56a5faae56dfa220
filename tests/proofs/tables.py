"""The database as somebody has it who reads tables instead of pages."""

from collections import Counter
from typing import Any

from django.db import connection

type Tables = dict[str, list[tuple[Any, ...]]]


def database() -> Tables:
    """Every row of every table."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    return {table: read(f"SELECT * FROM {table}") for table in tables}  # noqa: S608  our own names


def read(query: str, *values: str | bytes | int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return list(cursor.fetchall())


def change(query: str, *values: str | bytes | int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)


def written(before: Tables, after: Tables) -> Tables:
    """The rows that are new, or not as they were."""
    return {table: list((Counter(rows) - Counter(before[table])).elements()) for table, rows in after.items()}
