"""The person decides: asked, answered, narrowed, refused, taken back; and what they see of it."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.utils.timezone import localdate

from haven.cases import agreed, consent, referral
from haven.cases.actions import NotNow, assign, close, screen
from haven.cases.agreed import Scope, Stage
from haven.cases.consent import Spoken
from haven.dialogue import actions as dialogue
from haven.dialogue import consent as mailbox
from haven.dialogue.ledger import ledger
from haven.notices.models import Outgoing
from haven.rulebook.consent import PLACE, SUMMARY, WHOLE
from haven.trail.models import Entry
from haven.vault import reading
from haven.vault.models import Compartment
from tests.cases.agreeing import (
    LETTER,
    NAME,
    ONLY_SUMMARY,
    STORY,
    SUMMED,
    agrees,
    asked,
    box_of,
    opened,
    refuses,
    two_teams,
)
from tests.cases.agreeing import report as sent
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


# ── Before the step ──


@proves("R-000-22")
def test_nothing_goes_before_a_yes_after_a_no_or_after_it_was_taken_back(teams: Teams) -> None:
    house, ombuds = teams
    case, code = sent(house)
    open_, refused, withdrawn, told = (asked(house.readers[0], case) for _n in range(4))
    refuses(code, refused)
    agrees(code, withdrawn)
    mailbox.stop(box_of(code), withdrawn)
    agrees(code, told)
    consent.stop(opened(house.readers[1], case), told, how="phone")

    for key in (open_, refused, withdrawn, told, "ffffffffffffffff"):
        with pytest.raises(NotNow, match="no_consent"):
            referral.refer(opened(house.readers[0], case), key)

    stages = [stage(code, key) for key in (open_, refused, withdrawn, told)]
    assert stages == [Stage.ASKED, Stage.REFUSED, Stage.WITHDRAWN, Stage.WITHDRAWN]
    assert [all_words(one) for one in ombuds.readers] == ["[]"] * 3
    assert not Entry.objects.filter(did__startswith="case.referred").exists()


@proves("R-000-22")
def test_a_consent_that_was_taken_back_while_the_page_was_open_stops_the_step(teams: Teams) -> None:
    house, ombuds = teams
    case, code = sent(house)
    key = asked(house.readers[0], case)
    agrees(code, key)
    page = opened(house.readers[0], case)
    mailbox.stop(box_of(code), key)

    with pytest.raises(NotNow, match="no_consent"):
        referral.refer(page, key)
    assert all_words(ombuds.readers[0]) == "[]"


@proves("R-000-22")
@pytest.mark.parametrize("by", ["reporter", "staff"])
def test_after_the_step_the_other_team_loses_key_and_words(teams: Teams, by: str) -> None:
    house, ombuds = teams
    case, code = sent(house)
    key = asked(house.readers[0], case)
    agrees(code, key)
    referral.refer(opened(house.readers[0], case), key)
    assert STORY in all_words(ombuds.readers[0])

    if by == "reporter":
        mailbox.stop(box_of(code), key)
    else:
        consent.stop(opened(house.readers[1], case), key, how="meeting")

    assert [all_words(one) for one in ombuds.readers] == ["[]"] * 3
    assert not Compartment.objects.filter(kind__startswith="referred").exists()
    assert stage(code, key) is Stage.ENDED
    assert opened(house.readers[0], case).answers["answers"]["story"] == STORY


@proves("R-000-22")
def test_who_takes_everything_back_takes_it_back_from_the_other_team_too(teams: Teams) -> None:
    house, ombuds = teams
    case, code = sent(house)
    key = asked(house.readers[0], case)
    agrees(code, key)
    referral.refer(opened(house.readers[0], case), key)

    dialogue.withdraw(box_of(code))

    assert all_words(ombuds.readers[0]) == "[]"


# ── An answer gives what was asked, once ──


@proves("R-000-22")
def test_an_answer_never_gives_more_than_was_asked(teams: Teams) -> None:
    house, ombuds = teams
    case, code = sent(house)
    key = asked(house.readers[0], case, ONLY_SUMMARY)

    with pytest.raises(NotNow, match="not_asked"):
        agrees(code, key, Scope(WHOLE))
    agrees(code, key, Scope(SUMMARY, identity=True, files=True))
    referral.refer(opened(house.readers[0], case), key)

    assert SUMMED in all_words(ombuds.readers[0])
    assert not any(word in all_words(ombuds.readers[0]) for word in (STORY, NAME, LETTER))


@proves("R-000-22")
def test_a_request_is_answered_once_and_only_by_its_own_mailbox(teams: Teams) -> None:
    house, _ombuds = teams
    case, code = sent(house)
    _other, stranger = sent(house)
    key = asked(house.readers[0], case)

    with pytest.raises(NotNow, match="answered_already"):
        agrees(stranger, key)
    refuses(code, key)
    with pytest.raises(NotNow, match="answered_already"):
        agrees(code, key)
    with pytest.raises(NotNow, match="answered_already"):
        agrees(code, "ffffffffffffffff")

    assert stage(code, key) is Stage.REFUSED


def test_too_many_struck_out_leaves_the_request_open(teams: Teams) -> None:
    house, ombuds = teams
    case, code = sent(house)
    key = asked(house.readers[0], case)

    with pytest.raises(NotNow, match="too_few_readers"):
        agrees(code, key, struck=frozenset(one.kid for one in ombuds.readers[:2]))

    assert stage(code, key) is Stage.ASKED


def test_colleagues_are_told_that_something_waits_and_read_the_answer(teams: Teams) -> None:
    house, _ombuds = teams
    case, code = sent(house)
    key = asked(house.readers[0], case)
    Outgoing.objects.all().delete()

    agrees(code, key, ONLY_SUMMARY)

    case.refresh_from_db()
    assert case.reply_waiting
    assert {one.to for one in Outgoing.objects.all()} == {one.user for one in house.readers}
    found = agreed.fold(opened(house.readers[3], case).of("replies", "consent"))[0]
    assert (found.stage, found.scope) == (Stage.GIVEN, ONLY_SUMMARY)


@proves("R-000-22")
def test_a_consent_given_by_telephone_is_seen_by_the_reporter_and_can_be_taken_back(teams: Teams) -> None:
    house, _ombuds = teams
    case, code = sent(house)
    key = asked(house.readers[0], case, spoken=Spoken(how="phone", day=localdate(), handover=True))

    seen = mailbox.consents(box_of(code))[0]
    assert (seen.stage, seen.answer["how"], seen.answer["said_on"]) == (Stage.GIVEN, "phone", localdate().isoformat())
    mailbox.stop(box_of(code), key)

    assert stage(code, key) is Stage.WITHDRAWN


@pytest.mark.parametrize(("day", "why"), [(date(2020, 1, 6), "before_the_report"), (None, "still_to_come")])
def test_it_is_recorded_on_a_possible_day(teams: Teams, day: date | None, why: str) -> None:
    case, _code = sent(teams[0])
    spoken = Spoken(how="phone", day=day or localdate() + timedelta(days=1), handover=False)

    with pytest.raises(NotNow, match=why):
        asked(teams[0].readers[0], case, spoken=spoken)


# ── Closing ──


@proves("R-000-17", "R-000-22")
def test_a_destination_needs_a_consent_or_a_word_that_they_were_told(teams: Teams) -> None:
    house, _ombuds = teams
    ending: dict[str, Any] = {"outcome": "referred", "category": "bullying"}
    for prepare in ("nothing", "told", "agreed"):
        case, code = sent(house)
        screen(opened(house.readers[0], case), "other")
        if prepare == "told":
            consent.signpost(opened(house.readers[0], case), "police")
        elif prepare == "agreed":
            agrees(code, asked(house.readers[0], case, to="police", way=PLACE))
        with pytest.raises(NotNow, match="destination_needs_consent"):
            close(opened(house.readers[0], case), destination="manager", **ending)
        if prepare == "nothing":
            with pytest.raises(NotNow, match="destination_needs_consent"):
                close(opened(house.readers[0], case), destination="police", **ending)
            close(opened(house.readers[0], case), destination="none", **ending)
        else:
            close(opened(house.readers[0], case), destination="police", **ending)
        case.refresh_from_db()
        assert case.ended


# ── What the reporter sees ──


@proves("R-000-13", "R-000-21")
def test_the_ledger_tells_functions_and_days_in_the_language_of_the_reporter(teams: Teams) -> None:
    house, ombuds = teams
    case, code = sent(house)
    key = asked(house.readers[0], case)
    agrees(code, key)
    assign(opened(house.readers[0], case), to=house.readers[1].user)
    referral.refer(opened(house.readers[0], case), key)
    keyring = ombuds.readers[0].keyring
    assert keyring is not None
    referral.seen(referral.referred_to(keyring)[0], ombuds.readers[0].user)

    english, dutch = (ledger(box_of(code), language) for language in ("en", "nl"))

    assert [(one.did, one.function) for one in english] == [
        ("case.assigned", "Officer"), ("case.referred.team", "Officer"), ("referral.opened", "Officer")
    ]  # fmt: skip
    assert {one.function for one in dutch} == {"Medewerker"}
    assert "Reader" not in repr(english)


@proves("R-000-13")
def test_the_trail_says_who_when_and_to_what_kind_and_no_word_more(teams: Teams) -> None:
    house, _ombuds = teams
    case, code = sent(house)
    key = asked(house.readers[0], case)
    agrees(code, key)
    referral.refer(opened(house.readers[0], case), key)

    lines = [(one.did, one.actor) for one in Entry.objects.filter(subject=case.reference)]

    staff = str(house.readers[0].user.pk)
    assert lines == [
        ("report.received", "reporter"), ("consent.asked", staff), ("consent.given", "reporter"),
        ("case.referred.team", staff),
    ]  # fmt: skip
