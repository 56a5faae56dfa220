"""Who may import whom (house.md 2). The contracts stand in pyproject.toml."""

import sys
from typing import Any

from importlinter import configuration
from importlinter.application.use_cases import lint_imports

from tests.house.source import (
    HAVEN,
    ROOT,
    hidden_imports,
    imported,
    name_of,
    project,
    python_files,
    save_overrides,
    signal_receivers,
)

RULEBOOK_MAY = (*sys.stdlib_module_names, "pydantic", "pydantic_core", "haven.rulebook")
CIPHERS = ("cryptography", "argon2")
NO_NAMES = {"utils", "helpers", "common", "services", "managers", "util", "helper", "service", "manager"}


def names(module: str, of: tuple[str, ...]) -> bool:
    return any(module == one or module.startswith(f"{one}.") for one in of)


def contracts() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = project()["tool"]["importlinter"]["contracts"]
    return found


def test_every_import_contract_is_kept() -> None:
    configuration.configure()

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None, no_logo=True)


def test_the_contracts_know_every_app_and_no_exceptions() -> None:
    apps = {f"haven.{folder.name}" for folder in HAVEN.iterdir() if (folder / "__init__.py").exists()}
    ciphers = next(one for one in contracts() if "cryptography" in one.get("forbidden_modules", ()))

    assert set(ciphers["source_modules"]) == apps - {"haven.vault"}
    assert [one["name"] for one in contracts() if "ignore_imports" in one] == []


def test_the_rulebook_is_pure() -> None:
    found = {module for file in python_files(HAVEN / "rulebook") for module in imported(file.read_text())}

    assert "pydantic" in found
    assert [module for module in sorted(found) if not names(module, RULEBOOK_MAY)] == []


def test_only_the_vault_knows_ciphers() -> None:
    outside = [file for file in python_files(HAVEN) if not file.is_relative_to(HAVEN / "vault")]

    assert [name_of(file) for file in outside for one in imported(file.read_text()) if names(one, CIPHERS)] == []


def test_no_import_hides_in_a_function() -> None:
    files = python_files()

    assert [f"{name_of(file)}:{line}" for file in files for line in hidden_imports(file.read_text())] == []


def test_nothing_listens_to_a_signal() -> None:
    files = python_files(HAVEN)

    assert [f"{name_of(file)}:{line}" for file in files for line in signal_receivers(file.read_text())] == []


def test_saving_is_saving() -> None:
    files = python_files(HAVEN)

    assert [f"{name_of(file)}:{line}" for file in files for line in save_overrides(file.read_text())] == []


def test_no_module_is_a_drawer_for_anything() -> None:
    parts = {part.removesuffix(".py") for file in python_files() for part in file.relative_to(ROOT).parts}

    assert parts & NO_NAMES == set()
