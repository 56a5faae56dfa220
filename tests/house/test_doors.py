"""Every way in says who may come in."""

import ast
import inspect
from collections.abc import Callable, Iterator
from textwrap import dedent
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from haven.people.access import ANYONE, PARTY, REPORTER, SIGNED_IN
from haven.rulebook.roles import Right
from tests.house.source import functions, lines_of

AUDIENCES = {ANYONE, PARTY, REPORTER, SIGNED_IN, *Right}
LONGEST_VIEW = 15


def ways_in(entries: list[Any], before: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """The address and the view of each way in."""
    for entry in entries:
        address = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from ways_in(entry.url_patterns, address)
        else:
            yield address, entry.callback


def without_audience(entries: list[Any]) -> list[str]:
    return [address for address, view in ways_in(entries) if getattr(view, "open_to", None) not in AUDIENCES]


def all_entries() -> list[Any]:
    return list(get_resolver().url_patterns)


def own_views() -> dict[str, Callable[..., Any]]:
    views = (inspect.unwrap(view) for _address, view in ways_in(all_entries()))
    return {f"{view.__module__}.{view.__name__}": view for view in views if view.__module__.startswith("haven.")}


def test_every_view_names_its_audience() -> None:
    assert without_audience(all_entries()) == []


def test_a_view_that_names_none_is_found() -> None:
    def anybody(request: object) -> None: ...

    unmarked = URLPattern(RoutePattern("secret/"), anybody)

    assert without_audience([*all_entries(), unmarked]) == ["secret/"]


def test_a_view_is_at_most_fifteen_lines() -> None:
    long = []
    for name, view in own_views().items():
        if inspect.isfunction(view):
            lines = lines_of(next(functions(ast.parse(dedent(inspect.getsource(view))))))
            long += [f"{name}: {lines} lines"] * (lines > LONGEST_VIEW)

    assert len(own_views()) > 30
    assert long == []
