"""What a stranger may find in these files: reasons, invented people, words that judge nobody. And what not."""

import re

from tests.house.source import (
    HAVEN,
    ROOT,
    bare_excuses,
    name_of,
    python_files,
    templates,
    text_files,
    tracked,
    untrimmed,
)
from tests.proves import proves

# R-000-12: nobody is called these before anything has been found, and a person is not a number in a queue.
JUDGING = re.compile(r"\b(victim|perpetrator|ticket|slachtoffer|dader)(s|en|es)?\b", re.IGNORECASE)
PLACES = re.compile(r"(?<!\w)/(root|Users|home|wo[r]k)/\w|\b[A-Z]:\\Users|/opt/py[p]i")
REGISTRIES = re.compile(
    r"pypi\.or[g]|pythonhosted\.or[g]|npmjs\.(or[g]|co[m])|index-ur[l]|artifactor[y]|proxy\.golan[g]"
)
ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@(?P<domain>[\w-]+(\.[\w-]+)*\.[a-z]{2,})\b", re.IGNORECASE)
INVENTED = re.compile(r"(^|\.)(example|test|invalid|localhost)$|(^|\.)example\.(org|com|net)$", re.IGNORECASE)


def words_for_people() -> dict[str, str]:
    """Everything that somebody reads: pages, both languages of the catalogue, rulebooks, notices, documents."""
    files = [*templates(), HAVEN / "locale/nl/LC_MESSAGES/django.po", HAVEN / "notices" / "texts.py"]
    files += [file for file in tracked() if file.is_relative_to(ROOT / "rulebooks") or file.suffix == ".md"]
    return {name_of(file): file.read_text() for file in files}


@proves("R-000-12")
def test_no_word_judges_before_anything_was_found() -> None:
    found = [f"{name}: {word[0]}" for name, text in words_for_people().items() for word in JUDGING.finditer(text)]

    assert {"rulebooks/example/intake.toml", "haven/locale/nl/LC_MESSAGES/django.po"} <= set(words_for_people())
    assert found == []


def test_every_silenced_rule_has_a_reason_beside_it() -> None:
    files = python_files()

    assert [f"{name_of(file)}:{line}" for file in files for line in bare_excuses(file.read_text())] == []


def test_every_rule_that_is_off_in_the_project_has_a_reason_beside_it() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    ruff = text.partition("\nignore = [\n")[2].partition("\n[tool.mypy]")[0]
    lines = [line.strip() for line in ruff.splitlines() if re.search(r'"[A-Z]+\d+"', line)]

    assert len(lines) > 5
    assert [line for line in lines if "#" not in line] == []


def test_every_translation_block_is_trimmed() -> None:
    assert [f"{name_of(file)}:{line}" for file in templates() for line in untrimmed(file.read_text())] == []


def test_no_file_tells_on_which_machine_it_was_made() -> None:
    found = [
        (name, hit[0]) for name, text in text_files() for kind in (PLACES, REGISTRIES) for hit in kind.finditer(text)
    ]

    assert found == []


def test_everyone_with_a_mail_address_is_invented() -> None:
    found = [hit for _name, text in text_files() for hit in ADDRESS.finditer(text)]

    assert len(found) > 20
    assert sorted({hit[0] for hit in found if not INVENTED.search(hit["domain"])}) == []


def test_a_list_without_marks_is_a_list_to_everybody() -> None:
    """To Safari `list-style: none` is no list. An empty text in its place is one, and needs no role."""
    styles = [file for file in tracked() if file.suffix == ".css" and file.is_relative_to(HAVEN)]
    looked = [(file, file.read_text(encoding="utf-8")) for file in (*templates(), *styles)]
    assert [file.name for file, text in looked if re.search(r'role="?list\b|list-style: ?none', text)] == []
