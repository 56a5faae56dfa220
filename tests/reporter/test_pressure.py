"""A flood at the reporter's door: it slows sending down a little, for everybody alike, and loses nothing."""

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
import time_machine
from django.utils.timezone import now

from haven.cases.models import Case
from haven.notices.models import Outgoing
from haven.reporter import pressure
from haven.vault.codes import new_code
from tests.institution import Institution
from tests.proves import proves
from tests.reporter.visitor import Visitor, at_the_code


@pytest.fixture(autouse=True)
def flood(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the third report in a minute on it is busy."""
    settings.PRESSURE = 3
    monkeypatch.setattr(pressure, "gauge", pressure.Gauge())


def busy() -> None:
    for _report in range(3):
        pressure.gauge.count()


def work(slip: str) -> str:
    return next(proof for proof in map(str, count()) if pressure.worked(slip, proof))


def waiting(visitor: Visitor) -> pressure.Turn:
    assert visitor.answer.templates[0].name == "reporter/wait.html"
    turn: pressure.Turn = visitor.answer.context["turn"]
    return turn


def test_below_the_limit_nobody_notices_anything(visitor: Visitor) -> None:
    at_the_code(visitor, purpose="report").press("send")

    assert Case.objects.count() == 1


@proves("R-003-13")
def test_without_javascript_one_waits_some_seconds_and_everything_is_kept(visitor: Visitor) -> None:
    at_the_code(visitor, purpose="report", story="Every word")
    busy()
    visitor.press("send", urgent="yes", readback="yes")
    turn = waiting(visitor)
    assert turn.seconds <= 3
    visitor.press("send", turn=turn.slip, urgent="yes", readback="yes")
    assert (waiting(visitor).slip, Case.objects.count()) == (turn.slip, 0)

    with time_machine.travel(now() + timedelta(seconds=turn.seconds), tick=False):
        visitor.press("send", turn=turn.slip, urgent="yes", readback="yes")
    assert (visitor.draft.answers["story"], visitor.draft.readback) == ("Every word", True)
    assert Case.objects.get().urgent


def test_a_browser_that_works_goes_first(visitor: Visitor) -> None:
    at_the_code(visitor, purpose="report")
    busy()
    turn = waiting(visitor.press("send"))
    visitor.press("send", turn=turn.slip, proof=work(turn.slip))

    assert Case.objects.count() == 1


@pytest.mark.parametrize("of", ["nobody", "another report", "no work"])
def test_a_turn_or_work_of_somebody_else_is_none(visitor: Visitor, of: str) -> None:
    at_the_code(visitor, purpose="report")
    busy()
    other = pressure.wait_for(new_code())
    assert other is not None
    slip = {"nobody": "AAAA", "another report": other.slip, "no work": waiting(visitor.press("send")).slip}[of]
    visitor.press("send", turn=slip, proof=work(slip) if of != "no work" else "no")

    assert (waiting(visitor).bits, Case.objects.count()) == (pressure.WORK_BITS, 0)


def test_turns_come_one_after_the_other_and_nobody_waits_longer_than_half_a_minute(house: Institution) -> None:
    busy()
    turns = [pressure.wait_for(new_code()) for _report in range(300)]
    seconds = [turn.seconds for turn in turns if turn]

    assert (len(seconds), seconds == sorted(seconds)) == (300, True)
    assert seconds[0] <= 3
    assert seconds[-1] <= pressure.MOST + 1


def test_a_minute_later_it_is_calm_again() -> None:
    busy()
    assert pressure.gauge.is_high()
    pressure.gauge.sent = type(pressure.gauge.sent)(moment - pressure.MINUTE for moment in pressure.gauge.sent)

    assert not pressure.gauge.is_high()


@proves("R-002-09")
def test_a_flood_is_one_mail_to_each_who_reads(house: Institution) -> None:
    for _report in range(8):
        house.report()

    assert Outgoing.objects.count() == len(house.readers)
