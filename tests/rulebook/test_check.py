"""Every kind of mistake in a rulebook folder gets its file, its place, what is wrong and what to do."""

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from haven.rulebook import loader, placeholders
from haven.rulebook.problems import _model_in
from haven.rulebook.procedure import Procedure
from haven.rulebook.words import Problem, RulebookError, Text
from tests.rulebook.conftest import EXAMPLE

type Change = Callable[[str, str, str], None]

MISTAKES = tomllib.loads(Path(__file__).with_name("mistakes.toml").read_text())["mistake"]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["name"])
def test_a_mistake_is_found_where_it_stands(folder: Path, change: Change, mistake: dict[str, str]) -> None:
    change(mistake["file"], mistake["old"], mistake["new"])

    problems = loader.check(folder)

    found = next((p for p in problems if (p.file, p.key) == (mistake["file"], mistake["key"])), None)
    assert found, problems
    assert mistake["says"] in found.says
    assert mistake["remedy"] in found.remedy


def test_the_example_has_no_problems() -> None:
    assert loader.check(EXAMPLE) == []


def test_an_unknown_key_is_named_with_the_key_that_was_meant(folder: Path, change: Change) -> None:
    change("intake.toml", 'why.nl = "Zo stellen', 'whi.nl = "Zo stellen')

    problems = loader.check(folder)

    assert [(p.file, p.key, p.remedy) for p in problems] == [
        ("intake.toml", "questions[0].whi", "Did you mean “why”?"),
        ("intake.toml", "questions[0].why.nl", "Write it: nl = “…”. Both languages are needed."),
    ]


def test_an_unknown_key_without_a_like_is_answered_with_the_known_ones(folder: Path, change: Change) -> None:
    change("institution.toml", 'brand = "', 'xyzzy = 1\nbrand = "')

    assert loader.check(folder) == [
        Problem(
            "institution.toml",
            "style.xyzzy",
            "Haven does not know the key “xyzzy” here.",
            "Known here: brand, text_on_brand.",
        )
    ]


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "calendar.toml").unlink()

    assert [(p.file, p.says) for p in loader.check(folder)] == [("calendar.toml", "This file is missing.")]


def test_a_file_with_a_misspelt_name_is_named_twice(folder: Path) -> None:
    (folder / "calendar.toml").rename(folder / "calender.toml")

    assert [(p.file, p.remedy.split(".")[0]) for p in loader.check(folder)] == [
        ("calendar.toml", "Add it"),
        ("calender.toml", "Did you mean “calendar"),
    ]


def test_a_file_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "calendar.toml").unlink()
    (folder / "calendar.toml").mkdir()

    assert [p.says for p in loader.check(folder)] == ["This file cannot be read: Is a directory."]


def test_a_folder_that_is_not_there_is_one_problem(tmp_path: Path) -> None:
    assert [p.says for p in loader.check(tmp_path / "nowhere")] == ["There is no such folder."]


def test_characters_that_are_not_utf_8_are_found_by_line(folder: Path) -> None:
    file = folder / "audiences.toml"
    file.write_bytes(file.read_text().encode().replace("Patiënt".encode(), "Patiënt".encode("latin-1")))

    assert [(p.file, p.key[:4]) for p in loader.check(folder)] == [("audiences.toml", "line")]


def test_the_limits_stand_directly_below_the_promise(folder: Path, change: Change) -> None:
    change("intake.toml", 'key = "limits"', 'key = "swap"')
    change("intake.toml", 'key = "emergency"', 'key = "limits"')
    change("intake.toml", 'key = "swap"', 'key = "emergency"')

    assert [p.says for p in loader.check(folder)] == [
        "The limits of confidentiality must stand directly below the promise of it."
    ]


def test_a_route_for_the_rest_must_remain(folder: Path) -> None:
    file = folder / "routes.toml"
    when = '\nwhen = { question = "about_contact_point", any_of = ["no"] }'
    text = file.read_text().replace('next = "ombuds"', 'next = "ombuds"' + when)
    file.write_text(text.replace("first_contact_working_days = 4", "first_contact_working_days = 4" + when))

    assert [p.says for p in loader.check(folder)] == [
        "Every route has a condition, so some reports would reach nobody."
    ]


def test_a_column_has_one_rule_for_keeping(folder: Path) -> None:
    keep = '\n[[keep]]\ntable = "cases.Case"\ncolumns = ["state"]\nrule = "with the case"\nwhy = "To find it"\n'
    file = folder / "retention.toml"
    file.write_text(file.read_text().split("# One [[keep]]")[0] + keep * 2)

    assert [p.says for p in loader.check(folder)] == ["“cases.Case.state” has 2 rules."]


@pytest.mark.parametrize(("rule", "known"), [("7 years", 1), ("14 days", 1), ("until sent", 1), ("for ever", 0)])
def test_a_rule_for_keeping_is_one_that_haven_knows(folder: Path, rule: str, known: int) -> None:
    keep = f'\n[[keep]]\ntable = "x.Y"\ncolumns = ["z"]\nrule = "{rule}"\nwhy = "w"\n'
    file = folder / "retention.toml"
    file.write_text(file.read_text().split("# One [[keep]]")[0] + keep)

    assert [p.says for p in loader.check(folder)] == (
        [] if known else ["“for ever” is not a rule for keeping that Haven knows."]
    )


def test_all_problems_of_all_files_are_told_at_once(folder: Path, change: Change) -> None:
    change("institution.toml", "short_name", "shrt_name")
    change("routes.toml", "min_readers = 2", "min_readers = 0")
    change("retention.toml", "closed_days = 30", 'closed_days = "a month"')

    with pytest.raises(RulebookError) as stopped:
        loader.load(folder)

    assert [(p.file, p.key) for p in stopped.value.problems] == [
        ("institution.toml", "short_name"),
        ("institution.toml", "shrt_name"),
        ("retention.toml", "periods.closed_days"),
        ("routes.toml", "routes[0]"),
    ]
    assert "institution.toml: shrt_name\n    Haven does not know the key" in str(stopped.value)


def test_a_placeholder_for_which_nothing_stands_is_found_where_it_is_used(folder: Path) -> None:
    file = folder / "institution.toml"
    text = file.read_text()
    second = text.index("[[emergency.numbers]]", text.index("[[emergency.numbers]]") + 1)
    file.write_text(text[:second] + text[text.index("[[emergency.guidance]]") :])

    problems = loader.check(folder)

    assert {p.says for p in problems} == {"There is nothing to fill in for {internal_emergency_number}."}
    assert {p.remedy for p in problems} == {"Add emergency.numbers[1].number in institution.toml."}
    assert "before[6].text.nl" in {p.key for p in problems}


def test_the_manual_names_every_key_and_every_placeholder() -> None:
    manual = (EXAMPLE.parents[1] / "docs" / "rulebook.md").read_text()

    models: list[type[BaseModel]] = [*loader.FILES.values(), Procedure]
    keys = {key for model in models for key in _keys(model)}

    assert [word for word in sorted(keys | {*placeholders.PLACES}) if word not in manual] == []


def _keys(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield name
        inner = _model_in(field.annotation)
        if inner and inner is not Text:
            yield from _keys(inner)
