"""Names of metrics, and which metrics a question asks for."""

import numpy as np
import pytest

from shortlist.errors import ConfigError
from shortlist.evaluation.metrics import Metric, Question, measure, parse_metrics, suited
from shortlist.evaluation.pool import pool_of
from shortlist.evaluation.scores import judgments_of
from shortlist.records import Judgment


def test_names() -> None:
    assert parse_metrics(["ndcg@10", " ndcg", "map", "recall@50", "recall"]) == (
        Metric("ndcg@10", "ndcg", 10),
        Metric("ndcg", "ndcg"),
        Metric("map", "map"),
        Metric("recall@50", "recall@", 50),
        Metric("recall", "recall"),
    )


@pytest.mark.parametrize(
    "name, said",
    [
        ("ncdg@10", "no such metric"),
        ("hit", "no such metric"),
        ("map@5", "no such metric"),
        ("ndcg@", "whole number above 0"),
        ("recall@0", "whole number above 0"),
        ("recall@ten", "whole number above 0"),
    ],
)
def test_unknown_names_are_refused(name: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        parse_metrics([name])


def test_metrics_suit_the_grades() -> None:
    yes_no = pool_of(judgments_of([Judgment("j", "a", 1), Judgment("j", "b", 0)]))
    graded = pool_of(judgments_of([Judgment("j", str(i), i) for i in range(3)]))
    assert "spearman" not in suited(Question(), yes_no).metrics
    assert "spearman" in suited(Question(), graded).metrics
    assert suited(Question(("map",)), graded).metrics == ("map",)


def test_every_metric_is_measured_or_says_why_not() -> None:
    pool = pool_of(judgments_of([Judgment("j", str(i), i % 3) for i in range(9)]))
    names = ("ndcg", "ndcg_exp@3", "map", "mrr", "precision@3", "recall@3", "hit@3", "spearman",
             "kendall", "roc_auc", "pr_auc", "brier", "ece", "accuracy", "precision", "recall",
             "f1")  # fmt: skip
    score = np.linspace(0, 1, 9)
    without = measure(pool, score, Question(names))
    for name, sample in without.items():
        if name in ("accuracy", "precision", "recall", "f1"):
            assert (sample.value, sample.reason[:12]) == (None, "no threshold")
        else:
            assert sample.value is not None
    cut = measure(pool, score, Question(names, threshold=0.5))
    assert cut["recall"].value == pytest.approx(4 / 6)
