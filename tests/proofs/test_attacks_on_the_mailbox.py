"""An administrator with SQL and a report of their own: what a reporter writes next does not reach them. And races."""

from typing import Any

import pytest
from django.urls import reverse

from haven.cases import actions as cases
from haven.cases.actions import NotNow
from haven.cases.models import Case, State
from haven.dialogue import actions as dialogue
from haven.dialogue.models import Mailbox
from haven.vault import reading, sealing
from haven.vault.codes import lookup_id, reporter_key
from haven.vault.models import Grant
from tests.counted import ended
from tests.institution import Institution
from tests.proofs.filled import open_for
from tests.proves import proves
from tests.reporter.visitor import HERE

WORDS = "zqzq only for those who handle this"


@pytest.fixture
def victim(house: Institution) -> tuple[Case, str]:
    return house.report()


@pytest.fixture
def baited(house: Institution, victim: tuple[Case, str]) -> str:
    """The administrator sends a report that can be read back, and gives the victim grants to it: they have the keys.
    Then they point the victim's code at it. Their own code opens the report, and what follows in it."""
    _case, code = victim
    own, bait = house.report(readback=True)
    mine, theirs = reporter_key(bait), reporter_key(code).reader
    for compartment, key in reading.open_compartments(mine, [own.pk]).items():
        Grant.objects.create(compartment_id=compartment, kid=theirs.kid, envelope=key.seal_for(theirs))
    Mailbox.objects.filter(lookup=lookup_id(bait)).delete()
    Mailbox.objects.filter(lookup=lookup_id(code)).update(case=own)
    return bait


def read_by(code: str) -> str:
    opened = reading.open_items(reporter_key(code), Case.objects.values_list("pk", flat=True))
    return str([one.payload for items in opened.values() for one in items])


@proves("R-000-21", "R-000-18")
def test_a_code_pointed_at_the_case_of_an_attacker_opens_nothing(victim: tuple[Case, str], baited: str) -> None:
    assert dialogue.open_mailbox(victim[1]) is None


@proves("R-000-18")
def test_nothing_that_is_written_there_reaches_the_attacker(client: Any, victim: tuple[Case, str], baited: str) -> None:
    client.post(reverse("reporter:mailbox"), {"code": victim[1]}, headers=HERE)
    client.post(reverse("reporter:write"), {"words": WORDS, "kept": ""}, headers=HERE)

    assert WORDS not in read_by(baited)


@pytest.mark.parametrize("forged", [b"", bytes(32)])
def test_a_proof_of_ones_own_making_is_none(house: Institution, victim: tuple[Case, str], forged: bytes) -> None:
    other, _code = house.report()
    for where in (victim[0], other):
        Mailbox.objects.filter(case=other).update(case=None)
        Mailbox.objects.filter(lookup=lookup_id(victim[1])).update(case=where, proof=forged)
        assert dialogue.open_mailbox(victim[1]) is None


@proves("R-000-18")
def test_the_proof_of_another_code_proves_nothing(house: Institution, victim: tuple[Case, str]) -> None:
    other, _code = house.report()
    proof = bytes(Mailbox.objects.get(case=other).proof)
    Mailbox.objects.filter(case=other).delete()
    Mailbox.objects.filter(lookup=lookup_id(victim[1])).update(case=other, proof=proof)

    assert dialogue.open_mailbox(victim[1]) is None


def test_a_code_opens_its_own_case(victim: tuple[Case, str]) -> None:
    case, code = victim
    box = dialogue.open_mailbox(code)

    assert box is not None
    assert box.case == case


# ── Two at once: what was opened before the other was done ──


def test_who_answers_while_the_reporter_withdraws_writes_nothing(house: Institution, victim: tuple[Case, str]) -> None:
    case, code = victim
    opened, box = open_for(house.readers[0], case), dialogue.open_mailbox(code)
    assert box is not None
    dialogue.withdraw(box)

    for deed in (
        lambda: dialogue.answer(opened, "An answer."),
        lambda: cases.note(opened, "A note."),
        lambda: cases.screen(opened, "urgent"),
        lambda: dialogue.withdraw(box),
        lambda: dialogue.write(box, WORDS),
    ):
        with pytest.raises(NotNow):
            deed()
    assert not sealing.has(case.pk, "report")
    assert len(ended()) == 1


def test_who_writes_while_the_case_is_closed_is_told_so(house: Institution, victim: tuple[Case, str]) -> None:
    case, code = victim
    box, opened = dialogue.open_mailbox(code), open_for(house.readers[0], case)
    assert box is not None
    cases.screen(opened, "urgent")
    cases.record_attempt(opened, way="phone", reached=True)
    opened = open_for(house.readers[0], case)
    cases.close(opened, outcome="talked", category="other", destination="none")

    for deed in (lambda: dialogue.write(box, WORDS), lambda: dialogue.withdraw(box), lambda: cases.note(opened, "x")):
        with pytest.raises(NotNow):
            deed()
    assert (Case.objects.get().state, len(ended())) == (State.CLOSED, 1)
