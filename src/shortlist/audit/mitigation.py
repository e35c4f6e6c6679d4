"""What could be done about a gap without training, for analysis.

Nothing here is applied by any command, and no score of `shortlist` can see a group label. Each
function answers "what would it take?": thresholds per group (Hardt, Price & Srebro 2016), a
selection whose rates keep a floor, and a ranking whose exposure keeps a floor (Singh & Joachims
2018; the greedy rule follows Geyik, Ambler & Kenthapadi 2019, KDD).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from shortlist.audit.rates import FloatArray, IntArray
from shortlist.errors import DataError
from shortlist.evaluation.metrics import FITS_FROM
from shortlist.evaluation.scores import Scores

LEGAL_WARNING = (
    "Analysis only. Using a person's group to adjust scores, to set cut-offs or to choose whom to "
    "select is unlawful in many places: in the United States, 42 U.S.C. 2000e-2(l) forbids it for "
    "race, color, religion, sex and national origin. Take legal advice before acting on this."
)


@dataclass(frozen=True, slots=True)
class GroupThreshold:
    """The threshold that would give a group the same rate as all people, and what it changes.

    `rate_before` is the group's rate under the one threshold for all, `rate_after` under its own.
    """

    group: str
    threshold: float
    rate_before: float
    rate_after: float
    n: int


def group_thresholds(
    scores: Scores,
    values: Mapping[str, str],
    *,
    rate: float = 0.2,
    equal: Literal["selection_rate", "true_positive_rate"] = "selection_rate",
) -> list[GroupThreshold]:
    """Return the threshold of each group that would give all groups one rate. See LEGAL_WARNING.

    Args:
        scores: with labels where true positive rates are to be equal.
        values: resume -> group; resumes without one are left out.
        rate: the share of all rows that a single threshold selects.
        equal: which rate of all rows each group is brought to.

    Raises:
        DataError: no scored resume has a group, or true positive rates are asked for and no row,
            or none of a group, fits.
    """
    group = np.array([values.get(id, "") for id in scores.resumes], dtype=object)[scores.resume]
    base = group != ""
    if equal == "true_positive_rate":
        base &= _fits(scores)
    if not base.any():
        raise DataError("no scored resume has a group and counts: check ids and labels")
    single = float(np.quantile(scores.score, 1 - rate))
    target = float((scores.score[base] >= single).mean())
    result = []
    for name in sorted(set(group[group != ""])):
        score = scores.score[base & (group == name)]
        if not len(score):
            raise DataError(f"no row of group {name!r} fits: it has no true positive rate")
        own = float(np.quantile(score, 1 - target)) if target < 1 else float(score.min())
        before, after = float((score >= single).mean()), float((score >= own).mean())
        result.append(GroupThreshold(name, own, before, after, len(score)))
    return result


def select_with_floor(
    score: FloatArray, group: IntArray, seats: int, *, least: float = 0.8
) -> IntArray:
    """Return the positions of the best `seats` whose lowest rate is `least` times the highest.

    Of all such selections it is the one with the largest sum of scores. See LEGAL_WARNING.

    Args:
        score: [n], higher is better.
        group: [n], codes from 0, each of which occurs.
        seats: how many are selected, from 1 to n.
        least: the lowest impact ratio allowed, in [0, 1].

    Raises:
        DataError: so many seats cannot be shared out with that floor.
    """
    size = np.bincount(group)
    ranked = _ranked(score, group)
    best: IntArray | None = None
    for highest in sorted({n / m for m in size for n in range(1, min(seats, m) + 1)}):
        lowest = [ceil(least * highest * m - 1e-9) for m in size]
        most = [floor(highest * m + 1e-9) for m in size]
        if sum(lowest) <= seats <= sum(most):
            chosen = _filled(score, ranked, lowest, most, seats)
            if best is None or score[chosen].sum() > score[best].sum():
                best = chosen
    if best is None:
        raise DataError(f"{seats} seats cannot be shared out with a ratio of {least}: lower either")
    return best[np.argsort(-score[best], kind="stable")]


def rerank_with_floor(score: FloatArray, group: IntArray, *, least: float = 0.9) -> IntArray:
    """Return the order in which every group's exposure keeps up with its share of the pool.

    From the top, each place goes to the best who is left, unless a group lags behind `least` times
    its share of the attention given so far, this place included, by more than half of what this
    place is worth; then it goes to the best of the group that lags most. See LEGAL_WARNING.

    Args:
        score: [n], higher is better.
        group: [n], codes from 0.
        least: the lowest ratio of exposure to share of the pool, in [0, 1].
    """
    size = np.bincount(group)
    share = size / len(group)
    queues = [list(members[::-1]) for members in _ranked(score, group)]
    got, given, order = np.zeros(len(size)), 0.0, []
    for place in range(1, len(group) + 1):
        worth = 1 / float(np.log2(place + 1))
        given += worth
        behind = np.where([bool(q) for q in queues], least * share * given - got, -np.inf)
        if behind.max() > worth / 2:
            taken = int(behind.argmax())
        else:
            taken = max((g for g, q in enumerate(queues) if q), key=lambda g: score[queues[g][-1]])
        order.append(queues[taken].pop())
        got[taken] += worth
    return np.array(order, np.int64)


def _ranked(score: FloatArray, group: IntArray) -> list[IntArray]:
    """The positions of each group's members, best first."""
    order = np.argsort(-score, kind="stable")
    return [order[group[order] == g] for g in range(int(group.max()) + 1)]


def _filled(
    score: FloatArray, ranked: list[IntArray], lowest: list[int], most: list[int], seats: int
) -> IntArray:
    """The best `seats` positions with from `lowest` to `most` of each group."""
    sure = np.concatenate([members[:n] for members, n in zip(ranked, lowest, strict=True)])
    spare = [m[low:high] for m, low, high in zip(ranked, lowest, most, strict=True)]
    rest = np.concatenate(spare)
    rest = rest[np.argsort(-score[rest], kind="stable")][: seats - len(sure)]
    return np.concatenate((sure, rest))


def _fits(scores: Scores) -> NDArray[np.bool_]:
    if scores.label is None:
        raise DataError(f"{scores.name}: true positive rates need labels: add a column 'label'")
    fits: NDArray[np.bool_] = np.nan_to_num(scores.label, nan=0.0) >= FITS_FROM
    return fits
