"""Turns scores into probabilities, chooses a threshold, and shows how far a score can be believed.

Whatever is fitted here is fitted on one split and reported on another.
"""

from dataclasses import dataclass

import numpy as np

from shortlist.errors import DataError
from shortlist.evaluation.intervals import wilson
from shortlist.evaluation.pairs import BINS, Pairs, bin_of
from shortlist.evaluation.scores import FloatArray, IntArray
from shortlist.records import Estimate

FEWEST = 30
"""A group with fewer pairs to fit on, or with only one kind of pair, takes what all pairs give."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Probability = sigmoid(slope * z + intercept).

    z is the log-odds of a score where all fitted scores lay in [0, 1], else the score itself. With
    `by_group`, the pairs of a group have a slope of their own.
    """

    method: str
    slope: float
    intercept: float
    from_odds: bool
    by_group: tuple[tuple[str, float], ...] = ()

    @property
    def temperature(self) -> float:
        """What the log-odds are divided by: above 1 where scores were too sure."""
        return 1.0 / self.slope


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs whose score lies in [low, high): the mean score, and the share of them that fits."""

    low: float
    high: float
    n: int
    mean_score: float
    fits: Estimate


@dataclass(frozen=True, slots=True)
class Threshold:
    """Where to cut, and what it was chosen for: `f1` less `penalty` times `gap`."""

    value: float
    f1: float
    gap: float
    """The largest selection rate of a group less the smallest; 0 without groups."""
    penalty: float


def fit_temperature(pairs: Pairs) -> Calibration:
    """Return the temperature that makes the outcomes most likely (Guo et al. 2017, ICML).

    Raises:
        DataError: no pair fits, or all do.
    """
    z, from_odds = _z(pairs)
    return Calibration("temperature", _slope(z, pairs.fits), 0.0, from_odds)


def fit_temperature_by_group(pairs: Pairs, groups: tuple[str, ...]) -> Calibration:
    """Return a temperature for each group, for scores that are too sure of some groups only.

    Args:
        pairs: scored pairs with outcomes.
        groups: the group of each pair.

    Raises:
        DataError: no pair fits, or all do.
    """
    whole = fit_temperature(pairs)
    z, _ = _z(pairs)
    label = np.array(groups)
    slopes = []
    for group in sorted(set(groups)):
        inside = label == group
        fits = pairs.fits[inside]
        enough = inside.sum() >= FEWEST and 0 < fits.sum() < len(fits)
        slopes.append((group, _slope(z[inside], fits) if enough else whole.slope))
    return Calibration("temperature by group", whole.slope, 0.0, whole.from_odds, tuple(slopes))


def fit_platt(pairs: Pairs) -> Calibration:
    """Return the sigmoid of Platt (1999), with his targets for small samples.

    Raises:
        DataError: no pair fits, or all do.
    """
    from scipy.optimize import minimize

    z, from_odds = _z(pairs)
    positive, n = pairs.fits.sum(), len(pairs.fits)
    target = np.where(pairs.fits == 1, (positive + 1) / (positive + 2), 1 / (n - positive + 2))
    middle, spread = float(z.mean()), float(z.std()) or 1.0
    unit = (z - middle) / spread  # so that LBFGS steps suit any scale

    def loss(x: FloatArray) -> tuple[float, FloatArray]:
        logits = x[0] * unit + x[1]
        off = _sigmoid(logits) - target
        value = np.logaddexp(0, logits) - target * logits
        return float(value.mean()), np.array([(off * unit).mean(), off.mean()])

    a, b = minimize(loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B").x
    return Calibration("platt", float(a / spread), float(b - a * middle / spread), from_odds)


def calibrated(
    calibration: Calibration, score: FloatArray, groups: tuple[str, ...] = ()
) -> FloatArray:
    """Return probabilities for scores [n]; NaN stays NaN.

    Args:
        calibration: what was fitted.
        score: scores on the same scale as those it was fitted on.
        groups: each score's group, where it was fitted by group.

    Raises:
        DataError: it was fitted on scores in [0, 1] and one lies outside.
    """
    if calibration.from_odds and (np.nanmin(score) < 0 or np.nanmax(score) > 1):
        raise DataError("calibrated on scores in [0, 1], and one lies outside: use the same scale")
    z = _odds(score) if calibration.from_odds else score
    slope: FloatArray | float = calibration.slope
    if calibration.by_group:
        of_group = dict(calibration.by_group)
        slope = np.array([of_group.get(group, calibration.slope) for group in groups])
    return _sigmoid(slope * z + calibration.intercept)


def best_threshold(
    pairs: Pairs, groups: tuple[str, ...] = (), *, penalty: float = 0.0
) -> Threshold:
    """Return the score to cut at: it maximises F1 less `penalty` times the gap between groups.

    The gap is the largest share of a group at or above the cut, less the smallest, over groups of
    at least `FEWEST` pairs. Of equally good cuts the highest is taken.

    Args:
        pairs: scored pairs with outcomes.
        groups: the group of each pair; empty for no gap.
        penalty: how much F1 a gap of 1 is worth, at least 0.

    Raises:
        DataError: no pair fits.
    """
    if not pairs.fits.any():
        raise DataError("no pair fits: a threshold cannot be chosen")
    order = np.argsort(-pairs.score, kind="stable")
    score, fits = pairs.score[order], pairs.fits[order]
    cut = np.append(score[1:] != score[:-1], True)  # after the last of equal scores
    selected = np.arange(1.0, len(score) + 1)
    f1 = 2 * np.cumsum(fits) / (selected + fits.sum())
    gap = _gaps(order, groups)
    worth = np.where(cut, f1 - penalty * gap, -np.inf)
    best = int(worth.argmax())
    return Threshold(float(score[best]), float(f1[best]), float(gap[best]), penalty)


def reliability(pairs: Pairs) -> tuple[Bin, ...]:
    """Return the bins of a reliability diagram, leaving out empty ones; none for other scales."""
    if not len(pairs.score) or pairs.score.min() < 0 or pairs.score.max() > 1:
        return ()
    which = bin_of(pairs.score)
    n, score, fits = (
        np.bincount(which, weights, BINS) for weights in (None, pairs.score, pairs.fits)
    )
    return tuple(_bin(i, int(n[i]), score[i], fits[i]) for i in range(BINS) if n[i])


def ece_by_chance(pairs: Pairs, seed: int = 0) -> float | None:
    """Return the ECE that perfectly calibrated scores would stay below 95 times in 100.

    Outcomes are drawn with the scores as their chances, each pair by itself.
    """
    if not len(pairs.score) or pairs.score.min() < 0 or pairs.score.max() > 1:
        return None
    spread = np.sqrt(np.bincount(bin_of(pairs.score), pairs.score * (1 - pairs.score), BINS))
    noise = np.abs(np.random.default_rng(seed).normal(size=(2000, BINS)) * spread).sum(axis=1)
    return float(np.quantile(noise, 0.95) / len(pairs.score))


def _bin(i: int, n: int, score: float, fits: float) -> Bin:
    low, high = wilson(fits / n, n)
    share = Estimate(fits / n, float(low), float(high), n)
    return Bin(i / BINS, (i + 1) / BINS, n, score / n, share)


def _gaps(order: IntArray, groups: tuple[str, ...]) -> FloatArray:
    """The gap between groups when the first 1, 2, ... pairs in order are selected."""
    label = np.array(groups)[order] if groups else np.zeros(0)
    names, sizes = np.unique(label, return_counts=True)
    compared = names[sizes >= FEWEST]
    if len(compared) < 2:
        return np.zeros(len(order))
    rates = [np.cumsum(label == name) / (label == name).sum() for name in compared]
    return np.asarray(np.ptp(rates, axis=0))


def _z(pairs: Pairs) -> tuple[FloatArray, bool]:
    if not 0 < pairs.fits.sum() < len(pairs.fits):
        raise DataError(
            "calibration needs pairs that fit and pairs that do not: use a larger split"
        )
    from_odds = bool(pairs.score.min() >= 0 and pairs.score.max() <= 1)
    return (_odds(pairs.score) if from_odds else pairs.score), from_odds


def _slope(z: FloatArray, fits: FloatArray) -> float:
    from scipy.optimize import minimize

    def loss(x: FloatArray) -> tuple[float, FloatArray]:
        slope = np.exp(x[0])
        off = _sigmoid(slope * z) - fits
        value = np.logaddexp(0, slope * z) - fits * slope * z
        return float(value.mean()), np.array([(off * z).mean() * slope])

    start = -np.log(max(float(np.abs(z).mean()), 1e-9))
    found = minimize(loss, np.array([start]), jac=True, method="L-BFGS-B", bounds=[(-12, 12)])
    return float(np.exp(found.x[0]))


def _odds(score: FloatArray) -> FloatArray:
    inside = np.clip(score, 1e-6, 1 - 1e-6)
    return np.log(inside / (1 - inside))


def _sigmoid(z: FloatArray) -> FloatArray:
    from scipy.special import expit

    return np.asarray(expit(z))
