"""Calibration by group: by hand, held by its interval, and refused where a score is no share."""

import numpy as np
import pytest

from audit.cases import grouped_as, one_job, value
from shortlist.audit.measures import audit


def test_the_error_by_hand() -> None:
    # Group a: four scores of 0.25, one fits: no error. Group b: four of 0.75, two fit: 0.25.
    scores = one_job([0.25] * 4 + [0.75] * 4, [1, 0, 0, 0, 1, 1, 0, 0])
    found = audit(scores, grouped_as(["a"] * 4 + ["b"] * 4), min_n=1)
    assert value(found, "expected_calibration_error", "a") == pytest.approx(0)
    assert value(found, "expected_calibration_error", "b") == pytest.approx(0.25)
    assert value(found, "calibration_disparity") == pytest.approx(0.25)
    bins = {(r.group, r.score, r.share, r.n) for r in found.reliability}
    assert bins == {("a", 0.25, 0.25, 4), ("b", 0.75, 0.5, 4)}


def test_scores_that_are_no_shares_are_not_estimated() -> None:
    found = audit(one_job([3.0] * 20 + [1.0] * 20, [0, 1] * 20), grouped_as(["a", "b"] * 20))
    disparity = found.find("calibration_disparity", "school")
    assert disparity.value is None and "outside [0, 1]" in disparity.reason
    assert found.reliability == ()


def test_intervals_hold_the_truth() -> None:
    """Group `a` is calibrated; of `b` fewer fit than its scores say, by a fifth of each."""
    rng = np.random.default_rng(0)
    groups = grouped_as(["a"] * 150 + ["b"] * 150)
    long_run = rng.beta(2, 2, 200_000)
    bins = np.minimum((long_run * 10).astype(int), 9)
    truth = np.abs(np.bincount(bins, 0.2 * long_run)).sum() / len(long_run)
    held = []
    for _ in range(60):
        score = rng.beta(2, 2, 300)
        fits = rng.random(300) < score * np.where(np.arange(300) < 150, 1.0, 0.8)
        found = audit(one_job(score.tolist(), fits.tolist()), groups)
        disparity = found.find("calibration_disparity", "school")
        a, b = (found.find("expected_calibration_error", "school", g) for g in "ab")
        held.append(
            (disparity.low <= truth <= disparity.high, a.low == 0, b.low <= truth <= b.high)
        )
    assert np.mean(held, axis=0).min() >= 0.9
