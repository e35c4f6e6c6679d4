"""How much of the top of the rankings a group gets, against its pool and against its merit.

A place at rank r is worth 1 / log2(r + 1) attention (Singh & Joachims 2018, KDD; Järvelin &
Kekäläinen 2002 for the discount). What a group gets is compared with what it would get if each job
gave its attention equally to all of its pool (`*_against_pool`), or equally to all who fit
(`*_against_merit`). Both are ratios less 1: 0 is parity whatever the sizes of the groups,
-0.2 is a fifth less than parity.
"""

import numpy as np

from shortlist.audit.case import Case, measure, too_few
from shortlist.audit.grouping import Grouped
from shortlist.audit.parity import NOT_JUDGED
from shortlist.audit.rates import FloatArray, gap, missing, scaled, totals
from shortlist.audit.selection import Places
from shortlist.records import Measure

DEPTHS = (1, 2, 3, 5, 10, 20, 50, 100)


def attention(places: Places, depth: int) -> FloatArray:
    """Return the attention [n] of each row: 1 / log2(rank + 1) up to the depth, 0 below.

    Rows that tie share the attention of their places equally.
    """
    longest = int(places.last.max(initial=0))
    worth = 1 / np.log2(np.arange(2, longest + 2))
    worth[depth:] = 0.0
    until = np.concatenate(([0.0], np.cumsum(worth)))
    tied = places.last - places.first + 1
    shared: FloatArray = (until[places.last] - until[places.first - 1]) / tied
    return shared


def exposure_measures(case: Case, grouped: Grouped) -> list[Measure]:
    """Return shares and exposure of each group against the pool and against merit.

    `share` is a group's part of the selected and `exposure` its part of the attention in the top
    `depth`; they add up to 1 over the groups. `exposure_gap` is the largest exposure against the
    pool less the smallest.
    """
    seen = attention(case.places, case.depth)
    judged = np.isfinite(case.fits)
    result = []
    for name, values in (("share", case.chosen), ("exposure", seen)):
        result += _shares(name, case, grouped, values)
        result += _against(f"{name}_against_pool", case, grouped, values, _everyone(case))
        result += _against(f"{name}_against_merit", case, grouped, values * judged, _merit(case))
    result.append(_gap_measure(case, grouped, seen))
    for depth in DEPTHS:
        if depth <= case.places.pool.max(initial=0):
            top = attention(case.places, depth)
            name = f"exposure_against_pool@{depth}"
            result += _against(name, case, grouped, top, _everyone(case))
    return result


def _everyone(case: Case) -> FloatArray:
    return np.ones(len(case.scores))


def _merit(case: Case) -> FloatArray:
    """1 where a pair fits, 0 where it does not or where nobody judged."""
    return np.nan_to_num(case.fits)


def _deserved(case: Case, values: FloatArray, merit: FloatArray) -> FloatArray:
    """What each row would get if each job dealt out its values in proportion to merit."""
    job, count = case.scores.job, len(case.scores.jobs)
    given, total = totals(job, values, count), totals(job, merit, count)
    each = np.divide(given, total, out=np.zeros(count), where=total > 0)
    return each[job] * merit


def _against(
    name: str, case: Case, grouped: Grouped, values: FloatArray, merit: FloatArray
) -> list[Measure]:
    k = len(grouped.names)
    if not merit.any():
        none = missing(0, NOT_JUDGED if not case.judged else "no pair fits")
        return [measure(name, grouped, group, none) for group in range(k)]
    # Jobs in which nobody has merit have nothing to compare with and stay out.
    job, count = case.scores.job, len(case.scores.jobs)
    weights = (totals(job, merit, count)[job] > 0).astype(float)
    rates = case.rates(values, weights, grouped)
    deserved = totals(grouped.code, _deserved(case, values, merit), k)
    result = []
    for group, unfit in enumerate(grouped.unfit):
        n = int(grouped.count[group])
        if unfit:
            estimate = missing(n, unfit)
        elif deserved[group] <= 0:
            estimate = missing(n, "parity would give the group nothing: no ratio")
        else:
            factor = float(rates.n[group] / deserved[group])
            estimate = scaled(rates.estimate(group), factor, -1.0)
        result.append(measure(name, grouped, group, estimate))
    return result


def _shares(name: str, case: Case, grouped: Grouped, values: FloatArray) -> list[Measure]:
    rates = case.rates(values, _everyone(case), grouped)
    given = float(values.sum())
    result = []
    for group, unfit in enumerate(grouped.unfit):
        n = int(grouped.count[group])
        if unfit or given <= 0:
            estimate = missing(n, unfit or "nobody was selected")
        else:
            estimate = scaled(rates.estimate(group), float(rates.n[group]) / given)
        result.append(measure(name, grouped, group, estimate))
    return result


def _gap_measure(case: Case, grouped: Grouped, values: FloatArray) -> Measure:
    k = len(grouped.names)
    rates = case.rates(values, _everyone(case), grouped)
    deserved = totals(grouped.code, _deserved(case, values, _everyone(case)), k)
    compared = grouped.compared
    if len(compared) < 2:
        return measure("exposure_gap", grouped, None, too_few(grouped, len(compared)))
    scale = rates.n / np.maximum(deserved, 1e-12)
    return measure("exposure_gap", grouped, None, gap(rates, compared, scale=scale))
