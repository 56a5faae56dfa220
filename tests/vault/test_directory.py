"""The directory: a key becomes a reader's by two signatures of present readers, and in no other way."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from pytest_django import DjangoAssertNumQueries, Settings

from haven.vault import directory, unlocking
from haven.vault.errors import NotAReader
from haven.vault.models import Endorsement, KeyBundle
from tests.proves import proves
from tests.vault.conftest import PASSPHRASE, Someone

ROUTE = "contact_point"
LATER = date.today() + timedelta(days=3)  # noqa: DTZ011  the day on which endorse() itself looks
TODAY = date.today()  # noqa: DTZ011  as above


def kids(on: date = TODAY, route: str = ROUTE) -> set[str]:
    return {bundle.kid for bundle in directory.readers_of(route, on)}


@pytest.fixture
def ceremony(anna: Someone, bram: Someone, settings: Settings) -> None:
    """Anna and Bram are the roots, and the first readers."""
    settings.VAULT_ROOTS = (anna.kid, bram.kid)
    for who in (anna, bram):
        for by in (anna, bram):
            directory.endorse(by.keyring, ROUTE, who.bundle, TODAY)


@pytest.mark.usefixtures("ceremony")
def test_the_roots_of_the_ceremony_are_the_first_readers(anna: Someone, bram: Someone) -> None:
    assert kids() == {anna.kid, bram.kid}
    assert kids(route="other") == set()


@proves("R-002-17")
@pytest.mark.usefixtures("ceremony")
def test_one_signature_is_not_enough_and_two_count_from_their_day(anna: Someone, bram: Someone, carla: Someone) -> None:
    directory.endorse(anna.keyring, ROUTE, carla.bundle, LATER)
    assert carla.kid not in kids(LATER)
    directory.endorse(bram.keyring, ROUTE, carla.bundle, LATER + timedelta(days=1))
    assert [carla.kid in kids(LATER + timedelta(days=days)) for days in (-1, 0, 1)] == [False, False, True]


@pytest.mark.usefixtures("ceremony")
def test_signing_twice_is_still_one_signature(anna: Someone, carla: Someone) -> None:
    for _ in range(2):
        directory.endorse(anna.keyring, ROUTE, carla.bundle, TODAY)
    assert kids() == {row.kid for row in Endorsement.objects.all()} - {carla.kid}


@pytest.mark.usefixtures("ceremony")
def test_a_stranger_cannot_vouch(carla: Someone, dirk: Someone) -> None:
    with pytest.raises(NotAReader):
        directory.endorse(carla.keyring, ROUTE, dirk.bundle, TODAY)
    assert Endorsement.objects.filter(kid=dirk.kid).count() == 0


@proves("R-003-14")
@pytest.mark.usefixtures("ceremony")
def test_rows_inserted_by_sql_never_make_a_reader(carla: Someone, dirk: Someone, anna: Someone, bram: Someone) -> None:
    """Carla and Dirk vouch for each other with signatures that are sound in themselves; the roots' are made up."""
    for who, by in ((carla, dirk), (dirk, carla), (carla, carla), (dirk, dirk)):
        signature = by.keyring.sign(directory.statement(ROUTE, who.bundle, TODAY))
        Endorsement.objects.create(
            route=ROUTE, kid=who.kid, by_kid=by.kid, signature=signature, effective_on=TODAY - timedelta(days=9)
        )
        Endorsement.objects.filter(kid=who.kid, by_kid=by.kid).update(effective_on=TODAY)
    for by in (anna, bram):
        forged = carla.keyring.sign(directory.statement(ROUTE, carla.bundle, TODAY))
        Endorsement.objects.create(route=ROUTE, kid=carla.kid, by_kid=by.kid, signature=forged, effective_on=TODAY)
    assert kids() == {anna.kid, bram.kid}
    assert {(row.kid, row.by_kid) for row in directory.unproven()} == {(carla.kid, anna.kid), (carla.kid, bram.kid)}


@pytest.mark.usefixtures("ceremony")
@pytest.mark.parametrize("change", ["route", "kid", "effective_on", "signature"])
def test_a_signature_moved_to_another_row_counts_for_nothing(
    anna: Someone, bram: Someone, carla: Someone, dirk: Someone, change: str
) -> None:
    for by in (anna, bram):
        directory.endorse(by.keyring, ROUTE, carla.bundle, LATER)
    changed = {"route": "other", "kid": dirk.kid, "effective_on": TODAY, "signature": b"s" * 64}
    Endorsement.objects.filter(kid=carla.kid).update(**{change: changed[change]})
    assert kids(LATER) == {anna.kid, bram.kid}
    assert kids(LATER, "other") == set()


@pytest.mark.usefixtures("ceremony")
def test_exchanged_keys_or_an_exchanged_person_end_a_readers_place(
    anna: Someone, bram: Someone, carla: Someone
) -> None:
    KeyBundle.objects.filter(pk=anna.bundle.pk).update(enc_public=carla.reader.public)
    assert anna.kid not in kids()
    KeyBundle.objects.filter(pk=bram.bundle.pk).update(owner=carla.user.pk)
    assert bram.kid not in kids()


@pytest.mark.usefixtures("ceremony")
def test_roots_outside_the_settings_are_nobody(settings: Settings, anna: Someone, carla: Someone) -> None:
    settings.VAULT_ROOTS = (anna.kid, carla.kid)
    assert kids() == set()
    settings.VAULT_ROOTS = ()
    assert kids() == set()


@pytest.mark.usefixtures("ceremony")
def test_readers_who_are_no_roots_can_bring_in_the_next(
    anna: Someone, bram: Someone, carla: Someone, dirk: Someone
) -> None:
    erik = get_user_model().objects.create(email="erik@example.org")
    bundle, _ = unlocking.make_bundle(erik, "nog een zin")
    for who in (carla, dirk):
        for by in (anna, bram):
            directory.endorse(by.keyring, ROUTE, who.bundle, TODAY)
    for by in (carla, dirk):
        directory.endorse(by.keyring, ROUTE, bundle, LATER)
    assert bundle.kid in kids(LATER)
    assert bundle.kid not in kids()


@pytest.mark.usefixtures("ceremony")
def test_who_leaves_or_is_suspended_reads_no_more_but_those_they_vouched_for_stay(
    anna: Someone, bram: Someone, carla: Someone, dirk: Someone
) -> None:
    for who in (carla, dirk):
        for by in (anna, bram):
            directory.endorse(by.keyring, ROUTE, who.bundle, TODAY)
    directory.leave(ROUTE, anna.kid, TODAY)
    unlocking.retire(bram.bundle)
    assert kids() == {carla.kid, dirk.kid}
    get_user_model().objects.filter(pk=carla.user.pk).update(is_active=False)
    assert kids() == {dirk.kid}


@pytest.mark.usefixtures("ceremony")
@pytest.mark.parametrize("more", [0, 1])
def test_the_directory_takes_two_queries(
    more: int, anna: Someone, bram: Someone, carla: Someone, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for by in (anna, bram)[: 2 * more]:
        directory.endorse(by.keyring, ROUTE, carla.bundle, TODAY)
    with django_assert_num_queries(2):
        assert len(directory.readers_of(ROUTE, TODAY)) == 2 + more


@pytest.mark.usefixtures("ceremony")
def test_two_keys_of_one_person_are_one_signature(anna: Someone, bram: Someone, carla: Someone, dirk: Someone) -> None:
    """Carla has two confirmed keys. Neither both of them, nor one of them for the other, do what takes two people."""
    second, _ = unlocking.make_bundle(carla.user, PASSPHRASE)
    for bundle in (carla.bundle, second):
        for by in (anna, bram):
            directory.endorse(by.keyring, ROUTE, bundle, TODAY)
    for keyring in (carla.keyring, unlocking.unlock(second, PASSPHRASE)):
        directory.endorse(keyring, ROUTE, dirk.bundle, TODAY)
    third, _ = unlocking.make_bundle(carla.user, PASSPHRASE)
    for keyring in (carla.keyring, anna.keyring):
        directory.endorse(keyring, ROUTE, third, TODAY)
    assert kids() == {anna.kid, bram.kid, carla.kid, second.kid}


@pytest.mark.usefixtures("ceremony")
def test_one_signature_in_two_rows_is_one_signature(anna: Someone, carla: Someone) -> None:
    """The table refuses this; whoever owns the database could lift that."""
    directory.endorse(anna.keyring, ROUTE, carla.bundle, TODAY)
    row = directory._vouches(Endorsement.objects.filter(kid=carla.kid))[0]
    known = {key.kid: key for key in directory._keys([row])}
    assert directory._since(carla.kid, known, [row, row], {}, (anna.kid,)) is None


def pool(on: date = TODAY) -> set[str]:
    return {bundle.kid for bundle in directory.readers_of("advisers", on, team=ROUTE)}


@proves("R-002-13", "R-002-17")
@pytest.mark.usefixtures("ceremony")
def test_a_pool_is_vouched_for_by_the_readers_of_its_team(
    anna: Someone, bram: Someone, carla: Someone, settings: Settings
) -> None:
    settings.VAULT_ROOTS = ()
    assert pool() == set()
    settings.VAULT_ROOTS = (anna.kid, bram.kid)
    directory.endorse(anna.keyring, "advisers", carla.bundle, LATER, team=ROUTE)
    assert pool(LATER) == set()
    directory.endorse(bram.keyring, "advisers", carla.bundle, LATER, team=ROUTE)

    assert (pool(), pool(LATER)) == (set(), {carla.kid})
    assert kids(LATER) == {anna.kid, bram.kid}, "who is in the pool reads nothing of the team"


@proves("R-002-13", "R-002-17")
@pytest.mark.usefixtures("ceremony")
def test_those_in_a_pool_vouch_for_nobody(anna: Someone, bram: Someone, carla: Someone, dirk: Someone) -> None:
    for by in (anna, bram):
        directory.endorse(by.keyring, "advisers", carla.bundle, TODAY, team=ROUTE)
        directory.endorse(by.keyring, "advisers", dirk.bundle, TODAY, team=ROUTE)
    with pytest.raises(NotAReader):
        directory.endorse(carla.keyring, "advisers", dirk.bundle, TODAY, team=ROUTE)
    Endorsement.objects.filter(kid=dirk.kid, route="advisers").delete()
    for by in (carla, bram):
        signature = by.keyring.sign(directory.statement("advisers", dirk.bundle, TODAY))
        Endorsement.objects.create(
            route="advisers", kid=dirk.kid, by_kid=by.kid, signature=signature, effective_on=TODAY
        )

    assert pool() == {carla.kid}
