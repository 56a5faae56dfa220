"""Intakes that staff write down: the questions of the web, sealed the same, and nothing kept before."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from haven.cases.models import Case
from haven.desk.spelling import CHARACTERS, spelled
from haven.desk.taking import CHANNELS, reopen
from haven.dialogue.actions import open_mailbox
from haven.vault.codes import ALPHABET, new_code
from tests.desk.conftest import AtDesk
from tests.institution import Institution, Person
from tests.proves import proves

pytestmark = pytest.mark.django_db

STORY = "zqtoldbyphonewm"


class Call:
    """Somebody at the desk with the form in front of them. `posts` sends a page, with what it carries."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.answer: Any = client.get(reverse("desk:take_down"))

    def posts(self, do: str = "next", **fields: Any) -> "Call":
        state = self.answer.context["state"]
        self.answer = self.client.post(reverse("desk:take_down"), {"state": state, "do": do, **fields})
        return self

    @property
    def at(self) -> str:
        return str(self.answer.templates[0].name).removeprefix("desk/taking/").removesuffix(".html")

    @property
    def taking(self) -> Any:
        return self.answer.context["taking"]

    def to_the_readers(self, channel: str = "phone", **answers: Any) -> "Call":
        self.posts(channel=channel, language="nl", form="")
        return self.posts(**{"purpose-choice": "report", "story-words": STORY} | answers)


def call(at_desk: AtDesk, person: Person) -> Call:
    return Call(at_desk(person))


@proves("R-000-06", "R-000-14")
@pytest.mark.parametrize("channel", [*CHANNELS])
def test_every_channel_leads_to_a_case_with_a_code_and_says_its_channel(
    at_desk: AtDesk, house: Institution, channel: str
) -> None:
    taker = house.readers[0]
    page = call(at_desk, taker).to_the_readers(channel).posts(told="yes", deleted="yes")
    assert page.at == "code"
    code = page.taking.draft.code
    page.posts("send")

    case = Case.objects.get()
    opened = house.readers[1].opens(case)
    assert opened is not None
    assert opened.head["coarse"]["channel"] == channel
    assert opened.answers["answers"]["story"] == STORY
    taken = opened.one("internal", "taken")
    assert (taken["by"], taken["told"], taken["deleted"]) == (taker.user.name, True, True)
    assert open_mailbox(code) is not None
    desk = at_desk(house.readers[1])
    for address in (reverse("desk:inbox"), reverse("desk:case", args=[case.reference])):
        assert str(CHANNELS[channel]) in desk.get(address).text


@proves("R-000-14")
def test_the_questions_are_those_of_the_website(at_desk: AtDesk, house: Institution) -> None:
    page = call(at_desk, house.readers[0]).posts(channel="phone", language="nl", form="")

    book = page.answer.context["book"]
    asked = {one.key for section in page.answer.context["sections"] for one in section.asked}
    assert asked == {question.key for question in book.intake.questions} - {"files"}
    assert all(question.asks.en in page.answer.text for question in book.intake.questions if question.key in asked)


@proves("R-000-14")
def test_nothing_is_sent_before_the_person_heard_who_reads(at_desk: AtDesk, house: Institution) -> None:
    page = call(at_desk, house.readers[0]).to_the_readers().posts()

    assert (page.at, page.answer.status_code) == ("readers", 422)
    assert [*page.answer.context["wrong"]] == ["told"]
    for reader in house.readers:
        assert reader.user.name in page.answer.text


@proves("R-000-15")
def test_a_mail_goes_on_only_when_it_was_deleted(at_desk: AtDesk, house: Institution) -> None:
    page = call(at_desk, house.readers[0]).to_the_readers("mail").posts(told="yes")

    assert page.at == "readers"
    assert [*page.answer.context["wrong"]] == ["deleted"]
    assert 'type="file"' not in page.answer.text
    assert page.posts(told="yes", deleted="yes").at == "code"


@proves("R-000-19", "R-000-14")
def test_a_name_is_sealed_to_the_one_whom_the_person_chose(at_desk: AtDesk, house: Institution) -> None:
    keeper = house.readers[2]
    known = {"mode-choice": "confidential", "name-words": "Sanne", "contact_way-choice": "phone"}
    page = call(at_desk, house.readers[0]).to_the_readers(**known)
    assert [*page.posts(told="yes").answer.context["wrong"]] == ["keeper"]
    page.posts(told="yes", keeper=keeper.kid).posts("send")

    case = Case.objects.get()
    knows = [one.user.name for one in house.readers if (opened := one.opens(case)) and opened.knows_reporter]
    assert knows == [keeper.user.name]


@proves("R-002-17", "R-000-14")
def test_who_takes_it_and_is_struck_out_is_told_before_and_has_no_key_afterwards(
    at_desk: AtDesk, house: Institution
) -> None:
    taker = house.readers[3]
    page = call(at_desk, taker).to_the_readers().posts(told="yes", strike=[taker.kid])
    assert page.at == "code"
    assert "You yourself will not be able to open this afterwards." in page.answer.text
    page.posts("send")

    assert "You cannot open it." in page.answer.text
    case = Case.objects.get()
    assert taker.opens(case) is None
    opened = house.readers[0].opens(case)
    assert opened is not None
    assert opened.excluded == {taker.kid}


def test_what_somebody_typed_comes_back_with_what_is_wrong(at_desk: AtDesk, house: Institution) -> None:
    page = call(at_desk, house.readers[0]).to_the_readers(**{"mode-choice": "named", "where-words": "Kamer 3"})

    assert (page.at, [*page.answer.context["wrong"]]) == ("answers", ["name"])
    assert STORY in page.answer.text
    assert "Kamer 3" in page.answer.text


@proves("R-000-18")
def test_a_name_typed_for_who_stays_anonymous_is_told_and_not_sent(at_desk: AtDesk, house: Institution) -> None:
    page = call(at_desk, house.readers[0]).to_the_readers(**{"name-words": "zqnamewm"})
    assert "What is your name?" in page.answer.text
    assert "zqnamewm" not in page.answer.text
    page.posts(told="yes").posts("send")

    opened = house.readers[0].opens(Case.objects.get())
    assert opened is not None
    assert not opened.knows_reporter


def test_the_code_is_shown_once(at_desk: AtDesk, house: Institution) -> None:
    page = call(at_desk, house.readers[0]).to_the_readers().posts(told="yes")
    group = page.answer.context["groups"][0].characters
    state = page.answer.context["state"]
    assert group in page.answer.text
    sent = page.posts("send").answer
    again = page.client.post(reverse("desk:take_down"), {"state": state, "do": "send"})

    assert [group in one.text for one in (sent, again)] == [False, False]
    assert "This was sent already" in again.text
    assert Case.objects.count() == 1


def test_nobody_goes_on_with_what_a_colleague_typed(at_desk: AtDesk, house: Institution) -> None:
    page = call(at_desk, house.readers[0]).to_the_readers()
    state = page.answer.context["state"]
    other = at_desk(house.readers[1]).post(reverse("desk:take_down"), {"state": state, "do": "back"})

    assert STORY not in other.text
    assert "How did it come in?" in other.text
    assert reopen({"state": state}, house.readers[0].user).draft.answers["story"] == STORY


@proves("R-000-14")
def test_who_may_not_read_cases_takes_no_intake(at_desk: AtDesk, house: Institution) -> None:
    administrator = house.person("Admin", role="administrator", serves=False)

    assert at_desk(administrator).get(reverse("desk:take_down")).status_code == 404


def test_what_was_typed_while_locked_comes_back(at_desk: AtDesk, house: Institution) -> None:
    page = call(at_desk, house.readers[0]).to_the_readers()
    locked = at_desk(house.readers[0], unlocked=False)
    typed = {"state": page.answer.context["state"], "do": "next", "told": "yes"}
    answer = locked.post(reverse("desk:take_down"), typed)

    assert "desk/unlock.html" in {template.name for template in answer.templates}
    assert answer.context["kept"]


@proves("R-004-25", "R-000-14")
def test_a_form_of_its_own_is_taken_for_its_own_readers(at_desk: AtDesk, house: Institution, settings: Any) -> None:
    experts = Institution(settings, route="online_safety")
    people = [experts.person(name) for name in ("Expert One", "Expert Two")]
    for one in people:
        experts.confirm(one, by=house.readers[:2])
    page = call(at_desk, house.readers[0]).posts(channel="phone", language="nl", form="online_threat")
    refused = page.posts(**{"audience-choice": "student", "story-words": STORY})
    assert "audience" in refused.answer.context["wrong"]
    page.posts(**{"audience-choice": "staff", "story-words": STORY, "threat_now-choice": "yes"})
    page.posts(told="yes").posts("send")

    case = Case.objects.get()
    assert case.route == "online_safety"
    assert [one.opens(case) is not None for one in (*people, house.readers[0])] == [True, True, False]
    assert "Online threat" in at_desk(people[0]).get(reverse("desk:inbox")).text


def test_every_character_of_a_code_can_be_said_in_two_languages() -> None:
    assert CHARACTERS == ALPHABET
    groups = spelled(new_code())
    assert (len(groups), {len(one.characters) for one in groups}) == (6, {4})
    assert spelled("A0" * 12)[0].dutch == "Anna, nul, Anna, nul"
    assert spelled("A0" * 12)[0].international == "Alfa, zero, Alfa, zero"


def test_the_day_of_an_intake_is_today(at_desk: AtDesk, house: Institution) -> None:
    call(at_desk, house.readers[0]).to_the_readers().posts(told="yes").posts("send")

    assert Case.objects.get().received_on == timezone.localdate()
