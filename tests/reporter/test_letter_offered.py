"""The letter in the mailbox: for who agreed that the complaints officers may know, and it is theirs alone to write."""

import pytest
from django.utils.timezone import localdate

from haven.cases import consent
from haven.cases.agreed import Scope
from haven.cases.consent import Request, Spoken
from haven.complaints.models import Complaint
from haven.rulebook import shelf
from haven.rulebook.consent import SUMMARY, TEAM
from tests.complaints.court import Court
from tests.institution import Institution
from tests.proves import proves
from tests.reporter.visitor import Visitor

LETTER = 'value="form-complaint_letter"'


@pytest.mark.django_db
@proves("R-001-10")
def test_with_consent_the_mailbox_offers_the_letter_and_nothing_becomes_a_complaint(settings: object) -> None:
    court = Court(settings)
    house = Institution(settings)
    house.readers = [house.person(f"Reader {number}") for number in range(3)]
    for reader in house.readers:
        house.confirm(reader, by=court.house.readers)
    case, code = house.report({"mode": "named", "name": "Vera", "reach": "vera@example.org"})
    visitor = Visitor()
    assert LETTER not in visitor.go("mailbox/", code=code).go("mailbox/open/").text

    opened = house.readers[0].opens(case)
    assert opened
    purpose = next(one.key for one in shelf.current().routes.consent if one.key == "formal_complaint")
    request = Request(purpose=purpose, way=TEAM, to="complaints_officer", scope=Scope(SUMMARY), summary="In short")
    consent.ask(opened, request, spoken=Spoken(how="in_person", day=localdate(), handover=False))
    assert LETTER in visitor.go("mailbox/open/").text

    letter = visitor.got(visitor.client.post(visitor.base, {"do": "form-complaint_letter"}))
    assert 'id="anonymous"' in letter.text
    assert not Complaint.objects.exists()
