"""What the rulebook makes of a person's answers."""

from datetime import date

import pytest

from haven.rulebook import loader, shelf
from haven.rulebook.book import Rulebook
from haven.rulebook.questions import Condition, chosen
from haven.rulebook.roles import ROLES, Right
from tests.proves import proves
from tests.rulebook.conftest import EXAMPLE


@proves("R-000-30", "R-000-06")
@pytest.mark.parametrize(
    ("purpose", "kind"),
    [("ask", "question"), ("report", "report"), ("complain", "complaint"), ("talk", "talk"), ("help", "question")],
)
def test_question_report_complaint_and_talk_are_counted_apart(book: Rulebook, purpose: str, kind: str) -> None:
    assert book.kind({"purpose": purpose}) == kind
    assert book.countable({"purpose": purpose})["kind"] == kind


def test_who_skips_everything_is_counted_once_and_anonymously(book: Rulebook) -> None:
    assert book.countable({}) == {
        "kind": "report",
        "category": "not_said",
        "audience": "not_said",
        "capacity": "not_said",
        "mode": "anonymous",
    }


@proves("R-000-24")
def test_only_coarse_values_are_counted_and_never_a_word(book: Rulebook) -> None:
    answers = {
        "purpose": "report",
        "capacity": "bystander",
        "audience": "phd",
        "categories": ["bullying", "exclusion", "invented"],
        "mode": "named",
        "story": "zilvermeeuw",
        "where": "zilvermeeuw",
        "when": {"choice": "long_ago", "words": "zilvermeeuw"},
        "name": "zilvermeeuw",
        "contact_detail": "zilvermeeuw",
    }

    assert book.countable(answers) == {
        "kind": "report",
        "category": "exclusion,bullying",
        "audience": "phd",
        "capacity": "bystander",
        "mode": "named",
    }


@pytest.mark.parametrize(
    ("answers", "nl", "en"),
    [
        ({}, "Melding", "Report"),
        ({"purpose": "ask"}, "Vraag", "Question"),
        ({"purpose": "report", "categories": ["bullying"]}, "Melding: pesten", "Report: bullying"),
        (
            {"purpose": "complain", "categories": ["other", "violence", "aggression", "bullying"]},
            "Klacht: agressie, geweld +2",
            "Complaint: aggression, violence +2",
        ),
    ],
)
def test_a_title_is_made_of_labels(book: Rulebook, answers: dict[str, str], nl: str, en: str) -> None:
    assert (book.title(answers, "nl"), book.title(answers, "en")) == (nl, en)


@proves("R-000-18")
def test_who_does_not_choose_stays_anonymous(book: Rulebook) -> None:
    assert book.intake.mode({}) == "anonymous"
    assert book.intake.mode({"mode": "nonsense"}) == "anonymous"
    assert book.intake.mode({"mode": "named"}) == "named"


@proves("R-000-16", "R-000-17")
@pytest.mark.parametrize(
    ("answers", "wanted"),
    [({}, True), ({"support": "no"}, True), ({"support": "signal"}, False), ({"contact_way": "none"}, False)],
)
def test_a_signal_asks_for_no_contact(book: Rulebook, answers: dict[str, str], wanted: bool) -> None:  # noqa: FBT001  # a table of examples
    assert book.intake.wants_contact(answers) is wanted


@proves("R-004-28")
def test_fitting_provisions_are_for_this_audience_and_these_categories(book: Rulebook) -> None:
    student = {"audience": "student", "categories": ["sexual_harassment"]}
    guest = {"audience": "visitor", "categories": ["scientific_integrity"]}

    assert [p.key for p in book.fitting(student)] == [
        "sexual_violence_centre",
        "contact_point",
        "counsellor_students",
        "student_psychologists",
        "ombuds",
        "online_threats",
        "complaints_officer",
        "hospital_complaints",
        "diversity_advisers",
        "adviser_network",
    ]
    assert [p.key for p in book.fitting(guest)] == [
        "integrity_counsellor",
        "contact_point",
        "counsellor_staff",
        "ombuds",
        "complaints_officer",
        "hospital_complaints",
        "diversity_advisers",
        "adviser_network",
    ]


def test_who_says_nothing_still_gets_everyone_to_turn_to(book: Rulebook) -> None:
    everyone = [p.key for p in book.provisions if not p.emergency]

    assert [p.key for p in book.fitting({})] == everyone
    assert [p.key for p in book.fitting({"audience": "prefer_not"})] == everyone


@proves("R-000-07")
def test_every_category_reaches_the_same_team_and_fits_someone(book: Rulebook) -> None:
    question = book.intake.question("categories")
    assert question
    keys = [option.key for option in question.options]

    assert [book.routes.first_for({"categories": [key]}).key for key in keys] == ["contact_point"] * 10
    assert all(book.fitting({"categories": [key]}) for key in keys)


def test_a_report_about_the_contact_point_goes_past_it(book: Rulebook) -> None:
    route = book.routes.first_for({"purpose": "report", "about_contact_point": "yes"})

    assert route.key == "ombuds"
    assert book.routes.first_for({"about_contact_point": "no"}).key == "contact_point"


def test_when_readers_are_struck_out_the_next_route_follows(book: Rulebook) -> None:
    route, way = book.routes.first_for({}), []
    while following := book.routes.after(route):
        way.append(following.key)
        route = following

    assert way == ["ombuds", "outside"]


@pytest.mark.parametrize(
    ("answer", "keys"),
    [
        ("a", ("a",)),
        ("", ()),
        (["a", "b"], ("a", "b")),
        ({"choice": "a", "words": "w"}, ("a",)),
        ({"words": "w"}, ()),
        (None, ()),
    ],
)
def test_option_keys_are_found_in_every_shape_of_answer(answer: object, keys: tuple[str, ...]) -> None:
    assert chosen(answer) == keys


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (Condition(question="q", any_of=("a", "b")), True),
        (Condition(question="q", any_of=("c",)), False),
        (Condition(question="q", all_of=("a", "d")), True),
        (Condition(question="q", all_of=("a", "b")), False),
        (Condition(question="q", none_of=("b",)), True),
        (Condition(question="q", none_of=("d",)), False),
        (Condition(question="q", any_of=("a",), none_of=("d",)), False),
        (Condition(question="unanswered", any_of=("a",)), False),
        (Condition(question="unanswered", none_of=("a",)), True),
    ],
)
def test_a_condition_holds_by_what_was_chosen(condition: Condition, holds: bool) -> None:  # noqa: FBT001  # a table of examples
    assert condition.holds({"q": ["a", "d"]}) is holds


@proves("R-000-05")
def test_every_provision_can_be_referred_to(book: Rulebook) -> None:
    destinations = {destination.key for destination in book.destinations()}

    assert {p.key for p in book.provisions if not p.emergency} < destinations
    assert "none" in destinations


def test_an_administrator_reads_nothing() -> None:
    assert ROLES["administrator"].rights == {Right.MANAGE_PEOPLE}


@proves("R-002-06")
def test_overviews_are_released_by_who_keeps_the_house_and_read_without_any_other_right() -> None:
    publish = {key for key, role in ROLES.items() if role.may(Right.PUBLISH_OVERVIEWS)}

    assert publish == {"coordinator", "complaints_officer", "privacy_officer"}
    assert ROLES["overview_reader"].rights == {Right.READ_OVERVIEWS}
    assert ROLES["partner_body"].rights == {Right.EDIT_SITE, Right.READ_OVERVIEWS}


def test_a_coordinator_may_what_the_contact_point_may_and_gives_work() -> None:
    more = ROLES["coordinator"].rights - ROLES["contact_point"].rights

    assert more == {Right.ASSIGN, Right.PUBLISH_OVERVIEWS, Right.READ_OVERVIEWS}
    assert ROLES["contact_point"].rights < ROLES["coordinator"].rights
    assert not ROLES["contact_point"].may(Right.MANAGE_PEOPLE)


@proves("R-002-13")
def test_advisers_of_both_levels_screen_assign_close_and_vouch_for_nothing(book: Rulebook) -> None:
    team = {Right.SCREEN, Right.ASSIGN, Right.CLOSE, Right.ENDORSE, Right.MANAGE_PEOPLE, Right.READ_REGISTER}

    advisers = [role for role in ROLES.values() if role.adviser and role.may(Right.ADVISE)]
    assert {role.adviser for role in advisers} == {kind.level for kind in book.routes.adviser_kinds}
    assert [role.rights & team for role in advisers] == [set(), set()]
    assert not [role for role in ROLES.values() if not role.adviser and role.may(Right.ADVISE)]


@proves("R-002-05")
def test_a_network_of_advisers_is_a_provision_for_students_and_staff(book: Rulebook) -> None:
    for kind in book.routes.adviser_kinds:
        assert all(book.provisions[kind.provision].fits(audience, ()) for audience in ("student", "staff"))


def test_a_training_counts_until_the_same_day_some_months_later(book: Rulebook) -> None:
    kind = book.routes.kind("adviser_network")
    assert kind
    training = kind.training("first_response")
    assert training
    assert training.valid_until(date(2028, 2, 29)) == date(2029, 2, 28)
    assert training.valid_until(date(2026, 12, 31)) == date(2027, 12, 31)


def test_the_rulebook_on_the_shelf_is_the_one_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "_shelf", [])

    with pytest.raises(LookupError):
        shelf.current()
    assert shelf.open_at(EXAMPLE) is shelf.current()
    assert shelf.current().version == loader.load(EXAMPLE).version
