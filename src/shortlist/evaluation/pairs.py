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
    if lacking := _one_kind(pairs):
        return not_estimated(len(pairs.fits), lacking)
    tied = _tied(pairs)
    fits, others = tied.fits, 1 - tied.fits
    positive, negative = fits.sum(), others.sum()
    above, beside = tied.first, tied.last - tied.first  # rows above the tie, and in it
    fits_above, fits_tied = tied.hits[tied.first], tied.hits[tied.last] - tied.hits[tied.first]
    others_above, others_tied = above - fits_above, beside - fits_tied
    # The share of others that a fitting pair beats; the share of fitting ones that beat another.
    beats = (negative - others_above - others_tied / 2) / negative
    beaten = (fits_above + fits_tied / 2) / positive
    value = float((fits * beats).sum() / positive)
    influence = fits * (beats - value) / positive + others * (beaten - value) / negative
    return _linear(pairs, value, tied.in_order(influence))


def pr_auc(pairs: Pairs) -> Sample:
    """Return average precision over all pairs: the mean precision at each fitting pair's score."""
    if lacking := _one_kind(pairs):
        return not_estimated(len(pairs.fits), lacking)
    tied = _tied(pairs)
    hits, seen = tied.hits[tied.last], tied.last  # down to the end of the tie
    positive, precision = tied.fits.sum(), hits / seen
    value = float((tied.fits * precision).sum() / positive)
    # Weight on pair m moves the precision at each fitting pair i at or below it: 1/seen_i if m
    # fits, less hits_i/seen_i**2; and, if m fits, the mean itself towards m's own precision.
    gain, loss = (
        _from(tied.fits / seen, tied.first),
        _from(tied.fits * precision / seen, tied.first),
    )
    influence = (tied.fits * (precision - value + gain) - loss) / positive
    return _linear(pairs, value, tied.in_order(influence))


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


@dataclass(frozen=True, slots=True)
class _Tied:
    """Pairs from the highest score to the lowest; rows `first` to `last` have one score [n]."""

    order: IntArray
    fits: FloatArray
    first: IntArray
    last: IntArray
    hits: FloatArray
    """How many pairs fit among the first 0, 1, ..., n."""

    def in_order(self, values: FloatArray) -> FloatArray:
        """Return values of these rows in the order the pairs came in."""
        out = np.empty(len(values))
        out[self.order] = values
        return out


def _tied(pairs: Pairs) -> _Tied:
    order = np.argsort(-pairs.score, kind="stable")
    score, fits = pairs.score[order], pairs.fits[order]
    starts = np.concatenate(([0], np.flatnonzero(score[1:] != score[:-1]) + 1))
    sizes = np.diff(np.append(starts, len(score)))
    first = np.repeat(starts, sizes)
    last = np.repeat(starts + sizes, sizes)
    return _Tied(order, fits, first, last, np.concatenate(([0.0], np.cumsum(fits))))


def _from(values: FloatArray, first: IntArray) -> FloatArray:
    """Return the sum of values from row `first` to the end."""
    return np.asarray(np.cumsum(values[::-1])[::-1][first])


def _one_kind(pairs: Pairs) -> str:
    fitting = pairs.fits.sum()
    if not fitting:
        return "no pair fits"
    return "no pair fails to fit" if fitting == len(pairs.fits) else ""


def _no_probability(pairs: Pairs) -> str:
    if not len(pairs.score):
        return "no scored pair"
    outside = pairs.score.min() < 0 or pairs.score.max() > 1
    return "scores outside [0, 1] are no probabilities: calibrate them first" if outside else ""


def _at(pairs: Pairs, threshold: float, of: Function) -> Sample:
    if not len(pairs.score):
        return not_estimated(0, "no scored pair")
    above, fits = (pairs.score >= threshold).astype(float), pairs.fits
    parts = pairs.sums(
        above * fits, above * (1 - fits), (1 - above) * fits, (1 - above) * (1 - fits)
    )
    return _sample(pairs, parts, of, "nothing to divide by at this threshold")


def _linear(pairs: Pairs, value: float, influence: FloatArray) -> Sample:
    """Return a metric as a sum over units: each gives its influence and an equal share.

    The influence is that of leaving the unit out, which is larger than that of a little less of it.
    Rounding takes away what adding up such shares leaves at the thirteenth digit.
    """
    parts = pairs.sums(influence)
    units = len(parts)
    parts = parts * np.sqrt(units / max(units - 1, 1)) + value / units
    return _sample(pairs, parts, lambda t: np.round(t[..., 0], 12))


def _sample(pairs: Pairs, parts: FloatArray, of: Function, otherwise: str = "") -> Sample:
    def quiet(totals: FloatArray) -> FloatArray:
        with np.errstate(invalid="ignore", divide="ignore"):
            return of(totals)

    n, units = len(pairs.fits), np.arange(len(parts))
    sample = Sample(parts, units, quiet, n, reason=pairs.note)
    return sample if sample.value is not None else not_estimated(n, otherwise)
