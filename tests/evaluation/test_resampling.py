"""Intervals and tests by job: by hand, by simulation, and where there is too little to go on."""

import numpy as np
import pytest

from shortlist.evaluation.pairs import Pairs, ece, roc_auc
from shortlist.evaluation.resampling import (
    MOST_UNITS,
    Sample,
    chance,
    difference,
    estimate,
    holm,
    mean_of,
    not_estimated,
)


def test_a_mean_over_jobs_with_its_interval() -> None:
    found = estimate(mean_of(np.array([0.2, 0.4, np.nan, 0.6, 0.8])))
    assert found.value == pytest.approx(0.5)
    assert found.n == 4
    assert found.low is not None and found.high is not None
    assert 0 < found.low < 0.3 and 0.7 < found.high < 1


def test_the_seed_fixes_everything() -> None:
    sample = mean_of(np.random.default_rng(1).random(30))
    assert estimate(sample, 4) == estimate(sample, 4)
    assert estimate(sample, 4) != estimate(sample, 5)


def test_an_interval_holds_its_value_and_stays_in_range() -> None:
    rng = np.random.default_rng(2)
    for least in (0.0, -1.0):
        for units in (2, 3, 5, 40):
            found = estimate(mean_of(least + (1 - least) * rng.random(units) ** 4, least))
            assert found.low is not None and found.high is not None and found.value is not None
            assert least <= found.low <= found.value <= found.high <= 1


def test_jobs_that_all_agree_leave_room_for_those_not_seen() -> None:
    """Had 40 % of jobs another value, five that agree would be a rare sight (0.6 ** 5 = 0.08)."""
    perfect = estimate(mean_of(np.ones(5)))
    assert (perfect.value, perfect.high) == (1.0, 1.0)
    assert perfect.low == pytest.approx(0.05 ** (1 / 5))
    half = estimate(mean_of(np.full(100, 0.5)))
    assert half.low == pytest.approx(0.5 * 0.05**0.01)
    assert half.high == pytest.approx(1 - half.low)


def test_one_job_has_a_value_and_no_interval() -> None:
    found = estimate(mean_of(np.array([0.7])))
    assert (found.value, found.low, found.high, found.n) == (0.7, None, None, 1)
    assert "at least two" in found.reason


def test_nothing_is_not_estimated_with_the_reason() -> None:
    found = estimate(mean_of(np.array([np.nan]), reason="no job has a fit"))
    assert (found.value, found.low, found.n, found.reason) == (None, None, 0, "no job has a fit")


@pytest.mark.parametrize("units, shape", [(8, (5, 2)), (30, (0.5, 0.5)), (30, (1, 8))])
def test_intervals_of_means_cover(units: int, shape: tuple[float, float]) -> None:
    """n = 600 simulated studies: 95 % intervals hold the truth in at least 92.5 % of them."""
    rng = np.random.default_rng(units)
    truth = shape[0] / sum(shape)
    held = 0
    for _ in range(600):
        found = estimate(mean_of(rng.beta(*shape, units)))
        assert found.low is not None and found.high is not None
        held += found.low <= truth <= found.high
    assert held / 600 >= 0.925


def clusters(rng: np.random.Generator, jobs: int) -> Pairs:
    """Ten pairs for each job, whose difficulty they share."""
    unit = np.repeat(np.arange(jobs), 10)
    odds = rng.normal(0, 1, 10 * jobs) + rng.normal(0, 1, jobs)[unit]
    score = 1 / (1 + np.exp(-odds))
    return Pairs(score, (rng.random(10 * jobs) < score).astype(float), unit)


def test_intervals_of_an_area_cover_where_pairs_of_a_job_are_alike() -> None:
    rng = np.random.default_rng(7)
    truth = roc_auc(clusters(rng, 20_000)).value
    assert truth is not None
    held = 0
    for _ in range(400):
        found = estimate(roc_auc(clusters(rng, 15)))
        held += found.low is not None and found.low <= truth <= (found.high or 0)
    assert held / 400 >= 0.92


def test_the_interval_of_a_calibration_error_reaches_zero_for_calibrated_scores() -> None:
    """Chance pushes the error up: 0 is the truth, and a plain bootstrap would never hold it."""
    rng = np.random.default_rng(8)
    held = sum((estimate(ece(clusters(rng, 15))).low or 0) <= 0.01 for _ in range(200))
    assert held / 200 >= 0.93


def test_a_perfect_area_has_an_interval_by_the_number_of_jobs() -> None:
    one = Pairs(np.arange(8.0), np.repeat([0.0, 1.0], 4), np.tile(np.arange(4), 2))
    found = estimate(roc_auc(one))
    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low == pytest.approx(0.05**0.25)


def test_very_many_jobs_are_put_together() -> None:
    rng = np.random.default_rng(3)
    values = rng.random(5 * MOST_UNITS)
    found = estimate(mean_of(values))
    assert found.value == pytest.approx(values.mean())
    assert found.low is not None and found.high is not None
    expected = 2 * 1.96 * values.std() / np.sqrt(len(values))
    assert found.high - found.low == pytest.approx(expected, rel=0.1)


def test_the_paired_test_tries_all_exchanges_of_few_jobs() -> None:
    a, b = mean_of(np.array([0.9, 0.8, 0.7])), mean_of(np.array([0.1, 0.2, 0.3]))
    assert chance(a, b) == pytest.approx(2 / 8)
    assert chance(a, a) == 1.0


def test_the_paired_test_agrees_with_counting_by_hand() -> None:
    rng = np.random.default_rng(4)
    a, b = rng.random(10), rng.random(10)
    signs = 1 - 2 * (np.arange(1024)[:, None] >> np.arange(10) & 1)
    as_far = np.abs(signs @ (a - b)) >= abs((a - b).sum()) - 1e-12
    assert chance(mean_of(a), mean_of(b)) == pytest.approx(as_far.mean())


def test_the_paired_test_rarely_cries_wolf() -> None:
    """n = 500 pairs of systems that are alike: p <= 0.05 in at most 6 %, give or take chance."""
    rng = np.random.default_rng(5)
    alarms = 0
    for seed in range(500):
        shared = rng.random(25)
        a, b = (np.clip(shared + rng.normal(0, 0.2, 25), 0, 1) for _ in range(2))
        p = chance(mean_of(a), mean_of(b), seed)
        alarms += p is not None and p <= 0.05
    assert alarms / 500 <= 0.08


def test_a_difference_is_paired() -> None:
    """Jobs differ far more than the two systems do; what they share cancels."""
    rng = np.random.default_rng(6)
    shared = rng.random(40) * 0.8
    found = difference(mean_of(shared + 0.1 + rng.normal(0, 0.01, 40)), mean_of(shared))
    assert found.value == pytest.approx(0.1, abs=0.01)
    assert found.low is not None and found.low > 0.08


def test_the_same_system_twice_differs_by_nothing() -> None:
    sample = mean_of(np.random.default_rng(9).random(10))
    found = difference(sample, sample)
    assert (found.value, found.low) == (0.0, None)
    assert "the same on every unit" in found.reason


def test_what_cannot_be_compared_says_why() -> None:
    whole, other = mean_of(np.array([0.1, 0.2, 0.3])), mean_of(np.array([0.1, np.nan, 0.3]))
    cases: list[tuple[Sample, Sample, str]] = [
        (whole, other, "the same pairs"),
        (whole, not_estimated(3, "no threshold"), "no threshold"),
        (mean_of(np.array([0.1])), mean_of(np.array([0.2])), "at least two"),
    ]
    for a, b, said in cases:
        assert chance(a, b) is None
        assert said in difference(a, b).reason


def test_holm() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.9, 0.6]) == [1.0, 1.0]
    assert holm([]) == []
