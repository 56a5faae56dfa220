"""What the Nu HTML checker says of the public pages, those that lead to each other: errors, warnings and all.

It comes with npx, and brings its own Java where there is none.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from django.test import Client

from benchmarks import place
from benchmarks.figures import Figure

CHECKER = ("npx", "--yes", "--package", "vnu-jar@26.9.27", "vnu", "--format", "json", "--stdout")
FROM = ("/en/", "/nl/")
OURS = re.compile(r"/(?:en|nl)/(?!desk/|edit/|sign-in/|input/\?)")


def judged() -> Iterator[Figure]:
    with TemporaryDirectory(dir=place.FOLDER) as folder:
        pages = list(_pages())
        for number, page in enumerate(pages):
            (Path(folder) / f"{number}.html").write_bytes(page)
        done = subprocess.run([*CHECKER, folder], capture_output=True, check=False)  # it fails when it found something
    if not done.stdout:
        sys.exit(f"The checker did not run:\n{done.stderr.decode()[-2000:]}")
    messages = json.loads(done.stdout)["messages"]
    for text in sorted({one["message"] for one in messages}):
        print(f"    {text}")
    yield Figure(f"messages of the Nu checker on {len(pages)} pages", len(messages), 0, "")


def _pages() -> Iterator[bytes]:
    browser, asked, waiting = Client(headers={"host": "localhost"}), set(FROM), list(FROM)
    while waiting:
        address = waiting.pop()
        answer = browser.get(address)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        yield answer.content
        for found in re.findall(r'href="([^"#]+)', answer.text):
            link = unescape(found)
            link = address.partition("?")[0] + link if link.startswith("?") else link
            if OURS.match(link) and link not in asked:
                asked.add(link)
                waiting.append(link)
