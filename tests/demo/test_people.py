"""The invented staff can do everything the demo needs, and no more."""

from collections import Counter

from haven.config.demo.content import people
from haven.rulebook import shelf
from haven.rulebook.roles import ROLES, Right
from tests.demo.test_reports import INVENTED

PEOPLE = people().person


def test_every_route_has_its_people() -> None:
    serving = Counter(route for person in PEOPLE for route in person.routes)
    teams = {"contact_point": 6, "ombuds": 2, "outside": 2, "online_safety": 2, "privacy": 2}
    beside = {"diversity_advisers": 2, "adviser_network": 2, "confidential_counsellors": 2}
    seats = {"university_board": 2, "university_supervisors": 1, "complaints_committee": 3, "committee_secretaries": 1}
    assert serving == teams | beside | seats | {"complaints_officer": 2}
    pools = {kind.key for kind in shelf.current().routes.adviser_kinds} | {shelf.current().routes.counsellors.key}
    assert set(serving) == {route.key for route in shelf.current().routes} | pools | set(seats)
    for route in shelf.current().routes:
        roles = [person.role for person in PEOPLE if route.key in person.routes]
        assert len(roles) >= route.min_readers
        assert roles.count("coordinator") == 1 or set(roles) == {"complaints_officer"}
        assert any(person.on_duty for person in PEOPLE if route.key in person.routes)


def test_the_administrator_reads_nothing() -> None:
    administrators = [person for person in PEOPLE if person.role == "administrator"]
    assert len(administrators) == 1
    assert administrators[0].routes == ()
    assert Right.READ_CASE not in ROLES["administrator"].rights


def test_of_the_complaints_procedure_the_sign_in_page_names_three() -> None:
    complaining = [person for person in PEOPLE if Right.READ_COMPLAINT in ROLES[person.role].rights]
    assert [person.key for person in complaining if person.listed] == ["nadia", "victor", "selma"]
    assert all(person.listed for person in PEOPLE if person not in complaining)
    assert not any(Right.COUNSEL in ROLES[person.role].rights or len(person.routes) > 1 for person in complaining)


def test_they_are_invented_and_no_mail_can_reach_anybody() -> None:
    assert all(INVENTED.search(person.name) for person in PEOPLE)
    assert all(person.email.endswith(".example") for person in PEOPLE)
    assert all(person.role in ROLES and person.function_nl != person.function_en for person in PEOPLE)
    assert len({person.email for person in PEOPLE}) == len({person.key for person in PEOPLE}) == len(PEOPLE)


def test_password_and_passphrase_are_two_things() -> None:
    assert people().password != people().passphrase
    assert min(len(people().password), len(people().passphrase)) >= 15
