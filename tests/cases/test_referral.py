"""What a consent covers is what the key opens; and nothing else goes, to a team or elsewhere."""

from itertools import product
from typing import Any

import pyrage
import pytest
from django.utils.timezone import localdate

from haven.cases import consent, referral, triage
from haven.cases.actions import NotNow
from haven.cases.agreed import Scope, Stage
from haven.dialogue import actions as dialogue
from haven.dialogue import consent as mailbox
from haven.people.models import Membership
from haven.rulebook.consent import PLACE, SUMMARY, WHOLE
from haven.vault import handover, reading
from haven.vault.errors import CannotOpen
from haven.vault.models import Compartment, Grant
from tests.cases.agreeing import (
    ALL,
    LETTER,
    NAME,
    STORY,
    SUMMED,
    agrees,
    asked,
    box_of,
    opened,
    two_teams,
)
from tests.cases.agreeing import report as sent
from tests.counted import told
from tests.institution import Institution, Person
from tests.proves import proves

type Teams = tuple[Institution, Institution]
SCOPES = [Scope(what, identity=i, files=f) for what, i, f in product((SUMMARY, WHOLE), (False, True), (False, True))]


@pytest.fixture
def teams(db: None, settings: Any) -> Teams:
    return two_teams(settings)


def stage(code: str, key: str) -> Stage:
    return next(one.stage for one in mailbox.consents(box_of(code)) if one.id == key)


def all_words(person: Person) -> str:
    """Everything this person can open with their keys, whatever asks for it."""
    assert person.keyring is not None
    scopes = Compartment.objects.values_list("scope", flat=True).distinct()
    found = reading.open_items(person.keyring, list(scopes)).values()
    return repr([one.payload for items in found for one in items])


# ── What is agreed is what the key opens ──


@proves("R-000-13", "R-000-20", "R-000-22")
@pytest.mark.parametrize("scope", SCOPES, ids=lambda one: f"{one.what}-{one.identity}-{one.files}")
def test_the_other_team_opens_exactly_what_was_agreed(teams: Teams, scope: Scope) -> None:
    house, ombuds = teams
    case, code = sent(house)
    key = asked(house.readers[0], case)
    agrees(code, key, scope)
    assert [all_words(one) for one in ombuds.readers] == ["[]"] * 3

    referral.refer(opened(house.readers[0], case), key)

    for person in ombuds.readers:
        assert person.keyring is not None
        words = all_words(person)
        expected = {
            STORY: scope.what == WHOLE,
            SUMMED: scope.what == SUMMARY,
            NAME: scope.identity,
            LETTER: scope.files,
        }
        assert {word: word in words for word in expected} == expected
        assert person.opens(case) is None
        kinds = Grant.objects.filter(kid=person.kid).values_list("compartment__kind", flat=True)
        assert list(kinds) == [f"referred:{key}"]
    triage.act(opened(house.readers[0], case), "listened", text="Spoke with her.", on=localdate())
    assert [one["action"] for one in told("action")] == ["referred"]  # the first that was done, and no second


@proves("R-000-22")
def test_what_came_after_the_answer_is_not_covered(teams: Teams) -> None:
    house, ombuds = teams
    case, code = sent(house, "anonymous")
    key = asked(house.readers[0], case, ALL)
    agrees(code, key)
    dialogue.reveal_self(box_of(code), {"name": NAME}, to="")
    dialogue.write(box_of(code), "zqlater")

    referral.refer(opened(house.readers[0], case), key)

    assert STORY in all_words(ombuds.readers[0])
    assert not any(word in all_words(ombuds.readers[0]) for word in (NAME, "zqlater"))


@proves("R-000-19", "R-000-22")
def test_a_name_that_one_person_holds_goes_only_by_that_person(teams: Teams) -> None:
    house, ombuds = teams
    keeper = house.readers[2]
    case, code = sent(house, "confidential", keeper=keeper.kid)
    key = asked(house.readers[0], case)
    agrees(code, key)

    with pytest.raises(NotNow, match="name_held_by_another"):
        referral.refer(opened(house.readers[0], case), key)
    assert all_words(ombuds.readers[0]) == "[]"
    referral.refer(opened(keeper, case), key)

    assert NAME in all_words(ombuds.readers[0])


@proves("R-000-22")
def test_who_was_struck_out_gets_no_key_neither_by_report_nor_by_answer(teams: Teams) -> None:
    house, ombuds = teams
    both = house.readers[3]
    Membership.objects.create(user=both.user, route="ombuds")
    ombuds.confirm(both, by=house.readers[:2])
    case, code = sent(house, struck_out=frozenset({both.kid}))
    key = asked(house.readers[0], case)
    agrees(code, key, struck=frozenset({ombuds.readers[2].kid}))

    referral.refer(opened(house.readers[0], case), key)

    got = set(Grant.objects.filter(compartment__kind=f"referred:{key}").values_list("kid", flat=True))
    assert got == {one.kid for one in ombuds.readers[:2]}
    assert all_words(both) == all_words(ombuds.readers[2]) == "[]"


@proves("R-000-22")
def test_who_joins_the_team_after_the_answer_is_not_among_its_readers(teams: Teams) -> None:
    house, ombuds = teams
    case, code = sent(house)
    key = asked(house.readers[0], case)
    agrees(code, key)
    later = ombuds.person("Later")
    ombuds.confirm(later, by=house.readers[:2])

    referral.refer(opened(house.readers[0], case), key)

    assert all_words(later) == "[]"


# ── Elsewhere ──


@proves("R-000-13", "R-000-22")
def test_a_package_holds_what_was_agreed_and_opens_with_the_recipients_key_only(teams: Teams) -> None:
    house, _ombuds = teams
    case, code = sent(house)
    key = asked(house.readers[0], case, to="police", way=PLACE)
    agrees(code, key, Scope(WHOLE, files=True))

    found = referral.hand_over(opened(house.readers[0], case), key)

    assert (found.answers["story"], found.identity, [one["name"] for one in found.files]) == (STORY, {}, [LETTER])
    theirs, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    sealed = handover.seal_for(str(theirs.to_public()), b"words")
    assert pyrage.decrypt(sealed, [theirs]) == b"words"
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [other])
    with pytest.raises(CannotOpen):
        handover.seal_for("age1nonsense", b"words")
    mailbox.stop(box_of(code), key)
    with pytest.raises(NotNow, match="no_consent"):
        referral.hand_over(opened(house.readers[0], case), key)


# ── Introduced ──


@proves("R-000-23")
def test_who_wants_to_be_introduced_makes_a_task_that_stays_until_it_is_done(teams: Teams) -> None:
    house, _ombuds = teams
    case, code = sent(house)
    key = asked(house.readers[0], case)
    agrees(code, key, handover=True)
    assert [(one["for"], one["id"]) for one in consent.open_tasks(opened(house.readers[1], case))] == [
        (house.readers[0].user.pk, key)
    ]

    consent.introduced(opened(house.readers[0], case), key, day=localdate(), remark="We drank tea.")

    assert consent.open_tasks(opened(house.readers[0], case)) == []
    assert mailbox.consents(box_of(code))[0].introduced_on == localdate()
    with pytest.raises(NotNow, match="no_task"):
        consent.introduced(opened(house.readers[0], case), key, day=localdate())


@proves("R-000-23")
def test_who_does_not_want_it_or_takes_it_back_makes_no_task(teams: Teams) -> None:
    house, _ombuds = teams
    case, code = sent(house)
    wanted, unwanted = asked(house.readers[0], case), asked(house.readers[0], case)
    agrees(code, unwanted)
    agrees(code, wanted, handover=True)
    mailbox.stop(box_of(code), wanted)

    assert consent.open_tasks(opened(house.readers[0], case)) == []
