"""A vote is counted and nothing else; what is shown never tells what one person answered."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from haven.people.models import Tried
from haven.trail.models import Entry
from haven.voices import batches
from haven.voices.batches import ANSWERS, BATCH, FIRST, Batches
from haven.voices.models import Tally
from haven.voices.pace import TooMany, pace
from haven.voices.slips import Stale, slip
from haven.voices.tallies import Spent, ballot, cast, result
from tests.proves import proves

VOTES = st.lists(st.integers(0, ANSWERS - 1), max_size=60)
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def at_rest() -> Iterator[None]:
    pace.clear()
    yield
    pace.clear()


def shown_after_each(votes: list[int]) -> list[tuple[tuple[int, ...], int]]:
    """What a visitor who looks after every single vote gets to see."""
    tally, seen = Batches(), []
    for vote in votes:
        tally = tally.add(vote)
        seen.append((tally.shown, tally.basis))
    return seen


@proves("R-004-47")
@given(VOTES)
def test_nothing_is_shown_before_ten_votes_and_it_changes_with_five_at_once(votes: list[int]) -> None:
    seen = shown_after_each(votes)
    bases = [basis for _shown, basis in seen]

    assert all(basis == (n // BATCH * BATCH if n >= FIRST else 0) for n, basis in enumerate(bases, start=1))
    assert all(bool(shown) == (basis >= FIRST) for shown, basis in seen)
    assert all(share % 5 == 0 and 0 <= share <= 100 for shown, _basis in seen for share in shown)


@proves("R-004-47")
@given(VOTES, st.data())
def test_whoever_voted_last_could_be_any_of_the_last_five(votes: list[int], data: st.DataObject) -> None:
    """The votes of a batch in any other order: whoever looks after each of them sees the very same."""
    pieces = [votes[:FIRST], *(votes[at : at + BATCH] for at in range(FIRST, len(votes), BATCH))]
    otherwise = [vote for piece in pieces for vote in data.draw(st.permutations(piece))]

    assert shown_after_each(otherwise) == shown_after_each(votes)


@proves("R-004-47")
@given(VOTES, st.integers(0, ANSWERS - 1), st.integers(0, ANSWERS - 1))
def test_one_more_vote_that_fills_no_batch_shows_nothing_of_itself(votes: list[int], one: int, other: int) -> None:
    if (len(votes) + 1) % BATCH:
        assert shown_after_each([*votes, one]) == shown_after_each([*votes, other])


@given(st.integers(0, 500))
def test_a_number_is_told_from_ten_on_and_to_the_nearest_five(count: int) -> None:
    told = batches.coarse(count)
    assert (told is None) == (count < 10)
    assert told is None or (told % 5 == 0 and abs(told - count) <= 2)


@pytest.mark.django_db
@proves("R-004-47")
def test_only_counts_are_kept_and_a_ballot_is_good_for_one_vote() -> None:
    statement = uuid4()
    for number in range(FIRST):
        assert result(statement) is None
        cast(ballot(statement), 3 if number else 0)
    found = result(statement)

    assert found is not None
    assert (found.basis, [share for _label, share in found.shares]) == (10, [10, 0, 0, 90, 0])
    assert list(Tally.objects.values()) == [
        {"statement": statement, "votes": [1, 0, 0, 9, 0], "shown": [10, 0, 0, 90, 0], "basis": 10}
    ]
    assert not Entry.objects.exists()

    used = ballot(statement)
    cast(used, 1)
    with pytest.raises(Spent):
        cast(used, 2)
    assert Tally.objects.get().votes == [1, 1, 0, 9, 0]
    assert {row.until.minute for row in Tried.objects.all()} <= {59, 0}  # nothing tells when somebody voted


@pytest.mark.django_db
def test_what_is_not_a_ballot_of_ours_or_not_an_answer_counts_nothing() -> None:
    for wrong in ("", "x", slip("input", str(uuid4()))):
        with pytest.raises(Stale):
            cast(wrong, 1)
    for choice in (-1, ANSWERS):
        with pytest.raises(IndexError):
            cast(ballot(uuid4()), choice)
    assert not Tally.objects.exists()


@pytest.mark.django_db
def test_a_flood_on_one_statement_is_stopped_and_another_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    flooded, other = uuid4(), uuid4()
    for _number in range(300):
        pace.admit(str(flooded), 300)
    paper = ballot(flooded)
    with pytest.raises(TooMany):
        cast(paper, 1)
    assert cast(ballot(other), 1) == other
    pace.clear()
    assert cast(paper, 1) == flooded  # it was not used up


@pytest.mark.django_db
@proves("R-004-47")
def test_one_press_votes_without_a_cookie_and_leads_back_to_the_page(client: Client) -> None:
    statement, page = uuid4(), "/en/what-do-you-think/"
    vote = {"ballot": ballot(statement), "choice": "4", "back": page}
    assert client.post("/en/input/vote/", vote, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    counted = client.post("/en/input/vote/", vote, headers=HERE)
    assert f'href="{page}"' in counted.text
    again = client.post("/en/input/vote/", vote | {"back": "//elsewhere.example/"}, headers=HERE)
    assert "elsewhere" not in again.text
    assert "Not counted" in again.text
    assert (dict(counted.cookies), counted.headers["Cache-Control"]) == ({}, "no-store")
    assert Tally.objects.get().votes == [0, 0, 0, 0, 1]
    for nonsense in ({}, {"choice": "x"}, vote | {"choice": "9", "ballot": ballot(statement)}):
        assert "Nothing was counted" in client.post("/en/input/vote/", nonsense, headers=HERE).text
