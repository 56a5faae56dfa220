"""For every template rendered with a request."""

from typing import Any

from django.http import HttpRequest

from haven.ui.frame import frame


def house(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001  # the shape Django asks for
    standing = frame()
    return {"house": standing.house, "demo": standing.demo}
