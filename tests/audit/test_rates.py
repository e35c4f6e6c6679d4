"""Intervals: textbook values, and how often they hold the truth. More in benchmarks/intervals."""

import numpy as np
import pytest
from scipy.stats import binomtest

from shortlist.audit.rates import Clusters, Rates, gap, impact_ratios, rates, smallest_ratio

NOBODY_TWICE = 400


def of(chosen: np.ndarray, group: np.ndarray, k: int = 2) -> Rates:
    n = len(group)
    clusters = Clusters(group, np.arange(n), np.zeros(n, np.int64), k, n, 1)
    return rates(chosen.astype(float), np.ones(n), clusters)


def drawn(rng: np.random.Generator, sizes: list[int], shares: list[float]) -> Rates:
    group = np.repeat(np.arange(len(sizes)), sizes)
    return of(rng.random(len(group)) < np.array(shares)[group], group, len(sizes))


def test_a_rate_has_the_score_interval_of_independent_rows() -> None:
    group = np.repeat([0, 1], [40, 10])
    chosen = np.array([1] * 12 + [0] * 28 + [0] * 10)
    found = of(chosen, group)
    for position, (successes, n) in enumerate([(12, 40), (0, 10)]):
        theirs = binomtest(successes, n).proportion_ci(method="wilson")
        mine = found.estimate(position)
        assert (mine.low, mine.high) == pytest.approx((theirs.low, theirs.high))
        assert mine.n == n


def test_scoring_everyone_ten_times_tells_nothing_new() -> None:
    rng = np.random.default_rng(0)
    group = np.repeat([0, 1], 50)
    chosen = (rng.random(100) < 0.3).astype(float)
    once = of(chosen, group).estimate(0)
    clusters = Clusters(
        np.tile(group, 8), np.tile(np.arange(100), 8), np.repeat(np.arange(8), 100), 2, 100, 8
    )
    again = rates(np.tile(chosen, 8), np.ones(800), clusters).estimate(0)
    assert again.n == 400
    assert again.high - again.low >= once.high - once.low


def test_a_rate_that_few_people_carry_has_fewer_degrees_of_freedom() -> None:
    """Both groups are 40 people scored twice; in b, one of them holds nearly all there is."""
    values = np.concatenate((np.linspace(0, 1, 40), np.r_[np.full(39, 0.01), 1.0]))
    group = np.repeat([0, 1], 40)
    clusters = Clusters(
        np.tile(group, 2), np.tile(np.arange(80), 2), np.repeat([0, 1], 80), 2, 80, 2
    )
    found = rates(np.tile(values, 2), np.ones(160), clusters)
    even, carried = found.freedom
    assert even == 39
    assert carried < 3
    assert found.freedom_apart[0, 1] == found.freedom_apart[1, 0] < 79


def test_a_group_without_weight_has_no_rate_and_breaks_nothing() -> None:
    found = of(np.array([1, 0]), np.array([0, 0]), k=2)
    assert found.n.tolist() == [2, 0]


@pytest.mark.parametrize(
    "sizes, shares",
    [([100, 100], [0.1, 0.1]), ([60, 200], [0.2, 0.3]), ([80, 80, 80], [0.2, 0.2, 0.3])],
)
def test_intervals_hold_the_truth_as_often_as_they_say(
    sizes: list[int], shares: list[float]
) -> None:
    rng = np.random.default_rng(1)
    truth = np.array(shares)
    compared = np.arange(len(sizes))
    hits = np.zeros(4)
    for _ in range(NOBODY_TWICE):
        found = drawn(rng, sizes, shares)
        one = found.estimate(0)
        difference, least = gap(found, compared), smallest_ratio(found, compared)
        ratio = impact_ratios(found, compared)[0]
        hits += [
            one.low <= truth[0] <= one.high,
            difference.low <= truth.max() - truth.min() <= difference.high,
            ratio.low <= truth[0] / truth.max() <= ratio.high,
            least.low <= truth.min() / truth.max() <= least.high,
        ]
    assert (hits / NOBODY_TWICE).min() >= 0.93


def test_the_gap_is_0_where_no_pair_is_told_apart() -> None:
    found = drawn(np.random.default_rng(2), [50, 50, 50], [0.3, 0.3, 0.3])
    assert gap(found, np.arange(3)).low == 0
    assert smallest_ratio(found, np.arange(3)).high == 1
