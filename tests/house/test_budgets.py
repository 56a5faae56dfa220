"""Small enough to hold in mind (house.md 10). The budget of a view is in test_doors.py."""

import ast
import re

from tests.house.source import HAVEN, ROOT, functions, lines_of, name_of, project, python_files, templates

PYTHON_FILE, FUNCTION, TEMPLATE, SETTINGS, JAVASCRIPT, DEPENDENCIES = 300, 30, 120, 250, 500, 25
SETTINGS_FILE = "haven/config/settings.py"


def line_count(text: str) -> int:
    return len(text.splitlines())


def test_a_python_file_has_at_most_300_lines() -> None:
    counts = {name_of(file): line_count(file.read_text()) for file in python_files()}

    assert {name: lines for name, lines in counts.items() if lines > PYTHON_FILE} == {}
    assert counts[SETTINGS_FILE] <= SETTINGS


def test_a_function_has_at_most_30_lines() -> None:
    counts = [
        (f"{name_of(file)} {function.name}", lines_of(function))
        for file in python_files()
        for function in functions(ast.parse(file.read_text()))
    ]

    assert [f"{name}: {lines}" for name, lines in counts if lines > FUNCTION] == []


def test_a_template_has_at_most_120_lines() -> None:
    counts = {name_of(file): line_count(file.read_text()) for file in templates()}

    assert {name: lines for name, lines in counts.items() if lines > TEMPLATE} == {}


def test_our_own_javascript_has_at_most_500_lines_in_all() -> None:
    counts = {name_of(file): line_count(file.read_text()) for file in HAVEN.rglob("*.js")}

    assert counts
    assert sum(counts.values()) <= JAVASCRIPT


def test_there_are_at_most_25_dependencies_each_with_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    listed = re.search(r"^dependencies = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    assert listed is not None
    lines = [line.strip() for line in listed[1].splitlines()]

    assert len(project()["project"]["dependencies"]) == len(lines) <= DEPENDENCIES
    assert [line for line in lines if not re.search(r'",\s*# \w+', line)] == []
