"""Tries weights of the parts of a score on one half of the jobs: `matching.py --choose`.

What is sought is the greatest sum of two means over jobs: how often the resume that matches
outranks the weaker one, and nDCG at 10 by categories. The weights in force are kept unless the
best of `GRID` is better by more than chance: the optimum is flat, and to follow every wave of it
would be to learn these jobs by heart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.matching_systems import Scores
from shortlist.matcher import Matcher
from shortlist.ranking.score import WEIGHTS
from shortlist.records import Document

Values = npt.NDArray[np.float64]

GRID = [
    (requirements / 100, words / 100, (100 - requirements - words) / 100)
    for requirements in range(10, 90, 10)
    for words in (0, 5, 10, 15, 20)
    if requirements + words <= 90
]
"""Weights of requirements, words and whole text."""

RESAMPLES = 2000


@dataclass(frozen=True)
class Half:
    """Jobs, resumes, and which of these fit which of those: [jobs, resumes]."""

    jobs: Sequence[Document]
    resumes: Sequence[Document]
    fits: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Tried:
    """Weights, and what they give for each job of either kind."""

    weights: tuple[float, ...]
    first: Values
    ndcg: Values

    @property
    def sought(self) -> float:
        return float(self.first.mean() + self.ndcg.mean())


def choose(matcher: Matcher, twins: Half, fitting: Half) -> str:
    """Return a table of the weights tried, best first, and what to do."""
    first, ndcg = _parts(matcher, twins), _parts(matcher, fitting)
    current = tuple(WEIGHTS.values())
    tried = [
        Tried(
            weights,
            firsts(np.tensordot(weights, first, 1)),
            ndcg_at_10(ranked(np.tensordot(weights, ndcg, 1), fitting.fits)),
        )
        for weights in dict.fromkeys([current, *GRID])
    ]
    best = max(tried, key=lambda one: one.sought)
    low, high = _interval(best, tried[0])
    verdict = f"change to {best.weights}" if low > 0 else "keep the weights in force"
    gain = f"{best.sought - tried[0].sought:.4f} [{low:.4f}, {high:.4f}]"
    table = _lines(sorted(tried, key=lambda one: -one.sought), current)
    return "\n".join([*table, f"best - in force: {gain}: {verdict}"])


def _lines(tried: Sequence[Tried], current: tuple[float, ...]) -> Iterator[str]:
    yield f"{', '.join(WEIGHTS):44} first   nDCG@10"
    for one in tried:
        mark = " (in force)" if one.weights == current else ""
        yield f"{one.weights!s:44} {one.first.mean():.4f}  {one.ndcg.mean():.4f}{mark}"


def _parts(matcher: Matcher, half: Half) -> Values:
    """Return the values of the parts of every score: [parts, jobs, resumes]."""
    index = matcher.index(half.resumes)
    column = {resume.id: number for number, resume in enumerate(half.resumes)}
    values = np.empty((len(WEIGHTS), len(half.jobs), len(half.resumes)))
    for row, job in enumerate(half.jobs):
        for match in matcher.rank(job, index).matches:
            values[:, row, column[match.resume]] = [part.value for part in match.parts]
    return values


def _interval(best: Tried, current: Tried) -> tuple[float, float]:
    """Return the 95 % bootstrap interval, over jobs, of how much better the best is."""
    rng = np.random.default_rng(0)
    gains = [best.first - current.first, best.ndcg - current.ndcg]
    means = sum(rng.choice(gain, (RESAMPLES, len(gain))).mean(axis=1) for gain in gains)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def firsts(scores: Scores) -> Values:
    """Return for each job whether the resume that matches comes first: 1, 0, or a half for a tie.

    Args:
        scores: [jobs, 2 * jobs], those of the resumes that match, then of the weaker ones.
    """
    gap = scores.diagonal() - scores.diagonal(len(scores))
    first: Values = (gap > 0) + 0.5 * (gap == 0)
    return first


def ranked(scores: Scores, fits: npt.NDArray[np.bool_]) -> Values:
    """Return for each job whether the resume at each rank fits: [jobs, ranks]."""
    order = np.argsort(-scores, axis=1, kind="stable")
    return np.take_along_axis(fits, order, axis=1).astype(np.float64)


def ndcg_at_10(gains: Values) -> Values:
    """Return nDCG at 10 of binary gains [jobs, ranks]; every job has at least 10 that fit."""
    discounts = 1 / np.log2(np.arange(2, 12))
    ndcg: Values = gains[:, :10] @ discounts / discounts.sum()
    return ndcg


def average_precision(gains: Values) -> Values:
    """Return the average precision of binary gains [jobs, ranks]."""
    precision = np.cumsum(gains, axis=1) / np.arange(1, gains.shape[1] + 1)
    average: Values = (precision * gains).sum(axis=1) / gains.sum(axis=1)
    return average
