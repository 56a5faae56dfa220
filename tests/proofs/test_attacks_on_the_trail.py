"""An administrator who writes in the database, and what the nightly verification says of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils.timezone import localdate

from haven.clock.verify import findings
from haven.config import staff
from haven.config.place import Refused
from haven.trail import actions as trail
from haven.trail.models import Entry, Head
from haven.vault.models import Compartment, Endorsement, KeyBundle
from tests.institution import Institution
from tests.proves import proves


def change(sql: str, *given: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)


@pytest.fixture
def first_key(db: None) -> bytes:
    """What the auditor kept. Ten lines follow."""
    key = trail.first_key()
    for number in range(10):
        trail.note("case.opened", subject=f"CASE-{number}")
    return key


# ── The end of the trail ──


@proves("R-000-21")
def test_lines_cut_off_at_the_end_are_noticed_with_the_first_key(first_key: bytes) -> None:
    """Without it they cannot be: the end is moved back as well. The key of the next line is gone, and betrays it."""
    last = Entry.objects.get(seq=7)
    change("DELETE FROM trail_entry WHERE seq > 7")
    Head.objects.update(seq=7, hash=last.hash)

    assert trail.broken_at() is None
    assert trail.broken_at(first_key) == 8


@proves("R-000-21")
def test_a_trail_without_an_end_is_broken(first_key: bytes) -> None:
    change("DELETE FROM trail_entry WHERE seq > 7")
    change("DELETE FROM trail_head")

    assert trail.broken_at() == 8
    assert trail.broken_at(first_key) == 8


@proves("R-000-21")
def test_a_trail_that_was_begun_anew_is_noticed_with_the_first_key(first_key: bytes) -> None:
    change("DELETE FROM trail_entry")
    change("DELETE FROM trail_head")
    assert trail.broken_at(first_key) == 1

    trail.note("person.on_duty")
    assert trail.broken_at() is None
    assert trail.broken_at(first_key) == 1


def test_a_trail_that_is_whole_stays_whole(first_key: bytes) -> None:
    assert (trail.broken_at(), trail.broken_at(first_key)) == (None, None)
    trail.note("case.opened")
    assert (trail.broken_at(), trail.broken_at(first_key)) == (None, None)


def test_a_trail_that_has_not_begun_is_not_broken(db: None) -> None:
    assert trail.broken_at() is None
    assert trail.broken_at(trail.first_key()) is None


# ── What the nightly verification finds ──


@pytest.fixture
def sound(house: Institution) -> Institution:
    house.report()
    assert findings() == []
    return house


def test_an_empty_trail_beside_cases_is_found(sound: Institution) -> None:
    change("DELETE FROM trail_entry")
    change("DELETE FROM trail_head")

    assert any("trail is broken at line 1" in one for one in findings())


@proves("R-002-17")
def test_a_public_key_that_was_exchanged_is_found_before_anybody_writes(sound: Institution) -> None:
    other = Compartment.objects.get(kind="internal")
    Compartment.objects.filter(kind="report").update(public=other.public)

    assert findings() == ["The key of 1 sealed parts was exchanged past Haven."]


@proves("R-002-17")
def test_a_second_key_of_one_person_is_found(sound: Institution) -> None:
    """It would take the place of the first, if it had its confirmations."""
    KeyBundle.objects.filter(owner=sound.readers[0].user).update(owner=sound.readers[1].user)
    Endorsement.objects.all().delete()

    assert "Reader 1 has 2 keys in use: somebody added one past Haven." in findings()


@proves("R-002-17")
def test_other_roots_than_those_of_the_ceremony_are_found(sound: Institution, settings: Any) -> None:
    """Who can write in `secrets/roots` and in the database makes readers, at the next start."""
    emails = (sound.readers[0].user.email, sound.readers[1].user.email)
    settings.VAULT_ROOTS, settings.DATA = (), settings.BLOB_ROOT.parent
    (settings.DATA / "secrets").mkdir()
    staff.make_roots(lambda _words: None, emails)
    held = tuple((settings.DATA / "secrets" / "roots").read_text().split())

    settings.VAULT_ROOTS = held
    assert findings() == []
    settings.VAULT_ROOTS = (*held, sound.readers[4].kid, sound.readers[5].kid)
    assert any("not those of the ceremony" in one for one in findings())
    with pytest.raises(Refused):
        staff.make_roots(lambda _words: None, emails)


@proves("R-002-17")
def test_a_signature_with_another_day_is_found_and_counts_for_nothing(sound: Institution) -> None:
    newcomer = sound.person("Newcomer")
    sound.confirm(newcomer, by=sound.readers[:2], on=localdate() + timedelta(days=3))
    assert findings() == []

    Endorsement.objects.filter(kid=newcomer.kid).update(effective_on=localdate() - timedelta(days=1))

    assert len([one for one in findings() if newcomer.kid in one]) == 2
