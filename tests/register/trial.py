"""A year under attack, odds measured, publishers who cheat: small in the tests, large in benchmarks.overviews."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import log, sqrt
from random import Random
from typing import Final

from haven.register.engine import SMALLEST_SHOWN, Counted, Figure, released, sums
from haven.register.models import Period
from haven.register.noise import Sampler, draws
from haven.register.plan import Refused, open_counters
from haven.register.release import close
from haven.rulebook.declared import every_of
from tests.register import attack
from tests.register.year import AFTER, YEAR, Case, InMemory, cases, chance, declared_for, plan_for, put_in

NEIGHBOURS = 40  # cases whose reader knows all others
DRAWS = 3  # of the noise, for one and the same year
SURE, PROMISED = 0.95, 0.7311  # of a category; that a case was there
type Truths = dict[tuple[str, str], list[int]]
ONE_SIDED = 3.09  # standard deviations: 99.9 %


@dataclass(frozen=True)
class Outcome:
    """Successes: certain claims that are right however the noise falls, and readers who became surer than promised."""

    claims: int = 0
    sure_of_category: int = 0
    sure_of_anonymous: int = 0
    surer_that_it_was_there: int = 0

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(*(mine + theirs for mine, theirs in zip(vars(self).values(), vars(other).values(), strict=True)))


def year_under_attack(
    number: int,
    random: Random,
    *,
    rung: int | None = None,
    epsilon: float = 1,
    sampler: Sampler = draws,
    published: bool = True,
) -> Outcome:
    """`published`: as it is published; else without fit and rounding, with only what is small hidden."""
    declared = declared_for(rung or number).model_copy(update={"epsilon": epsilon})
    year, these = InMemory(declared), cases(number, random)
    truth = year.counts(these)
    found: set[attack.Claim] = set()
    for draw in range(DRAWS):
        claimed = _claims(year, year.counted(truth, sampler), truth, released if published else only_hidden)
        found = claimed if draw == 0 else found & claimed
    return Outcome(claims=len(found)) + _informed(year, these, year.counted(truth, sampler), random)


def _claims(
    year: InMemory,
    counted: dict[str, list[Counted]],
    truth: Truths,
    engine: Callable[[Sequence[Counted]], tuple[Figure, ...]],
) -> set[attack.Claim]:
    shown = {period: engine(tables) for period, tables in counted.items()}
    whole, parts = str(YEAR), sorted(period for period in shown if every_of(period) != "year")
    real = {table.name: truth[table.name, whole] for table in counted[whole]}
    found = attack.claims(shown[whole], counted[whole], real, within=2.5 if engine is released else 0)
    seen = {period: {(f.table, f.cell): f.shown for f in figures} for period, figures in shown.items()}
    return found | attack.between(
        seen[whole], [seen[period] for period in parts], [truth["quarter", period][0] for period in parts]
    )


def only_hidden(tables: Sequence[Counted]) -> tuple[Figure, ...]:
    """What many offices do: exact figures, small ones withheld."""
    figures = []
    for table in tables:
        for cell, places in sums(table):
            number = sum(table.values[at] for at in places)
            figures.append(Figure(table.name, cell, number if number >= SMALLEST_SHOWN else None))
    return tuple(figures)


def _informed(year: InMemory, these: list[Case], counted: dict[str, list[Counted]], random: Random) -> Outcome:
    truth, outcome = year.counts(these), Outcome()
    for at in random.sample(range(len(these)), min(NEIGHBOURS, len(these))):
        known, day, acted = these[at]
        other = random.choice([one for one, _day, _acted in these if one["category"] != known["category"]])
        changed = (known | {"category": other["category"]}, day, acted)
        known_otherwise = (known | {"mode": "named" if known["mode"] == "anonymous" else "anonymous"}, day, acted)
        belief = {
            name: attack.belief(_odds(year, counted, truth, these[at], instead))
            for name, instead in (("category", changed), ("mode", known_otherwise), ("absent", None))
        }
        outcome += Outcome(
            sure_of_category=belief["category"] >= SURE,
            sure_of_anonymous=belief["mode"] >= SURE,
            surer_that_it_was_there=belief["absent"] > PROMISED,
        )
    return outcome


def _odds(year: InMemory, counted: dict[str, list[Counted]], truth: Truths, case: Case, instead: Case | None) -> float:
    """All others are known, so what they add is taken away: left are this case, or the other, and noise."""
    one, two = year.counts([case]), year.counts([instead] if instead else [])
    total = 0.0
    for period, tables in counted.items():
        for table in tables:
            place = (table.name, period)
            others = [there - mine for there, mine in zip(truth[place], one[place], strict=True)]
            left = tuple(seen - there for seen, there in zip(table.values, others, strict=True))
            total += attack.log_odds([replace(table, values=left)], {table.name: one[place]}, {table.name: two[place]})
    return total


def empirical_epsilon(runs: int, sampler: Sampler = draws, number: int = 300) -> float:
    """How much more often one case makes the most telling thing happen: every counter it counts in stands above what
    the others make. At least this, in 999 of 1,000 trials."""
    declared = declared_for(number)
    scales = [declared.scale(table) for table in declared.tables]
    drawn = [sampler(scale, 2 * runs) for scale in scales]
    with_it = sum(all(values[run] + 1 >= 1 for values in drawn) for run in range(runs))
    without = sum(all(values[run] >= 1 for values in drawn) for run in range(runs, 2 * runs))
    return log(_edge(with_it, runs, -1) / _edge(without, runs, 1))


def _edge(times: int, runs: int, side: int) -> float:
    """Of the chance behind what happened so often (Wilson)."""
    share, square = times / runs, ONE_SIDED**2 / runs
    spread = ONE_SIDED * sqrt(share * (1 - share) / runs + square / runs / 4)
    return (share + square / 2 + side * spread) / (1 + square)


def _tried(deed: Callable[[], object]) -> str:
    try:
        deed()
    except Refused:
        return "caught"
    return "published"


def without_noise(number: int = 1500) -> str:
    return _tried(lambda: plan_for(number, sampler=lambda _scale, count: [0] * count))


def a_tenth_of_the_noise(number: int = 1500) -> str:
    return _tried(lambda: plan_for(number, sampler=lambda scale, count: draws(scale / 10, count)))


def noise_once_more(number: int = 1500) -> str:
    """Who draws anew at every reading lets it be averaged away."""
    plan_for(number)
    put_in(cases(number, chance(number)))

    def engine(tables: Sequence[Counted]) -> tuple[Figure, ...]:
        return released([_noisier(table) for table in tables])

    return _tried(lambda: close(str(YEAR), on=AFTER, engine=engine))


def _noisier(table: Counted) -> Counted:
    more = draws(table.scale, len(table.values))
    return replace(table, values=tuple(a + b for a, b in zip(table.values, more, strict=True)))


def reopened(number: int = 1500) -> str:
    """The row is set back, new counters are opened, and it is closed once more."""
    plan = plan_for(number)
    put_in(cases(number, chance(number)))
    close(str(YEAR), on=AFTER)
    Period.objects.filter(label=str(YEAR)).update(frozen_on=None)
    open_counters(plan)
    return _tried(lambda: close(str(YEAR), on=AFTER))


BAD_PUBLISHERS: Final = (without_noise, a_tenth_of_the_noise, noise_once_more, reopened)
