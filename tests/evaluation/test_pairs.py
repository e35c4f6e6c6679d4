"""Pair metrics: by hand, against scikit-learn, and the influence of single pairs."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as theirs

from shortlist.evaluation import pairs
from shortlist.evaluation.pairs import Pairs, pairs_of
from shortlist.evaluation.pool import pool_of
from shortlist.evaluation.resampling import Sample
from shortlist.evaluation.scores import judgments_of
from shortlist.records import Judgment


def drawn(seed: int, n: int = 40, units: int = 6) -> Pairs:
    """Pairs with ties in their scores, of both kinds."""
    rng = np.random.default_rng(seed)
    fits = rng.integers(0, 2, n).astype(float)
    fits[:2] = 0, 1
    return Pairs(rng.integers(0, 11, n) / 10, fits, rng.integers(0, units, n))


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_agrees_with_scikit_learn(seed: int) -> None:
    one = drawn(seed)
    above = one.score >= 0.5
    expected = {
        pairs.roc_auc: theirs.roc_auc_score(one.fits, one.score),
        pairs.pr_auc: theirs.average_precision_score(one.fits, one.score),
        pairs.brier: theirs.brier_score_loss(one.fits, one.score),
    }
    for metric, value in expected.items():
        assert metric(one).value == pytest.approx(value)
    at_half: dict[Callable[[Pairs, float], Sample], float] = {
        pairs.accuracy: theirs.accuracy_score(one.fits, above),
        pairs.precision: theirs.precision_score(one.fits, above, zero_division=np.nan),
        pairs.recall: theirs.recall_score(one.fits, above),
        pairs.f1: theirs.f1_score(one.fits, above),
    }
    for metric_at, value in at_half.items():
        found = metric_at(one, 0.5).value
        assert (np.nan if found is None else found) == pytest.approx(value, nan_ok=True)


def test_by_hand() -> None:
    one = Pairs(np.array([0.9, 0.6, 0.6, 0.1]), np.array([1.0, 0, 1, 0]), np.arange(4))
    assert pairs.roc_auc(one).value == pytest.approx((2 + 1.5) / 4)
    assert pairs.pr_auc(one).value == pytest.approx((1 / 1 + 2 / 3) / 2)
    assert pairs.brier(one).value == pytest.approx((0.01 + 0.36 + 0.16 + 0.01) / 4)
    # bins: 0.9 fits; 0.6 and 0.6 of which one fits; 0.1 does not
    assert pairs.ece(one).value == pytest.approx((0.1 + 2 * 0.1 + 0.1) / 4)


def test_a_score_of_one_is_in_the_last_bin() -> None:
    assert pairs.bin_of(np.array([0.0, 0.0999, 0.1, 0.9, 1.0])).tolist() == [0, 0, 1, 9, 9]


def weighted(metric: Callable[..., float], one: Pairs, row: int, weight: float) -> float:
    weights = np.ones(len(one.fits))
    weights[row] += weight
    return metric(one.fits, one.score, sample_weight=weights)


@pytest.mark.parametrize(
    "mine, reference",
    [(pairs.roc_auc, theirs.roc_auc_score), (pairs.pr_auc, theirs.average_precision_score)],
)
def test_the_influence_of_a_pair_is_how_the_metric_moves_with_its_weight(
    mine: Callable[[Pairs], Sample], reference: Callable[..., float]
) -> None:
    one = drawn(3)
    alone = Pairs(one.score, one.fits, np.arange(len(one.fits)))
    sample = mine(alone)
    assert sample.value is not None
    n = len(one.fits)
    influence = (sample.parts[:, 0] - sample.value / n) / np.sqrt(n / (n - 1))
    for row in range(len(one.fits)):
        slope = (weighted(reference, one, row, 1e-5) - weighted(reference, one, row, -1e-5)) / 2e-5
        assert influence[row] == pytest.approx(slope, abs=1e-6)


def test_one_kind_alone_defines_no_area() -> None:
    for fits, said in ((0.0, "no pair fits"), (1.0, "no pair fails to fit")):
        one = Pairs(np.array([0.1, 0.2]), np.full(2, fits), np.arange(2))
        for metric in (pairs.roc_auc, pairs.pr_auc):
            found = metric(one)
            assert (found.value, found.reason) == (None, said)


def test_scores_beyond_zero_and_one_are_no_probabilities() -> None:
    one = Pairs(np.array([-0.1, 0.2]), np.array([0.0, 1]), np.arange(2))
    for metric in (pairs.brier, pairs.ece):
        assert metric(one).value is None
        assert "no probabilities" in metric(one).reason


def test_nothing_above_the_threshold_has_no_precision() -> None:
    one = Pairs(np.array([0.1, 0.2]), np.array([0.0, 1]), np.arange(2))
    assert pairs.precision(one, 0.5).value is None
    assert pairs.recall(one, 0.5).value == 0
    assert pairs.f1(one, 0.5).value == 0


def test_nothing_scored_has_no_metric() -> None:
    nothing = Pairs(np.zeros(0), np.zeros(0), np.zeros(0, np.int64))
    for metric in (pairs.roc_auc, pairs.pr_auc, pairs.brier, pairs.ece):
        assert metric(nothing).value is None
    assert pairs.f1(nothing, 0.5).reason == "no scored pair"


def test_pairs_of_a_pool_leave_out_what_has_no_score() -> None:
    rows = [Judgment("j", "a", 2), Judgment("j", "b", 0), Judgment("k", "a", 1)]
    pool = pool_of(judgments_of(rows))
    found = pairs_of(pool, np.array([0.5, 0.1, np.nan]), relevant=2)
    assert found.fits.tolist() == [1, 0]
    assert found.unit.tolist() == [0, 1]
    assert "interval by pair" in found.note
    whole = pairs_of(pool, np.array([0.5, 0.1, 0.2]), relevant=1)
    assert (whole.unit.tolist(), whole.note) == ([0, 0, 1], "")
