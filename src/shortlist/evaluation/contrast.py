"""Several ways of scoring the same pairs: how their scores lie, and where they agree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from shortlist.errors import DataError
from shortlist.evaluation.files import Direction
from shortlist.evaluation.resampling import estimate, mean_of
from shortlist.evaluation.scores import FloatArray, IntArray, Scores
from shortlist.records import Estimate

BINS = 20
EACH = 5
"""Disagreements that are shown for two scorers."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """How a scorer's scores lie. `counts` are those of equal bins between `edges`."""

    scorer: str
    n: int
    mean: float
    deviation: float
    least: float
    quarter: float
    median: float
    three_quarters: float
    most: float
    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two scorers order the items of a query, as means over queries with intervals.

    `top` is the share of queries in which both put the same item first.
    """

    a: str
    b: str
    spearman: Estimate
    kendall: Estimate
    top: Estimate


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A pair that two scorers place far apart. Ranks are of `items`, 1 is best."""

    a: str
    b: str
    job: str
    resume: str
    rank_a: float
    rank_b: float
    items: int


@dataclass(frozen=True, slots=True, eq=False)
class Common:
    """The pairs that all scorers score, sorted by query and item.

    `query` [n] numbers queries, `item` [n] numbers items, `values` is [scorers, n].
    """

    direction: Direction
    names: tuple[str, ...]
    queries: tuple[str, ...]
    items: tuple[str, ...]
    query: IntArray
    item: IntArray
    values: FloatArray

    def rows(self) -> Iterator[slice]:
        """Yield where the pairs of each query stand."""
        ends = np.searchsorted(self.query, np.arange(len(self.queries)), side="right").tolist()
        for start, end in zip([0, *ends], ends, strict=False):
            yield slice(start, end)


def common(systems: Sequence[Scores], direction: Direction = "resumes") -> Common:
    """Return the pairs that all of some systems score.

    Raises:
        DataError: there are none.
    """
    tables = [_table(system, direction) for system in systems]
    keys = sorted(set(tables[0]).intersection(*tables[1:]))
    if not keys:
        raise DataError(f"{', '.join(s.name for s in systems)}: no pair is scored by all of them")
    queries = tuple(sorted({query for query, _ in keys}))
    items = tuple(sorted({item for _, item in keys}))
    query_at = {name: i for i, name in enumerate(queries)}
    item_at = {name: i for i, name in enumerate(items)}
    return Common(
        direction,
        tuple(system.name for system in systems),
        queries,
        items,
        np.array([query_at[query] for query, _ in keys], np.int64),
        np.array([item_at[item] for _, item in keys], np.int64),
        np.array([[table[key] for key in keys] for table in tables]),
    )


def distributions(pairs: Common) -> tuple[Distribution, ...]:
    """Return how each scorer's scores lie."""
    return tuple(
        _distribution(name, values) for name, values in zip(pairs.names, pairs.values, strict=True)
    )


def likenesses(pairs: Common, seed: int = 0) -> tuple[Likeness, ...]:
    """Return how alike every two scorers order the items of a query."""
    return tuple(_likeness(pairs, a, b, seed) for a, b in combinations(range(len(pairs.names)), 2))


def disagreements(pairs: Common) -> tuple[Disagreement, ...]:
    """Return the pairs that every two scorers place furthest apart, as a share of the ranking."""
    places = np.concatenate([_places(pairs.values[:, rows]) for rows in pairs.rows()], axis=1)
    sizes = np.bincount(pairs.query)[pairs.query]
    found = []
    for a, b in combinations(range(len(pairs.names)), 2):
        apart = np.abs(places[a] - places[b]) / np.maximum(sizes - 1, 1)
        for row in np.argsort(-apart, kind="stable")[:EACH].tolist():
            if apart[row] > 0:
                found.append(_disagreement(pairs, (a, b), row, places))
    return tuple(found)


def _table(system: Scores, direction: Direction) -> dict[tuple[str, str], float]:
    rows = zip(system.job.tolist(), system.resume.tolist(), system.score.tolist(), strict=True)
    named = ((system.jobs[job], system.resumes[resume], score) for job, resume, score in rows)
    if direction == "jobs":
        return {(resume, job): score for job, resume, score in named}
    return {(job, resume): score for job, resume, score in named}


def _distribution(name: str, values: FloatArray) -> Distribution:
    ends = (float(values.min()), float(values.max()))
    counts, edges = np.histogram(values, BINS, ends if ends[0] < ends[1] else (0.0, 1.0))
    return Distribution(
        scorer=name,
        n=len(values),
        mean=float(values.mean()),
        deviation=float(values.std(ddof=1)) if len(values) > 1 else 0.0,
        least=ends[0],
        quarter=float(np.quantile(values, 0.25)),
        median=float(np.median(values)),
        three_quarters=float(np.quantile(values, 0.75)),
        most=ends[1],
        edges=tuple(edges.tolist()),
        counts=tuple(counts.tolist()),
    )


def _likeness(pairs: Common, a: int, b: int, seed: int) -> Likeness:
    reason = "no query has two items that both scorers tell apart"
    each = [_alike(pairs.values[[a, b], rows]) for rows in pairs.rows()]
    spearman, kendall, top = np.array(each).T
    return Likeness(
        pairs.names[a],
        pairs.names[b],
        estimate(mean_of(spearman, -1.0, reason), seed),
        estimate(mean_of(kendall, -1.0, reason), seed),
        estimate(mean_of(top, 0.0, reason), seed),
    )


def _alike(values: FloatArray) -> tuple[float, ...]:
    """Return Spearman, Kendall (tau-b) and whether the same item is first; NaN where undefined."""
    from scipy.stats import kendalltau, spearmanr

    if values.shape[1] < 2 or np.ptp(values[0]) == 0 or np.ptp(values[1]) == 0:
        return (np.nan, np.nan, np.nan)
    same = float(values[0].argmax() == values[1].argmax())
    return (float(spearmanr(*values).statistic), float(kendalltau(*values).statistic), same)


def _places(values: FloatArray) -> FloatArray:
    """Return ranks [scorers, n] of one query's items, best 1, ties sharing their mean rank."""
    from scipy.stats import rankdata

    return np.asarray(rankdata(-values, axis=1), np.float64)


def _disagreement(
    pairs: Common, two: tuple[int, int], row: int, places: FloatArray
) -> Disagreement:
    query, item = pairs.queries[pairs.query[row]], pairs.items[pairs.item[row]]
    job, resume = (query, item) if pairs.direction == "resumes" else (item, query)
    a, b = two
    return Disagreement(
        pairs.names[a],
        pairs.names[b],
        job,
        resume,
        float(places[a, row]),
        float(places[b, row]),
        int((pairs.query == pairs.query[row]).sum()),
    )
