"""Who would be selected: the best of each job's pool, or everyone above a score.

Resumes that tie at the cut are selected with equal chance, so that each counts as the share of it
that is left to give out. No result depends on the order of rows.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from shortlist.audit.rates import FloatArray, IntArray
from shortlist.errors import ConfigError
from shortlist.evaluation.scores import Scores

_FORMS = (
    "top:K (the best K of each job), rate:R (the best share R of each job), "
    "threshold:T (a score of T or more) or median (a score above the median)"
)


@dataclass(frozen=True, slots=True)
class Selection:
    """A rule; `amount` is K, R or T, and unused for `median`."""

    kind: Literal["top", "rate", "threshold", "median"]
    amount: float = 0.0

    def __str__(self) -> str:
        return self.kind if self.kind == "median" else f"{self.kind}:{self.amount:g}"

    @property
    def words(self) -> str:
        """The rule in words, as in "selected are ..."."""
        return {
            "top": f"the best {self.amount:g} of each job",
            "rate": f"the best {100 * self.amount:.4g} % of each job's pool",
            "threshold": f"those with a score of {self.amount:g} or more",
            "median": "those with a score above the median of all scores",
        }[self.kind]


@dataclass(frozen=True, slots=True)
class Places:
    """The place of each row in its job: `first` to `last` of those it ties with, from 1.

    `pool` is the number of rows of the job. All are [n].
    """

    first: IntArray
    last: IntArray
    pool: IntArray


def parse_selection(text: str) -> Selection:
    """Return the rule that a text such as `top:10`, `rate:0.1`, `threshold:0.5` or `median` names.

    Raises:
        ConfigError: the text is none of these, or its number is out of range.
    """
    kind, colon, number = text.strip().partition(":")
    if kind == "median" and not colon:
        return Selection("median")
    try:
        amount = float(number)
    except ValueError:
        amount = np.nan
    if kind == "top" and amount >= 1 and amount.is_integer():
        return Selection("top", amount)
    if kind == "rate" and 0 < amount < 1:
        return Selection("rate", amount)
    if kind == "threshold" and np.isfinite(amount):
        return Selection("threshold", amount)
    raise ConfigError(f"{text!r} is no selection rule: write {_FORMS}")


def places(scores: Scores) -> Places:
    """Return the place of each row among the rows of its job, best score first."""
    order = np.lexsort((-scores.score, scores.job))
    job, score = scores.job[order], scores.score[order]
    pool = np.bincount(job, minlength=len(scores.jobs))
    begins = np.concatenate(([0], np.cumsum(pool)))[job]
    new = np.ones(len(order), bool)
    new[1:] = (job[1:] != job[:-1]) | (score[1:] != score[:-1])
    starts = np.flatnonzero(new)
    block = np.cumsum(new) - 1
    ends = np.append(starts[1:], len(order))
    first, last = np.empty(len(order), np.int64), np.empty(len(order), np.int64)
    first[order] = starts[block] - begins + 1
    last[order] = ends[block] - begins
    return Places(first, last, pool[scores.job])


def best(places: Places, seats: FloatArray | float) -> FloatArray:
    """Return how much of each row is selected, in [0, 1], when each job has so many seats."""
    tied = places.last - places.first + 1
    taken: FloatArray = np.clip((seats - places.first + 1) / tied, 0.0, 1.0)
    return taken


def selected(selection: Selection, scores: Scores, places: Places) -> FloatArray:
    """Return how much of each row is selected, in [0, 1]; a share of a job is at least one seat."""
    if selection.kind == "top":
        return best(places, selection.amount)
    if selection.kind == "rate":
        return best(places, np.maximum(np.floor(selection.amount * places.pool + 0.5), 1.0))
    if selection.kind == "threshold":
        return (scores.score >= selection.amount).astype(float)
    return (scores.score > np.median(scores.score)).astype(float)
