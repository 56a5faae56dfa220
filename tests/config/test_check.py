"""`haven check` says what is missing, each with what to do, and never what is in a case or how many there are."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.timezone import localdate

from haven.config import check
from haven.people.models import Membership
from haven.trail import actions as trail
from haven.trail.models import Entry
from tests.institution import Institution
from tests.post import HOST, PostOffice

ROUTES = ("contact_point", "ombuds", "outside", "online_safety", "privacy", "complaints_officer")


@pytest.fixture
def house(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Institution]:
    """An installation in which nothing is missing."""
    house = Institution(settings).with_readers(2)
    for route in ROUTES[1:]:
        other = Institution(settings, route=route)
        for reader in house.readers:
            Membership.objects.create(user=reader.user, route=route)
            other.confirm(reader, by=house.readers)
    trail.note("store.sound", on=localdate() - timedelta(days=1))
    (tmp_path / "swaps").write_text("Filename\tType\n/dev/zram0\tpartition\n")
    monkeypatch.setattr(check, "SWAPS", tmp_path / "swaps")
    monkeypatch.setenv("PATH", str(tmp_path))  # no timedatectl: not every machine has it
    for folder in ("data", "data/secrets", "backups"):
        (tmp_path / folder).mkdir(mode=0o700)
    backup(tmp_path, days=0)
    settings.DATA, settings.BACKUPS = tmp_path / "data", tmp_path / "backups"
    settings.BACKUP_RECIPIENTS = ("age1one", "age1two")
    settings.PUBLIC_ADDRESS, settings.HTTPS, settings.ALLOWED_HOSTS = "https://haven.example", True, ["haven.example"]
    settings.RULEBOOK, settings.DEFAULT_FROM_EMAIL = tmp_path, "haven@haven.example"
    with PostOffice() as office:
        settings.SMTP = {**settings.SMTP, "host": HOST, "port": office.port}
        yield house


def backup(folder: Path, *, days: int) -> None:
    for old in (folder / "backups").iterdir():
        old.unlink()
    (folder / "backups" / f"haven-{localdate() - timedelta(days=days):%Y%m%d}-020000.age").touch()


def found(*words: str) -> None:
    """One sentence for each, and no more."""
    sentences = check.missing()
    assert [sum(word in sentence for sentence in sentences) for word in words] == [1] * len(words), sentences
    assert len(sentences) == len(words), sentences


def test_where_nothing_is_missing_it_says_nothing(house: Institution) -> None:
    assert check.missing() == []


def test_what_it_says_does_not_depend_on_what_came_in(house: Institution, settings: Any) -> None:
    settings.SMTP = {**settings.SMTP, "host": ""}
    before = check.missing()
    for _number in range(3):
        house.report()

    assert check.missing() == before
    assert len(before) == 1


def test_the_address_and_the_demo(house: Institution, settings: Any) -> None:
    settings.DEMO = settings.DEBUG = True
    found("This is the demo", "HAVEN_DEBUG")
    settings.DEMO = settings.DEBUG = False
    settings.PUBLIC_ADDRESS, settings.HTTPS = "http://127.0.0.1:8000", False
    found("with https://", "HAVEN_HOSTS")
    settings.PUBLIC_ADDRESS, settings.HTTPS, settings.ALLOWED_HOSTS = "https://haven.example", True, ["*"]
    found("haven.example is not answered", "answers every name")
    settings.ALLOWED_HOSTS = [".example"]
    found()


def test_the_rulebook_of_the_example(house: Institution, settings: Any) -> None:
    settings.RULEBOOK = settings.BASE.parent / "rulebooks" / "example"
    found("invented institution")


def test_readers_and_the_ceremony(house: Institution, settings: Any) -> None:
    Membership.objects.filter(route="ombuds", user=house.readers[0].user).delete()
    found("“Office of the ombuds officer”")
    settings.VAULT_ROOTS = ()
    assert "haven init" in check.missing()[0]
    assert sum("Nobody can send to" in sentence for sentence in check.missing()) == len(ROUTES)


def test_the_mail_server(house: Institution, settings: Any) -> None:
    settings.SMTP = {**settings.SMTP, "use_tls": True}
    found("does not take our mail (SMTPNotSupportedError)")
    settings.SMTP = {**settings.SMTP, "port": 1}
    settings.DEFAULT_FROM_EMAIL = "haven@localhost"
    found("does not take our mail (ConnectionRefusedError)", "HAVEN_MAIL_FROM")
    settings.SMTP = {**settings.SMTP, "host": ""}
    found("There is no mail server")


def test_backups_that_are_old_missing_or_for_one_key(house: Institution, settings: Any, tmp_path: Path) -> None:
    backup(tmp_path, days=check.BACKUP_DAYS)
    found()
    backup(tmp_path, days=check.BACKUP_DAYS + 1)
    settings.BACKUP_RECIPIENTS = ("age1one",)
    found("The newest backup is of", "one key")
    settings.BACKUP_RECIPIENTS = ()
    next((tmp_path / "backups").iterdir()).unlink()
    found("No backup was made yet", "no key")
    settings.BACKUPS = tmp_path / "not mounted"
    found("There is no folder for backups", "no key")


def test_the_folder_the_machine_and_the_clock(
    house: Institution, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data" / "secrets").chmod(0o750)
    found("chmod go= ")
    (tmp_path / "data" / "secrets").chmod(0o700)
    (tmp_path / "swaps").write_text("Filename\tType\n/dev/sda2\tpartition\n")
    found("Swap is on")
    (tmp_path / "swaps").write_text("Filename\tType\n")
    told = tmp_path / "timedatectl"
    told.write_text("#!/bin/sh\necho no\n")
    told.chmod(0o700)
    found("not synchronised")
    told.write_text("#!/bin/sh\necho yes\n")
    monkeypatch.setattr(check, "LEAST_FREE", 2**60)
    found("Make room")


def test_a_clock_that_stands_still_and_a_store_that_is_not_sound(db: None, house: Institution, settings: Any) -> None:
    settings.VAULT_ROOTS = tuple(reversed(settings.VAULT_ROOTS))
    found()
    Entry.objects.all().update(day=localdate() - timedelta(days=2))
    found("The clock did not run", "haven verify")
