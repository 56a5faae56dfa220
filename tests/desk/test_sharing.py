"""Who gets a case, and who learns a name."""

from django.urls import reverse

from haven.dialogue.actions import open_mailbox
from haven.notices.models import Outgoing
from tests.desk.conftest import AtDesk, now, page, send
from tests.institution import Institution, Person
from tests.proves import proves

NAMED = {"mode": "named", "name": "Evi Voorbeeld", "contact_way": "phone", "contact_detail": "06 0000 0000"}


class TestAssigning:
    def test_who_was_struck_out_is_not_in_the_list_and_cannot_be_sent(
        self, house: Institution, at_desk: AtDesk, coordinator: Person
    ) -> None:
        struck_out = house.readers[3]
        case, _code = house.report(struck_out=frozenset({struck_out.kid}))
        client = at_desk(coordinator)

        offered = [name for _key, name in page(client, case).forms["assign"].fields["to"].choices]
        got = send(client, case, "assign", to=struck_out.user.pk)

        assert struck_out.user.name not in offered
        assert house.readers[1].user.name in offered
        assert got.status_code == 422
        assert struck_out.opens(case) is None

    def test_who_gets_a_case_can_read_it_and_is_told_without_a_word_of_it(
        self, house: Institution, at_desk: AtDesk, coordinator: Person
    ) -> None:
        case, _code = house.report()
        newcomer = house.person("Newcomer")
        house.confirm(newcomer, by=house.readers[:2])
        assert newcomer.opens(case) is None
        Outgoing.objects.all().delete()

        send(at_desk(coordinator), case, "assign", to=newcomer.user.pk)

        assert now(case).handler == newcomer.user
        opened = newcomer.opens(case)
        assert opened
        assert opened.answers["answers"]["story"]
        assert [(notice.to, notice.template) for notice in Outgoing.objects.all()] == [(newcomer.user, "waiting")]

    def test_a_contact_point_officer_does_not_assign(self, house: Institution, at_desk: AtDesk) -> None:
        case, _code = house.report()

        assert send(at_desk(house.readers[0]), case, "assign", to=house.readers[1].user.pk).status_code == 404


class TestIdentity:
    @proves("R-000-19")
    def test_a_name_held_by_one_person_is_opened_by_that_person_only_and_the_reporter_sees_it(
        self, house: Institution, at_desk: AtDesk
    ) -> None:
        keeper, colleague = house.readers[1], house.readers[0]
        case, code = house.report(NAMED | {"mode": "confidential"}, keeper=keeper.kid)

        before = at_desk(keeper).get(reverse("desk:case", args=[case.reference])).content.decode()
        refused = send(at_desk(colleague), case, "reveal", reason="Curious.")
        without = send(at_desk(keeper), case, "reveal", reason=" ")
        opened = send(at_desk(keeper), case, "reveal", reason="To call back before Monday.")

        assert "Evi Voorbeeld" not in before
        assert refused.status_code == 404
        assert without.status_code == 422
        assert "Evi Voorbeeld" in opened.content.decode()
        box = open_mailbox(code)
        assert box
        told = box.messages()[-1].payload
        assert (told["about"], told["by"], told["reason"]) == (
            "revealed",
            keeper.user.name,
            "To call back before Monday.",
        )
        again = at_desk(keeper).get(reverse("desk:case", args=[case.reference])).content.decode()
        assert "Evi Voorbeeld" not in again

    @proves("R-000-20")
    def test_a_name_given_to_everybody_is_shown_to_everybody_who_reads(
        self, house: Institution, at_desk: AtDesk
    ) -> None:
        case, _code = house.report(NAMED)

        for reader in house.readers:
            assert "Evi Voorbeeld" in at_desk(reader).get(reverse("desk:case", args=[case.reference])).content.decode()

    @proves("R-000-18")
    def test_an_anonymous_report_holds_no_name_to_open(self, house: Institution, at_desk: AtDesk) -> None:
        case, _code = house.report(NAMED | {"mode": "anonymous"})
        client = at_desk(house.readers[0])

        assert "Evi Voorbeeld" not in client.get(reverse("desk:case", args=[case.reference])).content.decode()
        assert send(client, case, "reveal", reason="Curious.").status_code == 404
