"""Scores and judgments in columns: what the metrics compute on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shortlist.errors import DataError
from shortlist.records import Judgment, Ranking

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scores:
    """A system's scores, one row per pair, sorted by job and resume; no pair stands there twice.

    `job` and `resume` [n] are positions in `jobs` and `resumes`, the distinct ids in their order.
    `label` [n] is the pair's grade where it came with the scores and NaN elsewhere, or None.
    """

    name: str
    jobs: tuple[str, ...]
    resumes: tuple[str, ...]
    job: IntArray
    resume: IntArray
    score: FloatArray
    label: FloatArray | None = None

    def __len__(self) -> int:
        return len(self.score)


@dataclass(frozen=True, slots=True)
class Judgments:
    """Grades of pairs, one row per word of an annotator.

    `job`, `resume` and `annotator` [n] are positions in `jobs`, `resumes` and `annotators`, the
    distinct ids in their order. `grade` [n] is at least 0.
    """

    jobs: tuple[str, ...]
    resumes: tuple[str, ...]
    annotators: tuple[str, ...]
    job: IntArray
    resume: IntArray
    annotator: IntArray
    grade: FloatArray

    def __len__(self) -> int:
        return len(self.grade)


def coded(ids: Sequence[str]) -> tuple[tuple[str, ...], IntArray]:
    """Return the distinct ids in order, and each row's position among them."""
    distinct = tuple(sorted(set(ids)))
    position = {name: i for i, name in enumerate(distinct)}
    return distinct, np.fromiter((position[name] for name in ids), np.int64, len(ids))


def scores_of(
    name: str,
    jobs: Sequence[str],
    resumes: Sequence[str],
    score: FloatArray,
    *,
    label: FloatArray | None = None,
) -> Scores:
    """Return scores from columns of one length: ids, scores (finite, higher is better), labels.

    Raises:
        DataError: a pair is scored twice.
    """
    job_ids, job = coded(jobs)
    resume_ids, resume = coded(resumes)
    order = np.lexsort((resume, job))
    job, resume = job[order], resume[order]
    twice = np.flatnonzero((job[1:] == job[:-1]) & (resume[1:] == resume[:-1]))
    if len(twice):
        raise DataError(
            f"{name}: the pair of job {job_ids[job[twice[0]]]!r} and resume "
            f"{resume_ids[resume[twice[0]]]!r} is scored more than once: keep one row"
        )
    ordered = None if label is None else label[order]
    return Scores(name, job_ids, resume_ids, job, resume, score[order], ordered)


def scores_of_rankings(name: str, rankings: Iterable[Ranking]) -> Scores:
    """Return the scores of rankings.

    Raises:
        DataError: a resume stands twice in a ranking, or a job has two rankings.
    """
    rows = [(ranking.job, match) for ranking in rankings for match in ranking.matches]
    score = np.asarray([match.score for _, match in rows], float)
    return scores_of(name, [job for job, _ in rows], [match.resume for _, match in rows], score)


def judgments_of(judgments: Iterable[Judgment]) -> Judgments:
    """Return judgments in columns."""
    rows = list(judgments)
    jobs, job = coded([row.job for row in rows])
    resumes, resume = coded([row.resume for row in rows])
    annotators, annotator = coded([row.annotator for row in rows])
    grade = np.asarray([row.grade for row in rows], float)
    return Judgments(jobs, resumes, annotators, job, resume, annotator, grade)


def judgments_of_labels(scores: Scores) -> Judgments:
    """Return the judgments that came with scores.

    Raises:
        DataError: no row has a label.
    """
    known = np.zeros(0, bool) if scores.label is None else np.isfinite(scores.label)
    if scores.label is None or not known.any():
        raise DataError(
            f"{scores.name}: no label to judge by: add a column 'label', or name a data set"
        )
    annotator = np.zeros(int(known.sum()), np.int64)
    grade = scores.label[known]
    job, resume = scores.job[known], scores.resume[known]
    return Judgments(scores.jobs, scores.resumes, ("",), job, resume, annotator, grade)
