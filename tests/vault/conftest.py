"""People with keys. Stretching is cheap here: its real cost is measured in benchmarks/vault.py."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from pytest_django import Settings

from haven.vault import unlocking
from haven.vault.keyring import Keyring
from haven.vault.models import KeyBundle
from haven.vault.readers import Reader

PASSPHRASE = "zeven blauwe fietsen bij de dijk"
TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Someone:
    """A member of staff with keys, unlocked."""

    user: AbstractBaseUser
    bundle: KeyBundle
    keyring: Keyring
    recovery_code: str

    @property
    def kid(self) -> str:
        return self.bundle.kid

    @property
    def reader(self) -> Reader:
        return self.bundle.reader


@pytest.fixture(autouse=True)
def vault_settings(settings: Settings, tmp_path: Path) -> None:
    settings.VAULT_ARGON2 = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
    settings.STATE_KEY = b"a key for the tests, long enough for all"
    settings.BLOB_ROOT = tmp_path / "blobs"
    settings.UPLOAD_MAX_BYTES = 300_000
    settings.FILE_UPLOAD_HANDLERS = ["haven.vault.handler.SealingUploadHandler"]


@pytest.fixture
def person(db: None) -> Callable[[str], Someone]:
    def make(name: str) -> Someone:
        user = get_user_model().objects.create(email=f"{name}@example.org")
        bundle, code = unlocking.make_bundle(user, PASSPHRASE)
        return Someone(user, bundle, unlocking.unlock(bundle, PASSPHRASE), code)

    return make


@pytest.fixture
def anna(person: Callable[[str], Someone]) -> Someone:
    return person("anna")


@pytest.fixture
def bram(person: Callable[[str], Someone]) -> Someone:
    return person("bram")


@pytest.fixture
def carla(person: Callable[[str], Someone]) -> Someone:
    return person("carla")


@pytest.fixture
def dirk(person: Callable[[str], Someone]) -> Someone:
    return person("dirk")
