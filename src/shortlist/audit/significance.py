"""What group-blind scores would show: permutation tests and null bands.

The group labels of people are dealt out anew among people who were scored for the same jobs, so
that all rows of a person move together and the mix of each job's pool stays. Every statistic is
computed on the dealt labels as on the real ones. For more than `LARGE` people the sums are drawn
from the normal distribution with the exact mean and covariance of the permutation distribution
(Hoeffding 1951, Annals of Mathematical Statistics 22, 558-566); a 2 x 2 table of people who are
each scored once is tested exactly (Fisher).
"""

from dataclasses import dataclass

import numpy as np

from shortlist.audit.case import Case, measure, too_few
from shortlist.audit.grouping import Grouped
from shortlist.audit.parity import NOT_JUDGED
from shortlist.audit.rates import FloatArray, IntArray, missing, totals
from shortlist.records import Estimate, Measure

DRAWS = 999
LARGE = 10_000

_ROWS, _CHOSEN, _FIT, _HIT, _UNFIT, _FALSE = range(6)


@dataclass(frozen=True, slots=True)
class _Deal:
    """Sums per person [r, 6], their group and their stratum [r], and what is real [k, 6]."""

    sums: FloatArray
    group: IntArray
    stratum: IntArray
    real: FloatArray


def significance_measures(case: Case, grouped: Grouped) -> list[Measure]:
    """Return p-values, null bands and the composite of a grouping.

    `p_value` of a group tests its selection rate against that of all others; over the groups it
    tests the demographic parity difference. `composite` is (|DP| + |EO| + |PP|) / 3, which says
    nothing without `composite_null`: its median, 2.5 % and 97.5 % points for group-blind scores.
    """
    compared = grouped.compared
    if len(compared) < 2:
        few = too_few(grouped, len(compared))
        names = ("p_value", "demographic_parity_null", "composite", "composite_null")
        return [measure(name, grouped, None, few) for name in names]
    deal = _deal(case, grouped)
    null = _draws(deal, case.seed)
    people = int(grouped.people[compared].sum())
    real_gap, null_gap = _parity_gap(deal.real, compared), _parity_gap(null, compared)
    result = [
        measure("p_value", grouped, None, _p_value(real_gap, null_gap, people)),
        measure("demographic_parity_null", grouped, None, _band(null_gap, people)),
    ]
    for group in compared:
        exact = _fisher(deal, group)
        real, dealt = _apart(deal.real, group), _apart(null, group)
        p = exact or _p_value(real, dealt, int(grouped.people[group]))
        result.append(measure("p_value", grouped, int(group), p))
    return result + _composite_measures(case, grouped, deal, null)


def _composite_measures(
    case: Case, grouped: Grouped, deal: _Deal, null: FloatArray
) -> list[Measure]:
    compared = grouped.compared
    people = int(grouped.people[compared].sum())
    real = float(_composite(deal.real, compared))
    if not case.judged or not np.isfinite(real):
        reason = "a group has no fit, unfit or selected row" if case.judged else NOT_JUDGED
        none = missing(people, reason)
        return [measure(n, grouped, None, none) for n in ("composite", "composite_null")]
    dealt = _composite(null, compared)
    dealt = dealt[np.isfinite(dealt)]
    value = Estimate(real, None, None, people, "read it beside composite_null")
    band = _band(dealt, people) if len(dealt) else missing(people, "no draw has every rate")
    return [
        measure("composite", grouped, None, value),
        measure("composite_null", grouped, None, band),
    ]


def _deal(case: Case, grouped: Grouped) -> _Deal:
    scores, chosen = case.scores, case.chosen
    judged = np.isfinite(case.fits)
    fits = np.where(judged, case.fits, 0.0)
    unfit = judged * (1.0 - fits)
    columns = (np.ones(len(scores)), chosen, fits, fits * chosen, unfit, unfit * chosen)
    count = len(scores.resumes)
    sums = np.stack([totals(scores.resume, c, count) for c in columns], axis=1)
    scored = np.flatnonzero(sums[:, _ROWS] > 0)
    sums, group = sums[scored], grouped.of_resume[scored]
    k = len(grouped.names)
    real = np.stack([totals(group, column, k) for column in sums.T], axis=1)
    return _Deal(sums, group, _strata(case)[scored], real)


def _strata(case: Case) -> IntArray:
    """Give people who were scored for the same jobs the same number.

    Where most people share their set of jobs with nobody, all people are one stratum.
    """
    scores = case.scores
    marks = np.random.default_rng(0).integers(1, 2**63, len(scores.jobs), dtype=np.uint64)
    keys = np.zeros(len(scores.resumes), np.uint64)
    np.add.at(keys, scores.resume, marks[scores.job])
    _, stratum, size = np.unique(keys, return_inverse=True, return_counts=True)
    if np.mean(size[stratum] > 1) < 0.5:
        return np.zeros(len(keys), np.int64)
    return stratum.astype(np.int64)


def _draws(deal: _Deal, seed: int) -> FloatArray:
    """Return sums [draws, k, 6] under dealt labels."""
    rng = np.random.default_rng(seed)
    return _normal_draws(deal, rng) if len(deal.group) > LARGE else _permuted_draws(deal, rng)


def _permuted_draws(deal: _Deal, rng: np.random.Generator) -> FloatArray:
    k = len(deal.real)
    order = np.argsort(deal.stratum, kind="stable")
    sums, stratum, group = deal.sums[order], deal.stratum[order], deal.group[order]
    seats = np.argsort(group, kind="stable")  # the places of group 0, then those of group 1 ...
    starts = np.searchsorted(group[seats], np.arange(k))
    filled = np.flatnonzero(np.bincount(group, minlength=k))
    drawn = np.zeros((DRAWS, k, sums.shape[1]))
    for i in range(DRAWS):
        dealt = np.argsort(stratum + rng.random(len(group)))  # shuffled within each stratum
        drawn[i, filled] = np.add.reduceat(sums[dealt[seats]], starts[filled], axis=0)
    return drawn


def _normal_draws(deal: _Deal, rng: np.random.Generator) -> FloatArray:
    k, columns = deal.real.shape
    strata = int(deal.stratum.max()) + 1
    size = np.bincount(deal.stratum, minlength=strata).astype(float)
    members = totals(deal.stratum * k + deal.group, np.ones(len(deal.group)), strata * k)
    members = members.reshape(strata, k)
    mean = np.stack([totals(deal.stratum, c, strata) for c in deal.sums.T], axis=1) / size[:, None]
    centred = deal.sums - mean[deal.stratum]
    spread = _within(centred, deal.stratum, strata) / np.maximum(size - 1, 1.0)[:, None, None]
    share = members / size[:, None]
    covariance = -np.einsum("sa,sb,sij->aibj", members, share, spread, optimize=True)
    for a in range(k):
        covariance[a, :, a, :] += np.einsum("s,sij->ij", members[:, a], spread)
    centre = np.einsum("sa,si->ai", members, mean).ravel()
    flat = covariance.reshape(k * columns, -1)
    values, vectors = np.linalg.eigh((flat + flat.T) / 2)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    drawn: FloatArray = centre + rng.standard_normal((DRAWS, len(centre))) @ root.T
    return np.maximum(drawn, 0.0).reshape(DRAWS, k, columns)


def _within(centred: FloatArray, stratum: IntArray, strata: int) -> FloatArray:
    columns = centred.shape[1]
    result = np.zeros((strata, columns, columns))
    for i in range(columns):
        for j in range(i, columns):
            result[:, i, j] = result[:, j, i] = totals(
                stratum, centred[:, i] * centred[:, j], strata
            )
    return result


def _share(sums: FloatArray, part: int, whole: int) -> FloatArray:
    with np.errstate(invalid="ignore", divide="ignore"):
        share: FloatArray = sums[..., part] / sums[..., whole]
    return share


def _spread(values: FloatArray) -> FloatArray:
    spread: FloatArray = values.max(axis=-1) - values.min(axis=-1)
    return spread


def _parity_gap(sums: FloatArray, compared: IntArray) -> FloatArray:
    return _spread(_share(sums[..., compared, :], _CHOSEN, _ROWS))


def _composite(sums: FloatArray, compared: IntArray) -> FloatArray:
    of = sums[..., compared, :]
    odds = (_spread(_share(of, _HIT, _FIT)) + _spread(_share(of, _FALSE, _UNFIT))) / 2
    judged = of[..., _HIT] + of[..., _FALSE]
    with np.errstate(invalid="ignore", divide="ignore"):
        precision = of[..., _HIT] / judged
    return (_parity_gap(sums, compared) + odds + _spread(precision)) / 3


def _apart(sums: FloatArray, group: int) -> FloatArray:
    """How far a group's selection rate is from that of all others."""
    rest = sums.sum(axis=-2) - sums[..., group, :]
    mine, theirs = _share(sums[..., group, :], _CHOSEN, _ROWS), _share(rest, _CHOSEN, _ROWS)
    return np.abs(mine - theirs)


def _p_value(real: FloatArray, null: FloatArray, people: int) -> Estimate:
    reached = int((null >= float(real) - 1e-12).sum())
    p = (1 + reached) / (1 + len(null))
    return Estimate(p, None, None, people, f"{len(null)} permutations")


def _band(null: FloatArray, people: int) -> Estimate:
    low, middle, high = np.quantile(null, [0.025, 0.5, 0.975])
    return Estimate(float(middle), float(low), float(high), people, "group-blind scores")


def _fisher(deal: _Deal, group: int) -> Estimate | None:
    """Fisher's exact test, where it is one: everyone scored once, for one job, in or out."""
    from scipy.stats import fisher_exact

    chosen = deal.sums[:, _CHOSEN]
    whole = bool((chosen == np.round(chosen)).all())
    once = bool((deal.sums[:, _ROWS] == 1).all()) and int(deal.stratum.max()) == 0
    if not (whole and once) or len(chosen) > LARGE:
        return None
    mine = deal.real[group]
    rest = deal.real.sum(axis=0) - mine
    table = [[t[_CHOSEN], t[_ROWS] - t[_CHOSEN]] for t in (mine, rest)]
    p = float(fisher_exact(np.array(table, dtype=int)).pvalue)
    return Estimate(p, None, None, int(mine[_ROWS]), "Fisher's exact test")
