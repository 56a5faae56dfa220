"""What the site of the demo says: whole in both languages, true to the glossary, plain Dutch, every key known."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from haven.config.demo import content
from haven.config.demo.days import PLACE
from haven.rulebook import shelf

FOLDER = content.HERE / "site"
DRAWINGS = content.HERE.parents[1] / "pages" / "static" / "pages"
FILES = {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.toml"))}
WRONG = re.compile(r"social security|cross.?border behaviou?r|\bdaders?\b|\bperpetrator", re.IGNORECASE)
SLUG = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
VOWELS = re.compile(r"aai|eeu|ooi|aa|ee|ie|oo|uu|ui|ij|ei|au|ou|eu|oe|ï|ë|ö|ü|[aeiouyéèêáóàí]", re.IGNORECASE)
FILLED_IN = {"site_mail", "emergency_number", "internal_emergency_number"}

type Path = tuple[str, ...]


def tables(of: Any, path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every table of a file, with the names that lead to it."""
    if isinstance(of, list):
        for one in of:
            yield from tables(one, path)
    if isinstance(of, dict):
        yield path, of
        for name, inside in of.items():
            yield from tables(inside, (*path, name))


def said(language: str, file: str) -> list[str]:
    told = [table[language] for _path, table in tables(FILES[file]) if language in table]
    return [text for one in told for text in (one if isinstance(one, list) else [one])]


def keys(file: str, *lists: str) -> set[str]:
    return {table["key"] for name in lists for table in FILES[file].get(name, ())}


def named(*fields: str) -> Iterator[tuple[str, str]]:
    """Every value of these fields, wherever in the folder it stands, with its file."""
    for file, told in FILES.items():
        for _path, table in tables(told):
            for field in fields:
                value = table.get(field, ())
                yield from (
                    (file, one) for one in ([value] if isinstance(value, str) else value) if isinstance(one, str)
                )


@pytest.mark.parametrize("file", FILES)
def test_every_text_exists_in_both_languages_with_the_same_paragraphs(file: str) -> None:
    for path, table in tables(FILES[file]):
        if not {"nl", "en"} & table.keys():
            continue
        assert table.keys() == {"nl", "en"}, path
        dutch, english = table["nl"], table["en"]
        assert dutch, path
        assert type(dutch) is type(english), path
        assert len(parts(dutch)) == len(parts(english)), (path, dutch)
        assert all(part.strip() and "  " not in part for part in parts(dutch) + parts(english)), (path, dutch)


def parts(text: str | list[str]) -> list[str]:
    return text if isinstance(text, list) else text.strip().split("\n\n")


@pytest.mark.parametrize("file", FILES)
def test_what_is_filled_in_later_is_known_and_braces_stand_nowhere_else(file: str) -> None:
    for text in said("nl", file) + said("en", file):
        rest = PLACE.sub("", text)
        assert set(re.findall(r"{([^}]*)}", rest)) <= FILLED_IN, text
        assert rest.count("{") == rest.count("}") == len(re.findall(r"{\w+}", rest)), text


@pytest.mark.parametrize("file", FILES)
def test_every_key_is_a_slug_and_stands_once_in_its_list(file: str) -> None:
    for path, table in tables(FILES[file]):
        assert SLUG.fullmatch(table.get("key", "none")), (path, table)
        for name, inside in table.items():
            if isinstance(inside, list) and inside and isinstance(inside[0], dict):
                twice = [key for key, times in Counter(one.get("key") for one in inside).items() if key and times > 1]
                assert not twice, (path, name)


@pytest.mark.parametrize(
    ("fields", "known"),
    [
        (("questions",), keys("questions", "questions")),
        (("group",), keys("questions", "groups")),
        (("toolkit",), keys("toolkit", "items")),
        (("statements",), keys("statements", "statements")),
        (("topic",), keys("topics", "topics")),
        (("action", "actions"), keys("plan", "actions")),
        (("initiative",), keys("initiatives", "initiatives")),
        (("series",), keys("activities", "series")),
        (("activity",), keys("activities", "activities")),
        (("documents",), keys("documents", "documents")),
        (("unit", "units"), keys("units", "units")),
        (("audience", "audiences"), keys("audiences", "audiences") | {"visitor"}),
    ],
)
def test_every_key_that_a_file_names_is_there(fields: tuple[str, ...], known: set[str]) -> None:
    assert not {(file, key) for file, key in named(*fields) if key not in known}


def test_findings_and_blocks_that_are_named_are_there() -> None:
    found = {one["key"] for source in FILES["plan"]["sources"] for one in source["findings"]}
    assert {key for file, key in named("findings") if file == "plan"} == found
    blocks = keys("required_page", "blocks")
    assert {key for one in FILES["required_page"]["versions"] for key in one.get("blocks", ())} <= blocks


def test_what_stands_in_the_rulebook_is_named_as_it_is_there() -> None:
    book = shelf.current()
    rules = book.procedures.in_force("complaints", date(2026, 11, 25))
    assert rules is not None
    assert {key for _file, key in named("provision")} <= {one.key for one in book.provisions}
    meant = FILES["definitions"]
    assert {one["category"] for one in meant["categories"]} == {one.key for one in rules.categories}
    assert {one["ground"] for one in meant["grounds"]} == {one.key for one in rules.grounds_of_discrimination}
    units = {one["rulebook"]: one["name"] for one in FILES["units"]["units"] if "rulebook" in one}
    assert {key: name["en"] for key, name in units.items()} == {one.key: one.name.en for one in book.institution.units}
    asked = {one.key: {option.key for option in one.options} for one in book.intake.questions}
    assert {one["form"] for one in meant["forms"]} <= asked["forms"]
    assert {one["setting"] for one in meant["settings"]} == asked["setting"]


@pytest.mark.parametrize("file", FILES)
def test_the_words_of_the_glossary_are_used(file: str) -> None:
    assert not [text for text in said("nl", file) + said("en", file) if WRONG.search(text)]


@pytest.mark.parametrize("file", [file for file in FILES if file != "units"])
def test_the_dutch_is_plain(file: str) -> None:
    """Short sentences and short words: Flesch as Douma fitted it to Dutch, where 60 to 70 is for everyone."""
    sentences = [s for text in said("nl", file) for s in re.split(r"[.!?:]\s+|\n+", text) if re.search(r"\w", s)]
    words = [re.findall(r"[^\W\d_][\w'\u2019]*", sentence) for sentence in sentences]
    longest = max(words, key=len)
    assert len(longest) <= 25, " ".join(longest)
    every = [word for sentence in words for word in sentence]
    length = len(every) / len(words)
    syllables = sum(max(1, len(VOWELS.findall(word))) for word in every) / len(every)
    assert length <= 12, file
    assert 206.84 - 0.93 * length - 77 * syllables >= 60, (file, length, syllables)


def test_it_is_the_whole_site() -> None:
    """As many of each as was promised, and of every kind."""
    situations = FILES["audiences"]["situations"]
    assert [one["key"] for one in situations] == ["self", "other", "accused"]
    assert all([part["key"] for part in one["parts"]] == ["do", "how", "whom"] for one in situations)
    items = FILES["toolkit"]["items"]
    assert len(items) >= 14
    assert {one["kind"] for one in items} == {"training", "workshop", "tool", "guide"}
    guides = [one for one in items if one["kind"] == "guide"]
    assert len(guides) == 3
    assert all(sum(step["minutes"] for step in one["plan"]) == one["minutes"] for one in guides)
    initiatives = FILES["initiatives"]["initiatives"]
    assert len({one["unit"] for one in initiatives}) == 6
    assert len({one["kind"] for one in initiatives}) == 10
    assert len(FILES["statements"]["statements"]) == 8
    assert len(FILES["plan"]["actions"]) == 16
    assert all("all" in one["answers"] or len(one["answers"]) == 3 for one in FILES["questions"]["questions"])


def test_the_plan_tells_its_own_story_in_order() -> None:
    changed = {
        change["action"]: change["kind"] for one in FILES["plan"]["versions"] for change in one.get("changes", ())
    }
    for action in FILES["plan"]["actions"]:
        days = [then["on"] for then in action["history"]]
        last = action["history"][-1]["state"]
        assert days == sorted(days), action["key"]
        assert (changed.get(action["key"]) == "added") == (action["version"] == 2), action["key"]
        assert (changed.get(action["key"]) == "dropped") == (last == "dropped"), action["key"]
        assert ("recheck_on" in action) == (last == "maintained"), action["key"]


def test_every_drawing_is_small_asks_for_nothing_and_has_its_words() -> None:
    drawn = {file.stem: file.read_text(encoding="utf-8") for file in DRAWINGS.glob("*.svg")}
    assert set(drawn) == keys("pictures", "pictures") == {key for _file, key in named("picture")}
    for name, drawing in drawn.items():
        assert len(drawing.encode()) <= 4096, name
        assert not re.search(r"<script|<text|href|url\(|@import|\bon\w+=", drawing), name
