"""Calibration, thresholds and reliability: known answers are found again."""

import numpy as np
import pytest
from sklearn.metrics import f1_score

from shortlist.errors import DataError
from shortlist.evaluation.calibration import (
    best_threshold,
    calibrated,
    ece_by_chance,
    fit_platt,
    fit_temperature,
    fit_temperature_by_group,
    reliability,
)
from shortlist.evaluation.fitting import fit
from shortlist.evaluation.pairs import Pairs, brier, ece
from shortlist.evaluation.scores import judgments_of, scores_of
from shortlist.records import Judgment


def sigmoid(z: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-z)))


def pairs(odds: np.ndarray, score: np.ndarray, seed: int = 0) -> Pairs:
    """Pairs that fit with the chance that `odds` gives, and have another score."""
    fits = (np.random.default_rng(seed).random(len(odds)) < sigmoid(odds)).astype(float)
    return Pairs(score, fits, np.arange(len(odds)))


def test_temperature_is_found_again() -> None:
    odds = np.random.default_rng(1).normal(0, 1.5, 20_000)
    too_sure = pairs(odds, sigmoid(3 * odds))
    found = fit_temperature(too_sure)
    assert found.temperature == pytest.approx(3, rel=0.1)
    better = Pairs(calibrated(found, too_sure.score), too_sure.fits, too_sure.unit)
    assert (ece(better).value or 1) < 0.02 < (ece(too_sure).value or 0)


def test_temperature_reads_scores_beyond_zero_and_one_as_odds() -> None:
    odds = np.random.default_rng(2).normal(0, 1.5, 20_000)
    found = fit_temperature(pairs(odds, 5 * odds))
    assert not found.from_odds
    assert found.temperature == pytest.approx(5, rel=0.1)


def test_temperature_keeps_the_order_of_scores() -> None:
    one = pairs(np.linspace(-3, 3, 50), np.linspace(0.05, 0.95, 50))
    assert (np.diff(calibrated(fit_temperature(one), one.score)) > 0).all()


def test_each_group_gets_its_own_temperature() -> None:
    rng = np.random.default_rng(3)
    odds = rng.normal(0, 1.5, 30_000)
    sure = np.repeat([1.0, 4.0], 15_000)
    groups = ("calm",) * 15_000 + ("sure",) * 15_000
    found = fit_temperature_by_group(pairs(odds, sigmoid(sure * odds)), groups)
    slopes = dict(found.by_group)
    assert 1 / slopes["calm"] == pytest.approx(1, rel=0.1)
    assert 1 / slopes["sure"] == pytest.approx(4, rel=0.1)
    two = calibrated(found, np.array([0.9, 0.9]), ("calm", "sure"))
    assert two[0] > two[1]


def test_a_small_or_unseen_group_takes_the_common_temperature() -> None:
    odds = np.random.default_rng(4).normal(0, 1.5, 500)
    groups = ("few",) * 10 + ("many",) * 490
    found = fit_temperature_by_group(pairs(odds, sigmoid(2 * odds)), groups)
    assert dict(found.by_group)["few"] == found.slope
    common = calibrated(fit_temperature(pairs(odds, sigmoid(2 * odds))), np.array([0.7]))
    assert calibrated(found, np.array([0.7]), ("unseen",)) == pytest.approx(common)


def test_platt_is_found_again_on_any_scale() -> None:
    cosine = np.random.default_rng(5).uniform(-0.2, 0.9, 20_000)
    found = fit_platt(pairs(8 * cosine - 4, cosine))
    assert found.slope == pytest.approx(8, rel=0.1)
    assert found.intercept == pytest.approx(-4, rel=0.1)
    probability = calibrated(found, cosine)
    fitted = Pairs(probability, pairs(8 * cosine - 4, cosine).fits, np.arange(len(cosine)))
    assert (ece(fitted).value or 1) < 0.02


def test_missing_scores_stay_missing() -> None:
    one = pairs(np.linspace(-2, 2, 40), np.linspace(0.1, 0.9, 40))
    assert np.isnan(calibrated(fit_temperature(one), np.array([0.5, np.nan]))).tolist() == [
        False,
        True,
    ]


def test_scores_of_another_scale_are_refused() -> None:
    found = fit_temperature(pairs(np.linspace(-2, 2, 40), np.linspace(0.1, 0.9, 40)))
    with pytest.raises(DataError, match="the same scale"):
        calibrated(found, np.array([0.5, 1.5]))


@pytest.mark.parametrize("kind", [0.0, 1.0])
def test_one_kind_of_pair_is_too_little(kind: float) -> None:
    one = Pairs(np.array([0.2, 0.4]), np.full(2, kind), np.arange(2))
    for work in (fit_temperature, fit_platt):
        with pytest.raises(DataError, match="pairs that fit and pairs that do not"):
            work(one)


def test_the_best_threshold_is_the_best_of_all() -> None:
    rng = np.random.default_rng(6)
    score, fits = rng.integers(0, 30, 200) / 30, rng.integers(0, 2, 200).astype(float)
    found = best_threshold(Pairs(score, fits, np.arange(200)))
    every = {cut: f1_score(fits, score >= cut) for cut in np.unique(score)}
    assert found.f1 == pytest.approx(max(every.values()))
    assert every[found.value] == pytest.approx(found.f1)


def test_a_penalty_on_the_gap_moves_the_threshold() -> None:
    """Group b scores lower and fits less often: the best F1 selects nearly a alone."""
    groups = ("a",) * 100 + ("b",) * 100
    score = np.concatenate((np.linspace(0.5, 1, 100), np.linspace(0, 0.6, 100)))
    fits = np.concatenate((np.ones(100), np.tile([1.0, 0, 0, 0], 25)))
    one = Pairs(score, fits, np.arange(200))
    free, bound = best_threshold(one, groups), best_threshold(one, groups, penalty=1.0)
    assert bound.gap < free.gap
    assert bound.f1 <= free.f1
    assert bound.f1 - bound.gap >= free.f1 - free.gap
    assert best_threshold(one).gap == 0


def test_no_fitting_pair_has_no_threshold() -> None:
    with pytest.raises(DataError, match="no pair fits"):
        best_threshold(Pairs(np.array([0.1]), np.zeros(1), np.zeros(1, np.int64)))


def test_reliability_bins() -> None:
    one = Pairs(np.array([0.05, 0.95, 0.93, 1.0]), np.array([0.0, 1, 0, 1]), np.arange(4))
    first, last = reliability(one)
    assert (first.low, first.high, first.n, first.fits.value) == (0.0, 0.1, 1, 0.0)
    assert last.n == 3
    assert last.mean_score == pytest.approx(0.96)
    assert last.fits.value == pytest.approx(2 / 3)
    assert last.fits.low is not None and last.fits.low > 0.2
    assert reliability(Pairs(np.array([2.0]), np.ones(1), np.zeros(1, np.int64))) == ()


def test_chance_alone_makes_a_calibration_error() -> None:
    rng = np.random.default_rng(7)
    score = rng.random(100)
    above = 0
    bound = ece_by_chance(Pairs(score, np.zeros(100), np.arange(100)))
    assert bound is not None and 0.05 < bound < 0.2
    for _ in range(2000):
        fits = (rng.random(100) < score).astype(float)
        above += (ece(Pairs(score, fits, np.arange(100))).value or 0) > bound
    assert above / 2000 <= 0.07
    assert ece_by_chance(Pairs(np.array([3.0]), np.ones(1), np.arange(1))) is None


def test_fitting_on_one_split_changes_all_scores() -> None:
    rng = np.random.default_rng(8)
    jobs, resumes = [f"j{i // 10}" for i in range(400)], [f"r{i}" for i in range(400)]
    odds = rng.normal(0, 1.5, 400)
    fits = rng.random(400) < sigmoid(odds)
    judged = [Judgment(j, r, float(y)) for j, r, y in zip(jobs, resumes, fits, strict=True)]
    scores = scores_of("model", jobs, resumes, sigmoid(4 * odds))
    found = fit(scores, judgments_of(judged[:200]), method="temperature")
    assert (found.scores.name, found.n) == ("model, temperature", 200)
    assert len(found.scores) == 400
    assert found.calibration is not None and found.calibration.temperature > 2
    assert 0 < found.threshold.value < 1
    plain = fit(scores, judgments_of(judged[:200]))
    assert (plain.scores, plain.calibration) == (scores, None)
    groups = {name: "even" if i % 2 else "odd" for i, name in enumerate(resumes)}
    by_group = fit(scores, judgments_of(judged), method="temperature", groups=groups)
    assert by_group.scores.name == "model, temperature by group"
    order = np.argsort(scores.resume)
    assert brier(Pairs(by_group.scores.score[order], fits[order] * 1.0, order)).value is not None


def test_fitting_needs_scores_on_the_split() -> None:
    scores = scores_of("model", ["j"], ["r"], np.array([0.5]))
    with pytest.raises(DataError, match="scores no pair of the split"):
        fit(scores, judgments_of([Judgment("x", "y", 1), Judgment("x", "z", 0)]))
