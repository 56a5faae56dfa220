"""Processes that open some of the doors only: each starts, answers at its own, and leads to the others.

Two ways to share them out are started for real. For every other one the addresses are read as that process would.
"""

import subprocess
import sys
from itertools import combinations
from pathlib import Path
from runpy import run_path

import pytest
from django.test import override_settings
from django.urls import Resolver404, URLResolver
from django.urls.resolvers import RegexPattern
from django.utils import translation

from haven.config import urls
from tests.faults.starting import ROOT, environment

INPUT = "/nl/input/"
DOORS = {"site": "/nl/help/", "reporter": "/nl/contact/", "parties": "/nl/letter/", "desk": "/nl/sign-in/"}
EDITOR = "/edit/"
KEYS = {"desk": "unlock", "reporter": "mailbox", "parties": "letter"}
SECRETS = {"HAVEN_SECRET_KEY": "only for this, and long enough to be taken", "HAVEN_STATE_KEY": "long enough as well"}
ASK = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "haven.config.settings"
from django.conf import settings
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
from haven.config.wsgi import application
from django.apps import apps
from django.core.management import call_command
from django.core.signals import request_started
from django.test import Client, RequestFactory
settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
call_command("migrate", run_syncdb=True, verbosity=0)
client = Client(headers={"host": "localhost"})
for address in sys.argv[1:]:
    print(address, client.get(address).status_code)
print("editor", apps.is_installed("wagtail"))
def look(environ, **_more):
    print("cookies", environ["HTTP_COOKIE"].replace(" ", "") or "none")
request_started.connect(look)
brought = "unlock=a-secret; other=thing; mailbox=a-secret; letter=a-secret"
asked = RequestFactory().get("/nl/contact/", headers={"host": "localhost", "cookie": brought})
application(asked.environ, lambda *_started: None)
"""


def asked(data: Path, zones: str, *addresses: str) -> dict[str, str]:
    """What a process with these zones answers at each address; whether the editor is in its memory; which cookies
    are left when Django sees a request. Its tables are made of the models, which takes a moment only."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, *addresses],
        env=environment(data, HAVEN_ZONES=zones, **SECRETS),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(line.split() for line in done.stdout.splitlines())


@pytest.mark.parametrize("zones", ["site", "reporter,parties,desk"])
def test_a_process_answers_at_its_own_doors_and_reads_no_key_of_another(tmp_path: Path, zones: str) -> None:
    answers = asked(tmp_path, zones, *DOORS.values(), EDITOR, "/nl/desk/", INPUT, f"{INPUT}outcomes/")
    opened = {*zones.split(",")}

    assert {zone: answers[address] for zone, address in DOORS.items() if zone != "desk"} == {
        zone: "200" if zone in opened else "404" for zone in DOORS if zone != "desk"
    }
    assert {answers[address] for address in ("/nl/sign-in/", INPUT, f"{INPUT}outcomes/")} == {"200"}
    assert answers["/nl/desk/"] == ("302" if "desk" in opened else "404")
    assert answers[EDITOR] == ("302" if "site" in opened else "404")
    assert answers["editor"] == str("site" in opened)
    left = {one.partition("=")[0] for one in answers["cookies"].split(";")}
    assert left == {"other", *(cookie for zone, cookie in KEYS.items() if zone in opened)}


def there(resolver: URLResolver, address: str) -> bool:
    """Not by the last address of the site, which takes whatever is left and looks for a page with that name."""
    try:
        return resolver.resolve(address).url_name != "wagtail_serve"
    except Resolver404:
        return False


EVERY_WAY = [set(some) for count in range(1, 5) for some in combinations(DOORS, count)]


@pytest.mark.parametrize("zones", EVERY_WAY, ids=lambda zones: "+".join(sorted(zones)))
def test_however_the_doors_are_shared_out_each_is_at_its_own_process_only(zones: set[str]) -> None:
    with override_settings(ZONES=frozenset(zones)), translation.override("nl"):
        told = run_path(urls.__file__)
        resolver = URLResolver(RegexPattern(r"^/"), told["urlpatterns"])
        found = {address for address in (*DOORS.values(), EDITOR, "/nl/desk/", INPUT) if there(resolver, address)}

    expected = {address for zone, address in DOORS.items() if zone in zones}
    expected |= {EDITOR, DOORS["desk"]} if "site" in zones else set()
    expected |= {INPUT} if zones & {"site", "reporter"} else set()
    assert found == expected | ({"/nl/desk/"} if "desk" in zones else set())
