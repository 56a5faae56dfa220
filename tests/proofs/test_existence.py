"""A case that somebody may not know of leaves no trace in what they can look at: no count, no mail, no other byte."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.timezone import localdate

from haven.cases import actions, advisers, retention, search
from haven.cases.stepping_back import step_back
from haven.desk.listing import FILTERS
from haven.notices.actions import deliver
from haven.notices.models import Outgoing
from haven.people.models import User
from tests.advisers import adviser
from tests.institution import Institution, Person
from tests.proofs.asking import NO_FILE, Asker, addresses, on_the_wire, sits, without_chance
from tests.proofs.filled import WORDS, Filled, fill, open_for
from tests.proves import proves

type Seen = dict[str, tuple[Any, ...]]
type Question = tuple[str, str, dict[str, str]]


@pytest.fixture
def accused(house: Institution) -> Person:
    """On duty, and with every right that somebody who reads can have: nothing but the key is missing."""
    person = house.readers[5]
    User.objects.filter(pk=person.user.pk).update(role_key="coordinator", on_duty=True)
    person.user.refresh_from_db()
    return person


def everything_in_sight(asker: Asker, known: str) -> Seen:
    """All that this person can ask for without knowing more than a case of their own."""
    seen = {}
    for method, path, form in [*every_page(known), *every_list(), *every_search()]:
        with asker.asks(method, path, form) as answer:
            seen[f"{path} {form}"] = without_chance(on_the_wire(answer))
    return seen


def every_page(known: str) -> Iterator[Question]:
    people = list(User.objects.values_list("pk", flat=True))
    for place in addresses():
        for person in people if "person" in place.takes else people[:1]:
            yield "get", place.path(known, NO_FILE, person), {}


def every_list() -> Iterator[Question]:
    for show, page in product(FILTERS, ("1", "2", "last")):
        yield "get", f"{reverse('desk:inbox')}?show={show}&page={page}", {}


def every_search() -> Iterator[Question]:
    for words, where in product((*WORDS.values(), "zq", "Somebody", "Reader"), ("head", "text")):
        yield "post", reverse("desk:search"), {"words": words, "where": where}


@proves("R-000-21", "R-002-17")
def test_who_was_struck_out_sees_the_same_bytes_with_and_without_the_case(
    house: Institution, accused: Person, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    own, _code = house.report()
    helper = adviser(house, "Helper")
    advisers.give(open_for(house.readers[0], own), to=helper.user)
    deliver()
    asker = sits(accused)
    with asker.asks("get", reverse("desk:case", args=[own.reference])) as answer:
        assert answer.status_code == 200
    without = everything_in_sight(asker, own.reference)

    filled = fill(house, struck_out=(accused,), urgent=True)
    advisers.give(open_for(filled.keeper, filled.case), to=helper.user)
    assert filled.keeper.keyring is not None
    assert search.find(filled.keeper.keyring, WORDS["story"], where="text").scopes == [filled.case.pk]
    seen = {"handled": everything_in_sight(asker, own.reference)}
    end(filled)
    seen["closed"] = everything_in_sight(asker, own.reference)
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.forget_due(localdate() + timedelta(days=400)) == 1
    seen["forgotten"] = everything_in_sight(asker, own.reference)

    assert {phase: differing(without, then) for phase, then in seen.items()} == {phase: [] for phase in seen}
    assert len(without) > 60


@proves("R-000-21", "R-002-17")
def test_who_stepped_back_sees_the_same_bytes_as_if_it_had_never_come(house: Institution) -> None:
    own, _code = house.report()
    close = house.readers[5]
    asker = sits(close)
    without = everything_in_sight(asker, own.reference)

    filled = fill(house, urgent=True)
    assert close.keyring is not None
    assert search.find(close.keyring, WORDS["story"], where="text").scopes == [filled.case.pk]
    step_back(open_for(close, filled.case))
    seen = {"stepped back": everything_in_sight(asker, own.reference)}
    Outgoing.objects.all().delete()
    actions.screen(open_for(filled.keeper, filled.case), "urgent")
    assert not Outgoing.objects.filter(to=close.user).exists()
    end(filled)
    seen["closed"] = everything_in_sight(asker, own.reference)

    assert {phase: differing(without, then) for phase, then in seen.items()} == {phase: [] for phase in seen}


def end(filled: Filled) -> None:
    actions.close(open_for(filled.keeper, filled.case), outcome="talked", category="bullying", destination="none")


def differing(one: Seen, other: Seen) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@proves("R-000-21", "R-002-17")
def test_who_may_read_it_does_see_a_difference(house: Institution) -> None:
    """The look above would find one, were there any."""
    own, _code = house.report()
    asker = sits(house.readers[1])
    without = everything_in_sight(asker, own.reference)

    fill(house, urgent=True)

    found = differing(without, everything_in_sight(asker, own.reference))
    inbox, page = reverse("desk:inbox"), reverse("desk:search")
    words = {"words": WORDS["story"], "where": "text"}
    assert {f"{inbox} {{}}", f"{inbox}?show=all&page=1 {{}}", f"{page} {words}"} <= set(found)


@proves("R-000-21", "R-002-09")
def test_no_mail_tells_the_accused_that_something_came_in(house: Institution, accused: Person) -> None:
    filled = fill(house, struck_out=(accused,), urgent=True)
    actions.screen(open_for(filled.keeper, filled.case), "urgent")
    told = set(Outgoing.objects.values_list("to__email", flat=True))
    deliver()
    end(filled)
    deliver()

    reached = {address for message in mail.outbox for address in message.to}
    everyone_else = {one.user.email for one in house.readers} - {accused.user.email}
    assert (told, reached) == (everyone_else, everyone_else)


@proves("R-000-21")
def test_every_number_in_the_inbox_comes_from_ones_own_keys(house: Institution) -> None:
    readers = house.readers
    struck = [(readers[0],), (readers[0], readers[1]), (readers[1], readers[2]), ()]
    cases = [house.report(struck_out=frozenset(one.kid for one in those))[0] for those in struck]
    actions.screen(open_for(readers[3], cases[0]), "file")

    for reader in readers[:4]:
        holds = [number for number, those in enumerate(struck) if reader not in those]
        with sits(reader).asks("get", reverse("desk:inbox")) as answer:
            counts, rows = answer.context["counts"], answer.context["rows"]
        running = [number for number in holds if number]
        assert (counts["filed"], counts["all"], counts["screening"]) == (len(holds) - len(running), *[len(running)] * 2)
        assert {row.case for row in rows} == {cases[number] for number in running}
        for number, case in enumerate(cases):
            assert (case.reference in answer.content.decode()) == (number in running)


@proves("R-002-17")
def test_who_joins_later_finds_nothing_of_what_came_before(house: Institution) -> None:
    fill(house)
    newcomer = house.person("Newcomer")
    house.confirm(newcomer, by=house.readers[:2])
    later, _code = house.report()

    with sits(newcomer).asks("get", reverse("desk:inbox")) as answer:
        assert [row.case for row in answer.context["rows"]] == [later]
        assert answer.context["counts"]["all"] == 1
