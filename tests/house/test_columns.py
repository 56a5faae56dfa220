"""What can be read without a key is a decision, and how long anything is kept is a promise. Both are written down for
every column of every table, and compared with the database both ways."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import BinaryField, Field

from haven.rulebook import loader
from haven.rulebook.retention import Keep
from tests.house.source import ROOT
from tests.proves import proves

# A column with one of these names, in a table of the vault, holds what only a person's key opens. There are no others.
SEALED = {"private_sealed", "sealed_umk", "sealed", "envelope", "body", "head", "text"}
# Apps of the information site: what they keep is written for everybody to read, or says which editor wrote it.
PUBLISHED = {"pages", "simple_translation", "taggit", "wagtailadmin", "wagtailcore", "wagtaildocs", "wagtailimages"}
PUBLISHED |= {"wagtailsearch", "wagtailusers"}
ROW = re.compile(
    r"^\| `(?P<table>[\w.*]+)` \| (?P<columns>[^|]+) \| (?P<kind>sealed|open) \| (?P<reason>[^|]+) \|$", re.MULTILINE
)


def database() -> dict[str, "Field[Any, Any]"]:
    """Every column of every table: `app.Model.column` and its field. Of what is published: the app."""
    models = apps.get_models(include_auto_created=True)
    return {name(model._meta.label, field.name): field for model in models for field in model._meta.concrete_fields}


def name(table: str, column: str) -> str:
    app = table.partition(".")[0]
    return f"{app}.*.*" if app in PUBLISHED else f"{table}.{column}"


def listed(document: str) -> Iterable[tuple[str, str, str]]:
    """Column, kind and reason of each line under “Data that is not secret”."""
    for row in ROW.finditer(document.partition("\n## Data that is not secret\n")[2]):
        for column in re.findall(r"`([\w*]+)`", row["columns"]):
            yield f"{row['table']}.{column}", row["kind"], row["reason"]


def ruled(rules: Iterable[Keep]) -> Counter[str]:
    return Counter(f"{rule.table}.{column}" for rule in rules for column in rule.columns)


def threat_model() -> str:
    return (ROOT / "docs" / "threat-model.md").read_text()


def is_sealed(column: str, field: "Field[Any, Any]") -> bool:
    return isinstance(field, BinaryField) and column.startswith("vault.") and field.name in SEALED


def test_every_column_is_sealed_or_listed_with_its_reason() -> None:
    assert Counter(column for column, _kind, _reason in listed(threat_model())) == Counter(list(database()))
    assert all(len(reason.split()) >= 2 for _column, _kind, reason in listed(threat_model()))


def test_a_column_is_called_sealed_exactly_when_it_is() -> None:
    sealed = {column for column, field in database().items() if is_sealed(column, field)}

    assert {column for column, kind, _reason in listed(threat_model()) if kind == "sealed"} == sealed
    assert {column.rpartition(".")[2] for column in sealed} == SEALED


def test_a_column_that_is_not_listed_is_found() -> None:
    shortened = listed(threat_model().replace("`state`, `urgent`", "`state`"))

    assert set(database()) - {column for column, _kind, _reason in shortened} == {"cases.Case.urgent"}


@proves("R-000-24")
def test_every_column_has_exactly_one_rule_for_how_long_it_is_kept() -> None:
    rules = loader.load(settings.RULEBOOK).retention.keep

    assert ruled(rules) == Counter(list(database()))


def test_a_second_or_a_missing_rule_is_found() -> None:
    rules = loader.load(settings.RULEBOOK).retention.keep
    twice, missing = [*rules, rules[0]], rules[1:]

    assert ruled(twice) != Counter(list(database()))
    assert ruled(missing) != Counter(list(database()))


def test_words_of_a_case_are_kept_no_longer_than_the_case() -> None:
    rules = loader.load(settings.RULEBOOK).retention.keep

    assert {(rule.table, rule.rule) for rule in rules if {"body", "envelope"} & set(rule.columns)} == {
        ("vault.Grant", "with the case"),
        ("vault.SealedItem", "with the case"),
    }
