"""Ranking metrics, one value per query, over a million pairs at a time.

**Ties.** Items with equal scores have no order among themselves, so each metric is its expected
value over all orders of the tied items (McSherry & Najork 2008, ECIR, 414-421). The result does not
depend on the order of rows or on ids, and a system that scores all items alike gets exactly what a
random order gets on average. Pairs without a score were not found: they stand below all others and
add nothing, but count among what could have been found.

A value is NaN where the query does not define it: no relevant item, or all grades equal.
"""

from dataclasses import dataclass

import numpy as np

from shortlist.evaluation.pool import Pool
from shortlist.evaluation.scores import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Ranked:
    """A pool in a system's order: queries as in the pool, within each the best score first.

    Arrays are row by row [n]. Rows of a query with equal scores form a group: `before` rows of the
    query stand above it, it has `size` rows, and this row is its number `inside` (from 1).
    """

    pool: Pool
    order: IntArray
    """The row of the pool that stands here."""
    group: IntArray
    before: IntArray
    size: IntArray
    inside: IntArray
    grade: FloatArray
    found: FloatArray
    """1, or 0 for a pair without a score."""

    @property
    def position(self) -> IntArray:
        """The rank of each row in its query, from 1."""
        return self.before + self.inside

    @property
    def count(self) -> IntArray:
        """How many rows each query has [queries]."""
        return np.bincount(self.pool.query, minlength=len(self.pool.queries))

    def group_sum(self, values: FloatArray) -> FloatArray:
        """Return for each row the sum of values over its group."""
        return floats(np.bincount(self.group, values)[self.group])

    def query_sum(self, values: FloatArray) -> FloatArray:
        """Return the sum of values of each query [queries]."""
        return floats(np.bincount(self.pool.query, values, len(self.pool.queries)))

    def mean_rank(self) -> FloatArray:
        """Return each row's rank, tied rows given the mean of theirs."""
        return floats(self.before + (self.size + 1) / 2)


def floats(values: object) -> FloatArray:
    """Return values as an array of floats."""
    return np.asarray(values, np.float64)


def rank(pool: Pool, score: FloatArray) -> Ranked:
    """Return the pool ordered by a system's scores [n], NaN last."""
    found = np.isfinite(score)
    key = np.where(found, -score, np.inf)
    order = np.lexsort((key, pool.query))
    key = key[order]
    n = len(order)
    starts = np.ones(n, bool)
    starts[1:] = (pool.query[1:] != pool.query[:-1]) | (key[1:] != key[:-1])
    group = np.cumsum(starts) - 1
    first = np.flatnonzero(starts)
    count = np.bincount(pool.query, minlength=len(pool.queries))
    query_start = np.repeat(np.cumsum(count) - count, count)
    return Ranked(
        pool=pool,
        order=order,
        group=group,
        before=first[group] - query_start,
        size=np.bincount(group)[group],
        inside=np.arange(n) - first[group] + 1,
        grade=pool.grade[order],
        found=found[order].astype(float),
    )


def ndcg(ranked: Ranked, k: int | None = None, *, exponential: bool = False) -> FloatArray:
    """Return nDCG at k per query: gain over log2(rank + 1), over that of the best order.

    The gain is the grade (Jarvelin & Kekalainen 2002) or, exponential, 2 ** grade - 1 (Burges et
    al. 2005). Undefined where all grades are 0.
    """
    discount = 1.0 / np.log2(ranked.position + 1.0)
    if k is not None:
        discount[ranked.position > k] = 0.0
    gain, best = ranked.grade, ranked.pool.best
    if exponential:  # over 2 ** top, which cancels, so that large grades do not overflow
        top = best.max()
        gain, best = (np.exp2(g - top) - np.exp2(-top) for g in (gain, best))
    expected = ranked.group_sum(gain) / ranked.size * ranked.found
    return _ratio(ranked.query_sum(expected * discount), ranked.query_sum(best * discount))


def average_precision(ranked: Ranked, relevant: float = 1) -> FloatArray:
    """Return average precision per query; its mean is MAP. Undefined without a relevant item."""
    hit = (ranked.grade >= relevant).astype(float)
    in_group = ranked.group_sum(hit * ranked.found)
    above = _above(ranked, hit)
    # A tied item stands at `inside` and is relevant with chance r / size; of the other r - 1
    # relevant ones, each stands before it with chance (inside - 1) / (size - 1).
    earlier = (ranked.inside - 1) * (in_group - 1) / np.maximum(ranked.size - 1, 1)
    precision = (above + 1 + np.maximum(earlier, 0)) / ranked.position
    gained = ranked.query_sum(in_group / ranked.size * precision * ranked.found)
    return _ratio(gained, ranked.query_sum(hit))


def reciprocal_rank(ranked: Ranked, relevant: float = 1) -> FloatArray:
    """Return 1 / rank of the first relevant item per query. Undefined without a relevant item."""
    from scipy.special import gammaln

    hit = (ranked.grade >= relevant).astype(float)
    r = ranked.group_sum(hit * ranked.found)
    first = (r > 0) & (_above(ranked, hit) == 0)
    n, i = ranked.size, ranked.inside
    possible = first & (i <= n - r + 1)
    value = np.zeros(len(hit))
    n, i, r = n[possible], i[possible], r[possible]

    def log_choose(a: FloatArray, b: FloatArray) -> FloatArray:
        return np.asarray(gammaln(a + 1) - gammaln(b + 1) - gammaln(a - b + 1))

    # The first of r relevant items among n in random order stands at i with this chance.
    chance = np.exp(log_choose(n - i, r - 1) - log_choose(n, r))
    value[possible] = chance / ranked.position[possible]
    return _ratio(ranked.query_sum(value), (ranked.query_sum(hit) > 0).astype(float))


def precision(ranked: Ranked, k: int, relevant: float = 1) -> FloatArray:
    """Return the share of the top k that is relevant; always defined. Short lists count as k."""
    return _in_top(ranked, k, relevant) / k


def recall(ranked: Ranked, k: int, relevant: float = 1) -> FloatArray:
    """Return the share of relevant items that is in the top k. Undefined without one."""
    hit = (ranked.grade >= relevant).astype(float)
    return _ratio(_in_top(ranked, k, relevant), ranked.query_sum(hit))


def hit_rate(ranked: Ranked, k: int, relevant: float = 1) -> FloatArray:
    """Return 1 where a relevant item is in the top k, else 0. Undefined without a relevant item."""
    from scipy.special import gammaln

    hit = (ranked.grade >= relevant).astype(float)
    r = ranked.group_sum(hit * ranked.found)
    above = _above(ranked, hit)
    last = ranked.position == np.minimum(k, ranked.count[ranked.pool.query])
    n, r, slots = ranked.size[last], r[last], ranked.inside[last]
    with np.errstate(invalid="ignore"):
        log_none = gammaln(n - r + 1) - gammaln(n - r - slots + 1)
        log_none += gammaln(n - slots + 1) - gammaln(n + 1)
    none = np.where(n - r >= slots, np.exp(log_none), 0.0)
    value = np.where(above[last] > 0, 1.0, 1.0 - none)
    out = np.zeros(len(ranked.pool.queries))
    out[ranked.pool.query[last]] = value
    return _ratio(out, (ranked.query_sum(hit) > 0).astype(float))


def spearman(ranked: Ranked) -> FloatArray:
    """Return Spearman's rank correlation of score and grade per query, ties given mean ranks.

    Undefined where all grades are equal. A system that scores all items alike gets 0, which is what
    random orders give on average.
    """
    by_grade = rank(ranked.pool, ranked.pool.grade)
    x, y = ranked.mean_rank(), _moved(by_grade.mean_rank(), by_grade, ranked)
    middle = ((ranked.count + 1) / 2)[ranked.pool.query]
    dx, dy = x - middle, y - middle
    return _correlation(*(ranked.query_sum(v) for v in (dx * dy, dx * dx, dy * dy)))


def kendall(ranked: Ranked) -> FloatArray:
    """Return Kendall's tau-b of score and grade per query; undefined and 0 as for `spearman`."""
    by_grade = rank(ranked.pool, ranked.pool.grade)
    count, n = ranked.count, len(ranked.pool)
    first = np.repeat(np.cumsum(count) - count, count)
    last = first + count[ranked.pool.query] - 1
    level = _moved(floats(by_grade.group - by_grade.group[first]), by_grade, ranked)
    group_end = np.arange(n) + ranked.size - ranked.inside
    balance = np.zeros(n)
    for grade in range(int(level.max()) + 1):
        seen = np.cumsum(level == grade)
        balance += np.sign(grade - level) * (seen[last] - seen[group_end])
    pairs = count * (count - 1) / 2
    of_scores, of_grades = (pairs - r.query_sum((r.size - 1) / 2) for r in (ranked, by_grade))
    return _correlation(ranked.query_sum(balance), of_scores, of_grades)


def _moved(values: FloatArray, have: Ranked, want: Ranked) -> FloatArray:
    """Return the values of one order's rows in another order of the same pool."""
    by_row = np.empty(len(values))
    by_row[have.order] = values
    return by_row[want.order]


def _ratio(value: FloatArray, over: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore"):
        return np.where(over > 0, value / np.where(over > 0, over, 1.0), np.nan)


def _correlation(cross: FloatArray, of_scores: FloatArray, of_grades: FloatArray) -> FloatArray:
    scale = np.sqrt(of_scores * of_grades)
    value = np.where(scale > 0, cross / np.where(scale > 0, scale, 1.0), 0.0)
    return np.where(of_grades > 0, np.clip(value, -1.0, 1.0), np.nan)


def _above(ranked: Ranked, hit: FloatArray) -> FloatArray:
    """How many relevant items of the query stand above each row's group."""
    seen = np.concatenate(([0.0], np.cumsum(hit)))
    row = np.arange(len(hit)) + 1
    return floats(seen[row - ranked.inside] - seen[row - ranked.position])


def _in_top(ranked: Ranked, k: int, relevant: float) -> FloatArray:
    hit = (ranked.grade >= relevant).astype(float)
    expected = ranked.group_sum(hit) / ranked.size * ranked.found
    return ranked.query_sum(np.where(ranked.position <= k, expected, 0.0))
