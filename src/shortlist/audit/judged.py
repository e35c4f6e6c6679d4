"""Joins scores with the judgments of a data set."""

from dataclasses import replace

import numpy as np

from shortlist.evaluation.pool import agreed, choose_unjudged
from shortlist.evaluation.scores import Judgments, Scores


def with_labels(scores: Scores, judgments: Judgments) -> Scores:
    """Return the scores with each pair's grade, the mean over annotators, as its label.

    Where somebody said of some pair that it does not fit, pairs that nobody judged have no label.
    Where just the fitting pairs were written down, all others have grade 0.
    """
    if not len(judgments):
        return scores
    known = agreed(judgments).judgments
    rest = np.nan if choose_unjudged(known) == "skip" else 0.0
    grade = {
        (known.jobs[job], known.resumes[resume]): value
        for job, resume, value in zip(known.job, known.resume, known.grade, strict=True)
    }
    pairs = zip(scores.job, scores.resume, strict=True)
    label = [grade.get((scores.jobs[job], scores.resumes[resume]), rest) for job, resume in pairs]
    return replace(scores, label=np.array(label, float))
