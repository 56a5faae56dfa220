"""0 successes: what readers try on years of releases, and what bad publishers try on the audit."""

from collections.abc import Callable

import pytest

from haven.register.models import Period
from haven.register.noise import MANY, chi_square_passes, draws, looks_right
from tests.proves import proves
from tests.register.trial import BAD_PUBLISHERS, Outcome, empirical_epsilon, year_under_attack
from tests.register.year import chance


@proves("R-000-28")
@pytest.mark.parametrize("number", [60, 300, 1500, 20000])
def test_nobody_finds_a_case_in_all_releases_of_a_year_together(number: int) -> None:
    assert year_under_attack(number, chance(number)) == Outcome()


def test_the_same_attacks_find_cases_where_there_is_no_noise() -> None:
    """An attack that never finds anything proves nothing."""
    bare = year_under_attack(300, chance(7), rung=20000, sampler=lambda _scale, count: [0] * count, published=False)
    weak = year_under_attack(300, chance(7), epsilon=10)

    assert bare.claims > 0
    assert weak.surer_that_it_was_there > 0
    assert weak.sure_of_category > 0


@proves("R-000-28")
def test_one_case_changes_what_happens_by_no_more_than_is_promised() -> None:
    assert 0.5 < empirical_epsilon(12_000) <= 1.0
    assert empirical_epsilon(12_000, lambda scale, count: draws(scale / 2, count)) > 1.2


@proves("R-000-28")
def test_draws_are_what_they_should_be_and_others_are_found_out() -> None:
    assert all(chi_square_passes(draws(scale, MANY), scale) for scale in (2.5, 10 / 3, 5.0))
    assert not chi_square_passes([0] * MANY, 5.0)
    assert not chi_square_passes(draws(4.0, MANY), 5.0)
    assert not any(looks_right([(5.0, value) for value in draws(0.5, 22)]) for _ in range(200))
    assert not looks_right([(5.0, 0)] * 7)
    assert all(looks_right([(5.0, value) for value in draws(5.0, 7)]) for _ in range(500))


@pytest.mark.django_db
@proves("R-000-28")
@pytest.mark.parametrize("publisher", BAD_PUBLISHERS)
def test_a_bad_publisher_is_caught(publisher: Callable[[], str]) -> None:
    assert publisher() == "caught"
    assert not Period.objects.exclude(frozen_on=None).exists()
