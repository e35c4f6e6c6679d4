"""Exposure: by hand, and 0 at parity whatever the sizes of the groups."""

import numpy as np
import pytest

from audit.cases import grouped_as, one_job, value
from shortlist.audit.exposure import attention
from shortlist.audit.measures import audit
from shortlist.audit.selection import places
from shortlist.evaluation.scores import scores_of

W = 1 / np.log2(np.arange(2, 12))


def test_exposure_by_hand() -> None:
    # a b a b, of which the best three are seen.
    found = audit(one_job([4, 3, 2, 1]), grouped_as(["a", "b", "a", "b"]), select="top:3", min_n=1)
    given = W[:3].sum()
    assert value(found, "exposure", "a") == pytest.approx((W[0] + W[2]) / given)
    assert value(found, "exposure", "b") == pytest.approx(W[1] / given)
    assert value(found, "exposure_against_pool", "a") == pytest.approx(
        (W[0] + W[2]) / given / 0.5 - 1
    )
    gap = (W[0] + W[2] - W[1]) / given / 0.5
    assert value(found, "exposure_gap") == pytest.approx(gap)
    assert value(found, "share", "a") == pytest.approx(2 / 3)
    assert value(found, "share_against_pool", "a") == pytest.approx(1 / 3)


def test_exposure_against_merit_by_hand() -> None:
    # Both of `a` fit and one of `b`: merit would give `a` two thirds.
    scores = one_job([4, 3, 2, 1], [1, 1, 1, 0])
    found = audit(scores, grouped_as(["a", "b", "a", "b"]), select="top:4", min_n=1)
    mine = (W[0] + W[2]) / W[:4].sum()
    assert value(found, "exposure_against_merit", "a") == pytest.approx(mine / (2 / 3) - 1)


def test_attention_of_ties_is_shared() -> None:
    shared = attention(places(one_job([2, 2, 1])), depth=10)
    assert shared.tolist() == pytest.approx([(W[0] + W[1]) / 2] * 2 + [W[2]])


def test_below_the_depth_there_is_no_attention() -> None:
    assert attention(places(one_job([3, 2, 1])), depth=2)[2] == 0


def test_equal_scores_are_parity_however_unequal_the_groups() -> None:
    values = ["a"] * 70 + ["b"] * 30
    found = audit(one_job([1] * 100), grouped_as(values))
    assert value(found, "exposure_against_pool", "a") == pytest.approx(0)
    assert value(found, "exposure_gap") == pytest.approx(0)


def test_a_job_with_more_of_a_group_does_not_look_like_favour() -> None:
    # Group `a` applies to a job where few compete; each job is blind to the group.
    jobs = ["small"] * 20 + ["large"] * 200
    resumes = [f"r{i}" for i in range(220)]
    group = ["a"] * 15 + ["b"] * 5 + ["a"] * 50 + ["b"] * 150
    scores = scores_of("s", jobs, resumes, np.ones(220))
    found = audit(scores, grouped_as(group), select="top:5", min_n=1)
    assert value(found, "exposure_against_pool", "a") == pytest.approx(0)
    assert value(found, "share_against_pool", "a") == pytest.approx(0)


def test_exposures_add_up_to_1() -> None:
    rng = np.random.default_rng(0)
    values = rng.choice(["a", "b", ""], 200).tolist()
    found = audit(one_job(rng.random(200).tolist()), grouped_as(values))
    for name in ("share", "exposure"):
        total = sum(value(found, name, group) for group in ("a", "b", "unknown"))
        assert total == pytest.approx(1)
