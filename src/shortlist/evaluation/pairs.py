"""Metrics over pairs of all jobs together: how well a score tells fitting pairs from others.

Intervals still take the query as the unit. ROC-AUC and PR-AUC are made linear in the queries'
weights by their influence functions: for ROC-AUC that is the clustered variance of Obuchowski
(1997, Biometrics 53, 567-578), which for one pair per query is DeLong's.
"""

from dataclasses import dataclass, replace

import numpy as np

from shortlist.evaluation.pool import Pool
from shortlist.evaluation.resampling import Function, Sample, not_estimated
from shortlist.evaluation.scores import FloatArray, IntArray

BINS = 10


@dataclass(frozen=True, slots=True)
class Pairs:
    """The scored pairs of a pool: `score`, 1.0 where it `fits`, and the unit it belongs to [n]."""

    score: FloatArray
    fits: FloatArray
    unit: IntArray
    note: str = ""

    def sums(self, *columns: FloatArray) -> FloatArray:
        """Return the sums of columns over each unit [units, columns]."""
        return np.column_stack([np.bincount(self.unit, column) for column in columns])


def pairs_of(pool: Pool, score: FloatArray, relevant: float = 1) -> Pairs:
    """Return the pairs that a system scored; they fit where the grade is at least `relevant`.

    The unit is the query. Where there is one query only, it is the pair, and the note says so.
    """
    scored = np.isfinite(score)
    fits = (pool.grade >= relevant).astype(float)[scored]
    queries, unit = np.unique(pool.query[scored], return_inverse=True)
    if len(queries) == 1:
        return Pairs(score[scored], fits, np.arange(len(fits)), "one query: interval by pair")
    return Pairs(score[scored], fits, unit)


def roc_auc(pairs: Pairs) -> Sample:
    """Return the chance that a fitting pair scores above another one, ties counting half."""
    positive, negative, lacking = _both_kinds(pairs)
    if lacking:
        return not_estimated(len(pairs.fits), lacking)
    wins = _below(positive, negative) / len(negative)
    losses = 1 - _below(negative, positive) / len(positive)
    value = float(wins.mean())
    influence = np.empty(len(pairs.fits))
    influence[pairs.fits == 1] = (wins - value) / len(positive)
    influence[pairs.fits == 0] = (losses - value) / len(negative)
    return _linear(pairs, value, influence)


def pr_auc(pairs: Pairs) -> Sample:
    """Return average precision over all pairs: the mean precision at each fitting pair's score."""
    positive, _, lacking = _both_kinds(pairs)
    if lacking:
        return not_estimated(len(pairs.fits), lacking)
    order = np.argsort(-pairs.score, kind="stable")
    score, fits = pairs.score[order], pairs.fits[order]
    last = np.searchsorted(-score, -score, side="right") - 1  # a tie is taken as a whole
    hits, seen = np.cumsum(fits)[last], last + 1.0
    value = float((fits * hits / seen).sum() / len(positive))
    # Weight on pair m moves the precision at each fitting pair i at or below it: 1/seen_i if m
    # fits, less hits_i/seen_i**2; and, if m fits, the mean itself towards m's own precision.
    first = np.searchsorted(-score, -score, side="left")
    gain = np.cumsum((fits / seen)[::-1])[::-1][first]
    loss = np.cumsum((fits * hits / seen**2)[::-1])[::-1][first]
    influence = np.empty(len(fits))
    influence[order] = (fits * (hits / seen - value + gain) - loss) / len(positive)
    return _linear(pairs, value, influence)


def accuracy(pairs: Pairs, threshold: float) -> Sample:
    """Return the share of pairs on the right side of the threshold."""
    return _at(pairs, threshold, lambda t: (t[..., 0] + t[..., 3]) / t.sum(axis=-1))


def precision(pairs: Pairs, threshold: float) -> Sample:
    """Return the share that fits among pairs at or above the threshold."""
    return _at(pairs, threshold, lambda t: t[..., 0] / (t[..., 0] + t[..., 1]))


def recall(pairs: Pairs, threshold: float) -> Sample:
    """Return the share of fitting pairs that is at or above the threshold."""
    return _at(pairs, threshold, lambda t: t[..., 0] / (t[..., 0] + t[..., 2]))


def f1(pairs: Pairs, threshold: float) -> Sample:
    """Return the harmonic mean of precision and recall."""
    return _at(pairs, threshold, lambda t: 2 * t[..., 0] / (2 * t[..., 0] + t[..., 1] + t[..., 2]))


def brier(pairs: Pairs) -> Sample:
    """Return the mean squared distance of score and outcome (Brier 1950). Lower is better."""
    if lacking := _no_probability(pairs):
        return not_estimated(len(pairs.fits), lacking)
    squares = (pairs.score - pairs.fits) ** 2
    parts = pairs.sums(squares, np.ones(len(squares)))
    return _sample(pairs, parts, lambda t: t[..., 0] / t[..., 1])


def ece(pairs: Pairs) -> Sample:
    """Return the expected calibration error over 10 bins of equal width. Lower is better.

    The mean over pairs of the distance between a bin's mean score and its share that fits (Naeini,
    Cooper & Hauskrecht 2015). Chance alone makes it larger than 0: the report shows how large.
    """
    if lacking := _no_probability(pairs):
        return not_estimated(len(pairs.fits), lacking)
    units = int(pairs.unit.max()) + 1
    key = pairs.unit * BINS + bin_of(pairs.score)
    apart = np.bincount(key, pairs.score - pairs.fits, units * BINS).reshape(units, BINS)
    parts = np.column_stack((apart, pairs.sums(np.ones(len(pairs.fits))))).astype(np.float64)
    sample = _sample(pairs, parts, lambda t: np.abs(t[..., :BINS]).sum(axis=-1) / t[..., BINS])
    return replace(sample, folded=True)


def bin_of(score: FloatArray) -> IntArray:
    """Return the bin of equal width that each score in [0, 1] falls in, from 0."""
    return np.minimum((score * BINS).astype(np.int64), BINS - 1)


def _both_kinds(pairs: Pairs) -> tuple[FloatArray, FloatArray, str]:
    positive, negative = (pairs.score[pairs.fits == kind] for kind in (1, 0))
    if len(positive) and len(negative):
        return positive, negative, ""
    return positive, negative, f"no pair {'fits' if len(negative) else 'fails to fit'}"


def _no_probability(pairs: Pairs) -> str:
    if not len(pairs.score):
        return "no scored pair"
    outside = pairs.score.min() < 0 or pairs.score.max() > 1
    return "scores outside [0, 1] are no probabilities: calibrate them first" if outside else ""


def _below(values: FloatArray, others: FloatArray) -> FloatArray:
    """How many of the others are below each value, those equal counting half."""
    ordered = np.sort(others)
    left, right = (np.searchsorted(ordered, values, side) for side in ("left", "right"))
    return (left + right) / 2


def _at(pairs: Pairs, threshold: float, of: Function) -> Sample:
    if not len(pairs.score):
        return not_estimated(0, "no scored pair")
    above, fits = (pairs.score >= threshold).astype(float), pairs.fits
    parts = pairs.sums(
        above * fits, above * (1 - fits), (1 - above) * fits, (1 - above) * (1 - fits)
    )
    return _sample(pairs, parts, of, "nothing to divide by at this threshold")


def _linear(pairs: Pairs, value: float, influence: FloatArray) -> Sample:
    return _sample(pairs, pairs.sums(influence), lambda t: value + t[..., 0])


def _sample(pairs: Pairs, parts: FloatArray, of: Function, otherwise: str = "") -> Sample:
    def quiet(totals: FloatArray) -> FloatArray:
        with np.errstate(invalid="ignore", divide="ignore"):
            return of(totals)

    n, units = len(pairs.fits), np.arange(len(parts))
    sample = Sample(parts, units, quiet, n, reason=pairs.note)
    return sample if sample.value is not None else not_estimated(n, otherwise)
