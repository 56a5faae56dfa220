"""The curious administrator who can change every table, and the accused colleague with every right: no key, no word."""

from datetime import date

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from haven.cases import actions
from haven.cases.actions import NotNow
from haven.dialogue import actions as dialogue
from haven.intake.actions import who_reads
from haven.people.access import ANYONE
from haven.people.models import Membership
from haven.trail.actions import broken_at
from haven.vault import directory, forms_state, unlocking
from haven.vault.errors import CannotOpen
from haven.vault.models import Compartment, Endorsement, Grant, SealedItem
from tests.institution import PASSPHRASE, Institution, Person
from tests.proofs.asking import Asker, Outcome, addresses, body, outcome, sits
from tests.proofs.filled import IDENTITY, WORDS, Filled, fill, open_for
from tests.proofs.tables import change, database, read
from tests.proves import proves
from tests.reporter.visitor import Visitor


@pytest.fixture
def accused(house: Institution) -> Person:
    return house.readers[5]


@pytest.fixture
def filled(house: Institution, accused: Person) -> Filled:
    return fill(house, struck_out=(accused,))


@pytest.fixture
def administrator(house: Institution) -> Person:
    """With keys of their own, made like everybody's: an administrator can sign in to whatever they like to be."""
    return house.person("Admin", role="administrator", serves=False)


def pages_of(asker: Asker, filled: Filled) -> str:
    """All that this person gets to see where the case would be."""
    case, stamp = reverse("desk:case", args=[filled.case.reference]), str(filled.case.stamp)
    asked: list[tuple[str, str, dict[str, str]]] = [("get", case, {}), ("get", reverse("desk:inbox"), {})]
    asked += [("get", f"{case}file/{filled.item}/", {}), ("post", f"{case}reveal/", {"stamp": stamp, "reason": "x"})]
    asked += [("post", reverse("desk:search"), {"words": "zq", "where": where}) for where in ("head", "text")]
    said = ""
    for method, path, form in asked:
        with asker.asks(method, path, form) as answer:
            said += body(answer).decode(errors="replace")
    return said


def words_in(said: str) -> set[str]:
    return {word for word in WORDS.values() if word in said}


def copy_grants(rows: QuerySet[Grant], *, to: Person) -> None:
    for row in rows:
        row.pk, row.kid = None, to.kid
        row.save(force_insert=True)


# ── With SQL ──


@proves("R-002-17", "R-000-21")
def test_whoever_gives_themselves_a_role_and_a_route_still_has_no_key(
    house: Institution, filled: Filled, administrator: Person
) -> None:
    change("UPDATE people_user SET role_key = 'coordinator' WHERE id = %s", administrator.user.pk)
    Membership.objects.create(user=administrator.user, route="contact_point")
    administrator.user.refresh_from_db()

    assert words_in(pages_of(sits(administrator), filled)) == set()
    assert administrator.kid not in {one.kid for one in who_reads("contact_point")}
    later, _code = house.report()
    assert administrator.opens(later) is None


@pytest.mark.parametrize("who", ["administrator", "accused"])
@proves("R-000-21")
def test_a_grant_that_was_copied_in_the_table_opens_nothing(
    filled: Filled, administrator: Person, accused: Person, who: str
) -> None:
    thief = {"administrator": administrator, "accused": accused}[who]
    change("UPDATE people_user SET role_key = 'coordinator' WHERE id = %s", thief.user.pk)
    thief.user.refresh_from_db()
    copy_grants(Grant.objects.filter(kid=filled.keeper.kid), to=thief)
    assert Grant.objects.filter(kid=thief.kid).count() == 4

    assert words_in(pages_of(sits(thief), filled)) == set()
    assert thief.opens(filled.case) is None


@proves("R-000-19")
def test_a_reader_who_copies_the_grant_of_the_name_does_not_get_the_name(house: Institution, filled: Filled) -> None:
    reader = house.readers[1]
    copy_grants(Grant.objects.filter(compartment__kind="identity"), to=reader)

    said = pages_of(sits(reader), filled)
    assert (words_in(said) & IDENTITY, WORDS["story"] in said) == (set(), True)


@proves("R-002-17")
def test_signatures_that_were_copied_in_the_table_make_nobody_a_reader(
    house: Institution, administrator: Person
) -> None:
    genuine = list(Endorsement.objects.filter(kid=house.readers[2].kid))
    for row in genuine:
        row.pk, row.kid = None, administrator.kid
        row.save(force_insert=True)
    Membership.objects.create(user=administrator.user, route="contact_point")

    assert administrator.kid not in {one.kid for one in who_reads("contact_point")}
    assert {row.kid for row in directory.unproven()} == {administrator.kid}


@proves("R-002-17")
def test_a_public_key_that_was_exchanged_takes_its_owner_off_the_list(
    house: Institution, administrator: Person
) -> None:
    victim = house.readers[2]
    own = administrator.user.key_bundles.get()
    change("UPDATE vault_keybundle SET enc_public = %s WHERE kid = %s", bytes(own.enc_public), victim.kid)

    assert victim.kid not in {one.kid for one in who_reads("contact_point")}
    case, _code = house.report()
    assert administrator.opens(case) is None


@proves("R-003-14")
def test_nothing_more_is_sealed_to_a_compartment_whose_key_was_exchanged(filled: Filled, administrator: Person) -> None:
    own = administrator.user.key_bundles.get()
    change("UPDATE vault_compartment SET public = %s", bytes(own.enc_public))
    before, box = SealedItem.objects.count(), dialogue.open_mailbox(filled.code)
    assert box is not None

    with pytest.raises(CannotOpen):
        dialogue.write(box, "for the wrong eyes")
    assert (SealedItem.objects.count(), filled.keeper.opens(filled.case)) == (before, None)


@proves("R-000-21")
def test_words_moved_into_a_case_one_may_read_stay_closed(house: Institution, filled: Filled, accused: Person) -> None:
    own, _code = house.report()
    for kind in ("report", "replies", "internal"):
        there = Compartment.objects.get(scope=own.pk, kind=kind)
        SealedItem.objects.filter(compartment__scope=filled.case.pk, compartment__kind=kind).update(compartment=there)

    with sits(accused).asks("get", reverse("desk:case", args=[own.reference])) as answer:
        assert (answer.status_code, words_in(answer.content.decode())) == (200, set())


@proves("R-000-18")
def test_a_mailbox_pointed_at_another_case_shows_none_of_its_words(house: Institution, filled: Filled) -> None:
    mine, code = house.report(readback=True)
    filled.case.mailbox.delete()
    mine.mailbox.case = filled.case
    mine.mailbox.save()

    visitor = Visitor().go("mailbox/", code=code)

    assert (visitor.answer.status_code, words_in(visitor.text)) == (200, set())


@proves("R-000-21")
def test_an_unlocked_session_cannot_be_handed_to_somebody_else(filled: Filled, administrator: Person) -> None:
    """The row of an own session, pointed at the keys of a reader; and the row of a reader, pointed at an own name."""
    asker = sits(administrator)
    reader_bundle = filled.keeper.user.key_bundles.get()
    change("UPDATE people_user SET role_key = 'coordinator' WHERE id = %s", administrator.user.pk)
    change("UPDATE vault_unlockedsession SET bundle_id = %s", reader_bundle.pk.hex)
    change("UPDATE vault_keybundle SET owner_id = %s WHERE kid = %s", administrator.user.pk, filled.keeper.kid)
    asker.user = None

    assert words_in(pages_of(asker, filled)) == set()
    with asker.asks("get", reverse("desk:inbox")) as answer:
        assert answer.headers["Location"].startswith(reverse("desk:unlock"))


@proves("R-002-17")
def test_a_new_password_for_somebody_else_opens_none_of_their_cases(filled: Filled, administrator: Person) -> None:
    """The administrator starts a colleague anew, chooses the password with the link, and signs in as them."""
    victim, password = filled.keeper.user, "a password of the administrator"
    admin = sits(administrator).client
    link = admin.post(reverse("desk:start_anew", args=[victim.pk])).context["link"]
    thief = Client()
    thief.post(link, {"new_password1": password, "new_password2": password}, follow=True)
    thief.post(reverse("account_login"), {"login": victim.email, "password": password}, follow=True)

    victim.refresh_from_db()
    assert victim.check_password(password)
    asker = sits(Person(victim, None), unlocked=False)
    assert words_in(pages_of(asker, filled)) == set()
    with asker.asks("get", reverse("desk:case", args=[filled.case.reference])) as answer:
        assert answer.headers["Location"].startswith(reverse("desk:unlock"))
    assert read("SELECT actor, did FROM trail_entry ORDER BY seq DESC LIMIT 1") == [
        (str(administrator.user.pk), "person.started_anew")
    ]


@pytest.mark.parametrize("column", ["actor", "did", "subject", "day"])
@proves("R-000-21")
def test_a_line_of_the_trail_that_was_changed_is_noticed(filled: Filled, column: str) -> None:
    assert broken_at() is None
    change(f"UPDATE trail_entry SET {column} = '2020-01-01' WHERE seq = 3")  # noqa: S608  names of this test
    assert broken_at() == 3


@proves("R-000-21")
def test_a_line_of_the_trail_that_was_taken_out_is_noticed(filled: Filled) -> None:
    [last] = read("SELECT max(seq) FROM trail_entry")
    change("DELETE FROM trail_entry WHERE seq = %s", last[0])
    assert broken_at() == last[0]


# ── With rights and good looks ──


@proves("R-000-21", "R-002-17")
def test_new_keys_do_not_bring_back_who_was_struck_out(house: Institution, filled: Filled, accused: Person) -> None:
    unlocking.retire(accused.user.key_bundles.get())
    bundle, _recovery = unlocking.make_bundle(accused.user, PASSPHRASE)
    for root in house.readers[:2]:
        assert root.keyring is not None
        directory.endorse(root.keyring, "contact_point", bundle, date(2020, 1, 1))
    again = Person(accused.user, unlocking.unlock(bundle, PASSPHRASE))
    assert again.kid in {one.kid for one in who_reads("contact_point")}

    opened = open_for(filled.keeper, filled.case)
    with pytest.raises(NotNow):
        actions.assign(opened, to=again.user)
    assert (again.opens(filled.case), Grant.objects.filter(kid=again.kid).count()) == (None, 0)


@proves("R-002-17")
def test_the_case_cannot_be_assigned_to_who_was_struck_out_by_writing_the_form(
    house: Institution, filled: Filled, accused: Person
) -> None:
    coordinator = house.readers[1]
    change("UPDATE people_user SET role_key = 'coordinator' WHERE id = %s", coordinator.user.pk)
    assign = reverse("desk:assign", args=[filled.case.reference])

    with sits(coordinator).asks(
        "post", assign, {"stamp": str(filled.case.stamp), "to": str(accused.user.pk)}
    ) as answer:
        form = answer.context["page"].failed
        assert (answer.status_code, list(form.errors), str(accused.user.pk) in form.people) == (422, ["to"], False)
        assert Grant.objects.filter(kid=accused.kid).count() == 0


@proves("R-000-21")
def test_words_that_wait_for_a_passphrase_are_not_given_to_somebody_else(house: Institution, filled: Filled) -> None:
    typed = {"to": reverse("desk:inbox"), "typed": {"text": [WORDS["note"]]}, "by": filled.keeper.user.pk}
    kept = forms_state.seal_state(typed, purpose="kept words")
    form = {"secret": PASSPHRASE, "kept": kept, "next": ""}

    got = {}
    for person in (house.readers[1], filled.keeper):
        with sits(person, unlocked=False).asks("post", reverse("desk:unlock"), form) as answer:
            got[person.user.pk] = WORDS["note"] in answer.content.decode()
    assert got == {house.readers[1].user.pk: False, filled.keeper.user.pk: True}


@proves("R-003-13")
def test_no_deed_of_the_desk_is_done_for_a_form_from_elsewhere(house: Institution, filled: Filled) -> None:
    """Signed in, unlocked, with every right; and another site sends the form."""
    change("UPDATE people_user SET role_key = 'coordinator' WHERE id = %s", filled.keeper.user.pk)
    asker = sits(filled.keeper)
    asker.client.handler.enforce_csrf_checks = True
    before, answers = database(), {}
    for address in [*addresses("desk"), *addresses("sign-in")]:
        with asker.asks("post", address.path(filled.case.reference, filled.item, 1)) as answer:
            if outcome(answer, address) is not Outcome.WRONG_METHOD:
                answers[address.name] = answer.status_code

    # Where a file can come with a formal complaint the gate is asked before the body is read: nothing is there.
    gated = {name for name, status in answers.items() if status == 404}
    assert (set(answers.values()), len(answers) > 25) == ({403, 404}, True)
    begin = {"desk:register_complaint", "desk:carry_over", "desk:request_investigation"}
    assert gated == {"desk:complaint_deed", *begin}
    assert {table: rows for table, rows in database().items() if rows != before[table]} == {}


def test_every_address_is_open_to_somebody_on_purpose() -> None:
    unsaid = [address.name for address in addresses() if not address.audience]

    assert unsaid == []
    assert ANYONE in {address.audience for address in addresses()}
