"""Who leaves a team: the keys go at once, and the next reader who unlocks makes new ones."""

from typing import Any

import pytest
from django.urls import reverse

from haven.cases.actions import assign
from haven.cases.models import Case
from haven.cases.off_the_team import settle, waiting
from haven.dialogue import actions as dialogue
from haven.trail.models import Entry
from haven.vault.models import Compartment, Grant
from tests.desk.conftest import sits_down
from tests.institution import PASSPHRASE, Institution, Person
from tests.proofs.filled import fill, open_for
from tests.proves import proves


@pytest.fixture
def house(db: None, settings: Any) -> Institution:
    return Institution(settings).with_readers(4)


def leave(by: Person, who: Person) -> Any:
    return sits_down(by).post(reverse("desk:leave", args=[who.user.pk]), {"route": "contact_point"})


def epoch(case: Case, kind: str = "report") -> int:
    return Compartment.objects.filter(scope=case.pk, kind=kind).order_by("-epoch")[0].epoch


@proves("R-000-21", "R-002-17")
def test_the_keys_go_at_once_and_new_ones_come_from_who_presses(house: Institution) -> None:
    leaver, reader = house.readers[2], house.readers[1]
    case, code = house.report()

    done = leave(reader, leaver)

    assert done.status_code == 302
    assert leaver.opens(case) is None
    assert not Grant.objects.filter(kid=leaver.kid).exists()
    assert (epoch(case), waiting(reader.keyring), Entry.objects.filter(did="case.rekeyed").count()) == (2, [], 1)  # type: ignore[arg-type]
    box = dialogue.open_mailbox(code)
    assert box is not None
    dialogue.write(box, "Later words")
    assert open_for(house.readers[3], case).messages[-1].payload["text"] == "Later words"


@proves("R-002-17")
def test_what_who_presses_cannot_open_waits_for_the_next_to_unlock(house: Institution) -> None:
    presses, leaver, reader = house.readers[0], house.readers[3], house.readers[1]
    case, _code = house.report(struck_out=frozenset({presses.kid}))

    leave(presses, leaver)
    before = epoch(case)
    assert leaver.opens(case) is None
    client = sits_down(reader, unlocked=False)
    client.post(reverse("desk:unlock"), {"secret": PASSPHRASE})

    assert (before, epoch(case), epoch(case, "internal"), epoch(case, "replies")) == (1, 2, 2, 2)


@proves("R-002-17")
def test_nobody_can_take_the_last_readers_of_a_case_off_the_list(house: Institution) -> None:
    """Who was struck out of it cannot make it disappear for those who read it, nor see that they could not."""
    accused, other, leaver, stays = house.readers
    case, _code = house.report(struck_out=frozenset({accused.kid, other.kid}))

    first = leave(accused, leaver)

    assert first.status_code == 302
    assert (leaver.opens(case) is not None, stays.opens(case) is not None) == (True, True)
    assert stays.keyring is not None
    settle(stays.keyring, stays.user)
    assert (epoch(case), waiting(stays.keyring)) == (1, [case])
    page = sits_down(stays).get(reverse("desk:inbox")).content.decode()
    assert "Give one more colleague access" in page
    for struck_out in (accused, other):
        page = sits_down(struck_out).get(reverse("desk:inbox")).content.decode()
        assert waiting(struck_out.keyring) == []  # type: ignore[arg-type]
        assert "Give one more colleague access" not in page
        assert case.reference not in page

    later = house.person("Later")
    house.confirm(later, by=house.readers[:2])
    assign(open_for(stays, case), to=later.user)
    settle(stays.keyring, stays.user)
    assert (leaver.opens(case), bool(later.opens(case)), epoch(case), waiting(stays.keyring)) == (None, True, 2, [])


@proves("R-000-19", "R-000-20")
def test_a_name_that_only_the_leaver_may_know_stays_closed_and_can_be_told_again(house: Institution) -> None:
    filled = fill(house)

    leave(house.readers[1], filled.keeper)

    box = dialogue.open_mailbox(filled.code)
    assert box is not None
    assert filled.keeper.opens(filled.case) is None
    assert [one.payload["about"] for one in box.messages() if one.payload.get("about")][-1] == "name_waits"
    dialogue.reveal_self(box, {"name": "Sam"}, to=house.readers[1].kid)
    assert [open_for(one, filled.case).knows_reporter for one in house.readers[1:]] == [True, False, False]
    assert not Grant.objects.filter(kid=filled.keeper.kid, compartment__kind="identity").exists()
