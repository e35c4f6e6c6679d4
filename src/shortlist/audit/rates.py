"""Rates of groups with intervals that know who was scored more than once.

A rate here is a weighted mean of values in [0, 1] over the rows of a group: the share selected, the
share selected among those who fit, the mean exposure. Rows of one resume, and rows of one job, are
not independent; the covariance of the rates therefore sums over resumes and over jobs (two-way
clusters: Cameron, Gelbach & Miller 2011, JBES 29, 238-249) and is never taken to be smaller than
that of independent rows. From it follows an effective count for the score interval of each rate
(Korn & Graubard 1998, Survey Methodology 24, 193-201). Differences and ratios combine the
intervals of their two rates (MOVER: Zou & Donner 2008, Statistics in Medicine 27, 1693-1702),
ratios on the log scale. Comparisons hold for all pairs of groups at once (Tukey & Kramer).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from shortlist.evaluation.intervals import Bounds, wilson
from shortlist.records import Estimate

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

FEWEST_JOBS = 20
"""With fewer jobs than this, jobs are taken as given: intervals then speak of other people, not of
other jobs. A variance over a handful of jobs would be a guess."""


SURELY = 1 + 1e-9

_FREEDOM = np.array([*range(1, 11), 12, 14, 16, 18, 20, 25, 30, 40, 60, 120, np.inf])
"""Degrees of freedom are rounded down to these, as in a printed table: each costs an integral."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """The group, the resume and the job of each row, as codes from 0.

    Every row of a resume is of the same group.
    """

    groups: IntArray
    resumes: IntArray
    jobs: IntArray
    group_count: int
    resume_count: int
    job_count: int


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of k groups: `value` is 0 where a group has no weight.

    `n` [k] is the weight that each rate rests on, `effective` [k] the count of independent rows
    that would be as precise, `variance` [k] that of each rate, `apart` [k, k] that of each
    difference of two rates; `freedom` [k] and `freedom_apart` [k, k] are the degrees of freedom of
    the two, infinite where rows are as good as independent.
    """

    value: FloatArray
    n: FloatArray
    effective: FloatArray
    variance: FloatArray
    apart: FloatArray
    freedom: FloatArray
    freedom_apart: FloatArray

    def bounds(self, critical: FloatArray | float) -> Bounds:
        """Return the score interval of each rate at a critical value."""
        return wilson(self.value, np.maximum(self.effective, 1e-9), critical)

    def estimate(self, group: int, confidence: float = 0.95) -> Estimate:
        """Return one rate with its interval."""
        low, high = self.bounds(_critical(2, self.freedom, confidence))
        return found(self.value[group], low[group], high[group], self.n[group])


def rates(values: FloatArray, weights: FloatArray, clusters: Clusters) -> Rates:
    """Return the weighted mean of values per group with its covariance.

    Args:
        values: in [0, 1], one per row.
        weights: in [0, 1], one per row; 0 leaves a row out.
        clusters: the group, the resume and the job of each row.
    """
    k, codes = clusters.group_count, clusters.groups
    n = totals(codes, weights, k)
    safe = np.maximum(n, 1e-12)
    value = totals(codes, weights * values, k) / safe
    influence = weights * (values - value[codes]) / safe[codes]
    single = totals(codes, influence**2, k)
    by_resume, people = _over_resumes(influence, weights, clusters)
    covariance = np.diag(by_resume)
    freedom = np.where(by_resume > single * SURELY, people, np.inf)
    if clusters.job_count >= FEWEST_JOBS:
        sums = totals(clusters.jobs * k + codes, influence, clusters.job_count * k)
        table = sums.reshape(-1, k)
        covariance = covariance - np.diag(single) + table.T @ table
        freedom = np.minimum(freedom, clusters.job_count - 1.0)
    spread, alone = np.diag(covariance), np.add.outer(single, single)
    apart = np.add.outer(spread, spread) - 2 * covariance
    variance = np.maximum(spread, single)
    return Rates(
        value=value,
        n=n,
        effective=_effective(value, n, single, variance),
        variance=variance,
        apart=np.maximum(apart, alone),
        freedom=np.where(spread > single * SURELY, freedom, np.inf),
        freedom_apart=np.where(apart > alone * SURELY, _welch(spread, freedom), np.inf),
    )


def totals(codes: IntArray, weights: FloatArray, count: int) -> FloatArray:
    """Return the sum of the weights of each code from 0 to `count`, excluded."""
    return np.bincount(codes, weights, count).astype(np.float64, copy=False)


def gap(
    rates: Rates,
    compared: IntArray,
    *,
    confidence: float = 0.95,
    scale: FloatArray | None = None,
) -> Estimate:
    """Return the largest rate less the smallest, over the compared groups (at least two).

    Its interval holds all differences of two groups at once, so that picking the largest is
    allowed for: it reaches 0 whenever no pair is told apart.

    Args:
        rates: the rates of all groups.
        compared: positions of the groups to compare.
        confidence: how often the interval should hold the true gap.
        scale: [k], positive: compare the rates times these; by default as they are.
    """
    pairs = _Pairs.of(rates, compared, confidence)
    factor = np.ones(len(compared)) if scale is None else scale[compared]
    mine, theirs = factor[:, None], factor[None, :]
    a, b = pairs.left * mine, pairs.right * theirs
    up = pairs.hypotenuse(pairs.high.left * mine - a, b - pairs.low.right * theirs)
    most = float((a - b + up).max())
    down = pairs.hypotenuse(a - pairs.low.left * mine, pairs.high.right * theirs - b)
    least = max(float((a - b - down).max()), 0.0)
    value = rates.value[compared] * factor
    return found(value.max() - value.min(), least, most, rates.n[compared].sum())


def ratios(rates: Rates, compared: IntArray, confidence: float = 0.95) -> Bounds:
    """Return bounds [c, c] of rate a over rate b, for all pairs of the compared groups at once.

    A rate of 0 gets half an event for the width of its interval, as logarithms have no 0; its own
    lower bound stays 0.
    """
    pairs = _Pairs.of(rates, compared, confidence)
    half = 0.5 / np.maximum(rates.effective[compared], 1.0)
    floor = np.maximum(rates.value[compared], np.minimum(half, 0.5))
    a, b = np.meshgrid(floor, floor, indexing="ij")
    low_a, low_b = np.minimum(pairs.low.left, a), np.minimum(pairs.low.right, b)
    high_a, high_b = np.maximum(pairs.high.left, a), np.maximum(pairs.high.right, b)
    with np.errstate(divide="ignore"):
        down = pairs.hypotenuse(np.log(a / low_a), np.log(high_b / b))
        up = pairs.hypotenuse(np.log(high_a / a), np.log(b / low_b))
    low = np.where(pairs.left > 0, a / b * np.exp(-down), 0.0)
    return Bounds(low, np.where(pairs.right > 0, a / b * np.exp(up), np.inf))


def impact_ratios(rates: Rates, compared: IntArray, confidence: float = 0.95) -> list[Estimate]:
    """Return each compared group's rate over the highest rate, which is 1 for one group.

    The interval allows for not knowing which group's rate is truly the highest. Groups with rate
    0 have ratio 0; where nobody is selected there is no ratio.
    """
    value, n = rates.value[compared], rates.n[compared]
    if value.max() <= 0:
        return [missing(round(m), "nobody was selected in any group") for m in n]
    low, high = ratios(rates, compared, confidence)
    others = ~np.eye(len(compared), dtype=bool)
    least = np.where(others, low, 1.0).min(axis=1)
    most = np.where(others, high, 1.0).min(axis=1)
    share = value / value.max()
    return [found(*four) for four in zip(share, least, most, n, strict=True)]


def smallest_ratio(rates: Rates, compared: IntArray, confidence: float = 0.95) -> Estimate:
    """Return the smallest rate over the largest; groups with rate 0 count (the ratio is then 0)."""
    each = impact_ratios(rates, compared, confidence)
    least = min(each, key=lambda e: np.inf if e.value is None else e.value)
    if least.value is None:
        return least
    low = min(e.low for e in each if e.low is not None)
    high = min(e.high for e in each if e.high is not None)
    return found(least.value, low, high, rates.n[compared].sum())


def scaled(estimate: Estimate, factor: float, shift: float = 0.0) -> Estimate:
    """Return an estimate times a positive factor plus a shift, its interval likewise."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return estimate
    low, high = factor * estimate.low + shift, factor * estimate.high + shift
    return Estimate(factor * estimate.value + shift, low, high, estimate.n, estimate.reason)


def found(value: float, low: float, high: float, n: float, reason: str = "") -> Estimate:
    """Return an estimate; the interval is widened to hold its value where rounding left it out."""
    value = float(value)
    return Estimate(value, min(float(low), value), max(float(high), value), round(n), reason)


def missing(n: int, reason: str) -> Estimate:
    """Return an estimate that could not be made, with the reason."""
    return Estimate(None, None, None, n, reason)


@dataclass(frozen=True, slots=True)
class _Side:
    left: FloatArray
    right: FloatArray


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The rates of all pairs as [c, c] tables, with bounds and with their correlation."""

    left: FloatArray
    right: FloatArray
    low: _Side
    high: _Side
    correlation: FloatArray

    @classmethod
    def of(cls, rates: Rates, compared: IntArray, confidence: float) -> "_Pairs":
        pairs = np.ix_(compared, compared)
        critical = _critical(len(compared), rates.freedom_apart[pairs], confidence)
        value = rates.value[compared]
        left, right = np.meshgrid(value, value, indexing="ij")
        effective = np.maximum(rates.effective[compared], 1e-9)
        mine = wilson(left, effective[:, None], critical)
        theirs = wilson(right, effective[None, :], critical)
        return cls(
            left,
            right,
            _Side(mine.low, theirs.low),
            _Side(mine.high, theirs.high),
            _correlation(rates.variance[compared], rates.apart[pairs]),
        )

    def hypotenuse(self, one: FloatArray, other: FloatArray) -> FloatArray:
        """Return the distance that two distances make together, given the correlation."""
        with np.errstate(invalid="ignore"):
            square = one**2 + other**2 - 2 * self.correlation * one * other
        return np.sqrt(np.maximum(np.nan_to_num(square, nan=np.inf), 0.0))


def _correlation(variance: FloatArray, apart: FloatArray) -> FloatArray:
    """Return the correlation of each pair of rates; 0 where a rate has no spread."""
    shared = np.add.outer(variance, variance) - apart
    scale = 2 * np.sqrt(np.outer(variance, variance))
    divided = np.divide(shared, scale, out=np.zeros_like(shared), where=scale > 0)
    clipped: FloatArray = np.clip(divided, -1.0, 1.0)
    return clipped


def _over_resumes(
    influence: FloatArray, weights: FloatArray, clusters: Clusters
) -> tuple[FloatArray, FloatArray]:
    """Variance of each rate over resumes, and its degrees of freedom.

    These are one less than the resumes that carry weight, or fewer where a few of them carry most
    of the variance, as with attention, of which the best get nearly all: 2 V**2 over the variance
    of the estimated V (Satterthwaite 1946, Biometrics Bulletin 2, 110-114).
    """
    sums = totals(clusters.resumes, influence, clusters.resume_count)
    group = np.zeros(clusters.resume_count, np.int64)
    group[clusters.resumes] = clusters.groups
    carries = totals(clusters.resumes, weights, clusters.resume_count) > 0
    k = clusters.group_count
    variance, fourth = totals(group, sums**2, k), totals(group, sums**4, k)
    members = np.maximum(totals(group, carries.astype(float), k), 1.0)
    excess = np.maximum(fourth - variance**2 / members, 1e-300)
    return variance, np.clip(2 * variance**2 / excess, 1.0, np.maximum(members - 1, 1.0))


def _welch(variance: FloatArray, freedom: FloatArray) -> FloatArray:
    """Return the degrees of freedom [k, k] of each difference of two rates (Welch 1947)."""
    total = np.add.outer(variance, variance) ** 2
    each = variance**2 / freedom
    freedom_apart: FloatArray = np.maximum(
        total / np.maximum(np.add.outer(each, each), 1e-300), 1.0
    )
    return freedom_apart


def _effective(
    value: FloatArray, n: FloatArray, single: FloatArray, variance: FloatArray
) -> FloatArray:
    """Counts of independent yes-or-no rows that would give rates of this precision.

    A rate of 0 or 1 has no spread of its own and borrows the design effect of all groups.
    """
    weight = n**2 / max(float((n**2).sum()), 1e-12)
    pooled = (weight * variance).sum() / max(float((weight * single).sum()), 1e-300)
    own = value * (1 - value) / np.where(variance > 0, variance, 1.0)
    return np.where(variance > 0, own, n / max(float(pooled), 1.0))


def _critical(groups: int, freedom: FloatArray, confidence: float) -> FloatArray:
    tabled = _FREEDOM[np.searchsorted(_FREEDOM, freedom, side="right") - 1]
    each = [_studentized(groups, float(f), confidence) for f in tabled.flat]
    return np.array(each).reshape(freedom.shape)


@lru_cache(maxsize=4096)
def _studentized(groups: int, freedom: float, confidence: float) -> float:
    """The studentized range over sqrt(2): for two groups the t, or the normal, quantile."""
    from scipy.stats import studentized_range, t

    if groups <= 2:
        return float(t.ppf(0.5 + confidence / 2, freedom))
    return float(studentized_range.ppf(confidence, groups, freedom)) / float(np.sqrt(2))
