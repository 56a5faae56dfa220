"""The way from the first page to sending."""

import pytest

from haven.cases.models import Case
from haven.rulebook import shelf
from haven.vault.models import Grant
from tests.institution import Institution
from tests.proves import proves
from tests.reporter.visitor import CHECK, CODE, READERS, Visitor, at_the_code, picked


@proves("R-002-19", "R-002-20", "R-004-11", "R-004-32")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_before_the_first_question_it_says_who_reads_when_we_answer_and_where_the_limits_are(
    house: Institution, language: str
) -> None:
    text = " ".join(Visitor(language).open().text.split())
    intake = shelf.current().intake

    for block in intake.before:
        assert block.title.say(language) in text
        assert block.text.paragraphs(language)[0] in text
    assert intake.lead.say(language) in text
    assert "112" in text


@proves("R-000-01")
def test_the_five_purposes_stand_side_by_side(visitor: Visitor) -> None:
    page = visitor.open().press()

    options = [option.value for option in page.answer.context["options"]]
    assert options == ["ask", "report", "complain", "talk", "help"]


def test_an_anonymous_report_is_sent_once_however_often_the_button_is_pressed(visitor: Visitor) -> None:
    at_the_code(visitor, purpose="report", mode="anonymous", story="Somebody shouted.")
    form = visitor.state
    first = visitor.press("send")
    again = Visitor()
    again.state = form
    second = again.press("send")

    assert Case.objects.count() == 1
    assert (first.answer.context["receipt"].again, second.answer.context["receipt"].again) == (False, True)
    assert "differs" not in second.text


@proves("R-000-18")
def test_no_cookie_is_set_and_nothing_may_be_kept_by_the_browser_on_the_whole_way(visitor: Visitor) -> None:
    visitor.open()
    while True:
        assert visitor.answer["Cache-Control"] == "no-store"
        assert not visitor.client.cookies
        if visitor.heading == CODE:
            break
        visitor.press()
    visitor.press("send")

    assert visitor.answer["Cache-Control"] == "no-store"
    assert not visitor.client.cookies


def test_titles_say_how_far_and_not_what(visitor: Visitor) -> None:
    visitor.open().press()

    assert "<title>Contact 2</title>" in visitor.text


def test_back_and_change_keep_every_answer(visitor: Visitor) -> None:
    visitor.open().press().press("next", **picked("report")).press("next", **picked("self"))
    visitor.press("back", **picked("student")).press("back")

    assert visitor.draft.answers == {"purpose": "report", "capacity": "self", "audience": "student"}


def test_a_change_from_the_overview_comes_straight_back_to_it(visitor: Visitor) -> None:
    visitor.open().until(CHECK, purpose=picked("report"))
    visitor.press("change-ask:capacity").press("next", **picked("bystander"))

    assert visitor.heading == CHECK
    assert visitor.draft.answers["capacity"] == "bystander"


def test_a_change_that_opens_new_questions_asks_those_first(visitor: Visitor) -> None:
    visitor.open().until(CHECK, purpose=picked("talk"), mode=picked("anonymous"))
    visitor.press("change-ask:mode").press("next", **picked("named"))

    assert visitor.at == "ask:name"


def test_to_skip_a_question_takes_back_what_was_typed_there(visitor: Visitor) -> None:
    visitor.open().until(CHECK, story={"words": "Rather not"})
    visitor.press("change-ask:story").press("skip", words="Rather not")

    assert visitor.draft.answers["story"] is None


def test_a_required_answer_that_is_missing_is_asked_for_before_anything_is_sent(visitor: Visitor) -> None:
    at_the_code(visitor, mode="anonymous")
    visitor.press("change-ask:mode").press("skip")
    visitor.press("change-ask:mode", **picked("named")).press("next", **picked("named"))
    visitor.press("change-check").press("next")

    assert visitor.at == "ask:name"
    assert visitor.problems
    assert not Case.objects.exists()


def test_sending_with_a_missing_answer_leads_to_it(visitor: Visitor) -> None:
    at_the_code(visitor, mode="named", name="Sanne")
    visitor.press("change-ask:name").press("back", words="")
    visitor.press("change-code")

    assert visitor.at == "ask:name"


@proves("R-004-13")
def test_what_anonymous_means_stands_beside_the_choice_and_again_after_sending(visitor: Visitor) -> None:
    visitor.open()
    while visitor.at != "ask:mode":
        visitor.press()
    assert "we cannot phone or e-mail you" in visitor.text
    visitor.press("next", **picked("anonymous")).until(CODE).press("send")

    assert "We cannot phone or e-mail you." in visitor.text


@proves("R-002-23", "R-000-19", "R-000-20")
def test_each_way_of_being_known_says_what_it_gives_and_none_is_chosen_beforehand(visitor: Visitor) -> None:
    visitor.open()
    while visitor.at != "ask:mode":
        visitor.press()
    options = visitor.answer.context["options"]

    assert [option.value for option in options] == ["anonymous", "confidential", "named"]
    assert all("What it gives you" in option.note for option in options)
    assert not any(option.checked for option in options)


def test_struck_out_readers_get_no_key_and_the_names_are_shown_before_sending(
    visitor: Visitor, house: Institution
) -> None:
    out = house.readers[2]
    visitor.open().until(READERS)
    assert all(reader.user.name in visitor.text for reader in house.readers)
    visitor.press("next", strike=[out.kid])
    assert out.user.name not in visitor.text
    visitor.press().press("send")

    case = Case.objects.get()
    assert out.opens(case) is None
    assert not Grant.objects.filter(kid=out.kid).exists()
    assert house.readers[0].opens(case) is not None


def test_with_too_few_readers_left_the_next_team_is_offered_by_name(
    visitor: Visitor, house: Institution, ombuds: Institution
) -> None:
    visitor.open().until(READERS)
    visitor.press("next", strike=[house.readers[0].kid, house.readers[1].kid])
    assert visitor.at == "readers"
    assert ombuds.readers[0].user.name in visitor.text
    visitor.press("route-ombuds", strike=[house.readers[0].kid, house.readers[1].kid])
    assert ombuds.readers[1].user.name in visitor.text
    visitor.press().press().press("send")

    case = Case.objects.get()
    assert case.route == "ombuds"
    assert all(reader.opens(case) is None for reader in house.readers)


def test_with_nobody_left_anywhere_it_says_what_one_can_still_do(visitor: Visitor, house: Institution) -> None:
    visitor.open().until(READERS).press("next", strike=[reader.kid for reader in house.readers])

    assert visitor.at == "readers"
    assert visitor.answer.context["other"] is None
    assert shelf.current().institution.contact_ways.phone in visitor.text
    assert "Take somebody off your list" in visitor.text


def test_readers_who_came_after_the_page_was_shown_are_shown_before_sending(
    visitor: Visitor, house: Institution
) -> None:
    at_the_code(visitor)
    newcomer = house.person("New Reader")
    house.confirm(newcomer, by=house.readers[:2])
    visitor.press("send")

    assert (visitor.at, Case.objects.count()) == ("readers", 0)
    assert newcomer.user.name in visitor.text
    visitor.press().press().press("send")
    assert Case.objects.count() == 1


def test_a_report_that_is_here_is_found_again_also_when_the_team_has_changed(
    visitor: Visitor, house: Institution
) -> None:
    at_the_code(visitor)
    form = visitor.state
    visitor.press("send")
    house.confirm(house.person("New Reader"), by=house.readers[:2])
    visitor.state = form
    visitor.press("send")

    assert visitor.answer.context["receipt"].again


def test_a_report_about_the_contact_point_goes_past_it(
    visitor: Visitor, house: Institution, ombuds: Institution
) -> None:
    visitor.open().until(READERS, about_contact_point=picked("yes"))

    assert ombuds.readers[0].user.name in visitor.text
    assert house.readers[0].user.name not in visitor.text


@proves("R-000-19")
def test_a_confidential_name_goes_to_the_one_person_who_was_chosen(visitor: Visitor, house: Institution) -> None:
    visitor.open().until("Who may know your name?", mode=picked("confidential"), name={"words": "Sanne de Vries"})
    visitor.press()
    assert visitor.problems
    visitor.press("next", keeper=house.readers[1].kid).press().press("send")

    knows = []
    for reader in house.readers:
        opened = reader.opens(Case.objects.get())
        assert opened is not None
        knows.append(opened.knows_reporter)
    assert knows == [False, True, False]


def test_who_strikes_out_the_keeper_of_the_name_is_asked_to_choose_another(
    visitor: Visitor, house: Institution
) -> None:
    visitor.open().until("Who may know your name?", mode=picked("confidential"), name={"words": "Sanne"})
    visitor.press("next", keeper=house.readers[1].kid)
    visitor.press("change-readers").press("next", strike=[house.readers[1].kid])

    assert visitor.at == "keeper"
