"""How well levels from 0 to 5 agree with the range that a careful reader gave."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shortlist.evaluation.intervals import wilson
from shortlist.records import Estimate

Numbers = NDArray[np.float64] | NDArray[np.int64]

_LEVELS = 6
_REPLICATES = 1000


@dataclass(frozen=True, slots=True)
class Rated:
    """A skill of a resume: the range that is right, and the score that it got.

    `score` is None where the scorer gave none. `quotes` counts its quotes, `unsupported` those of
    them that do not stand in the resume.
    """

    resume: str
    skill: str
    kind: str
    low: int
    high: int
    score: int | None
    quotes: int = 0
    unsupported: int = 0

    @property
    def middle(self) -> float:
        """The middle of the right range."""
        return (self.low + self.high) / 2


def in_range(rated: Sequence[Rated]) -> Estimate:
    """Return the share of scores within their range; no score is out of it."""
    return share([r.score is not None and r.low <= r.score <= r.high for r in rated])


def false_credit(rated: Sequence[Rated]) -> Estimate:
    """Return the share of scores above 0 among the skills that have no evidence at all."""
    return share([(r.score or 0) > 0 for r in rated if r.high == 0])


def missed(rated: Sequence[Rated]) -> Estimate:
    """Return the share of scores of 0 among the skills that surely have evidence."""
    return share([r.score == 0 for r in rated if r.low > 0])


def unsupported_quotes(rated: Sequence[Rated]) -> Estimate:
    """Return the share of quotes that do not stand in the resume."""
    bad, n = sum(r.unsupported for r in rated), sum(r.quotes for r in rated)
    return share([True] * bad + [False] * (n - bad))


def unquoted(rated: Sequence[Rated]) -> Estimate:
    """Return the share of scores above 0 that show no quote."""
    return share([r.quotes - r.unsupported <= 0 for r in rated if (r.score or 0) > 0])


def unscored(rated: Sequence[Rated]) -> Estimate:
    """Return the share of skills without a score, such as an answer that could not be read."""
    return share([r.score is None for r in rated])


def mean_error(rated: Sequence[Rated]) -> Estimate:
    """Return the mean distance of scores from the middle of their range (MAE), in levels.

    The interval is a bootstrap over resumes.
    """
    kept = [r for r in rated if r.score is not None]
    errors = np.array([abs((r.score or 0) - r.middle) for r in kept])
    return _resampled(kept, errors, lambda chosen: float(errors[chosen].mean()))


def kappa(rated: Sequence[Rated]) -> Estimate:
    """Return Cohen's kappa with quadratic weights (Cohen 1968) of scores and the right levels.

    The right level is the middle of the range; of a middle between two levels, the one nearer to
    the score, since both are right. The interval is a bootstrap over resumes.
    """
    kept = [r for r in rated if r.score is not None]
    scores = np.array([r.score for r in kept], int)
    right = np.array([_nearest(r) for r in kept], int)
    return _resampled(kept, scores, lambda chosen: _kappa(scores[chosen], right[chosen]))


def _nearest(rated: Rated) -> int:
    below, above = int(np.floor(rated.middle)), int(np.ceil(rated.middle))
    return above if (rated.score or 0) >= above else below


def _kappa(a: Numbers, b: Numbers) -> float:
    table = np.zeros((_LEVELS, _LEVELS))
    np.add.at(table, (a.astype(int), b.astype(int)), 1.0)
    table /= table.sum()
    at = np.arange(_LEVELS)
    weights = np.square(at[:, None] - at[None, :])
    expected = float((weights * np.outer(table.sum(1), table.sum(0))).sum())
    return 1.0 - float((weights * table).sum()) / expected if expected else 1.0


def share(hits: Sequence[bool]) -> Estimate:
    """Return the share that is true, with its Wilson interval."""
    if not hits:
        return Estimate(None, None, None, 0, "nothing of the kind")
    rate = sum(hits) / len(hits)
    bounds = wilson(rate, len(hits))
    return Estimate(rate, float(bounds.low), float(bounds.high), len(hits))


def _resampled(
    kept: Sequence[Rated], values: Numbers, statistic: Callable[[Numbers], float]
) -> Estimate:
    if not len(values):
        return Estimate(None, None, None, 0, "nothing was scored")
    resumes = sorted({r.resume for r in kept})
    rows = {name: [i for i, r in enumerate(kept) if r.resume == name] for name in resumes}
    value = statistic(np.arange(len(kept)))
    if len(resumes) < 2:
        return Estimate(value, None, None, len(kept), "one resume alone has no interval")
    rng = np.random.default_rng(0)
    draws = []
    for _ in range(_REPLICATES):
        chosen = rng.integers(len(resumes), size=len(resumes))
        draws.append(statistic(np.concatenate([rows[resumes[i]] for i in chosen])))
    low, high = np.quantile(draws, [0.025, 0.975])
    return Estimate(value, float(low), float(high), len(kept))
