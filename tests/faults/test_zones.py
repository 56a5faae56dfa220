"""Processes that open some of the doors only: each starts, answers at its own, and leads to the others."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.starting import ROOT, environment

DOORS = {"site": "/nl/help/", "reporter": "/nl/contact/", "parties": "/nl/letter/", "desk": "/nl/sign-in/"}
EDITOR = "/edit/"
ASK = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "haven.config.settings"
from haven.config.wsgi import application
from django.apps import apps
from django.test import Client
client = Client(headers={"host": "localhost"})
for address in sys.argv[1:]:
    print(address, client.get(address).status_code)
print("editor", apps.is_installed("wagtail"))
"""


def asked(data: Path, zones: str, *addresses: str) -> dict[str, str]:
    """What a process with these zones answers at each address; and whether the editor is in its memory."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, *addresses],
        env=environment(data, HAVEN_ZONES=zones),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(line.split() for line in done.stdout.splitlines())


@pytest.mark.parametrize("zones", ["site", "reporter", "desk", "reporter,parties,desk"])
def test_a_process_answers_at_its_own_doors_and_at_no_other(data: Path, zones: str) -> None:
    answers = asked(data, zones, *DOORS.values(), EDITOR, "/nl/desk/")
    opened = {*zones.split(",")}

    assert {zone: answers[address] for zone, address in DOORS.items() if zone != "desk"} == {
        zone: "200" if zone in opened else "404" for zone in DOORS if zone != "desk"
    }
    assert answers["/nl/sign-in/"] == ("200" if opened & {"desk", "site"} else "404")
    assert answers["/nl/desk/"] == ("302" if "desk" in opened else "404")
    assert answers[EDITOR] == ("302" if "site" in opened else "404")
    assert answers["editor"] == str("site" in opened)
