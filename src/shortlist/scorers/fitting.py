"""Fits the weights of a blend: a regression on signals with weights of at least 0 that sum to 1.

What is predicted is which of two resumes for one job has the better grade, by a logistic
regression on how far their signals are apart (the linear case of Burges et al. 2005, RankNet):
only the order within a job matters. Every job counts alike. Coefficients are kept at 0 or above,
and divided by their sum: a common factor changes no order. Weights are reported with the interval
of a bootstrap over jobs, and the order with that of jobs left out of the fit (five folds).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from shortlist.errors import DataError
from shortlist.evaluation.resampling import estimate, mean_of
from shortlist.evaluation.scores import FloatArray, IntArray
from shortlist.records import Estimate

DRAWS = 200
PAIRS_PER_JOB = 100
"""Pairs of resumes that are drawn where a job has more."""
FOLDS = 5
RIDGE = 1e-5
"""Keeps coefficients finite where signals order everything right."""
WEIGHT_DIGITS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Judged pairs, one a row.

    `values` [n, signals] is NaN for a signal that could not be computed; `job` [n] numbers jobs
    from 0; `grade` [n].
    """

    signals: tuple[str, ...]
    values: FloatArray
    job: IntArray
    grade: FloatArray


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights by signal, their intervals, and how well they order jobs that were left out."""

    weights: Mapping[str, float]
    intervals: Mapping[str, Estimate]
    in_order: Mapping[str, Estimate]
    jobs: int


@dataclass(frozen=True, slots=True, eq=False)
class _Gaps:
    """How far the better resume of a pair is above the other: [pairs, signals], and its job."""

    above: FloatArray
    job: IntArray
    share: FloatArray
    """[pairs]: one over the number of pairs of the job."""


def fit_weights(pairs: Pairs, rivals: Mapping[str, FloatArray], seed: int = 0) -> Fitted:
    """Return the weights that order resumes best.

    Args:
        pairs: what to fit on.
        rivals: scores [n] of the same pairs that the order of the blend is shown beside.
        seed: of folds and draws.

    Raises:
        DataError: fewer than five jobs have resumes of different grades, or no signal goes up with
            the grade.
    """
    telling = _telling(pairs)
    if len(telling) < FOLDS:
        raise DataError(
            f"{len(telling)} jobs have resumes of different grades: at least {FOLDS} are needed"
        )
    rng = np.random.default_rng(seed)
    gaps = _gaps(pairs, telling, rng)
    weights = _solved(gaps, np.ones(len(telling)))
    if weights is None:
        raise DataError("no signal goes up with the grade on this data: there is nothing to blend")
    counts = rng.multinomial(len(telling), np.full(len(telling), 1 / len(telling)), size=DRAWS)
    drawn = [w for w in (_solved(gaps, c.astype(float)) for c in counts) if w is not None]
    left_out = _left_out(pairs, telling, gaps, rng)
    low, high = np.quantile(drawn, (0.025, 0.975), axis=0)
    rounded = _rounded(weights)
    return Fitted(
        dict(zip(pairs.signals, rounded, strict=True)),
        {
            name: Estimate(w, min(w, round(float(a), 4)), max(w, round(float(b), 4)), len(telling))
            for name, w, a, b in zip(pairs.signals, rounded, low, high, strict=True)
        },
        {
            name: estimate(mean_of(_in_order(pairs, score, telling)), seed)
            for name, score in {"blend": left_out, **rivals}.items()
        },
        len(telling),
    )


def mixed(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the blended score of each row; what is NaN counts nothing, as in `signals`."""
    counting = np.where(np.isnan(values), 0.0, weights)
    sums = counting.sum(axis=1)
    total = (np.nan_to_num(values) * counting).sum(axis=1)
    return np.asarray(np.divide(total, sums, out=np.zeros_like(total), where=sums > 0))


def _telling(pairs: Pairs) -> IntArray:
    """Return the jobs whose resumes have different grades."""
    jobs = np.unique(pairs.job)
    return np.array([j for j in jobs if np.ptp(pairs.grade[pairs.job == j]) > 0], np.int64)


def _gaps(pairs: Pairs, jobs: IntArray, rng: np.random.Generator) -> _Gaps:
    """Return the pairs of differently graded resumes of each job, some of them where many are."""
    above, of_job, share = [], [], []
    for number, job in enumerate(jobs):
        rows = np.flatnonzero(pairs.job == job)
        grade = pairs.grade[rows]
        better, worse = np.nonzero(grade[:, None] > grade[None, :])
        if len(better) > PAIRS_PER_JOB:
            chosen = rng.choice(len(better), PAIRS_PER_JOB, replace=False)
            better, worse = better[chosen], worse[chosen]
        gap = pairs.values[rows[better]] - pairs.values[rows[worse]]
        above.append(np.nan_to_num(gap))  # what one of the two lacks tells nothing
        of_job.append(np.full(len(better), number))
        share.append(np.full(len(better), 1 / len(better)))
    return _Gaps(np.concatenate(above), np.concatenate(of_job), np.concatenate(share))


def _solved(gaps: _Gaps, counts: FloatArray) -> FloatArray | None:
    """Return the weights for jobs that count so much; None where no signal counts."""
    from scipy.optimize import minimize

    weight = counts[gaps.job] * gaps.share
    above, weight = gaps.above[weight > 0], weight[weight > 0] / weight.sum()

    def loss(coefficients: FloatArray) -> tuple[float, FloatArray]:
        margin = above @ coefficients
        surprise = np.exp(-np.logaddexp(0, margin))  # the chance given to the wrong order
        penalty = RIDGE * float(coefficients @ coefficients)
        value = float(weight @ np.logaddexp(0, -margin)) + penalty
        return value, -(weight * surprise) @ above + 2 * RIDGE * coefficients

    width = above.shape[1]
    found = minimize(
        loss, np.ones(width), jac=True, method="L-BFGS-B", bounds=[(0, None)] * width
    ).x
    return np.asarray(found / found.sum()) if found.sum() > 0 else None


def _left_out(pairs: Pairs, jobs: IntArray, gaps: _Gaps, rng: np.random.Generator) -> FloatArray:
    """Return blended scores [n], those of each fold's jobs by weights fitted on the others."""
    fold = rng.permutation(len(jobs)) % FOLDS
    score = np.zeros(len(pairs.grade))
    for number in range(FOLDS):
        weights = _solved(gaps, (fold != number).astype(float))
        rows = np.isin(pairs.job, jobs[fold == number])
        if weights is not None:
            score[rows] = mixed(pairs.values[rows], weights)
    return score


def _in_order(pairs: Pairs, score: FloatArray, jobs: IntArray) -> FloatArray:
    """Return, for each job, how often the better graded of two resumes scores higher."""
    shares = []
    for job in jobs:
        rows = pairs.job == job
        grade, own = pairs.grade[rows], score[rows]
        better = grade[:, None] > grade[None, :]
        above = np.sign(own[:, None] - own[None, :])[better]
        shares.append((above.mean() + 1) / 2)
    return np.array(shares)


def _rounded(weights: FloatArray) -> list[float]:
    """Return weights of so many digits that still add up to 1; the largest takes what is left."""
    rounded = [round(float(weight), WEIGHT_DIGITS) for weight in weights]
    largest = int(np.argmax(weights))
    rounded[largest] = round(rounded[largest] + 1 - sum(rounded), WEIGHT_DIGITS)
    return rounded
