"""Bundles and sessions: what opens them, what does not, and when an open one closes."""

import copy
import json
import pickle
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.utils import timezone

from haven.vault import codes, unlocking
from haven.vault.errors import Locked
from haven.vault.keyring import Keyring
from haven.vault.models import KeyBundle, KeySlot, UnlockedSession
from haven.vault.readers import fingerprint
from haven.vault.secret import Secret
from tests.proves import proves
from tests.vault.conftest import PASSPHRASE, Someone
from tests.vault.refusal import flipped, refused

NEW = "een heel andere zin over de zee"


def test_passphrase_and_printed_code_open_the_same_keys(anna: Someone) -> None:
    assert unlocking.unlock(anna.bundle, PASSPHRASE).private_bytes() == anna.keyring.private_bytes()
    typed = anna.recovery_code.lower().replace("0", "o").replace(" ", "-")
    assert unlocking.unlock(anna.bundle, typed).private_bytes() == anna.keyring.private_bytes()
    assert anna.keyring.owner_id == anna.user.pk


@pytest.mark.parametrize("wrong", ["", " ", PASSPHRASE + "!", PASSPHRASE.upper(), "0" * 28, "\ud800", "x" * 100_000])
def test_anything_else_is_refused_in_one_way(anna: Someone, wrong: str) -> None:
    refused(unlocking.unlock, anna.bundle, wrong)


def test_a_passphrase_typed_on_another_keyboard_is_the_same(anna: Someone) -> None:
    unlocking.change_passphrase(anna.bundle, PASSPHRASE, "caf\u00e9 au lait")
    assert unlocking.unlock(anna.bundle, "cafe\u0301 au lait").kid == anna.kid


def test_a_passphrase_that_could_be_a_printed_code_opens_as_a_passphrase(anna: Someone) -> None:
    looks_like_one = "zes groene lampen boven het water"
    assert codes.normalise(looks_like_one, codes.RECOVERY_LENGTH)

    unlocking.change_passphrase(anna.bundle, PASSPHRASE, looks_like_one)

    assert unlocking.unlock(anna.bundle, looks_like_one).kid == anna.kid
    assert unlocking.unlock(anna.bundle, anna.recovery_code).kid == anna.kid


def test_a_slot_of_somebody_else_opens_nothing(anna: Someone, bram: Someone) -> None:
    anna.bundle.slots.all().delete()
    KeySlot.objects.filter(bundle=bram.bundle).update(bundle=anna.bundle)
    refused(unlocking.unlock, anna.bundle, PASSPHRASE)
    refused(unlocking.unlock, anna.bundle, bram.recovery_code)


@pytest.mark.parametrize("costs", [{}, {"time_cost": 0}, {"time_cost": "many"}, {"time_cost": 2**40}, [], None, 5])
def test_costs_that_somebody_wrote_in_the_table_are_refused_alike(anna: Someone, costs: object) -> None:
    slot = KeySlot.objects.get(bundle=anna.bundle, kind="passphrase")
    KeySlot.objects.filter(pk=slot.pk).update(
        parameters={"memory_cost": 8, "parallelism": 1, **costs} if isinstance(costs, dict) and costs else costs or {}
    )
    refused(unlocking.unlock, anna.bundle, PASSPHRASE)


def test_a_damaged_bundle_is_refused_alike(anna: Someone) -> None:
    anna.bundle.private_sealed = flipped(bytes(anna.bundle.private_sealed), 200)
    refused(unlocking.unlock, anna.bundle, PASSPHRASE)


def test_a_bundle_whose_public_keys_were_exchanged_is_not_opened_as_if_nothing_happened(
    anna: Someone, bram: Someone
) -> None:
    anna.bundle.private_sealed, anna.bundle.kid = bram.bundle.private_sealed, anna.kid
    refused(unlocking.unlock, anna.bundle, PASSPHRASE)


def test_the_old_passphrase_opens_nothing_after_a_change_and_sessions_end(anna: Someone) -> None:
    cookie = unlocking.open_session(anna.bundle, anna.keyring)
    unlocking.change_passphrase(anna.bundle, anna.recovery_code, NEW)
    refused(unlocking.unlock, anna.bundle, PASSPHRASE)
    assert unlocking.unlock(anna.bundle, NEW).kid == anna.kid
    assert unlocking.unlock(anna.bundle, anna.recovery_code).kid == anna.kid
    assert unlocking.session_keyring(cookie) is None


def test_a_new_printed_code_makes_the_old_paper_worthless(anna: Someone) -> None:
    code = unlocking.new_recovery(anna.bundle, PASSPHRASE)
    refused(unlocking.unlock, anna.bundle, anna.recovery_code)
    assert unlocking.unlock(anna.bundle, code).kid == anna.kid


def test_a_wrong_passphrase_changes_nothing(anna: Someone) -> None:
    refused(unlocking.change_passphrase, anna.bundle, "wrong", NEW)
    refused(unlocking.new_recovery, anna.bundle, "wrong")
    assert unlocking.unlock(anna.bundle, PASSPHRASE).kid == anna.kid


def test_the_name_of_a_key_is_the_fingerprint_of_both_public_halves(anna: Someone) -> None:
    stored = KeyBundle.objects.get(pk=anna.bundle.pk)
    assert stored.kid == fingerprint(stored.enc_public, stored.sign_public) == anna.keyring.kid


@proves("R-003-14")
def test_neither_row_nor_cookie_opens_anything_alone(anna: Someone, bram: Someone) -> None:
    cookie = unlocking.open_session(anna.bundle, anna.keyring)
    other = unlocking.open_session(bram.bundle, bram.keyring)
    row = UnlockedSession.objects.get(bundle=anna.bundle)
    stored = b"".join(bytes(value) for value in (row.lookup, row.sealed))
    assert anna.keyring.private_bytes()[:32] not in stored
    assert cookie.encode() not in stored
    opened = unlocking.session_keyring(cookie)
    assert opened is not None
    assert opened.private_bytes() == anna.keyring.private_bytes()
    UnlockedSession.objects.filter(pk=row.pk).update(sealed=UnlockedSession.objects.get(bundle=bram.bundle).sealed)
    assert unlocking.session_keyring(cookie) is None
    row.delete()
    assert unlocking.session_keyring(cookie) is None
    assert unlocking.session_keyring(other) is not None


def test_a_session_row_given_to_another_person_opens_nothing(anna: Someone, bram: Someone) -> None:
    cookie = unlocking.open_session(anna.bundle, anna.keyring)
    UnlockedSession.objects.update(bundle=bram.bundle)
    assert unlocking.session_keyring(cookie) is None


@pytest.mark.parametrize("nonsense", ["", "x", "\ud800", "a" * 10_000, "\0"])
def test_a_cookie_of_nonsense_is_no_session(anna: Someone, nonsense: str) -> None:
    unlocking.open_session(anna.bundle, anna.keyring)
    assert unlocking.session_keyring(nonsense) is None


def test_twenty_idle_minutes_close_a_session_and_use_keeps_it_open(anna: Someone) -> None:
    with time_machine.travel("2026-11-23T09:00:00Z", tick=False) as clock:
        cookie = unlocking.open_session(anna.bundle, anna.keyring)
        for _ in range(3):
            clock.shift(timedelta(minutes=19))
            assert unlocking.session_keyring(cookie) is not None
        clock.shift(timedelta(minutes=20))
        assert unlocking.session_keyring(cookie) is None
        assert UnlockedSession.objects.count() == 0


def test_eight_hours_close_a_session_however_busy(anna: Someone) -> None:
    with time_machine.travel("2026-11-23T09:00:00Z", tick=False) as clock:
        cookie = unlocking.open_session(anna.bundle, anna.keyring)
        for _ in range(31):
            clock.shift(timedelta(minutes=15))
            assert unlocking.session_keyring(cookie) is not None
        clock.shift(timedelta(minutes=15))
        assert unlocking.session_keyring(cookie) is None


def test_a_session_that_is_used_often_is_not_written_each_time(anna: Someone) -> None:
    with time_machine.travel("2026-11-23T09:00:00Z", tick=False) as clock:
        cookie = unlocking.open_session(anna.bundle, anna.keyring)
        clock.shift(timedelta(seconds=30))
        before = UnlockedSession.objects.get().idle_until
        assert unlocking.session_keyring(cookie) is not None
        assert UnlockedSession.objects.get().idle_until == before


def test_closing_suspending_and_retiring_end_sessions_at_once(anna: Someone) -> None:
    cookie = unlocking.open_session(anna.bundle, anna.keyring)
    unlocking.close_session(cookie)
    assert unlocking.session_keyring(cookie) is None
    cookies = [unlocking.open_session(anna.bundle, anna.keyring) for _ in range(2)]
    unlocking.close_all(anna.user)
    assert [unlocking.session_keyring(cookie) for cookie in cookies] == [None, None]
    cookie = unlocking.open_session(anna.bundle, anna.keyring)
    get_user_model().objects.filter(pk=anna.user.pk).update(is_active=False)
    assert unlocking.session_keyring(cookie) is None
    get_user_model().objects.filter(pk=anna.user.pk).update(is_active=True)
    cookie = unlocking.open_session(anna.bundle, anna.keyring)
    unlocking.retire(anna.bundle)
    assert unlocking.session_keyring(cookie) is None


def test_sessions_that_are_over_are_swept(anna: Someone) -> None:
    cookie = unlocking.open_session(anna.bundle, anna.keyring)
    unlocking.open_session(anna.bundle, anna.keyring)
    first = UnlockedSession.objects.order_by("pk").first()
    assert first is not None
    UnlockedSession.objects.exclude(pk=first.pk).update(idle_until=timezone.now())
    assert unlocking.sweep_sessions() == 1
    assert unlocking.session_keyring(cookie) is not None


@proves("R-003-14")
def test_keys_and_secrets_do_not_leave_by_accident(anna: Someone) -> None:
    secret = Secret("Noor")
    for holder in (anna.keyring, secret):
        with pytest.raises(TypeError):
            pickle.dumps(holder)
        with pytest.raises(TypeError):
            copy.deepcopy(holder)
        with pytest.raises(TypeError):
            json.dumps(holder)
    assert (repr(anna.keyring), str(secret), f"{secret}", f"{secret:>20}") == (
        "<Keyring>",
        "<secret>",
        "<secret>",
        "<secret>",
    )
    assert secret.reveal() == "Noor"


def test_a_keyring_without_a_signing_key_signs_nothing() -> None:
    with pytest.raises(Locked):
        Keyring(b"k" * 32).sign(b"statement")
