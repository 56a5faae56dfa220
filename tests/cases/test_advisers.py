"""A case is given to an adviser by the team, for as long as the team says."""

from datetime import timedelta
from os import urandom
from typing import Any

import pytest
from django.utils.timezone import localdate

from haven.cases import actions, advisers
from haven.cases.actions import NotNow
from haven.cases.models import Case
from haven.dialogue import actions as dialogue
from haven.dialogue.models import Mailbox
from haven.notices.models import Outgoing
from haven.people.models import Profile, User
from haven.people.readers import readers_of
from haven.trail.models import Entry
from haven.vault.errors import CannotOpen
from haven.vault.models import Compartment, SealedItem
from haven.vault.reading import open_compartments
from tests.advisers import PROFESSIONALS, VOLUNTEERS, adviser, confirm
from tests.institution import Institution, Person
from tests.proves import proves

DAY = timedelta(days=1)


@pytest.fixture
def house(db: None, settings: Any) -> Institution:
    return Institution(settings).with_readers(4)


@pytest.fixture
def helper(house: Institution) -> Person:
    return adviser(house, "Helper")


def give(case: Case, by: Person, to: Person) -> None:
    opened = by.opens(case)
    assert opened is not None
    advisers.give(opened, to=to.user)


@proves("R-002-13", "R-002-17")
def test_an_adviser_reads_only_what_was_given(house: Institution, helper: Person) -> None:
    given, other = house.report()[0], house.report()[0]
    assert "Helper" not in {one.name for one in readers_of("contact_point")}
    assert helper.opens(given) is None

    give(given, house.readers[0], helper)

    opened = helper.opens(given)
    assert opened is not None
    assert opened.answers["answers"]["story"]
    assert helper.opens(other) is None
    assert Entry.objects.filter(did="case.given", subject=given.reference, actor=house.readers[0].user.pk).exists()


@proves("R-002-13", "R-002-17")
def test_the_reporter_is_told_by_function_when_an_adviser_comes_and_when_they_leave(
    house: Institution, helper: Person
) -> None:
    case, code = house.report()
    give(case, house.readers[0], helper)
    advisers.take_back(open_by(house.readers[0], case))

    box = dialogue.open_mailbox(code)
    assert box is not None
    told = [one.payload for one in box.messages()]
    assert [one["about"] for one in told] == ["adviser", "adviser_left"]
    assert (told[0]["function_nl"], told[0]["function_en"]) == ("Medewerker", "Officer")
    assert "Helper" not in str(told)


def open_by(person: Person, case: Case) -> Any:
    opened = person.opens(case)
    assert opened is not None
    return opened


@proves("R-002-13", "R-000-21")
@pytest.mark.parametrize("how", ["another adviser", "a colleague", "taken back"])
def test_who_leaves_a_case_opens_nothing_more_of_it_not_even_with_copied_keys(
    house: Institution, helper: Person, how: str
) -> None:
    case, code = house.report(readback=True)
    give(case, house.readers[0], helper)
    assert helper.keyring is not None
    copied = open_compartments(helper.keyring, [case.pk])
    assert {key.compartment.kind for key in copied.values()} == {"report", "replies", "internal"}
    by = open_by(house.readers[0], case)
    deeds = {
        "another adviser": lambda: advisers.give(by, to=adviser(house, "Other", PROFESSIONALS).user),
        "a colleague": lambda: actions.assign(by, to=house.readers[1].user),
        "taken back": lambda: advisers.take_back(by),
    }

    deeds[how]()

    assert helper.opens(case) is None
    assert open_compartments(helper.keyring, [case.pk]) == {}
    before = set(SealedItem.objects.values_list("pk", flat=True))
    everything_is_written_to(case, code, house.readers[0])
    later = SealedItem.objects.exclude(pk__in=before)
    assert later.count() >= 4
    for item in later:
        assert item.compartment_id not in copied
        for key in copied.values():
            with pytest.raises(CannotOpen):
                key.open(item)
    for reader in house.readers:
        assert [one.payload["text"] for one in open_by(reader, case).of("internal", "note")] == ["later"]


def everything_is_written_to(case: Case, code: str, by: Person) -> None:
    box = dialogue.open_mailbox(code)
    assert box is not None
    dialogue.write(box, "I write later.")
    dialogue.answer(open_by(by, case), "We answer later.")
    actions.note(open_by(by, case), "later")
    again = dialogue.open_mailbox(code)
    assert again is not None
    said = [one.payload["text"] for one in again.messages() if "text" in one.payload]
    assert said == ["I write later.", "We answer later."], "the reporter reads on"


@proves("R-002-15")
def test_without_valid_training_on_that_day_nobody_is_given_a_case(house: Institution) -> None:
    case, _code = house.report()
    until_today = adviser(house, "Just", trained=localdate() - 365 * DAY)
    expired = adviser(house, "Expired", trained=localdate() - 367 * DAY)
    to_come = adviser(house, "Early", trained=localdate() + DAY)
    half = adviser(house, "Half", PROFESSIONALS)
    half.user.trainings.filter(key="procedures").delete()

    for person in (expired, to_come, half):
        with pytest.raises(NotNow, match="adviser_without_training"):
            give(case, house.readers[0], person)
        assert person.opens(case) is None
    give(case, house.readers[0], until_today)


@proves("R-002-13", "R-002-17")
def test_keys_that_the_team_did_not_confirm_get_nothing(house: Institution) -> None:
    case, _code = house.report()
    newcomer = adviser(house, "New", confirmed=False)
    elsewhere = adviser(house, "Elsewhere", confirmed=False)
    confirm(house, elsewhere, PROFESSIONALS)

    for person in (newcomer, elsewhere):
        with pytest.raises(NotNow, match="adviser_without_keys"):
            give(case, house.readers[0], person)
    confirm(house, newcomer)
    give(case, house.readers[0], newcomer)


@proves("R-002-13")
def test_nobody_gives_a_case_to_themselves(house: Institution, helper: Person) -> None:
    """Also with every right: no adviser is of the team, and nobody of the team is an adviser."""
    case, _code = house.report()
    other = adviser(house, "Other")
    give(case, house.readers[0], helper)

    with pytest.raises(NotNow, match="only_the_team_gives"):
        give(case, helper, other)
    with pytest.raises(NotNow, match="only_the_team_gives"):
        give(case, helper, helper)
    with pytest.raises(NotNow, match="not_a_reader"):
        actions.assign(open_by(helper, case), to=helper.user)
    with pytest.raises(NotNow, match="not_a_reader"):
        actions.assign(open_by(house.readers[0], case), to=other.user)
    with pytest.raises(NotNow, match="not_an_adviser"):
        give(case, house.readers[0], house.readers[0])
    with pytest.raises(NotNow, match="only_the_team_gives"):
        advisers.take_back(open_by(helper, case))


@proves("R-002-17")
def test_who_was_struck_out_as_a_person_is_never_given_the_case(house: Institution) -> None:
    struck = house.readers[3]
    case, _code = house.report(struck_out=frozenset({struck.kid}))
    User.objects.filter(pk=struck.user.pk).update(role_key="adviser_volunteer")
    struck.user.memberships.update(route=VOLUNTEERS)
    confirm(house, struck)
    adviser(house, "Twin")
    struck.user.trainings.set(User.objects.get(name="Twin").trainings.all())

    with pytest.raises(NotNow, match="not_an_adviser"):
        give(case, house.readers[0], struck)


def test_who_is_away_or_has_it_already_is_refused(house: Institution, helper: Person) -> None:
    case, _code = house.report()
    today = localdate()
    Profile.objects.update(away_from=today - DAY, away_until=today)
    with pytest.raises(NotNow, match="adviser_away"):
        give(case, house.readers[0], helper)
    Profile.objects.update(away_until=today - DAY)
    give(case, house.readers[0], helper)

    with pytest.raises(NotNow, match="adviser_has_it"):
        give(case, house.readers[0], helper)


@proves("R-000-19", "R-000-20")
@pytest.mark.parametrize(("mode", "knows"), [("named", True), ("confidential", False), ("anonymous", False)])
def test_a_name_meant_for_all_goes_along_and_one_that_one_person_holds_does_not(
    house: Institution, helper: Person, mode: str, *, knows: bool
) -> None:
    case, _code = house.report({"mode": mode, "name": "Sam"}, keeper=house.readers[0].kid)

    give(case, house.readers[0], helper)

    assert open_by(helper, case).knows_reporter is knows


@proves("R-000-18")
def test_a_name_told_to_an_adviser_alone_goes_when_they_leave_and_can_be_told_again(
    house: Institution, helper: Person
) -> None:
    case, code = house.report()
    give(case, house.readers[0], helper)
    box = dialogue.open_mailbox(code)
    assert box is not None
    dialogue.reveal_self(box, {"name": "Sam"}, to=helper.kid)

    advisers.take_back(open_by(house.readers[0], case))

    assert not Compartment.objects.filter(scope=case.pk, kind="identity").exists()
    dialogue.reveal_self(box, {"name": "Sam"}, to=house.readers[1].kid)
    assert open_by(house.readers[1], case).knows_reporter


@proves("R-000-18", "R-003-14")
def test_nothing_is_sealed_to_a_key_that_somebody_put_in_the_mailbox(house: Institution, helper: Person) -> None:
    case, _code = house.report()
    give(case, house.readers[0], helper)
    thief = house.person("Thief", serves=False)
    bundle = thief.user.key_bundles.get()
    Mailbox.objects.update(kid=thief.kid, public=bytes(bundle.enc_public))
    for mark in (None, b"", urandom(32)):
        if mark is not None:
            Mailbox.objects.update(mark=mark)
        opened = open_by(house.readers[0], case)
        advisers.take_back(opened) if helper.opens(case) else give(case, house.readers[0], helper)

        assert thief.keyring is not None
        assert open_compartments(thief.keyring, [case.pk]) == {}


@proves("R-002-14")
def test_the_adviser_is_told_without_a_word_and_can_record_an_attempt(house: Institution, helper: Person) -> None:
    case, _code = house.report()
    Outgoing.objects.all().delete()
    give(case, house.readers[0], helper)

    actions.record_attempt(open_by(helper, case), way="phone", reached=False)
    dialogue.answer(open_by(helper, case), "I am here to help.")

    assert [(one.to, one.template) for one in Outgoing.objects.all()] == [(helper.user, "waiting")]
    assert Case.objects.get().contacted_on == localdate()


@proves("R-000-21")
def test_a_caseload_counts_only_what_the_viewer_can_open(house: Institution, helper: Person) -> None:
    struck = house.readers[3]
    hidden, seen = house.report(struck_out=frozenset({struck.kid}))[0], house.report()[0]
    for case in (hidden, seen):
        give(case, house.readers[0], helper)

    assert house.readers[0].keyring
    assert struck.keyring
    assert advisers.caseloads(house.readers[0].keyring)[helper.user.pk] == 2
    assert advisers.caseloads(struck.keyring)[helper.user.pk] == 1
    opened = open_by(house.readers[0], seen)
    actions.screen(opened, "other")
    actions.close(opened, outcome="talked", category="bullying", destination="none")
    assert advisers.caseloads(struck.keyring)[helper.user.pk] == 0


@proves("R-002-14", "R-000-21")
def test_the_share_in_time_is_counted_from_ones_own_keys(house: Institution) -> None:
    long_ago, struck = localdate() - timedelta(days=30), house.readers[3]
    kids = frozenset({struck.kid})
    for days, out in ((0, frozenset()), (20, kids), (None, kids), (None, frozenset())):
        case, _code = house.report(on=long_ago, struck_out=out)
        if days is not None:
            actions.record_attempt(
                open_by(house.readers[0], case), way="phone", reached=True, on=long_ago + timedelta(days=days)
            )
    house.report()

    def figures(person: Person) -> dict[str, int]:
        assert person.keyring is not None
        counted: dict[str, int] = Case.objects.granted_to(person.keyring).contact_figures(localdate())
        return counted

    assert figures(house.readers[0]) == {"in_time": 1, "late": 1, "missed": 2, "waiting": 1}
    assert figures(struck) == {"in_time": 1, "late": 0, "missed": 1, "waiting": 1}
