"""Whether a score means the same for every group.

The expected calibration error of a group is the mean, over ten equal bins of the score, of how far
the share that fits is from the mean score, weighted by the bins' rows (Naeini et al. 2015, AAAI;
Guo et al. 2017, ICML). It is above 0 by chance alone, the more so the smaller the group. Intervals
therefore hold the errors that would make the observed one unsurprising: the gaps of the bins are
shrunk and stretched, and each size whose draws have the observed error in their middle is kept
(a test turned round; the interval reaches 0 where a calibrated group could show as much).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shortlist.audit.case import Case, measure, too_few
from shortlist.audit.grouping import FEWEST, Grouped
from shortlist.audit.parity import NOT_JUDGED
from shortlist.audit.rates import FEWEST_JOBS, FloatArray, IntArray, found, missing, totals
from shortlist.records import Estimate, Measure

BINS = 10
DRAWS = 2000
SIZES = np.linspace(0.0, 2.0, 41)


@dataclass(frozen=True, slots=True)
class Reliability:
    """Of the rows of a group with scores in one bin: mean score, share that fits, and count."""

    attribute: str
    group: str
    score: float
    share: float
    n: int


@dataclass(frozen=True, slots=True)
class _Judged:
    """The judged rows: their bin and by how much their score exceeds their label."""

    rows: IntArray
    bin: IntArray
    excess: FloatArray


def calibration_measures(case: Case, grouped: Grouped) -> list[Measure]:
    """Return `expected_calibration_error` of each group and `calibration_disparity` over them.

    The disparity is the largest error less the smallest. Scores outside [0, 1] cannot be read as
    shares and are not estimated.
    """
    k = len(grouped.names)
    reason = _unreadable(case)
    if reason:
        none = missing(0, reason)
        each = [measure("expected_calibration_error", grouped, g, none) for g in range(k)]
        return [*each, measure("calibration_disparity", grouped, None, none)]
    judged = _judged(case)
    counts = np.bincount(grouped.code[judged.rows], minlength=k)
    least = min(case.min_n, FEWEST)
    confidences = (0.95, 1 - 0.05 / max(len(grouped.compared), 1))
    errors, together = [], []
    for group, (unfit, n) in enumerate(zip(grouped.unfit, counts, strict=True)):
        if unfit or n < least:
            errors.append(missing(int(n), unfit or f"{n} judged rows of the group: too few"))
            continue
        mine = np.flatnonzero(grouped.code[judged.rows] == group)
        alone, with_others = _errors(case, judged, mine, confidences)
        errors.append(alone)
        if group in grouped.compared:
            together.append(with_others)
    result = [
        measure("expected_calibration_error", grouped, group, error)
        for group, error in enumerate(errors)
    ]
    few = too_few(grouped, len(together))
    disparity = _disparity(together) if len(together) > 1 else few
    return [*result, measure("calibration_disparity", grouped, None, disparity)]


def reliability(case: Case, grouped: Grouped) -> list[Reliability]:
    """Return the bins of the groups that are estimated; empty where labels or shares lack."""
    if _unreadable(case):
        return []
    judged = _judged(case)
    score, fits = case.scores.score[judged.rows], case.fits[judged.rows]
    place = grouped.code[judged.rows] * BINS + judged.bin
    size = len(grouped.names) * BINS
    count = np.bincount(place, minlength=size)
    mean, share = totals(place, score, size), totals(place, fits, size)
    return [
        Reliability(
            grouped.attribute,
            grouped.names[at // BINS],
            float(mean[at] / count[at]),
            float(share[at] / count[at]),
            int(count[at]),
        )
        for at in np.flatnonzero(count)
        if not grouped.unfit[at // BINS]
    ]


def _unreadable(case: Case) -> str:
    if not case.judged:
        return NOT_JUDGED
    score = case.scores.score
    if score.min(initial=0.0) < 0 or score.max(initial=0.0) > 1:
        return "scores outside [0, 1] are no shares: calibrate them first"
    return ""


def _judged(case: Case) -> _Judged:
    rows = np.flatnonzero(np.isfinite(case.fits))
    score = case.scores.score[rows]
    bins = np.minimum((score * BINS).astype(np.int64), BINS - 1)
    return _Judged(rows, bins, score - case.fits[rows])


def _errors(
    case: Case, judged: _Judged, mine: IntArray, confidences: Sequence[float]
) -> list[Estimate]:
    """The calibration error of the judged rows at the positions `mine`, at each confidence."""
    mean = totals(judged.bin[mine], judged.excess[mine], BINS) / len(mine)
    noise = _noise(_covariance(case, judged, mine, mean), case.seed)
    observed = float(np.abs(mean).sum())
    drawn = np.sort([np.abs(size * mean + noise).sum(axis=1) for size in SIZES], axis=1)
    return [_interval(observed, drawn, confidence, len(mine)) for confidence in confidences]


def _interval(observed: float, drawn: FloatArray, confidence: float, n: int) -> Estimate:
    """The sizes whose draws [sizes, draws], sorted, have the observed error in their middle."""
    tail = int((1 - confidence) / 2 * DRAWS)
    lowest = np.maximum.accumulate(drawn[:, tail])
    highest = np.maximum.accumulate(drawn[:, -1 - tail])
    low = float(np.interp(observed, highest, SIZES)) if observed > highest[0] else 0.0
    high = float(np.interp(observed, lowest, SIZES)) if observed > lowest[0] else 0.0
    return found(observed, low * observed, min(high * observed, 1.0), n)


def _covariance(case: Case, judged: _Judged, mine: IntArray, mean: FloatArray) -> FloatArray:
    """The covariance of the bins' gaps over rows, or over resumes and jobs where that is more."""
    rows, bins, excess = judged.rows[mine], judged.bin[mine], judged.excess[mine]
    jobs = case.scores.job[rows]
    square = np.diag(totals(bins, excess**2, BINS)) / len(rows)
    single: FloatArray = (square - np.outer(mean, mean)) / len(rows)
    both = _crossed(case.scores.resume[rows], bins, excess, mean)
    if len(np.unique(jobs)) >= FEWEST_JOBS:
        both = both + _crossed(jobs, bins, excess, mean) - single
    return both if np.trace(both) > np.trace(single) else single


def _crossed(
    clusters: IntArray, bins: IntArray, excess: FloatArray, mean: FloatArray
) -> FloatArray:
    ids, place = np.unique(clusters, return_inverse=True)
    sums = totals(place * BINS + bins, excess, len(ids) * BINS).reshape(-1, BINS)
    sums -= np.bincount(place)[:, None] * mean
    crossed: FloatArray = sums.T @ sums / len(bins) ** 2
    return crossed


def _noise(covariance: FloatArray, seed: int) -> FloatArray:
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    noise: FloatArray = np.random.default_rng(seed).standard_normal((DRAWS, BINS)) @ root.T
    return noise


def _disparity(errors: Sequence[Estimate]) -> Estimate:
    """The largest error less the smallest; its bounds hold for all groups at once."""
    values, lows, highs = (
        [end for end in ends if end is not None]
        for ends in zip(*((e.value, e.low, e.high) for e in errors), strict=True)
    )
    least, most = max(max(lows) - min(highs), 0.0), max(highs) - min(lows)
    return found(max(values) - min(values), least, most, sum(e.n for e in errors))
