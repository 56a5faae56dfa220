"""What it costs to draw a letter, and to put a whole file of 300 pages together. `uv run python -m benchmarks.papers`

Letters are drawn from the example rulebook, once looked at and once sent. Half of the file is letters, half is scans.
"""

import io
import os
import sys
from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter

import django
from PIL import Image

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from benchmarks.figures import Figure, table  # noqa: E402  Django must be set up first, here and below
from haven.complaints.papers.enclosed import Cover, Enclosed  # noqa: E402
from haven.complaints.papers.letters import finished, house_of  # noqa: E402
from haven.complaints.papers.pdf import pdf_of  # noqa: E402
from haven.complaints.papers.wholefile import file_of  # noqa: E402
from haven.complaints.papers.word import docx_of  # noqa: E402
from haven.rulebook import loader  # noqa: E402
from haven.rulebook.book import Rulebook  # noqa: E402
from tests.complaints.papers.conftest import EXAMPLE  # noqa: E402
from tests.complaints.papers.reading import opened  # noqa: E402
from tests.complaints.papers.telling import matter  # noqa: E402

PAGES, SCAN = 300, 10
DAY = date(2026, 7, 1)


def milliseconds(call: Callable[[], object], runs: int = 20) -> float:
    took = []
    for _run in range(runs):
        began = perf_counter()
        call()
        took.append(1000 * (perf_counter() - began))
    return median(took)


def scan() -> bytes:
    """Ten pages as a copying machine makes them: 200 dots an inch, grey, with the grain that makes them large."""
    page = Image.effect_noise((1654, 2339), 40)
    made = io.BytesIO()
    page.save(made, "PDF", resolution=200, save_all=True, append_images=[page] * (SCAN - 1))
    return made.getvalue()


def documents(book: Rulebook) -> list[Enclosed]:
    """As many as make 300 pages, first letters, then scans in turn with them."""
    kinds, sent = [kind.key for kind in book.papers.papers], scan()
    found: list[Enclosed] = []
    pages = 0
    while pages < PAGES:
        number = len(found) + 1
        if pages < PAGES / 2:
            key = kinds[number % len(kinds)]
            content = pdf_of(finished(book, key, matter(book, key)))
            found.append(Enclosed(str(number), key, DAY, content, made_here=True))
            with opened(content) as drawn:
                pages += len(drawn.pages)
        else:
            found.append(Enclosed(str(number), "Scan", DAY, sent))
            pages += SCAN
    return found


def main() -> int:
    book = loader.load(EXAMPLE)
    keys = [kind.key for kind in book.papers.papers]
    letters = {key: milliseconds(lambda key=key: pdf_of(finished(book, key, matter(book, key)))) for key in keys}
    slowest = max(letters, key=lambda key: letters[key])
    word = milliseconds(lambda: docx_of(finished(book, slowest, matter(book, slowest))), 5)
    enclosed = documents(book)
    cover = Cover(house=house_of(book, "university", "nl"), language="nl", day=DAY, reference="K7QW-2MXA")
    began = perf_counter()
    whole = file_of(cover, enclosed)
    took = perf_counter() - began
    with opened(whole) as read:
        pages = len(read.pages)
    assert pages >= PAGES
    return table(
        "Papers of a complaint",
        [
            Figure(f"a letter as PDF, median of {len(keys)} letters", median(letters.values()), 100, "ms"),
            Figure(f"the slowest letter as PDF ({slowest})", letters[slowest], 100, "ms"),
            Figure("that letter for a word processor", word, 100, "ms"),
            Figure(f"whole file: {pages} pages, {len(enclosed)} documents, {len(whole) / 1e6:.0f} MB", took, 10, "s"),
        ],
    )


if __name__ == "__main__":
    sys.exit(main())
