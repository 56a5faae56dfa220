"""Forms for one purpose, whose procedure governs, and when the contact point is open."""

from datetime import date

import pytest

from haven.rulebook import opening
from haven.rulebook.book import Rulebook
from haven.rulebook.form_kinds import FORM
from haven.rulebook.opening import Today
from tests.proves import proves

THREAT, ADVICE = {FORM: "online_threat"}, {FORM: "advice"}


def today(book: Rulebook, day: date) -> Today:
    ways = book.institution.contact_ways
    return opening.on_day(ways.open, ways.closed, book.calendar, day)


@proves("R-004-25")
def test_a_form_for_staff_goes_to_its_own_experts_and_is_counted_as_a_report(book: Rulebook) -> None:
    form = book.intake.form(THREAT)

    assert form
    assert "staff" in form.audiences
    assert book.route_for(THREAT).key == "online_safety"
    assert (book.kind(THREAT), book.title(THREAT, "en"), book.title(THREAT, "nl")) == (
        "report",
        "Online threat",
        "Online dreiging",
    )
    assert [q.key for q in book.intake.asks(THREAT)] == [*form.asks]


@proves("R-004-25")
@pytest.mark.parametrize(
    ("audience", "fits"), [("staff", True), ("phd", True), ("student", False), ("visitor", False), ("prefer_not", True)]
)
def test_a_form_fits_its_audience_and_who_rather_does_not_say(book: Rulebook, audience: str, *, fits: bool) -> None:
    assert book.intake.fits(THREAT | {"audience": audience}) is fits
    assert book.intake.fits({"audience": audience})


@proves("R-004-25")
def test_a_form_is_offered_on_the_page_of_its_audience_only(book: Rulebook) -> None:
    offered = {one.key: [form.key for form in book.intake.offered("audience", one.key)] for one in book.audiences}

    assert {key for key, forms in offered.items() if forms} == {"staff", "phd"}
    assert [form.key for form in book.intake.offered("someone_confided")] == ["advice"]


@proves("R-002-17")
def test_what_is_told_of_who_reads_is_true_for_each_form(book: Rulebook) -> None:
    def told(answers: dict[str, str]) -> list[str]:
        return [one.text.en for one in book.intake.told_before(answers) if one.key == "readers"]

    assert "online safety team" in told(THREAT)[0]
    assert told(ADVICE) == told({})
    assert [one.key for one in book.intake.told_before(THREAT)] == [one.key for one in book.intake.before]


@proves("R-004-54")
def test_advice_asks_little_and_names_nobody(book: Rulebook) -> None:
    form = book.intake.form(ADVICE)

    assert form
    assert len(form.asks) == 6
    assert form.audiences == ()
    first = book.intake.asks(ADVICE)[0]
    assert first.hint
    assert "Mention no names" in first.hint.en
    assert book.route_for(ADVICE).key == "contact_point"
    assert book.kind(ADVICE) == "question"


@proves("R-000-07", "R-003-12")
def test_a_form_nobody_knows_is_the_general_questionnaire(book: Rulebook) -> None:
    assert book.intake.form({FORM: "gone"}) is None
    assert book.intake.asks({FORM: "gone"}) == book.intake.questions
    assert book.route_for({FORM: "gone", "about_contact_point": "yes"}).key == "ombuds"


@proves("R-004-26", "R-004-33", "R-004-34")
def test_where_the_other_person_belongs_decides_whose_procedure_governs(book: Rulebook) -> None:
    governing = {key: book.routes.governs({"other_affiliation": key}) for key in ("university", "hospital", "unknown")}

    assert {key: one and one.entity for key, one in governing.items()} == {
        "university": "university",
        "hospital": "hospital",
        "unknown": None,
    }
    assert governing["university"] and governing["university"].turn_to == ("complaints_officer",)  # noqa: PT018  one fact
    hospital = governing["hospital"]
    assert hospital
    assert (hospital.turn_to, hospital.other_institution) == (("hospital_complaints",), True)
    assert book.routes.governs({}) is None


@proves("R-004-30")
def test_staff_are_led_to_their_manager_first_and_then_to_a_counsellor(book: Rulebook) -> None:
    steps = [step.text.en for step in book.audiences["staff"].steps]

    assert [word in text for word, text in zip(("manager", "counsellor"), steps, strict=False)] == [True, True]


@proves("R-004-31")
def test_students_find_three_sources_of_counsel_in_order(book: Rulebook) -> None:
    steps = [step.text.en for step in book.audiences["student"].steps]

    assert [word in text for word, text in zip(("study adviser", "programme", "university"), steps, strict=False)] == [
        True,
        True,
        True,
    ]


@proves("R-000-03")
def test_everyone_who_could_come_is_addressed(book: Rulebook) -> None:
    asked = book.intake.counted_as("audience")

    assert asked
    known = [one.key for one in book.audiences]
    who_come = [key for key in known if key != "role_model"]  # they have a page of the site, and come as staff
    assert [option.key for option in asked.options] == [*who_come, "prefer_not"]
    assert {"student", "staff", "phd", "visitor", "supplier", "former", "patient", "role_model"} == set(known)


@proves("R-000-14")
@pytest.mark.parametrize(
    ("day", "is_open", "why", "following"),
    [
        (date(2026, 11, 25), True, None, date(2026, 11, 26)),
        (date(2026, 11, 28), False, None, date(2026, 11, 30)),
        (date(2026, 4, 6), False, "Easter Monday", date(2026, 4, 7)),
        (date(2026, 12, 29), False, None, date(2027, 1, 4)),
    ],
    ids=["a Wednesday", "a Saturday", "a holiday", "the Christmas closing"],
)
def test_open_or_closed_follows_from_hours_and_calendar(
    book: Rulebook, day: date, why: str | None, following: date, *, is_open: bool
) -> None:
    now = today(book, day)

    assert bool(now.hours) is is_open
    assert (now.why.en if now.why else None) == why
    assert now.next_day == following


@proves("R-000-14")
def test_a_closing_is_announced_before_it_begins_and_gone_when_it_is_over(book: Rulebook) -> None:
    days = [date(2026, 12, 9), date(2026, 12, 10), date(2026, 12, 29), date(2027, 1, 1), date(2027, 1, 2)]

    assert [len(today(book, day).notices) for day in days] == [0, 1, 1, 1, 0]
