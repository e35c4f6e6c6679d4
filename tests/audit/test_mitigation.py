"""What it would take: thresholds, selections and orders that keep a floor."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.cases import one_job
from shortlist.audit.mitigation import group_thresholds, rerank_with_floor, select_with_floor
from shortlist.errors import DataError

VALUES = {f"r{i}": "a" if i < 100 else "b" for i in range(200)}


def test_thresholds_bring_each_group_to_the_rate_of_all() -> None:
    rng = np.random.default_rng(0)
    score = np.concatenate((rng.random(100), rng.random(100) * 0.8))
    found = group_thresholds(one_job(score.tolist()), VALUES, rate=0.3)
    assert [g.group for g in found] == ["a", "b"]
    assert found[0].rate_before > 0.3 > found[1].rate_before
    assert [g.rate_after for g in found] == pytest.approx([0.3, 0.3], abs=0.011)
    assert found[0].threshold > found[1].threshold


def test_thresholds_can_bring_true_positive_rates_together() -> None:
    rng = np.random.default_rng(1)
    score = np.concatenate((rng.random(100), rng.random(100) * 0.8))
    label = (rng.random(200) < 0.5).astype(float)
    scores = one_job(score.tolist(), label.tolist())
    found = group_thresholds(scores, VALUES, rate=0.3, equal="true_positive_rate")
    assert sum(g.n for g in found) == label.sum()
    assert found[0].rate_after == pytest.approx(found[1].rate_after, abs=0.03)


def test_thresholds_without_labels_or_people_are_refused() -> None:
    with pytest.raises(DataError, match="need labels"):
        group_thresholds(one_job([1, 2]), {"r0": "a"}, equal="true_positive_rate")
    with pytest.raises(DataError, match="no scored resume"):
        group_thresholds(one_job([1, 2]), {"other": "a"})
    with pytest.raises(DataError, match="'b' fits"):
        scores = one_job([1, 2, 3], [1, 1, 0])
        group_thresholds(scores, {"r0": "a", "r1": "a", "r2": "b"}, equal="true_positive_rate")


def ratio(chosen: tuple[int, ...], group: np.ndarray) -> float:
    rates = np.bincount(group[list(chosen)], minlength=2) / np.bincount(group)
    return float(rates.min() / rates.max())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 50), min_size=8, max_size=8), st.integers(2, 6))
def test_no_selection_that_keeps_the_floor_is_better(score: list[int], seats: int) -> None:
    group = np.array([0, 0, 0, 0, 0, 1, 1, 1])
    value = np.array(score, float)
    allowed = [
        value[list(c)].sum() for c in combinations(range(8), seats) if ratio(c, group) >= 0.5 - 1e-9
    ]
    if not allowed:
        with pytest.raises(DataError, match="cannot be shared"):
            select_with_floor(value, group, seats, least=0.5)
        return
    chosen = select_with_floor(value, group, seats, least=0.5)
    assert len(set(chosen.tolist())) == seats
    assert ratio(tuple(chosen.tolist()), group) >= 0.5 - 1e-9
    assert value[chosen].sum() == pytest.approx(max(allowed))


def test_without_a_floor_the_best_are_selected() -> None:
    score = np.array([5.0, 4, 3, 2, 1])
    chosen = select_with_floor(score, np.array([0, 0, 0, 1, 1]), 3, least=0.0)
    assert chosen.tolist() == [0, 1, 2]


def test_a_ranking_with_a_floor_gives_each_group_its_exposure() -> None:
    score = np.arange(100, 0, -1.0)
    group = np.array([0] * 50 + [1] * 50)
    order = rerank_with_floor(score, group, least=0.9)
    assert sorted(order.tolist()) == list(range(100))
    worth = 1 / np.log2(np.arange(2, 102))
    for depth in (10, 50, 100):
        mine = worth[:depth][group[order[:depth]] == 1].sum() / worth[:depth].sum()
        assert mine >= 0.9 * 0.5 - 0.5 * worth[depth - 1]
    for g in (0, 1):  # within a group the better stay ahead
        mine = score[order[group[order] == g]]
        assert (np.diff(mine) < 0).all()


def test_a_ranking_without_a_floor_is_by_score() -> None:
    score = np.array([1.0, 3.0, 2.0])
    assert rerank_with_floor(score, np.array([0, 1, 1]), least=0.0).tolist() == [1, 2, 0]
