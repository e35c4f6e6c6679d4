"""Scores of near neighbours."""

import numpy as np
import pytest

from audit.cases import one_job
from shortlist.audit.consistency import local_consistency
from shortlist.errors import DataError


def test_scores_that_follow_likeness_are_close_and_random_ones_are_not() -> None:
    rng = np.random.default_rng(0)
    angle = rng.random(200)
    vectors = np.column_stack((np.cos(angle), np.sin(angle)))
    follows = local_consistency(one_job(angle.tolist()), ordered(vectors))
    random = local_consistency(one_job(rng.random(200).tolist()), ordered(vectors))
    assert ratio(follows) < 0.2
    assert ratio(random) == pytest.approx(1, abs=0.15)


def ordered(vectors: np.ndarray) -> np.ndarray:
    """Vectors in the order of the sorted ids r0, r1, r10 ..."""
    return vectors[[int(id[1:]) for id in sorted(f"r{i}" for i in range(len(vectors)))]]


def ratio(measures: list) -> float:
    (found,) = [m.estimate for m in measures if m.name == "local_shift_of_chance"]
    assert found.low <= found.value <= found.high
    return found.value


def test_the_shift_by_hand() -> None:
    vectors = np.array([[1, 0], [1, 0.01], [0, 1], [0.01, 1]])
    found = local_consistency(one_job([0.1, 0.3, 0.7, 0.6]), vectors, neighbours=1)
    assert found[0].estimate.value == pytest.approx((0.2 + 0.2 + 0.1 + 0.1) / 4)


def test_small_pools_are_not_estimated() -> None:
    for measure in local_consistency(one_job([1, 2, 3]), np.eye(3)):
        assert measure.estimate.value is None and "no job has 7" in measure.estimate.reason


def test_equal_scores_have_no_ratio() -> None:
    found = local_consistency(one_job([1] * 10), np.eye(10))[-1].estimate
    assert found.value is None and "equal" in found.reason


def test_a_vector_for_each_resume() -> None:
    with pytest.raises(DataError, match="one for each"):
        local_consistency(one_job([1, 2]), np.eye(3))
