"""The pairs that a question is asked about: what each query ranks, and how good each item is."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from shortlist.errors import DataError
from shortlist.evaluation.files import Direction
from shortlist.evaluation.scores import FloatArray, IntArray, Judgments, Scores

Unjudged = Literal["skip", "irrelevant"]

WIDEST_GRID = 5_000_000
"""Up to so many pairs, every candidate is in the pool of every query."""


@dataclass(frozen=True, slots=True)
class Pool:
    """The pairs to rank, sorted by query and item.

    A query is a job and its items are resumes, or the other way round. `query` and `item` [n] are
    positions in `queries` and `items`; `grade` [n] is 0 for a pair that nobody judged; `best` [n]
    holds each query's grades, highest first.
    """

    direction: Direction
    unjudged: Unjudged
    queries: tuple[str, ...]
    items: tuple[str, ...]
    query: IntArray
    item: IntArray
    grade: FloatArray
    best: FloatArray

    def __len__(self) -> int:
        return len(self.grade)


@dataclass(frozen=True, slots=True)
class Aligned:
    """A system's scores on a pool, and how many could not be used."""

    score: FloatArray
    """[n] as in the pool; NaN for a pair without a score, which ranks below all others."""
    missing: int
    """Pairs of the pool without a score."""
    outside: int
    """Scores of pairs that are not in the pool."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """One grade per pair, and how many judgments gave none."""

    judgments: Judgments
    conflicting: int
    """Pairs left out: one annotator gave two different grades, and which holds is not known."""
    repeated: int
    """Judgments that say the same again; they count once."""


def agreed(judgments: Judgments) -> Agreed:
    """Return one grade per pair: the mean over its annotators."""
    if not len(judgments):
        raise DataError("no judgments: nothing can be evaluated")
    key = judgments.job * len(judgments.resumes) + judgments.resume
    order = np.lexsort((judgments.annotator, key))
    key, annotator, grade = key[order], judgments.annotator[order], judgments.grade[order]
    word = _starts(key, annotator)
    lowest, highest = np.minimum.reduceat(grade, word), np.maximum.reduceat(grade, word)
    pairs, pair = np.unique(key[word], return_inverse=True)
    torn = np.bincount(pair, lowest != highest) > 0
    mean = np.bincount(pair, lowest) / np.bincount(pair)
    kept = pairs[~torn]
    whole = replace(
        judgments,
        annotators=("",),
        job=kept // len(judgments.resumes),
        resume=kept % len(judgments.resumes),
        annotator=np.zeros(len(kept), np.int64),
        grade=mean[~torn],
    )
    words_kept = ~torn[pair]
    sizes = np.diff(np.append(word, len(key)))
    return Agreed(whole, int(torn.sum()), int((sizes - 1)[words_kept].sum()))


def choose_unjudged(judgments: Judgments) -> Unjudged:
    """Return how to take pairs that nobody judged.

    Where somebody said of some pair that it does not fit (grade 0), only judged pairs are ranked.
    Where just the fitting pairs were written down, all others count as not fitting.
    """
    return "skip" if (judgments.grade == 0).any() else "irrelevant"


def pool_of(
    judgments: Judgments,
    scores: Sequence[Scores] = (),
    *,
    direction: Direction = "resumes",
    unjudged: Unjudged | None = None,
    candidates: Collection[str] = (),
) -> Pool:
    """Return the pairs to rank: the judged ones and, where unjudged pairs count, all others.

    Args:
        judgments: one grade per pair.
        scores: where unjudged pairs count, the pairs that these score are in the pool.
        direction: what is ranked.
        unjudged: how unjudged pairs are taken; by default as `choose_unjudged` says.
        candidates: where unjudged pairs count, the items that every query could have found.

    Raises:
        DataError: there are no judgments.
    """
    if not len(judgments):
        raise DataError("no judgments: nothing can be evaluated")
    unjudged = unjudged or choose_unjudged(judgments)
    query, item = _turned(judgments, direction)
    query_ids, item_ids = _turned_ids(judgments, direction)
    queries = tuple(query_ids[i] for i in np.unique(query))
    judged_items = {item_ids[i] for i in np.unique(item)}
    extra = scores if unjudged == "irrelevant" else ()
    named = [_turned_ids(s, direction)[1] for s in extra]
    others = candidates if unjudged == "irrelevant" else ()
    items = tuple(sorted(judged_items.union(others, *named)))
    width = len(items)
    key = _keys(query, item, _places(query_ids, queries), _places(item_ids, items), width)
    keys = [key, *(_scored_keys(s, direction, queries, items) for s in extra)]
    if others and len(queries) * len(others) <= WIDEST_GRID:
        every = _places(sorted(others), items)
        keys.append((np.arange(len(queries))[:, None] * width + every).ravel())
    rows = np.unique(np.concatenate(keys))
    rows = rows[rows >= 0]
    grade = np.zeros(len(rows))
    grade[np.searchsorted(rows, key)] = judgments.grade
    of_query = rows // width
    best = grade[np.lexsort((-grade, of_query))]
    return Pool(direction, unjudged, queries, items, of_query, rows % width, grade, best)


def align(pool: Pool, scores: Scores) -> Aligned:
    """Return a system's scores in the pool's order."""
    key = _scored_keys(scores, pool.direction, pool.queries, pool.items)
    rows = pool.query * len(pool.items) + pool.item
    place = np.searchsorted(rows, key)
    place[place == len(rows)] = 0
    inside = rows[place] == key
    aligned = np.full(len(rows), np.nan)
    aligned[place[inside]] = scores.score[inside]
    return Aligned(aligned, int(np.isnan(aligned).sum()), int((~inside).sum()))


def _scored_keys(
    scores: Scores, direction: Direction, queries: Sequence[str], items: Sequence[str]
) -> IntArray:
    query, item = _turned(scores, direction)
    query_ids, item_ids = _turned_ids(scores, direction)
    places = _places(query_ids, queries), _places(item_ids, items)
    return _keys(query, item, *places, len(items))


def _keys(
    query: IntArray, item: IntArray, query_at: IntArray, item_at: IntArray, width: int
) -> IntArray:
    """One number per pair, in order of query and item; -1 where either is not in the pool."""
    q, i = query_at[query], item_at[item]
    return np.where((q < 0) | (i < 0), -1, q * width + i)


def _places(ids: Iterable[str], among: Sequence[str]) -> IntArray:
    position = {name: i for i, name in enumerate(among)}
    return np.array([position.get(name, -1) for name in ids], np.int64)


def _turned(pairs: Judgments | Scores, direction: Direction) -> tuple[IntArray, IntArray]:
    return (pairs.job, pairs.resume) if direction == "resumes" else (pairs.resume, pairs.job)


def _turned_ids(
    pairs: Judgments | Scores, direction: Direction
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (pairs.jobs, pairs.resumes) if direction == "resumes" else (pairs.resumes, pairs.jobs)


def _starts(*columns: IntArray) -> IntArray:
    """Where each run of equal rows begins, in sorted columns."""
    changed = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return np.concatenate(([0], np.flatnonzero(changed) + 1))
