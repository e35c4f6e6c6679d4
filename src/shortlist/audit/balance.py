"""The same audit on equally many people of each group."""

import numpy as np

from shortlist.audit.grouping import Grouped
from shortlist.evaluation.scores import Scores


def balanced(scores: Scores, grouped: Grouped, seed: int) -> Scores:
    """Return the scores of equally many people of each compared group, drawn with a fixed seed.

    As many as the smallest compared group has; people of other groups are left out.
    """
    rng = np.random.default_rng(seed)
    scored = np.flatnonzero(np.bincount(scores.resume))
    size = int(grouped.people[grouped.compared].min())
    kept = np.zeros(len(scores.resumes), bool)
    for group in grouped.compared:
        kept[rng.choice(scored[grouped.of_resume[scored] == group], size, replace=False)] = True
    rows = kept[scores.resume]
    label = None if scores.label is None else scores.label[rows]
    return Scores(
        scores.name,
        scores.jobs,
        scores.resumes,
        scores.job[rows],
        scores.resume[rows],
        scores.score[rows],
        label,
    )
