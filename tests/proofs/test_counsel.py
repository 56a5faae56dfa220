"""What somebody told a confidential counsellor, asked for by everybody else at every address: they get the bytes of
what is not there, with the right and without it, and find no count, no gap and no mail."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from haven.cases.models import Case
from haven.counsel import actions, figures, peers, retention
from haven.counsel.models import Notification
from haven.notices.actions import deliver
from haven.people import access
from haven.people.models import User
from haven.rulebook.roles import Right
from haven.vault.models import SealedItem
from tests.counsellors import NOTIFIER, TOLD, counsellor, opens, told
from tests.institution import Institution, Person
from tests.proofs.asking import NO_CASE, NO_FILE, Address, Asker, addresses, body, on_the_wire, sits, without_chance
from tests.proofs.filled import fill
from tests.proves import proves

EXTRACT, NOTE = "zqextractwm", "zqcounselnotewm"
SECRETS = {TOLD["about"], TOLD["support"], NOTIFIER["name"], NOTIFIER["reach"], EXTRACT, NOTE}
WIDE_RIGHTS = (False, True)


@dataclass
class Told:
    """A notification with everything in it, the one who was told, and the fellow who was asked."""

    row: Notification
    owner: Person
    fellow: Person
    part: str

    def path(self, address: Address, *, there: bool = True) -> str:
        known = {"notification": str(self.row.pk), "part": self.part} if there else {}
        return address.path(NO_CASE, NO_FILE, self.owner.user.pk, **known)

    @property
    def world(self) -> tuple[object, ...]:
        sealed = SealedItem.objects.filter(compartment__scope=self.row.pk).count()
        return (*Notification.objects.filter(pk=self.row.pk).values_list(), sealed, Case.objects.count())


@pytest.fixture
def story(house: Institution) -> Told:
    return tell(counsellor(house, "Owner"), counsellor(house, "Fellow"))


def tell(owner: Person, fellow: Person) -> Told:
    row = told(owner)
    actions.note(opens(owner, row), {"text": NOTE, "pointed": "", "next": ""})
    actions.agree(opens(owner, row), {"text": NOTE, "how": "phone", "on": "2026-01-05"})
    [to] = [one for one in peers.fellows(owner.user) if one.person == fellow.user]
    peers.ask(opens(owner, row), to=to, text=EXTRACT)
    assert fellow.keyring is not None
    return Told(row, owner, fellow, str(peers.talks(fellow.keyring, by=fellow.user)[0].part.pk))


def others(house: Institution) -> Iterator[tuple[str, Asker]]:
    """Everybody who works here but the two of them."""
    coordinator = house.person("Coordinator", role="coordinator")
    house.confirm(coordinator, by=house.readers[:2])
    yield "a stranger", Asker(Client())
    yield "a reader", sits(house.readers[2])
    yield "a coordinator who reads", sits(coordinator)
    yield "an administrator with keys", sits(house.person("Admin", role="administrator", serves=False))
    yield "another counsellor", sits(counsellor(house, "Another"))


def counsel() -> list[Address]:
    found = [one for one in addresses("desk") if one.audience is Right.COUNSEL]
    assert len(found) >= 13
    return found


def give_every_right(monkeypatch: pytest.MonkeyPatch) -> None:
    def yes(_user: User, _right: Right) -> bool:
        return True

    for module in list(sys.modules.values()):
        if getattr(module, "permits", None) is access.permits and module is not access:
            monkeypatch.setattr(module, "permits", yes)
    monkeypatch.setattr(access, "permits", yes)
    monkeypatch.setattr(User, "may", yes)


@proves("R-001-09")
def test_every_address_of_a_counsellor_asks_for_the_right_of_a_counsellor() -> None:
    said = {address.name: str(address.audience) for address in addresses("desk")}

    assert {right for name, right in said.items() if "notification" in name or "talk" in name} == {"counsel"}
    assert (said["desk:take_figures"], said["desk:take_down"]) == ("counsel", "take_down")


@pytest.mark.parametrize("patched", WIDE_RIGHTS, ids=["as it is", "with the permission check patched out"])
@proves("R-001-09", "R-000-21")
def test_nobody_else_tells_it_from_one_that_is_not_there(
    house: Institution, story: Told, monkeypatch: pytest.MonkeyPatch, *, patched: bool
) -> None:
    askers = list(others(house))
    if patched:
        give_every_right(monkeypatch)
    before, wrong = story.world, []
    for name, asker in askers:
        for address in counsel():
            for method in ("get", "post"):
                with asker.asks(method, story.path(address)) as answer:
                    there, said = on_the_wire(answer), body(answer).decode(errors="replace")
                    same_world = story.world == before
                with asker.asks(method, story.path(address, there=False)) as answer:
                    absent = on_the_wire(answer)
                names = (str(story.row.pk), story.part)
                same = without_chance(there, *names) == without_chance(absent, NO_FILE)
                if not (same and same_world) or any(secret in said for secret in SECRETS):
                    wrong.append((name, method, address.name))

    assert wrong == []


@proves("R-001-09")
def test_the_two_of_them_get_what_their_keys_open(story: Told) -> None:
    """The look above would find something, were it there; and the fellow gets the extract and nothing else."""
    pages = {one.name: one for one in counsel()}
    seen: dict[str, set[str]] = {}
    for who, person in (("owner", story.owner), ("fellow", story.fellow)):
        for page in ("desk:notification", "desk:talk", "desk:notifications"):
            with sits(person).asks("get", story.path(pages[page])) as answer:
                seen[f"{who} {page}"] = {word for word in SECRETS if word in body(answer).decode()}

    assert seen["owner desk:notification"] == SECRETS - {EXTRACT}
    assert seen["owner desk:notifications"] == {NOTIFIER["name"]}
    assert seen["owner desk:talk"] == seen["fellow desk:talk"] == {EXTRACT}
    assert seen["fellow desk:notification"] == seen["fellow desk:notifications"] == set()


@proves("R-001-09", "R-000-19", "R-002-17")
def test_a_counsellor_gets_nothing_of_a_case(house: Institution, monkeypatch: pytest.MonkeyPatch) -> None:
    filled, person = fill(house), counsellor(house, "Owner")
    told(person)
    asker, came_in = sits(person), []
    give_every_right(monkeypatch)
    for address in [one for one in addresses("desk") if one.of_a_case]:
        with asker.asks("get", address.path(filled.case.reference, filled.item, 1)) as answer:
            came_in += [] if answer.status_code in {404, 405} else [address.name]

    assert came_in == []


def sight(asker: Asker, person: int) -> dict[str, object]:
    """Where somebody could see that something is there: lists, counts, people, searches."""
    names = ("inbox", "people", "figures", "advisers", "notifications")
    asked: list[tuple[str, str, dict[str, str]]] = [("get", reverse(f"desk:{name}"), {}) for name in names]
    asked += [("get", reverse("desk:person", args=[person]), {})]
    for words in (TOLD["about"], EXTRACT):
        asked += [("post", reverse("desk:search"), {"words": words, "where": "text"})]
        asked += [("post", reverse("desk:notifications"), {"words": words})]
    seen: dict[str, object] = {}
    for method, path, form in asked:
        with asker.asks(method, path, form) as answer:
            seen[f"{path} {form}"] = [one for one in without_chance(on_the_wire(answer)) if one != path]
    return seen


@proves("R-001-09", "R-000-21")
def test_no_list_count_search_or_mail_of_anybody_else_tells_that_it_is_there(house: Institution) -> None:
    owner, fellow = counsellor(house, "Owner"), counsellor(house, "Fellow")
    house.report()
    deliver()
    mail.outbox.clear()
    askers, pk = dict(others(house)), owner.user.pk
    del askers["a stranger"]
    without = {name: sight(asker, pk) for name, asker in askers.items()}

    story = tell(owner, fellow)
    deliver()
    seen = {"told": {name: sight(asker, pk) for name, asker in askers.items()}}
    then = date(localdate().year + 1, 6, 1)
    actions.close(opens(owner, story.row), outcome="talked", destination="none")
    assert owner.keyring is not None
    figures.take(owner.keyring, by=owner.user, on=then)
    assert retention.forget_due(then + timedelta(days=30)) == 1
    seen["counted and forgotten"] = {name: sight(asker, pk) for name, asker in askers.items()}

    assert [phase for phase, sights in seen.items() if sights != without] == []
    assert {address for message in mail.outbox for address in message.to} == {fellow.user.email}
