"""Do the intervals of `evaluate` cover, and does its paired test cry wolf?

Each simulated study draws jobs of different difficulty, resumes that fit with different chances,
and a system that sees the fit through noise; scores are rounded, so that there are ties. The truth
is the same simulation with 20,000 jobs. Coverage is the share of studies whose 95 % interval holds
it (goal: at least 0.93). A false alarm is p <= 0.05 between two systems of equal skill, or any
p <= 0.05 after Holm's correction (goal: at most 0.06).
"""

from collections.abc import Iterator

import numpy as np

from benchmarks.results import Row, renew
from shortlist.evaluation.evaluation import Evaluation, compare, measured
from shortlist.evaluation.intervals import wilson
from shortlist.evaluation.metrics import Question, measure
from shortlist.evaluation.pool import Pool

STUDIES = 2000
JOBS = (10, 30, 100)
PER_JOB = 15
MANY = 20_000
QUESTION = Question(
    metrics=(
        "ndcg@10", "ndcg_exp@10", "map", "mrr", "precision@5", "recall@5", "hit@1", "spearman",
        "kendall", "roc_auc", "pr_auc", "accuracy", "precision", "recall", "f1", "brier", "ece",
    ),
    threshold=0.5,
)  # fmt: skip


def drawn(rng: np.random.Generator, jobs: int) -> tuple[Pool, list[np.ndarray]]:
    """Return judged pairs and the scores of two systems of equal skill."""
    query = np.repeat(np.arange(jobs), PER_JOB)
    ease, level = rng.normal(1.2, 0.6, jobs), rng.normal(-0.8, 0.7, jobs)
    quality = rng.normal(0, 1, len(query)) + level[query]
    grade = (quality > 0).astype(float) + (quality > 1)
    odds = [
        ease[query] * quality + rng.normal(0, 1, len(query)) + 0.3 * rng.normal(0, 1, jobs)[query]
        for _ in range(2)
    ]
    item = np.tile(np.arange(PER_JOB), jobs)
    best = grade[np.lexsort((-grade, query))]
    ids = tuple(map(str, range(jobs)))
    pool = Pool("resumes", "skip", ids, tuple(map(str, range(PER_JOB))), query, item, grade, best)
    return pool, [np.round(1 / (1 + np.exp(-one)), 2) for one in odds]


def truth() -> dict[str, float]:
    """Return the metrics over very many jobs."""
    pool, (score, _) = drawn(np.random.default_rng(0), MANY)
    samples = measure(pool, score, QUESTION)
    return {name: sample.value for name, sample in samples.items() if sample.value is not None}


def studies(jobs: int) -> Iterator[tuple[Evaluation, Evaluation]]:
    """Yield the evaluations of two equal systems in each study."""
    rng = np.random.default_rng(jobs)
    for _ in range(STUDIES):
        pool, (a, b) = drawn(rng, jobs)
        yield measured("a", pool, a, QUESTION), measured("b", pool, b, QUESTION)


def simulated(jobs: int, true: dict[str, float]) -> Iterator[Row]:
    """Yield coverage and false alarms of every metric with so many jobs."""
    held = dict.fromkeys(QUESTION.metrics, 0)
    given, alarms = held.copy(), held.copy()
    any_alarm = 0
    for a, b in studies(jobs):
        for metric in QUESTION.metrics:
            estimate = a[metric]
            if estimate.low is not None and estimate.high is not None:
                given[metric] += 1
                held[metric] += estimate.low <= true[metric] <= estimate.high
        differences = compare(a, b)
        for difference in differences:
            alarms[difference.metric] += difference.p is not None and difference.p <= 0.05
        any_alarm += any(d.p_holm is not None and d.p_holm <= 0.05 for d in differences)
    for metric in QUESTION.metrics:
        yield _share(
            f"coverage of 95 % intervals, {jobs} jobs", metric, held[metric], given[metric]
        )
        yield _share(f"false alarms at 0.05, {jobs} jobs", metric, alarms[metric], STUDIES)
    yield _share(f"false alarms at 0.05, {jobs} jobs", "any metric, after Holm", any_alarm, STUDIES)


def _share(what: str, system: str, count: int, n: int) -> Row:
    low, high = wilson(count / n, n)
    return Row(f"evaluate: {what}", system, count / n, float(low), float(high), n)


def main() -> None:
    """Simulate every number of jobs, and publish each as soon as it is done."""
    true = truth()
    for jobs in JOBS:
        renew("intervals", simulated(jobs, true))


if __name__ == "__main__":
    main()
