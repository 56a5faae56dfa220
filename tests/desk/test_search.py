"""Search finds everything the viewer may open, and never anything else."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from haven.cases import actions, retention, search
from haven.cases.models import Case
from haven.vault import grants
from haven.vault.models import SearchEntry
from tests.desk.conftest import AtDesk
from tests.institution import Institution
from tests.proves import proves


def found(client: Client, words: str, where: str = "text") -> set[str]:
    rows = client.post(reverse("desk:search"), {"words": words, "where": where}).context.get("rows", [])
    return {row.case.reference for row in rows}


@proves("R-000-21")
def test_search_never_finds_what_the_viewer_has_no_key_to(house: Institution, at_desk: AtDesk) -> None:
    struck_out = house.readers[3]
    case, _code = house.report({"story": "The pelican was there."}, struck_out=frozenset({struck_out.kid}))

    assert found(at_desk(house.readers[0]), "pelican") == {case.reference}
    assert found(at_desk(struck_out), "pelican") == set()
    assert not SearchEntry.objects.filter(kid=struck_out.kid).exists()


def test_a_key_that_was_taken_away_takes_the_index_along(house: Institution, at_desk: AtDesk) -> None:
    case, _code = house.report({"story": "The pelican was there."})
    client = at_desk(house.readers[1])
    assert found(client, "pelican") == {case.reference}

    grants.revoke(case.pk, {house.readers[1].kid})

    assert found(client, "pelican") == set()
    assert not SearchEntry.objects.filter(kid=house.readers[1].kid).exists()


@pytest.mark.parametrize(
    ("story", "words"),
    [
        ("Reneé said so.", "renee"),
        ("RENEE SAID SO.", "Reneé"),
        ("Straße", "STRASSE"),
        ("100% sure_of it", "100%"),
        ("a (b) [c] *d*", "*d*"),
        ("ﬁle", "file"),
        ("First Anna, then Bram.", "bram anna"),
    ],
)
def test_words_are_found_as_they_are_case_and_accents_aside(
    house: Institution, at_desk: AtDesk, story: str, words: str
) -> None:
    case, _code = house.report({"story": story})
    house.report({"story": "Something else altogether."})

    assert found(at_desk(house.readers[0]), words) == {case.reference}


def test_what_was_written_later_is_found_as_well(house: Institution, at_desk: AtDesk) -> None:
    case, _code = house.report()
    client = at_desk(house.readers[0])
    assert found(client, "umbrella") == set()

    opened = house.readers[1].opens(case)
    assert opened
    actions.note(opened, "Left an umbrella.")

    assert found(client, "umbrella") == {case.reference}
    assert found(client, "umbrella", "head") == set()


def test_titles_references_and_handlers_are_found_without_the_story(house: Institution, at_desk: AtDesk) -> None:
    case, _code = house.report({"categories": ["bullying"], "story": "The pelican was there."})
    client = at_desk(house.readers[0])

    assert found(client, "bullying", "head") == found(client, "pesten", "head") == {case.reference}
    assert found(client, case.reference.lower(), "head") == {case.reference}
    assert found(client, case.reference.replace("-", ""), "head") == {case.reference}
    assert found(client, "pelican", "head") == set()


@proves("R-000-19")
def test_a_name_that_one_person_holds_is_found_by_nobody(house: Institution, at_desk: AtDesk) -> None:
    answers = {"mode": "confidential", "name": "Evi Voorbeeld", "contact_way": "phone", "contact_detail": "06"}
    house.report(answers, keeper=house.readers[1].kid)

    for reader in house.readers:
        assert found(at_desk(reader), "voorbeeld") == found(at_desk(reader), "voorbeeld", "head") == set()


@proves("R-000-20")
def test_a_name_given_to_everybody_is_found(house: Institution, at_desk: AtDesk) -> None:
    case, _code = house.report({"mode": "named", "name": "Evi Voorbeeld"})

    assert found(at_desk(house.readers[0]), "evi", "head") == {case.reference}


@proves("R-000-24")
def test_forgotten_words_leave_the_index(house: Institution, at_desk: AtDesk) -> None:
    case, _code = house.report({"story": "The pelican was there."})
    found(at_desk(house.readers[0]), "pelican")

    retention.forget(case, on=localdate())

    assert SearchEntry.objects.count() == 0
    assert found(at_desk(house.readers[0]), "pelican") == set()


def test_preparing_stops_in_time_and_says_how_many_are_left(
    house: Institution, at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "BATCH", 2)
    for _number in range(5):
        house.report({"story": "The pelican was there."})
    keyring = house.readers[0].keyring
    assert keyring

    still = [search.find(keyring, "pelican", where="text", seconds=0) for _time in range(4)]

    assert [(one.still, len(one.scopes)) for one in still] == [(3, 2), (1, 4), (0, 5), (0, 5)]


@pytest.mark.parametrize("words", ["", " ", "a" * 201])
def test_nothing_and_too_much_find_nothing(house: Institution, at_desk: AtDesk, words: str) -> None:
    house.report()

    assert found(at_desk(house.readers[0]), words) == set()
    assert Case.objects.count() == 1


def test_the_words_sought_stand_in_no_address(house: Institution, at_desk: AtDesk) -> None:
    house.report({"story": "The pelican was there."})

    page = at_desk(house.readers[0]).get(reverse("desk:search"), {"words": "pelican", "where": "text"})

    assert "rows" not in page.context
