"""A code that a telephone reads, drawn as a path in the page: nobody else is asked for it, and nothing is kept."""

from typing import NamedTuple

import segno

QUIET = 4  # the white around it that a reader needs


class Code(NamedTuple):
    side: int
    path: str


def drawn(address: str) -> Code:
    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix_iter(border=QUIET)]
    squares = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return Code(len(rows), "".join(squares))
