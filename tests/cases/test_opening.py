"""Opening a case: absent and not theirs are one answer, at one cost."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from haven.cases import actions
from haven.cases.models import Case
from haven.cases.opened import heads, open_case
from tests.institution import Institution
from tests.proves import proves


@pytest.fixture
def house(db: None, settings: Any) -> Institution:
    return Institution(settings).with_readers(4)


def steps(house: Institution, reader: int, reference: str) -> int:
    person = house.readers[reader]
    assert person.keyring
    with CaptureQueriesContext(connection) as queries, pytest.raises(Case.DoesNotExist):
        open_case(reference, keyring=person.keyring, by=person.user)
    return len(queries)


@proves("R-000-21")
def test_a_case_of_others_takes_the_same_steps_as_one_that_is_not_there(house: Institution) -> None:
    case, _code = house.report(struck_out=frozenset({house.readers[3].kid}))

    assert steps(house, 3, case.reference) == steps(house, 3, "ZZZZ-ZZZZ")
    assert house.readers[0].opens(case)


def test_heads_of_many_cases_take_as_many_queries_as_of_one(house: Institution) -> None:
    keyring = house.readers[0].keyring
    assert keyring
    counted = []
    for more in (1, 2):
        for _number in range(more):
            house.report()
        with CaptureQueriesContext(connection) as queries:
            opened = heads(list(Case.objects.all()), keyring=keyring)
        counted.append(len(queries))
        assert len(opened) == Case.objects.count()

    assert counted[0] == counted[1]


def test_who_was_struck_out_stays_so_with_new_keys(house: Institution) -> None:
    struck_out = house.readers[3]
    case, _code = house.report(struck_out=frozenset({struck_out.kid}))
    struck_out.user.key_bundles.update(state="retired")
    again = house.person("Reader 3 again", keys=False, serves=False)
    opened = house.readers[0].opens(case)
    assert opened

    assert opened.struck_out == [struck_out.user]
    with pytest.raises(actions.NotNow, match="not_a_reader"):
        actions.assign(opened, to=struck_out.user)
    with pytest.raises(actions.NotNow, match="not_a_reader"):
        actions.assign(opened, to=again.user)


@proves("R-000-24")
def test_a_case_is_ended_once(house: Institution) -> None:
    case, _code = house.report()
    opened = house.readers[0].opens(case)
    assert opened
    actions.screen(opened, "other")
    actions.close(opened, outcome="talked", category="bullying", destination="none")

    with pytest.raises(actions.NotNow, match="ended"):
        actions.close(opened, outcome="talked", category="bullying", destination="none")
    assert Case.objects.get().closed_on == localdate()
