"""Reports that belong together: seen by who can open both, and by nobody else, also not in the database."""

import json

import pytest
from django.utils.timezone import localdate

from haven.cases import links, work
from haven.cases.actions import NotNow, close, screen
from haven.cases.links import linked
from haven.cases.models import Case
from tests.institution import Institution, Person
from tests.proofs.filled import open_for
from tests.proofs.tables import database
from tests.proves import proves


@pytest.fixture
def house(db: None, settings: object) -> Institution:
    return Institution(settings).with_readers(4)


def link(by: Person, one: Case, other: Case, about: str = "together") -> None:
    links.link(open_for(by, one), open_for(by, other), about=about)


def seen(by: Person, case: Case) -> list[tuple[Case, str]]:
    return [(one.case, one.about) for one in linked(open_for(by, case))]


@proves("R-000-21")
def test_a_set_is_seen_whole_with_titles_from_each_of_its_cases(house: Institution) -> None:
    reader, (first, second, third, alone) = house.readers[0], [house.report()[0] for _n in range(4)]

    link(reader, first, second, "lost_code")
    link(house.readers[1], second, third)

    assert {case for case, _about in seen(reader, first)} == {second, third}
    assert dict(seen(reader, first)) == {second: "lost_code", third: ""}
    assert {one.head["kind"] for one in linked(open_for(reader, first))} == {"report"}
    assert dict(seen(reader, second)) == {first: "lost_code", third: "together"}
    assert seen(reader, alone) == []


@proves("R-000-21")
def test_who_was_struck_out_of_one_sees_no_link_in_the_other_and_nothing_beyond_it(house: Institution) -> None:
    blind, reader = house.readers[3], house.readers[0]
    first, third = house.report()[0], house.report()[0]
    hidden = house.report(struck_out=frozenset({blind.kid}))[0]

    link(reader, first, hidden)
    link(reader, hidden, third)

    assert {case for case, _about in seen(reader, first)} == {hidden, third}
    assert (seen(blind, first), seen(blind, third)) == ([], [])
    opened = open_for(blind, first)
    known = json.dumps([one.payload for one in opened.items], default=str)
    assert work.links(opened.items)
    assert not any(word in known for word in (hidden.reference, str(hidden.pk), hidden.pk.hex))


@proves("R-000-21")
def test_a_link_takes_keys_to_both_is_made_once_and_taken_away_from_both(house: Institution) -> None:
    reader, (first, second) = house.readers[0], [house.report()[0] for _n in range(2)]
    link(reader, first, second)
    with pytest.raises(NotNow, match="linked_already"):
        link(reader, second, first)
    with pytest.raises(NotNow, match="linked_already"):
        link(reader, first, first)

    links.unlink(open_for(reader, second), open_for(reader, first))

    assert (seen(reader, first), seen(reader, second)) == ([], [])
    with pytest.raises(NotNow, match="not_linked"):
        links.unlink(open_for(reader, second), open_for(reader, first))


def test_an_ended_case_can_be_the_other_one(house: Institution) -> None:
    reader, (first, second) = house.readers[0], [house.report()[0] for _n in range(2)]
    screen(open_for(reader, first), "other")
    close(open_for(reader, first), outcome="talked", category="bullying", destination="none")

    link(reader, second, first, "lost_code")

    assert seen(reader, second) == [(first, "lost_code")]


def test_no_table_holds_what_ties_two_cases_together(house: Institution) -> None:
    """The same value in a row about each: only what every pair of cases of this team has in common."""
    reader, pairs = house.readers[0], [house.report()[0] for _n in range(4)]
    link(reader, pairs[0], pairs[1])
    for case in pairs[2:]:
        links_like = open_for(reader, case)
        links_like.keep("internal", work.SLOT, {"is": work.TAGS, "tags": ["x"], "by": "-"}, on=localdate(), seq=1)

    token = next(iter(work.links(open_for(reader, pairs[0]).items)))
    assert token in work.links(open_for(reader, pairs[1]).items)
    told = repr(database())
    assert "case.worked" in told
    assert not any(word in told for word in (token, "lost_code", "together", "unlink"))
