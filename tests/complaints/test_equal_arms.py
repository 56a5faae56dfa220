"""Equal arms as a property: whatever the order of deeds, what one side was given the other got at the same moment."""

from collections.abc import Callable
from contextlib import suppress

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from haven.complaints import documents, parties, serving
from haven.complaints.documents import Draft
from haven.complaints.models import Document, Party, Served
from haven.complaints.opened import NotNow
from haven.vault import reading
from tests.complaints.court import MONDAY, Court, Running
from tests.proves import proves

type Deed = Callable[[Running, int], None]


def another_defendant(running: Running, _number: int) -> None:
    running.invite(f"defendant {len(running.rings)}", role="defendant")


def somebody_files(running: Running, number: int) -> None:
    keys = sorted(running.rings)
    draft = Draft(kind="statement", title=str(number), text="x", third_party=number % 5 == 0)
    documents.file_document(running.party(keys[number % len(keys)]), draft, on=MONDAY)


def an_officer_files(running: Running, number: int) -> None:
    kind = "receipt" if number % 2 else "statement"
    documents.file_document(running.by(), Draft(kind=kind, title="A letter", text=str(number)), on=MONDAY)


def served(running: Running, number: int) -> None:
    papers = running.by().papers
    serving.serve(running.by(), [papers[number % len(papers)].row.pk], on=MONDAY)


def served_to_one(running: Running, number: int) -> None:
    papers = running.by().papers
    serving.serve(running.by(), [papers[number % len(papers)].row.pk], exception="receipt", on=MONDAY)


def a_friend_comes(running: Running, number: int) -> None:
    role, sees_all = "support_person", bool(number % 2)
    found = parties.support(running.party("complainant"), role, {"name": "Friend"}, sees_all=sees_all, on=MONDAY)
    running.let_in(f"friend {len(running.rings)}", found)


DEEDS: list[Deed] = [another_defendant, somebody_files, an_officer_files, served, served_to_one, a_friend_comes]


def opened_by(running: Running, party: Party) -> set[str]:
    """By the key, and not by what a row says."""
    ring = next(ring for ring in running.rings.values() if ring.kid == party.bundle.kid)
    return {key.compartment.kind for key in reading.open_compartments(ring, [running.row.pk]).values()}


@proves("R-001-64", "R-001-80", "R-001-114")
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(deeds=[(another_defendant, 0), (an_officer_files, 1), (served_to_one, 1), (served, 1)])
@given(deeds=st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 20)), min_size=3, max_size=14))
def test_what_one_side_was_given_the_other_got_at_the_same_moment(court: Court, deeds: list[tuple[Deed, int]]) -> None:
    running = court.started()
    for deed, number in deeds:
        with suppress(NotNow):
            deed(running, number)
        assert serving.unequal(running.row) == [], "after each deed, and not only in the end"

    sides = list(Party.objects.as_role("complainant", "defendant").filter(complaint=running.row))
    kinds = {one.pk: opened_by(running, one) for one in sides}
    for document in Document.objects.filter(complaint=running.row):
        rows = Served.objects.filter(document=document, party__in=sides)
        able = {pk for pk, found in kinds.items() if document.kind in found}
        excepted = set(rows.exclude(exception="").values_list("party", flat=True))
        given_ = set(rows.filter(exception="").values_list("party", flat=True))
        assert able - excepted - {document.filed_by_id} in (
            {one.pk for one in sides} - excepted - {document.filed_by_id},
            set(),
        )
        assert not given_ or given_ | excepted == {one.pk for one in sides}
        assert not (document.quarantined and rows.exists())
    assert serving.unequal(running.row) == []


def test_what_one_side_had_by_an_exception_and_the_other_gets_later_is_equal(court: Court) -> None:
    running = court.started()
    running.invite("defendant")
    paper = documents.file_document(running.by(), Draft(kind="receipt", title="Receipt", text="x"), on=MONDAY)
    serving.serve(running.by(), [paper.pk], exception="receipt", on=MONDAY)
    serving.serve(running.by(), [paper.pk], on=MONDAY)
    assert serving.unequal(running.row) == []
    Served.objects.filter(party=running.rows["defendant"]).delete()
    serving.serve(running.by(), [running.start.letter.pk], on=MONDAY)
    Served.objects.filter(party=running.rows["complainant"], document=running.start.letter).delete()
    assert serving.unequal(running.row) == [(running.start.letter.pk, running.rows["complainant"].pk)]
