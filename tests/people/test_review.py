"""Going through who has access: who did it and when, what changed, and a mail when it is time again."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from haven.clock.jobs import remind_of_the_access_review
from haven.notices.models import Outgoing
from haven.people import actions, review
from haven.trail.models import Entry
from tests.desk.conftest import sits_down
from tests.institution import Institution
from tests.proves import proves


@pytest.fixture
def house(db: None, settings: Any) -> Institution:
    return Institution(settings).with_readers(3)


@proves("R-002-17")
def test_the_list_says_its_number_and_who_went_through_it_and_what_changed(house: Institution) -> None:
    admin = house.person("Pim", role="administrator", serves=False)
    client, people = sits_down(house.readers[0]), reverse("desk:people")
    actions.suspend(house.readers[2].user, by=admin.user)

    before = client.get(people).context["review"]
    done = client.post(reverse("desk:reviewed"))
    after = client.get(people)

    assert (before.last, [(one.who, str(one.what)) for one in before.changes]) == (None, [("Reader 2", "suspended")])
    assert done.status_code == 302
    assert (after.context["review"].last[1], after.context["review"].changes) == ("Reader 0", [])
    assert "3 people can sign in here." in after.content.decode()
    assert Entry.objects.get(did="access.reviewed").actor == str(house.readers[0].user.pk)


@proves("R-002-17")
def test_after_six_months_one_mail_and_a_line_on_the_desk_until_somebody_did(
    house: Institution, time_machine: Any
) -> None:
    review.reviewed(by=house.readers[0].user, on=date(2026, 1, 5))
    mails = []
    for moment in ("2026-07-03 12:00", "2026-07-06 12:00", "2026-07-07 12:00"):
        time_machine.move_to(moment)
        remind_of_the_access_review()
        mails.append(Outgoing.objects.filter(template="waiting").count())

    assert mails == [0, 3, 3]
    client = sits_down(house.readers[0])
    assert client.get(reverse("desk:inbox")).context["review_due"]
    client.post(reverse("desk:reviewed"))
    assert not client.get(reverse("desk:inbox")).context["review_due"]
    remind_of_the_access_review()
    assert Outgoing.objects.filter(template="waiting").count() == 3


def test_who_keeps_no_list_reviews_none(house: Institution) -> None:
    volunteer = house.person("Volunteer", role="adviser_volunteer", serves=False)

    assert sits_down(volunteer).post(reverse("desk:reviewed")).status_code == 404
    assert not Entry.objects.filter(did="access.reviewed").exists()
