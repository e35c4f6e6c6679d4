"""Whether resumes that are alike get scores that are alike (Dwork et al. 2012, ITCS)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from shortlist.audit.rates import Clusters, FloatArray, found, missing, rates
from shortlist.errors import DataError
from shortlist.evaluation.scores import Scores
from shortlist.records import Estimate, Measure

MOST = 500
"""Resumes of a job that are looked at; of larger pools as many are drawn."""


def local_consistency(
    scores: Scores, vectors: NDArray[np.floating[Any]], *, neighbours: int = 5, seed: int = 0
) -> list[Measure]:
    """Return how far scores of near neighbours are apart, over all jobs.

    `local_shift` is the mean difference of a resume's score from those of its nearest neighbours
    among the job's resumes by cosine, `local_p95_shift` the 95 % point, `chance_shift` the mean
    difference from as many other resumes drawn at random, and `local_shift_of_chance` the first
    over the third: 1 where likeness plays no part.

    Args:
        scores: at least `neighbours + 2` resumes for at least one job; smaller pools stay out.
        vectors: [r, d], one row per id of `scores.resumes`. Take them from another model than the
            one that scored, or the answer is partly built in.
        neighbours: how many.
        seed: of the draws.

    Raises:
        DataError: there are not as many vectors as resumes.
    """
    if len(vectors) != len(scores.resumes):
        raise DataError(f"{len(vectors)} vectors for {len(scores.resumes)} resumes: one for each")
    norms = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    unit = np.asarray(vectors / norms, float)
    rng = np.random.default_rng(seed)
    near, chance, resume, job = [], [], [], []
    for j in range(len(scores.jobs)):
        rows = np.flatnonzero(scores.job == j)
        if len(rows) > MOST:
            rows = np.sort(rng.choice(rows, MOST, replace=False))
        if len(rows) < neighbours + 2:
            continue
        score, who = scores.score[rows], scores.resume[rows]
        near.append(_apart(score, _nearest(unit[who], neighbours)))
        chance.append(_apart(score, _others(len(rows), neighbours, rng)))
        resume.append(who)
        job.append(np.full(len(rows), j))
    names = ("local_shift", "local_p95_shift", "chance_shift", "local_shift_of_chance")
    if not near:
        few = missing(len(scores), f"no job has {neighbours + 2} resumes")
        return [Measure(name, None, None, few) for name in names]
    people, jobs = np.concatenate(resume), np.concatenate(job)
    clusters = Clusters(
        np.zeros(len(people), np.int64), people, jobs, 1, len(scores.resumes), len(scores.jobs)
    )
    estimates = _estimates(np.concatenate(near), np.concatenate(chance), clusters)
    return [Measure(n, None, None, e) for n, e in zip(names, estimates, strict=True)]


def _estimates(near: FloatArray, chance: FloatArray, clusters: Clusters) -> list[Estimate]:
    alike, random = near.mean(axis=1), chance.mean(axis=1)
    shift, base = _mean(alike, clusters), _mean(random, clusters)
    point = float(np.quantile(near, 0.95))
    high = Estimate(point, None, None, near.size, "the 95 % point of all neighbours")
    if not random.any():
        return [shift, high, base, missing(len(near), "all scores of a job are equal")]
    ratio = float(alike.mean() / random.mean())
    # The ratio's influence function, row by row.
    of = _mean((alike - ratio * random) / random.mean(), clusters)
    half = (of.high or 0.0) - (of.value or 0.0)
    return [shift, high, base, found(ratio, ratio - half, ratio + half, len(near))]


def _mean(values: FloatArray, clusters: Clusters) -> Estimate:
    from scipy.stats import t

    of = rates(values, np.ones(len(values)), clusters)
    half = float(t.ppf(0.975, of.freedom[0]) * np.sqrt(of.variance[0]))
    return found(of.value[0], of.value[0] - half, of.value[0] + half, len(values))


def _nearest(unit: FloatArray, neighbours: int) -> NDArray[np.int64]:
    likeness = unit @ unit.T
    np.fill_diagonal(likeness, -np.inf)
    return np.argpartition(-likeness, neighbours, axis=1)[:, :neighbours]


def _others(n: int, neighbours: int, rng: np.random.Generator) -> NDArray[np.int64]:
    steps: NDArray[np.int64] = rng.integers(1, n, (n, neighbours))
    return (np.arange(n)[:, None] + steps) % n


def _apart(score: FloatArray, others: NDArray[np.int64]) -> FloatArray:
    apart: FloatArray = np.abs(score[:, None] - score[others])
    return apart
