"""What waits for one person besides the cases themselves: somebody to introduce, a risk to decide on, a referral."""

from dataclasses import dataclass, field
from datetime import date

from haven.cases import off_the_team, reviews, risk
from haven.cases.agreed import SLOT
from haven.cases.consent import TASK, open_tasks
from haven.cases.enquiry import Enquiry, asked_of
from haven.cases.models import Case
from haven.cases.opened import OpenCase
from haven.cases.referral import Referred, referred_to
from haven.cases.reviews import Review
from haven.desk.aftercarepage import ToLookAt, to_look_at
from haven.desk.forms import said
from haven.people.models import User
from haven.rulebook import shelf
from haven.vault import reading
from haven.vault.models import SealedItem
from haven.vault.unlocking import Keyring


@dataclass
class Waiting:
    """References of cases, by what they wait for; and what other teams referred to this person."""

    introduce: list[str] = field(default_factory=list)
    decide: list[str] = field(default_factory=list)
    look_again: list[tuple[str, date]] = field(default_factory=list)
    thin: list[str] = field(default_factory=list)
    referred: list[tuple[Referred, str]] = field(default_factory=list)
    later: list[ToLookAt] = field(default_factory=list)
    asked: list[Enquiry] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)


def waiting_for(person: User, keyring: Keyring, on: date) -> Waiting:
    """Only of cases this person can open. Nothing is opened of a case that holds no such line."""
    found = Waiting(referred=[(one, _team(one)) for one in referred_to(keyring)], later=to_look_at(keyring, on))
    found.asked = asked_of(keyring)
    found.reviews = reviews.due(keyring, on)
    found.thin = [case.reference for case in off_the_team.waiting(keyring)]
    for opened in _cases(person, keyring):
        reference = opened.case.reference
        if not opened.case.ended:
            found.introduce += [reference for task in open_tasks(opened) if task["for"] == person.pk]
        for one in risk.fold(opened.of("internal", risk.SLOT)):
            if one.stage is risk.Stage.PROPOSED and one.proposed["by_id"] != person.pk and not opened.case.ended:
                found.decide.append(reference)
            if one.review_on is not None and one.review_on <= on:
                found.look_again.append((reference, one.review_on))
    return found


def _cases(person: User, keyring: Keyring) -> list[OpenCase]:
    lines = SealedItem.objects.filter(slot__in=(TASK, risk.SLOT), compartment__kind="internal")
    meant = Case.objects.filter(pk__in=lines.values("compartment__scope")).exclude(state="withdrawn")
    cases = list(meant.each_granted_to(keyring).order_by("received_on", "pk"))
    slots = (TASK, risk.SLOT, SLOT)
    items = reading.open_items(keyring, [one.pk for one in cases], kinds=("internal", "replies"), slots=slots)
    return [OpenCase(one, person, keyring, items.get(one.pk, [])) for one in cases]


def _team(one: Referred) -> str:
    """Where it came from."""
    return said(shelf.current().recipient("team", str(one.about.get("from", ""))))
