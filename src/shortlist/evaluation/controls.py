"""Rankings that read little or nothing: what a system must beat before its number means anything.

- `random`: every order equally likely.
- `constant`: every pair gets the share of pairs that fit. The reference for Brier and ECE.
- `popularity`: the item's mean grade in the other queries (leave-one-out). Reads no text. Where
  each item fits one query only, it is below chance: who fits here has nothing left elsewhere.
- `job-only`, `resume-only`: a grade predicted from one side's text alone, by ridge regression on
  TF-IDF, on texts that were left out of the fit (five folds). Where these do well, the grades can
  be guessed without matching anything.
- `length`: the number of words of the item.
- `bm25`, `tfidf`: words in common.
"""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from shortlist.evaluation.pool import Pool
from shortlist.evaluation.scores import FloatArray, IntArray

READERS = ("job-only", "resume-only", "length", "bm25", "tfidf")
FOLDS = 5
VOCABULARY = 50_000


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of jobs and resumes by id."""

    jobs: Mapping[str, str]
    resumes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Control:
    """A control's scores on a pool [n]; without them, the `reason`."""

    name: str
    score: FloatArray | None
    reason: str = ""


def controls(
    pool: Pool, texts: Texts | None = None, *, relevant: float, seed: int = 0
) -> tuple[Control, ...]:
    """Return the controls of a pool; `random` is the caller's, as it is no single ranking.

    Args:
        pool: the pairs to rank.
        texts: for the controls that read; without them these have no score.
        relevant: the lowest grade that fits.
        seed: fixes the folds of `job-only` and `resume-only`.
    """
    share = float((pool.grade >= relevant).mean())
    blind = (
        Control("constant", np.full(len(pool), share)),
        Control("popularity", popularity(pool)),
    )
    if texts is None:
        return (*blind, *_unread("needs the texts of jobs and resumes"))
    jobs_ranked = pool.direction == "jobs"
    item_texts, query_texts = texts.resumes, texts.jobs
    if jobs_ranked:
        item_texts, query_texts = query_texts, item_texts
    queries = [query_texts.get(name, "") for name in pool.queries]
    items = [item_texts.get(name, "") for name in pool.items]
    empty = sum(not re.search(r"\w", text) for text in (*queries, *items))
    if empty:
        return (*blind, *_unread(f"{empty} of {len(queries) + len(items)} texts are missing"))
    query_text, item_text = _alike(queries)[pool.query], _alike(items)[pool.item]
    linked = _linked(query_text, item_text)
    sides = (
        _one_sided(queries, pool.query, pool.grade, linked, seed),
        _one_sided(items, pool.item, pool.grade, linked, seed),
    )
    job_only, resume_only = sides[::-1] if jobs_ranked else sides
    few = f"needs at least {FOLDS} distinct texts, to leave some out"
    return (
        *blind,
        Control("job-only", job_only, few if job_only is None else ""),
        Control("resume-only", resume_only, few if resume_only is None else ""),
        Control("length", np.array([float(len(text.split())) for text in items])[pool.item]),
        Control("bm25", _bm25(pool, queries, items)),
        Control("tfidf", _tfidf(pool, queries, items)),
    )


def word_scores(name: Literal["bm25", "tfidf"], pool: Pool, texts: Texts) -> FloatArray:
    """Return the scores [n] of a control that looks for words in common."""
    item_texts, query_texts = texts.resumes, texts.jobs
    if pool.direction == "jobs":
        item_texts, query_texts = query_texts, item_texts
    score = _bm25 if name == "bm25" else _tfidf
    return score(
        pool, [query_texts[id] for id in pool.queries], [item_texts[id] for id in pool.items]
    )


def popularity(pool: Pool) -> FloatArray:
    """Return each item's mean grade in the other queries; the overall mean where there is none."""
    total = np.bincount(pool.item, pool.grade)[pool.item] - pool.grade
    others = np.bincount(pool.item)[pool.item] - 1
    mean = float(pool.grade.mean())
    return np.where(others > 0, total / np.maximum(others, 1), mean)


def _unread(reason: str) -> tuple[Control, ...]:
    return tuple(Control(name, None, reason) for name in READERS)


def _alike(texts: Sequence[str]) -> IntArray:
    """Number texts so that equal ones have one number."""
    return np.unique(np.array(texts, object), return_inverse=True)[1].astype(np.int64)


def _linked(query: IntArray, item: IntArray) -> IntArray:
    """Number pairs so that those which share a text, at whatever remove, have one number."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    queries = int(query.max()) + 1
    size = queries + int(item.max()) + 1
    edges = coo_array((np.ones(len(query)), (query, queries + item)), shape=(size, size))
    return connected_components(edges, directed=False)[1].astype(np.int64)[query]


def _one_sided(
    texts: Sequence[str], side: IntArray, grade: FloatArray, linked: IntArray, seed: int
) -> FloatArray | None:
    """Grades predicted from the text of one side, each by a model that did not see that text.

    Where judgments fall into parts that share no text, whole parts are left out: a resume and its
    variant written to fit the job less would otherwise be told apart by each other, upside down.
    Grades are centred before a model is fitted, and the mean of all is added after: with the mean
    of the others, a fold with high grades would be predicted low for lack of its own.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import Ridge

    distinct, first, same = np.unique(
        np.array(texts, object)[side], return_index=True, return_inverse=True
    )
    if len(distinct) < FOLDS:
        return None
    n = np.bincount(same)
    mean = np.bincount(same, grade) / n
    words = TfidfVectorizer(sublinear_tf=True, max_features=VOCABULARY, token_pattern=r"\w+")
    features = words.fit_transform(distinct)
    fold = _folds(linked[first], seed)
    predicted = np.zeros(len(distinct))
    for left_out in range(FOLDS):
        inside, outside = fold != left_out, fold == left_out
        centred = mean[inside] - np.average(mean[inside], weights=n[inside])
        model = Ridge(alpha=1.0, solver="sparse_cg", tol=1e-6)
        model.fit(features[inside], centred, sample_weight=n[inside])
        predicted[outside] = model.predict(features[outside])
    return predicted[same] + float(grade.mean())


def _folds(part: IntArray, seed: int) -> IntArray:
    """Deal parts out to folds; single texts, where one part holds much of them."""
    parts, of_text, size = np.unique(part, return_inverse=True, return_counts=True)
    if len(parts) < FOLDS or size.max() > len(part) / FOLDS:
        parts, of_text = np.arange(len(part)), np.arange(len(part))
    return (np.random.default_rng(seed).permutation(len(parts)) % FOLDS)[of_text]


def _bm25(pool: Pool, queries: Sequence[str], items: Sequence[str]) -> FloatArray:
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to say everything

    def words(texts: Sequence[str]) -> list[list[str]]:
        split = bm25s.tokenize(texts, stopwords="en", return_ids=False, show_progress=False)
        return [of_text or ["-"] for of_text in split]  # a text of stop words alone

    index = bm25s.BM25()
    index.index(words(items), show_progress=False)
    score = np.zeros(len(pool))
    ends = np.searchsorted(pool.query, np.arange(len(queries)), side="right")
    for query, (of_query, end) in enumerate(zip(words(queries), ends, strict=True)):
        rows = slice(ends[query - 1] if query else 0, end)
        score[rows] = index.get_scores(of_query)[pool.item[rows]]
    return score


def _tfidf(pool: Pool, queries: Sequence[str], items: Sequence[str]) -> FloatArray:
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(sublinear_tf=True, token_pattern=r"\w+")
    words.fit([*queries, *items])
    left, right = words.transform(queries), words.transform(items)
    score = np.empty(len(pool))
    for start in range(0, len(pool), 10_000):
        rows = slice(start, start + 10_000)
        product = left[pool.query[rows]].multiply(right[pool.item[rows]])
        score[rows] = np.asarray(product.sum(axis=1)).ravel()
    return score
