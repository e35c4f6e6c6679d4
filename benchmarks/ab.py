"""The A/B of scorers: the hand-weighted score, the learned one and their blend, side by side.

* rjdb and categories, as in `matching.py`, on the half of the jobs that nothing was fitted on:
  ranking quality with paired tests, agreement, and what follows.
* vacancy-resume: 30 CVs by 5 vacancies, vacancies ranked for a CV. How people ranked them is held
  out, so there are distributions and agreement only.

The blend is the one that comes with shortlist, which `runs/fit_blend.py` fits on the other half.
"""

import argparse
from collections.abc import Iterator

import numpy as np

from benchmarks.judged_sets import JudgedSet, categories, rjdb, vacancies
from benchmarks.results import Row, data_folder, publish
from shortlist.evaluation.comparison import Comparison, compare_scorers
from shortlist.evaluation.controls import word_scores
from shortlist.evaluation.metrics import Question
from shortlist.evaluation.pool import Pool
from shortlist.evaluation.scores import FloatArray, Scores, scores_of
from shortlist.matcher import Matcher
from shortlist.records import Estimate
from shortlist.scorers import SUGGESTED, learned_matcher, read_blend
from shortlist.scorers.blend_file import SIGNALS
from shortlist.scorers.blend_fit import signal_values
from shortlist.scorers.fitting import mixed

METRICS = {"rjdb": ("ndcg@10", "map"), "categories": ("ndcg@10", "map", "roc_auc")}


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rjdb", type=int, help="jobs of rjdb; all without it")
    parser.add_argument("--jobs", type=int, help="jobs of categories; all without it")
    parser.add_argument("--each", type=int, default=25, help="resumes of each category")
    wanted = parser.parse_args()
    folder = data_folder()
    matcher = learned_matcher()
    rows: list[Row] = []
    judged = (
        rjdb(folder, chosen_on=False, most=wanted.rjdb),
        categories(folder, chosen_on=False, most=wanted.jobs, each=wanted.each),
    )
    for one in judged:
        rows += _rows(one, _compared(matcher, one))
    vacancy = vacancies(folder)
    rows += _rows(vacancy, _compared(matcher, vacancy))
    publish("ab", rows)


def _compared(matcher: Matcher, one: JudgedSet) -> Comparison:
    """Compare the scorers; each is a mix of signals that are read once."""
    values = signal_values(matcher, one.pool, one.texts).values
    suggested = np.array([SUGGESTED.get(signal, 0.0) for signal in SIGNALS])
    fitted = read_blend().weights
    systems = [
        _scores("hybrid", one.pool, mixed(values, suggested)),
        _scores("learned", one.pool, values[:, SIGNALS.index("learned")]),
        _scores("blend", one.pool, mixed(values, np.array([fitted[name] for name in SIGNALS]))),
        _scores("bm25", one.pool, word_scores("bm25", one.pool, one.texts)),
    ]
    pool = one.pool if one.judged else None
    question = Question(METRICS.get(one.name, ()))
    return compare_scorers(systems, pool, question, one.pool.direction)


def _scores(name: str, pool: Pool, values: FloatArray) -> Scores:
    queries = [pool.queries[q] for q in pool.query.tolist()]
    items = [pool.items[i] for i in pool.item.tolist()]
    jobs, resumes = (queries, items) if pool.direction == "resumes" else (items, queries)
    return scores_of(name, jobs, resumes, values)


def _rows(one: JudgedSet, found: Comparison) -> Iterator[Row]:
    if found.quality:
        for system in (*found.quality.systems, *found.quality.controls):
            for measure in system.metrics:
                yield _row(f"{one.name}: {measure.name}", system.system, measure.estimate)
        for difference in found.quality.differences:
            p = difference.p_holm
            yield _row(
                f"{one.name}: {difference.metric}",
                f"{difference.a} - {difference.b}",
                difference.estimate,
                "" if p is None else f"p = {p:.3g} after correction",
            )
    for alike in found.agreement:
        two = f"{alike.a}, {alike.b}"
        yield _row(f"{one.name}: Spearman between scorers", two, alike.spearman)
        yield _row(f"{one.name}: same item first", two, alike.top)
    for d in found.distributions:
        middle = f"median {d.median:.3f}, half of them in [{d.quarter:.3f}, {d.three_quarters:.3f}]"
        yield Row(f"{one.name}: mean score", d.scorer, d.mean, n=d.n, note=middle)
    decision = found.recommendation
    print(f"{one.name}: {decision.decision}, rank by {decision.rank_by}")
    for reason in decision.because:
        print(f"  {reason}")


def _row(measure: str, system: str, estimate: Estimate, note: str = "") -> Row:
    assert estimate.value is not None, (measure, system, estimate.reason)
    return Row(measure, system, estimate.value, estimate.low, estimate.high, estimate.n, note=note)


if __name__ == "__main__":
    main()
