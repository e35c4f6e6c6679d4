"""The metrics by name: `ndcg@10`, `map`, `roc_auc`, ..."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from shortlist.errors import ConfigError
from shortlist.evaluation import pairs, ranked
from shortlist.evaluation.pool import Pool
from shortlist.evaluation.ranked import Ranked
from shortlist.evaluation.resampling import Sample, mean_of, not_estimated
from shortlist.evaluation.scores import FloatArray

FITS_FROM = 0.5
"""By default 1 of {0, 1} fits, 1 and 2 of {0, 1, 2}, and half of several annotators."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every system alike."""

    metrics: tuple[str, ...] = ()
    """Names such as `ndcg@10`; by default those that suit the grades."""
    relevant: float = FITS_FROM
    """The lowest grade that fits, for metrics that know only yes and no."""
    threshold: float | None = None
    """Where a score is cut for accuracy, precision, recall and F1."""
    seed: int = 0
    """Fixes the resampling and the folds of controls."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric's name taken apart: `ndcg@10` is `ndcg` with `k` 10."""

    name: str
    kind: str
    k: int | None = None


_PER_QUERY: dict[str, Callable[[Ranked, int, float], FloatArray]] = {
    "ndcg": lambda r, k, _: ranked.ndcg(r, k or None),
    "ndcg_exp": lambda r, k, _: ranked.ndcg(r, k or None, exponential=True),
    "map": lambda r, _, relevant: ranked.average_precision(r, relevant),
    "mrr": lambda r, _, relevant: ranked.reciprocal_rank(r, relevant),
    "precision@": ranked.precision,
    "recall@": ranked.recall,
    "hit@": ranked.hit_rate,
    "spearman": lambda r, *_: ranked.spearman(r),
    "kendall": lambda r, *_: ranked.kendall(r),
}
_PAIRS: dict[str, Callable[[pairs.Pairs], Sample]] = {
    "roc_auc": pairs.roc_auc,
    "pr_auc": pairs.pr_auc,
    "brier": pairs.brier,
    "ece": pairs.ece,
}
_AT_THRESHOLD: dict[str, Callable[[pairs.Pairs, float], Sample]] = {
    "accuracy": pairs.accuracy,
    "precision": pairs.precision,
    "recall": pairs.recall,
    "f1": pairs.f1,
}
_UNDEFINED = {
    "ndcg": "no query has a grade above 0",
    "ndcg_exp": "no query has a grade above 0",
    "spearman": "in no query do grades differ",
    "kendall": "in no query do grades differ",
}

LOWER_IS_BETTER = frozenset(("brier", "ece"))
PROBABILITIES = frozenset(("brier", "ece", *_AT_THRESHOLD))
"""Metrics that read the score itself, not only its order."""


def parse_metrics(names: Sequence[str]) -> tuple[Metric, ...]:
    """Return metrics by their names.

    Raises:
        ConfigError: a name is unknown, or its `@k` is missing or not a number above 0.
    """
    return tuple(_parse(name.strip()) for name in names)


def is_per_query(name: str) -> bool:
    """Return whether a metric is a mean over queries, rather than one number over all pairs."""
    return _parse(name).kind in _PER_QUERY


def suited(question: Question, pool: Pool) -> Question:
    """Return the question with the metrics that suit the pool's grades, where it names none."""
    if question.metrics:
        return question
    graded = len(np.unique(pool.grade)) > 2
    ranks = ("ndcg_exp@10", "spearman", "kendall") if graded else ()
    order = ("ndcg@10", *ranks, "map", "mrr", "precision@10", "recall@50")
    return replace(question, metrics=(*order, "roc_auc", "pr_auc", "brier", "ece"))


def measure(pool: Pool, score: FloatArray, question: Question) -> dict[str, Sample]:
    """Return the sample of each metric, by name, for scores [n] on a pool (NaN: no score)."""
    order = ranked.rank(pool, score)
    scored = pairs.pairs_of(pool, score, question.relevant)
    metrics = parse_metrics(question.metrics)
    return {metric.name: _measured(metric, order, scored, question) for metric in metrics}


def _measured(metric: Metric, order: Ranked, scored: pairs.Pairs, question: Question) -> Sample:
    if metric.kind in _PER_QUERY:
        values = _PER_QUERY[metric.kind](order, metric.k or 0, question.relevant)
        least = -1.0 if metric.kind in ("spearman", "kendall") else 0.0
        return mean_of(values, least, _UNDEFINED.get(metric.kind, "no query has a fitting item"))
    if metric.kind in _PAIRS:
        return _PAIRS[metric.kind](scored)
    if question.threshold is None:
        reason = "no threshold: name one, or a split to choose it on"
        return not_estimated(len(scored.score), reason)
    return _AT_THRESHOLD[metric.kind](scored, question.threshold)


def _parse(name: str) -> Metric:
    kind, at, k = name.partition("@")
    if at and (not k.isdigit() or int(k) < 1):
        raise ConfigError(f"{name}: write a whole number above 0 after the @, as in {kind}@10")
    if at and kind in ("ndcg", "ndcg_exp"):
        return Metric(name, kind, int(k))
    if at and f"{kind}@" in _PER_QUERY:
        return Metric(name, f"{kind}@", int(k))
    if not at and (kind in _PER_QUERY or kind in _PAIRS or kind in _AT_THRESHOLD):
        return Metric(name, kind)
    known = [f"{m}k" if m.endswith("@") else m for m in (*_PER_QUERY, *_PAIRS, *_AT_THRESHOLD)]
    raise ConfigError(f"{name}: no such metric; there are {', '.join(known)} (ndcg@k works too)")
