"""Ranking metrics: by hand, against all orders of ties in turn, against other libraries."""

import itertools
import math
from collections.abc import Callable

import ir_measures
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ir_measures import AP, RR, P, R, Success, nDCG
from scipy import stats
from sklearn.metrics import ndcg_score

from shortlist.evaluation import ranked
from shortlist.evaluation.pool import Pool, pool_of
from shortlist.evaluation.ranked import Ranked
from shortlist.evaluation.scores import FloatArray, judgments_of
from shortlist.records import Judgment

Metric = Callable[[Ranked], FloatArray]
METRICS: dict[str, Metric] = {
    "ndcg": ranked.ndcg,
    "ndcg@3": lambda r: ranked.ndcg(r, 3),
    "ndcg_exp@3": lambda r: ranked.ndcg(r, 3, exponential=True),
    "map": ranked.average_precision,
    "mrr": ranked.reciprocal_rank,
    "precision@3": lambda r: ranked.precision(r, 3),
    "recall@3": lambda r: ranked.recall(r, 3),
    "hit@2": lambda r: ranked.hit_rate(r, 2),
}


def pool(grades: list[list[float]]) -> Pool:
    """A pool with one job per list, whose resumes have these grades."""
    rows = [
        Judgment(f"j{q:03}", f"r{i:03}", grade)
        for q, of_query in enumerate(grades)
        for i, grade in enumerate(of_query)
    ]
    return pool_of(judgments_of(rows), unjudged="skip")


def values(metric: str, grades: list[float], scores: list[float]) -> float:
    one = pool([grades])
    return float(METRICS[metric](ranked.rank(one, np.array(scores)))[0])


def test_ndcg_by_hand() -> None:
    got = values("ndcg", [3, 0, 2], [0.1, 0.9, 0.5])
    dcg = 0 / 1 + 2 / math.log2(3) + 3 / 2
    best = 3 / 1 + 2 / math.log2(3) + 0
    assert got == pytest.approx(dcg / best)


def test_exponential_gain_by_hand() -> None:
    got = values("ndcg_exp@3", [3, 0, 2], [0.1, 0.9, 0.5])
    dcg = 3 / math.log2(3) + 7 / 2
    assert got == pytest.approx(dcg / (7 + 3 / math.log2(3)))


def test_exponential_gain_of_large_grades_does_not_overflow() -> None:
    assert values("ndcg_exp@3", [5000, 0], [1.0, 0.0]) == pytest.approx(1.0)


def test_average_precision_by_hand() -> None:
    assert values("map", [1, 0, 1, 0], [4, 3, 2, 1]) == pytest.approx((1 / 1 + 2 / 3) / 2)


def test_reciprocal_rank_by_hand() -> None:
    assert values("mrr", [0, 0, 1, 1], [4, 3, 2, 1]) == pytest.approx(1 / 3)


def test_top_k_by_hand() -> None:
    grades, scores = [1, 0, 1, 1, 0], [5.0, 4, 3, 2, 1]
    assert values("precision@3", grades, scores) == pytest.approx(2 / 3)
    assert values("recall@3", grades, scores) == pytest.approx(2 / 3)
    assert values("hit@2", [0, 0, 1], [3, 2, 1]) == 0
    assert values("hit@2", [0, 1, 0], [3, 2, 1]) == 1


def test_a_list_shorter_than_k() -> None:
    assert values("precision@3", [1], [1.0]) == pytest.approx(1 / 3)
    assert values("hit@2", [1], [1.0]) == 1


def test_five_places_with_gains_five_to_one_leave_a_random_order_at_0_861() -> None:
    """A threshold of 0.5 on this metric can therefore not fail."""
    gains = [5.0, 4, 3, 2, 1]
    assert values("ndcg", gains, [0.0] * 5) == pytest.approx(0.861, abs=5e-4)
    assert values("ndcg", gains, [1.0, 2, 3, 4, 5]) == pytest.approx(0.722, abs=5e-4)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from([0.0, 1.0, 2.0])), min_size=1, max_size=6
    ),
    st.sampled_from(sorted(METRICS)),
)
def test_ties_give_the_mean_over_all_their_orders(
    rows: list[tuple[int, float]], metric: str
) -> None:
    grades, scores = [float(g) for g, _ in rows], [s for _, s in rows]
    orders = [
        order
        for order in itertools.permutations(range(len(rows)))
        if all(scores[a] >= scores[b] for a, b in itertools.pairwise(order))
    ]
    one_by_one = []
    for order in orders:
        strict = [0.0] * len(rows)
        for place, i in enumerate(order):
            strict[i] = -float(place)
        one_by_one.append(values(metric, grades, strict))
    assert values(metric, grades, scores) == pytest.approx(np.mean(one_by_one), nan_ok=True)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_agrees_with_other_libraries(seed: int) -> None:
    rng = np.random.default_rng(seed)
    grades = [rng.integers(0, 4, rng.integers(2, 30)).astype(float) for _ in range(5)]
    one = pool([g.tolist() for g in grades])
    score = rng.permutation(len(one)).astype(float)
    got = {name: metric(ranked.rank(one, score)) for name, metric in METRICS.items()}
    qrels = [
        ir_measures.Qrel(one.queries[q], one.items[i], int(g))
        for q, i, g in zip(one.query, one.item, one.grade, strict=True)
    ]
    run = [
        ir_measures.ScoredDoc(one.queries[q], one.items[i], s)
        for q, i, s in zip(one.query, one.item, score, strict=True)
    ]
    theirs = {"ndcg@3": nDCG @ 3, "map": AP, "mrr": RR, "precision@3": P @ 3, "recall@3": R @ 3,
              "hit@2": Success @ 2, "ndcg": nDCG}  # fmt: skip
    for name, measure in theirs.items():
        expected = {m.query_id: m.value for m in ir_measures.iter_calc([measure], qrels, run)}
        mine = dict(zip(one.queries, got[name], strict=True))
        for query, value in expected.items():
            if not np.isnan(mine[query]):
                assert mine[query] == pytest.approx(value), (name, query)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([None, 1, 3, 10]))
def test_ndcg_with_ties_agrees_with_scikit_learn(seed: int, k: int | None) -> None:
    rng = np.random.default_rng(seed)
    grades = rng.integers(0, 4, 12).astype(float)
    grades[0] = 2
    score = rng.integers(0, 4, 12).astype(float)
    mine = ranked.ndcg(ranked.rank(pool([grades.tolist()]), score), k)[0]
    assert mine == pytest.approx(ndcg_score([grades], [score], k=k))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_rank_correlations_agree_with_scipy(seed: int) -> None:
    rng = np.random.default_rng(seed)
    grades = [rng.integers(0, 4, rng.integers(3, 15)).astype(float) for _ in range(4)]
    for of_query in grades:
        of_query[:2] = 0, 3
    one = pool([g.tolist() for g in grades])
    score = rng.integers(0, 5, len(one)).astype(float)
    score[np.searchsorted(one.query, np.arange(4))] = 9.0
    order = ranked.rank(one, score)
    for q, of_query in enumerate(grades):
        mine = score[one.query == q]
        assert ranked.spearman(order)[q] == pytest.approx(stats.spearmanr(mine, of_query).statistic)
        assert ranked.kendall(order)[q] == pytest.approx(stats.kendalltau(mine, of_query).statistic)


def test_equal_scores_have_no_rank_correlation() -> None:
    order = ranked.rank(pool([[2, 1, 0]]), np.zeros(3))
    assert ranked.spearman(order) == ranked.kendall(order) == 0


def test_a_query_that_does_not_define_a_metric_has_no_value() -> None:
    order = ranked.rank(pool([[0, 0], [1, 1], [1, 0]]), np.array([2.0, 1, 2, 1, 2, 1]))
    assert np.isnan(ranked.ndcg(order)).tolist() == [True, False, False]
    assert np.isnan(ranked.average_precision(order)).tolist() == [True, False, False]
    assert np.isnan(ranked.reciprocal_rank(order)).tolist() == [True, False, False]
    assert np.isnan(ranked.recall(order, 1)).tolist() == [True, False, False]
    assert np.isnan(ranked.hit_rate(order, 1)).tolist() == [True, False, False]
    assert np.isnan(ranked.spearman(order)).tolist() == [True, True, False]
    assert np.isnan(ranked.kendall(order)).tolist() == [True, True, False]


def test_pairs_without_a_score_are_not_found() -> None:
    one = pool([[1, 1, 0, 1]])
    order = ranked.rank(one, np.array([2.0, np.nan, 1.0, np.nan]))
    assert ranked.recall(order, 4)[0] == pytest.approx(1 / 3)
    assert ranked.average_precision(order)[0] == pytest.approx(1 / 3)
    assert ranked.hit_rate(order, 4)[0] == 1
    nothing = ranked.rank(one, np.full(4, np.nan))
    for metric in METRICS.values():
        assert metric(nothing)[0] == 0


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from(sorted(METRICS)))
def test_the_order_of_rows_does_not_matter(seed: int, metric: str) -> None:
    rng = np.random.default_rng(seed)
    rows = [Judgment(f"j{q}", f"r{i}", int(rng.integers(3))) for q in range(3) for i in range(6)]
    score = {(row.job, row.resume): float(rng.integers(3)) for row in rows}

    def measured(order: list[Judgment]) -> list[float]:
        one = pool_of(judgments_of(order), unjudged="skip")
        pairs = zip(one.query, one.item, strict=True)
        by_row = np.array([score[one.queries[q], one.items[i]] for q, i in pairs])
        return METRICS[metric](ranked.rank(one, by_row)).tolist()

    shuffled = [rows[i] for i in rng.permutation(len(rows))]
    np.testing.assert_array_equal(measured(rows), measured(shuffled))


def test_a_rising_scale_of_scores_changes_nothing() -> None:
    rng = np.random.default_rng(5)
    one = pool(rng.integers(0, 3, (4, 8)).astype(float).tolist())
    score = rng.integers(0, 5, 32).astype(float)
    for metric in (*METRICS.values(), ranked.spearman, ranked.kendall):
        before, after = (metric(ranked.rank(one, s)) for s in (score, np.exp(score) - 40))
        np.testing.assert_array_equal(before, after)
