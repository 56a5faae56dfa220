"""Sending a file: a download, never a page."""

import unicodedata
from collections.abc import Iterator
from typing import Final

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

SHUT_OFF: Final = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
LONGEST_NAME = 120


def as_file(pieces: Iterator[bytes], size: int, name: str, *, shown: str = "") -> StreamingHttpResponse:
    """The headers that make it a file. Only a picture that Haven made itself is ever shown in the browser."""
    response = StreamingHttpResponse(pieces)
    response["Content-Type"] = shown or "application/octet-stream"
    response["Content-Disposition"] = content_disposition_header(not shown, safe_name(name)) or ""
    response["Content-Length"] = str(size)
    response["Content-Security-Policy"] = SHUT_OFF
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def safe_name(name: str) -> str:
    """A name without folders, control characters and characters that turn the reading direction."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
    return kept.strip(" .")[-LONGEST_NAME:] or "file"
