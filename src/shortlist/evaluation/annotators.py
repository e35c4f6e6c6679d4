"""Several annotators: each one's word, how far they agree, and the best a system can hope for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from shortlist.evaluation.evaluation import Evaluation
from shortlist.evaluation.files import Direction
from shortlist.evaluation.metrics import Question, is_per_query, measure
from shortlist.evaluation.pool import Pool, agreed, align, pool_of
from shortlist.evaluation.ranked import floats, kendall, rank, spearman
from shortlist.evaluation.resampling import Sample, estimate, mean_of
from shortlist.evaluation.scores import FloatArray, Judgments, Scores
from shortlist.records import Measure


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two annotators agree on the pairs that both judged, query by query."""

    a: str
    b: str
    pairs: int
    measures: tuple[Measure, ...]
    first_by_chance: float | None
    """How often they would name the same first if both chose at random."""


def named(judgments: Judgments) -> tuple[str, ...]:
    """Return the annotators, if there are several; else none."""
    return judgments.annotators if len(judgments.annotators) > 1 else ()


def of(judgments: Judgments, *annotators: str) -> Judgments:
    """Return the judgments of some annotators."""
    codes = [judgments.annotators.index(name) for name in annotators]
    return _rows(judgments, np.isin(judgments.annotator, codes))


def apart_from(judgments: Judgments, annotator: str) -> Judgments:
    """Return the judgments of all other annotators."""
    return of(judgments, *(name for name in judgments.annotators if name != annotator))


def on_pairs_of(judgments: Judgments, others: Judgments) -> Judgments:
    """Return the judgments of pairs that stand in `others`, which share the ids."""
    width = len(judgments.resumes)
    shared = np.isin(judgments.job * width + judgments.resume, others.job * width + others.resume)
    return _rows(judgments, shared)


def as_scores(name: str, judgments: Judgments) -> Scores:
    """Return one grade per pair as if a system had given it."""
    one = agreed(judgments).judgments
    order = np.lexsort((one.resume, one.job))
    return Scores(name, one.jobs, one.resumes, one.job[order], one.resume[order], one.grade[order])


def agreement(judgments: Judgments, direction: Direction, seed: int = 0) -> tuple[Agreement, ...]:
    """Return how far each two annotators agree.

    Rank correlations, how often both put the same item first (ties shared out evenly), and how
    often they give the same grade; the mean over queries, with intervals by query.
    """
    return tuple(
        _agreement(judgments, a, b, direction, seed) for a, b in combinations(named(judgments), 2)
    )


def human(
    judgments: Judgments, references: Sequence[str], question: Question, direction: Direction
) -> Evaluation:
    """Return what the other annotators get as a system, by the word of each reference in turn.

    A system can hardly be expected to agree with an annotator more than other people do. Only
    queries count in which pairs were judged by the reference and by somebody else; a query's value
    is the mean over references. Metrics over all pairs have no such mean.
    """
    by_query: dict[str, dict[str, list[float]]] = {name: {} for name in question.metrics}
    for reference in references:
        mine = agreed(of(judgments, reference)).judgments
        others = agreed(apart_from(judgments, reference)).judgments
        shared = on_pairs_of(mine, others)
        if not len(shared):
            continue
        pool = pool_of(shared, direction=direction, unjudged="skip")
        score = align(pool, as_scores("human", others)).score
        for name, sample in measure(pool, score, question).items():
            if is_per_query(name):
                for unit, part in zip(sample.units, sample.parts, strict=True):
                    by_query[name].setdefault(pool.queries[unit], []).append(float(part[0]))
    samples = {name: _mean_over(by_query[name], name) for name in question.metrics}
    metrics = [Measure(m, None, None, estimate(s, question.seed)) for m, s in samples.items()]
    return Evaluation("human", tuple(metrics), samples)


def _mean_over(values: dict[str, list[float]], metric: str) -> Sample:
    least = -1.0 if metric in ("spearman", "kendall") else 0.0
    reason = "no query was judged twice" if is_per_query(metric) else "not a mean over queries"
    return mean_of(np.array([np.mean(values[query]) for query in sorted(values)]), least, reason)


def _agreement(judgments: Judgments, a: str, b: str, direction: Direction, seed: int) -> Agreement:
    mine, other = (agreed(of(judgments, name)).judgments for name in (a, b))
    shared = on_pairs_of(mine, other)
    if not len(shared):
        return Agreement(a, b, 0, (), None)
    pool = pool_of(shared, direction=direction, unjudged="skip")
    theirs = align(pool, as_scores(b, other)).score
    order = rank(pool, theirs)
    same = np.abs(theirs - pool.grade) < 1e-9
    values = {
        "spearman": mean_of(spearman(order), -1.0, "in no query do grades differ"),
        "kendall": mean_of(kendall(order), -1.0, "in no query do grades differ"),
        "same_first": mean_of(_same_first(pool, theirs), reason="no query has two shared items"),
        "same_grade": mean_of(_query_mean(pool, same.astype(float))),
    }
    measures = tuple(
        Measure(name, None, None, estimate(sample, seed)) for name, sample in values.items()
    )
    count = np.bincount(pool.query)
    by_chance = float(np.mean(1 / count[count > 1])) if (count > 1).any() else None
    return Agreement(a, b, len(pool), measures, by_chance)


def _same_first(pool: Pool, theirs: FloatArray) -> FloatArray:
    """The chance that both put the same item first when ties are broken at random, by query."""
    firsts = []
    for grades in (pool.grade, theirs):
        top = rank(pool, grades)
        first = np.empty(len(pool))
        first[top.order] = (top.before == 0) / top.size
        firsts.append(first)
    same = np.bincount(pool.query, firsts[0] * firsts[1])
    return np.where(np.bincount(pool.query) > 1, same, np.nan)


def _query_mean(pool: Pool, values: FloatArray) -> FloatArray:
    return floats(np.bincount(pool.query, values) / np.bincount(pool.query))


def _rows(judgments: Judgments, keep: NDArray[np.bool_]) -> Judgments:
    return replace(
        judgments,
        job=judgments.job[keep],
        resume=judgments.resume[keep],
        annotator=judgments.annotator[keep],
        grade=judgments.grade[keep],
    )
