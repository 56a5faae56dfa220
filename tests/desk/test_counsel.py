"""The desk as a confidential counsellor sits at it."""

from django.urls import reverse

from haven.counsel.models import Notification
from tests.counsellors import counsellor, told
from tests.counted import ended
from tests.desk.conftest import AtDesk
from tests.institution import PASSPHRASE, Institution
from tests.proves import proves


def test_everything_leads_a_counsellor_to_the_own_notifications(house: Institution, at_desk: AtDesk) -> None:
    anna = counsellor(house, "Anna")
    client, home = at_desk(anna, unlocked=False), reverse("desk:notifications")

    assert client.get(home).headers["Location"] == f"{reverse('desk:unlock')}?next={home.replace('/', '%2F')}"
    assert client.post(reverse("desk:unlock"), {"secret": PASSPHRASE}).headers["Location"] == home
    for page in ("inbox", "take_down"):
        assert client.get(reverse(f"desk:{page}")).headers["Location"] == home
    assert [place.label for place in client.get(home).context["places"]][:3] == [
        "Notifications",
        "Released overviews",
        "Who has access",
    ]


@proves("R-001-09")
def test_a_search_finds_in_the_own_notifications_only(house: Institution, at_desk: AtDesk) -> None:
    anna, bea = counsellor(house, "Anna"), counsellor(house, "Bea")
    told(anna, about="About the Friday meeting.")
    told(anna)

    found = at_desk(anna).post(reverse("desk:notifications"), {"words": "FRIDAY bullying"})

    assert [one.taken["about"] for one in found.context["running"]] == ["About the Friday meeting."]
    assert at_desk(bea).post(reverse("desk:notifications"), {"words": "Friday"}).context["running"] == []


def test_stopping_asks_whether_one_is_sure(house: Institution, at_desk: AtDesk) -> None:
    anna = counsellor(house, "Anna")
    told(anna)
    client = at_desk(anna)

    client.post(reverse("desk:stop_counselling"))
    assert len(ended()) == 0
    client.post(reverse("desk:stop_counselling"), {"leaving": "yes"})
    assert (ended()[0].kind, Notification.objects.get().counted) == ("notification", True)


def test_who_has_access_names_the_counsellors_and_no_number(house: Institution, at_desk: AtDesk) -> None:
    anna = counsellor(house, "Anna")
    told(anna)

    page = at_desk(house.readers[0]).get(reverse("desk:people")).content.decode()

    listed = page.partition('id="counsellors"')[2].partition("</section>")[0]
    assert "Anna" in listed
    assert "1" not in listed.replace(f"/people/{anna.user.pk}/", "")
