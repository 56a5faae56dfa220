"""The shipped example says what the requirements ask, in words that a frightened student can read."""

import shutil
from pathlib import Path

import pytest

from haven.rulebook import loader
from haven.rulebook.book import Rulebook
from haven.rulebook.questions import Kind, Question
from tests.proves import proves
from tests.rulebook.conftest import EXAMPLE


def question(book: Rulebook, key: str) -> Question:
    found = book.intake.question(key)
    assert found, key
    return found


def options(book: Rulebook, key: str) -> list[str]:
    return [option.key for option in question(book, key).options]


@proves("R-000-01", "R-000-02", "R-000-30")
def test_the_first_question_offers_five_purposes_alike(book: Rulebook) -> None:
    first = book.intake.questions[0]

    assert [option.key for option in first.options] == ["ask", "report", "complain", "talk", "help"]
    assert all(option.hint for option in first.options)
    assert not first.required


@proves("R-000-02")
def test_who_does_not_know_gets_one_question_and_an_answer_to_each_option(book: Rulebook) -> None:
    need = question(book, "need")

    assert need.show_if
    assert need.show_if.any_of == ("help",)
    assert all(option.note for option in need.options)
    assert book.routes.first_for({"purpose": "help"}).key == "contact_point"
    assert book.intake.wants_contact({"purpose": "help"})


@proves("R-000-03", "R-002-07")
def test_no_question_is_for_one_audience_only(book: Rulebook) -> None:
    assert options(book, "audience")[:2] == ["student", "staff"]
    assert options(book, "audience")[-1] == "prefer_not"
    assert [q.key for q in book.intake.questions if q.show_if and q.show_if.question == "audience"] == []
    assert [route.key for route in book.routes if route.when and route.when.question == "audience"] == []


@proves("R-000-25", "R-000-07")
def test_the_categories_are_the_ten_and_several_may_be_chosen(book: Rulebook) -> None:
    assert question(book, "categories").kind is Kind.CHOICES
    assert options(book, "categories") == [
        "sexual_harassment",
        "harassment",
        "aggression",
        "exclusion",
        "violence",
        "bullying",
        "discrimination",
        "scientific_integrity",
        "other_integrity",
        "other",
    ]


@proves("R-004-10")
def test_the_forms_of_behaviour_come_with_examples_after_a_content_note(book: Rulebook) -> None:
    forms = question(book, "forms")

    assert forms.kind is Kind.CHOICES
    assert options(book, "forms") == ["verbal", "actions", "physical", "online"]
    assert all(option.hint for option in forms.options)
    assert forms.content_note


@proves("R-004-08")
def test_the_settings_are_the_five_of_the_definition(book: Rulebook) -> None:
    assert options(book, "setting") == ["work", "training", "internship", "private", "online"]


@proves("R-004-29")
def test_one_may_write_for_oneself_as_bystander_for_another_or_as_accused(book: Rulebook) -> None:
    assert options(book, "capacity")[:4] == ["self", "bystander", "behalf", "accused"]


def test_memory_may_be_vague(book: Rulebook) -> None:
    assert {"long_ago", "over_time", "unknown"} <= {*options(book, "when")}


@proves("R-004-11")
def test_only_a_name_that_was_offered_is_required(book: Rulebook) -> None:
    assert [q.key for q in book.intake.questions if q.required] == ["name"]
    assert question(book, "name").show_if == question(book, "contact_way").show_if
    assert "elk ongemakkelijk gevoel telt" in book.intake.lead.nl
    assert "every uncomfortable feeling counts" in book.intake.lead.en


def test_who_someone_is_lies_in_a_compartment_of_its_own(book: Rulebook) -> None:
    identity = [q.key for q in book.intake.questions if q.compartment == "identity"]

    assert identity == ["name", "contact_way", "contact_detail"]
    assert [q.key for q in book.intake.questions if q.counted and q.compartment == "identity"] == []


@proves("R-002-04", "R-002-07", "R-000-17")
def test_support_is_asked_apart_from_reporting(book: Rulebook) -> None:
    support = question(book, "support")

    assert options(book, "support") == ["yes", "no", "later", "signal"]
    assert support.asks.en == "Do you want support?"
    assert [option.key for option in support.options if option.declines_contact] == ["signal"]


@proves("R-002-23", "R-002-24", "R-004-12", "R-000-18", "R-000-19", "R-000-20")
def test_three_modes_have_equal_weight_and_each_says_what_it_gives_and_means(book: Rulebook) -> None:
    mode = question(book, "mode")

    assert options(book, "mode") == ["anonymous", "confidential", "named"]
    assert mode.show_if is None
    for option in mode.options:
        assert option.hint
        assert option.note
        assert [p.split(":")[0] for p in option.note.paragraphs("nl")] == ["Wat het je geeft", "Wat het betekent"]
        assert [p.split(":")[0] for p in option.note.paragraphs("en")] == ["What it gives you", "What it means"]
    lengths = [len(option.note.en) for option in mode.options if option.note]
    assert max(lengths) < 2 * min(lengths)


@proves("R-004-13")
def test_how_anonymous_contact_works_is_said_before_writing_and_afterwards(book: Rulebook) -> None:
    keys = [q.key for q in book.intake.questions]
    anonymous = question(book, "mode").option("anonymous")
    told = [block.text.en for block in (*book.intake.before, *book.intake.afterwards({})) if block.key == "anonymous"]

    assert keys.index("mode") < keys.index("story")
    assert anonymous
    assert anonymous.note
    assert len(told) == 2
    assert all("We cannot phone or e-mail you" in text and "mailbox" in text for text in told)
    assert "mailbox" in anonymous.note.en


@proves("R-004-13")
def test_without_messages_the_anonymous_are_told_that_they_cannot_be_contacted(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "rules"))
    file = folder / "intake.toml"
    file.write_text(file.read_text().replace("messages_when_anonymous = true", "messages_when_anonymous = false"))

    silent = loader.load(folder)

    anonymous = question(silent, "mode").option("anonymous")
    assert anonymous
    assert anonymous.note
    blocks = [*silent.intake.before, *silent.intake.afterwards({})]
    told = [anonymous.note.en, *(block.text.en for block in blocks if block.key == "anonymous")]
    assert len(told) == 3
    assert all("we cannot contact you to help you personally" in text for text in told)
    assert not any("mailbox" in text for text in told)


@proves("R-002-19", "R-002-20", "R-000-09", "R-004-32")
def test_everything_is_told_before_the_first_question(book: Rulebook) -> None:
    told = [block.key for block in book.intake.before]

    assert told == [
        "readers",
        "answer_time",
        "anonymous",
        "confidentiality",
        "limits",
        "emergency",
        "no_procedure",
        "definition",
        "own_words",
    ]


@proves("R-002-19", "R-002-20")
@pytest.mark.parametrize("mode", ["", "anonymous", "confidential", "named"])
def test_confidentiality_and_its_limit_are_told_again_after_sending(book: Rulebook, mode: str) -> None:
    told = [block.key for block in book.intake.afterwards({"mode": mode})]

    assert told.index("limits") == told.index("confidentiality") + 1


@proves("R-004-32", "R-000-01")
def test_who_wants_to_complain_is_told_that_a_complaint_is_written_and_named(book: Rulebook) -> None:
    option = question(book, "purpose").option("complain")

    assert option
    assert option.note
    assert "in writing and under your own name" in option.note.en
    assert "starts no procedure" in option.note.en
    assert "complaint" in [block.key for block in book.intake.afterwards({"purpose": "complain"})]


@proves("R-000-09")
def test_the_definition_starts_from_what_a_person_experiences(book: Rulebook) -> None:
    assert "hoe jij het ervaart, niet om hoe de ander het bedoelde" in book.institution.definition.nl
    assert "how you experience it, not how the other person meant it" in book.institution.definition.en


@proves("R-000-05")
def test_the_four_provisions_stand_beside_the_contact_point_each_whole(book: Rulebook) -> None:
    asked = {
        "contact_point",
        "counsellor_students",
        "counsellor_staff",
        "social_work",
        "student_psychologists",
        "ombuds",
    }

    assert asked <= {provision.key for provision in book.provisions}
    assert all(provision.ways.phone for provision in book.provisions)


@proves("R-002-14", "R-000-16", "R-002-08")
def test_first_contact_is_promised_within_two_working_days_everywhere(book: Rulebook) -> None:
    assert book.routes["contact_point"].first_contact_working_days == 2
    assert [block.text.en[:21] for block in book.intake.before if block.key == "answer_time"] == [
        "Within 2 working days"
    ]
    assert book.routes["contact_point"].team_name.en


def test_a_number_changed_in_one_place_changes_in_every_text(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "rules"))
    file = folder / "routes.toml"
    file.write_text(file.read_text().replace("working_days = 2", "working_days = 5", 1))

    block = next(block for block in loader.load(folder).intake.before if block.key == "answer_time")

    assert (block.text.nl[:19], block.text.en[:21]) == ("Binnen 5 werkdagen ", "Within 5 working days")


def test_who_asks_or_talks_is_asked_little(book: Rulebook) -> None:
    def asked(purpose: str) -> list[str]:
        shown = (q for q in book.intake.questions if q.show_if is None or q.show_if.holds({"purpose": purpose}))
        return [q.key for q in shown]

    assert asked("ask") == ["purpose", "capacity", "audience", "categories", "mode", "story", "files"]
    assert asked("talk") == [
        "purpose",
        "capacity",
        "audience",
        "about_contact_point",
        "mode",
        "story",
        "wish",
        "under_18",
    ]
