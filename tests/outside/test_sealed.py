"""Who is on the server opens nothing of a route that is read outside, whatever keys they have."""

from datetime import date, timedelta

import pytest
import time_machine
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.timezone import localdate
from django.utils.translation import override

from haven.cases import search
from haven.cases.actions import NotNow
from haven.cases.models import Case
from haven.clock import jobs, verify
from haven.desk import joining
from haven.desk.reviewpage import AccessReview
from haven.dialogue import actions as dialogue
from haven.intake.actions import ReadersChanged, TooFewReaders
from haven.notices.models import Outgoing
from haven.people import actions as people
from haven.people.models import Membership
from haven.people.readers import couriers_of, readers_of
from haven.rulebook import shelf
from haven.vault import outside, reading
from haven.vault.errors import CannotOpen
from haven.vault.models import Compartment, Grant, SearchEntry
from tests.counted import ended
from tests.institution import Institution
from tests.outside.conftest import ROUTE, Outsider
from tests.proofs.filled import parked
from tests.reporter.visitor import READERS, Visitor

SEALED_TO_READERS = {"report", "replies", "internal"}


def told() -> list[str]:
    return sorted(Outgoing.objects.values_list("to__email", flat=True))


def contact_point(house: Institution) -> Institution:
    """Two colleagues of another route, who have to hear nothing."""
    other = Institution(house.settings)
    other.readers = [other.person("Contact One"), other.person("Contact Two")]
    for reader in other.readers:
        other.confirm(reader, by=house.readers[:2])
    return other


def everybody(house: Institution) -> list[str]:
    return sorted(one.user.email for one in house.readers)


def test_every_key_on_the_server_together_opens_nothing(house: Institution, outsiders: list[Outsider]) -> None:
    other = contact_point(house)
    case, _code = house.report({"mode": "named", "name": "Sam"}, files=[parked("a.txt", b"words")])
    staff = [one.keyring for one in (*house.readers, *other.readers)] + [outside.institution()]

    assert set(Grant.objects.values_list("kid", flat=True)) == {
        *(one.kid for one in outsiders),
        case.mailbox.kid,
    }
    for keyring in staff:
        assert keyring is not None
        assert reading.open_items(keyring, [case.pk]) == {}
        for grant in Grant.objects.select_related("compartment"):
            grant.kid = keyring.kid
            with pytest.raises(CannotOpen):
                keyring.open_compartment(grant.compartment, grant)


def test_the_case_is_in_no_list_no_count_and_no_search(house: Institution) -> None:
    case, _code = house.report({"story": "zilvermeeuw"})
    for reader in house.readers:
        assert reader.keyring is not None
        mine = Case.objects.granted_to(reader.keyring)
        assert not mine.exists()
        assert {*mine.counts(localdate()).values()} == {0}
        assert reader.opens(case) is None
        assert search.find(reader.keyring, "zilvermeeuw", where="text") == search.Found([], 0)
        assert not SearchEntry.objects.exists()


def test_each_reader_outside_opens_all_but_what_was_kept_from_them(
    house: Institution, outsiders: list[Outsider]
) -> None:
    case, _code = house.report({"story": "stern", "mode": "confidential", "name": "Sam"}, keeper=outsiders[1].kid)
    kinds = []
    for one in outsiders:
        packed = outside.pack([case.pk], one.kid)[case.pk]
        opened = outside.unpack(case.pk, packed, one.keyring)
        assert opened.one("report", "answers")["answers"]["story"] == "stern"
        kinds.append(set(opened.keys))
    assert kinds == [SEALED_TO_READERS, SEALED_TO_READERS | {"identity"}, SEALED_TO_READERS]


def test_a_package_holds_no_key_of_somebody_else(house: Institution, outsiders: list[Outsider]) -> None:
    case, _code = house.report()
    packed = outside.pack([case.pk], outsiders[0].kid)[case.pk]
    assert len([part["grant"] for part in packed["parts"]]) == len(SEALED_TO_READERS)
    with pytest.raises(CannotOpen):
        outside.unpack(case.pk, packed, outsiders[1].keyring)


def test_who_is_struck_out_gets_no_key_and_their_package_says_nothing(
    house: Institution, outsiders: list[Outsider]
) -> None:
    case, _code = house.report(struck_out=frozenset([outsiders[0].kid]))
    assert outside.pack([case.pk], outsiders[0].kid) == {}
    assert [*outside.pack([case.pk], outsiders[1].kid)] == [case.pk]


def test_with_too_few_readers_left_or_others_than_shown_nothing_is_sent(
    house: Institution, outsiders: list[Outsider]
) -> None:
    with pytest.raises(TooFewReaders):
        house.report(struck_out=frozenset(one.kid for one in outsiders[:2]))
    with pytest.raises(ReadersChanged):
        house.report(shown=frozenset(one.kid for one in outsiders[:2]))
    assert not Case.objects.exists()


def test_the_couriers_are_told_that_something_waits_and_nobody_else(house: Institution) -> None:
    contact_point(house)
    _case, code = house.report()
    assert told() == everybody(house)
    Outgoing.objects.all().delete()
    box = dialogue.open_mailbox(code)
    assert box
    dialogue.write(box, "more")
    assert told() == everybody(house)


def test_the_couriers_are_reminded_of_a_first_contact_that_is_late(house: Institution) -> None:
    contact_point(house)
    monday = date(2027, 2, 1)
    house.report({"support": "yes"}, on=monday - timedelta(days=28))
    Outgoing.objects.all().delete()
    with time_machine.travel(f"{monday}T10:00:00+01:00", tick=False):
        jobs.remind_of_overdue_contacts()
        jobs.remind_of_overdue_contacts()
    assert told() == everybody(house)
    assert {*Outgoing.objects.values_list("template", flat=True)} == {"overdue"}


def test_the_mailbox_of_the_reporter_works_as_ever(house: Institution, outsiders: list[Outsider]) -> None:
    case, code = house.report({"categories": ["bullying"]})
    box = dialogue.open_mailbox(code)
    assert box
    assert [one.name for one in dialogue.who_handles(case)] == ["Ada Buiten", "Bas Elders", "Cor Verder"]
    dialogue.write(box, "and this")
    dialogue.reveal_self(box, {"name": "Sam"}, to=outsiders[2].kid)
    kids = Grant.objects.filter(compartment__kind="identity").values_list("kid", flat=True)
    assert [*kids] == [outsiders[2].kid]
    dialogue.withdraw(box)
    assert ended()[0].outcome == "withdrawn"
    assert [*Compartment.objects.values_list("kind", flat=True)] == ["internal"]


def test_the_night_finds_nothing_wrong_with_such_a_case(house: Institution) -> None:
    house.report()
    assert verify.findings() == []


def test_nobody_here_can_be_made_a_reader_of_it(house: Institution, outsiders: list[Outsider]) -> None:
    newcomer, by = house.person("Newcomer"), house.readers[0]
    assert by.keyring is not None
    with pytest.raises(NotNow, match="read_outside"):
        joining.endorse(newcomer.user, route=ROUTE, by=by.user, keyring=by.keyring)
    house.confirm(newcomer, by=house.readers[:2])
    assert {one.kid for one in readers_of(ROUTE)} == {one.kid for one in outsiders}


def test_the_desk_says_who_reads_outside_and_who_carries(house: Institution) -> None:
    team = next(one for one in joining.teams() if one.route.key == ROUTE)
    assert (team.readers, team.waiting, team.enough) == ([], [], True)
    assert [person.email for person in team.couriers] == everybody(house)
    Membership.objects.all().delete()
    request = RequestFactory().get("/en/desk/people/")
    request.user = house.readers[0].user
    told = {"teams": joining.teams(), "staff": [], "active": 0, "review": AccessReview(house.readers[0].user)}
    with override("en"):
        page = render_to_string("desk/people.html", told, request=request)
    assert "Ada Buiten" in page
    assert "Nobody: nobody is told when something comes in." in page


def test_the_reporter_sees_who_reads_outside_before_sending(house: Institution, client: object) -> None:
    routes = shelf.current().routes
    assert routes[ROUTE].outside
    visitor = Visitor().open()
    while visitor.heading != READERS:
        visitor.press("next")
    visitor.press("route-outside")
    assert visitor.heading == READERS
    assert [one.label for one in visitor.answer.context["everyone"]] == ["Ada Buiten", "Bas Elders", "Cor Verder"]
    assert "keys that are not on our server" in visitor.text
    assert "External" in visitor.text


def test_a_courier_is_named_and_let_go_like_any_colleague(house: Institution) -> None:
    newcomer = house.person("Newcomer", serves=False).user
    with override("en"):
        assert "can open none" in joining.what_follows(ROUTE)
    people.propose(newcomer, route=ROUTE, by=house.readers[0].user)
    assert newcomer in couriers_of(ROUTE)
    joining.leave(newcomer, route=ROUTE, by=house.readers[0].user)
    assert newcomer not in couriers_of(ROUTE)
