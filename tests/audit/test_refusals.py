"""What cannot be audited is refused, with what to do."""

import numpy as np
import pytest

from audit.cases import grouped_as, one_job
from shortlist.audit.measures import audit
from shortlist.errors import DataError
from shortlist.evaluation.scores import scores_of


def test_no_scores() -> None:
    with pytest.raises(DataError, match="no scores"):
        audit(scores_of("s", [], [], np.zeros(0)), grouped_as(["a"]))


def test_no_attribute() -> None:
    with pytest.raises(DataError, match="no attribute"):
        audit(one_job([1, 2]), {})


def test_groups_of_other_people() -> None:
    with pytest.raises(DataError, match="same resume ids"):
        audit(one_job([1, 2]), {"school": {"someone else": "top"}})


def test_one_group_has_nothing_to_compare_with() -> None:
    found = audit(one_job(list(range(40))), grouped_as(["a"] * 40))
    for name in ("demographic_parity_difference", "exposure_gap", "p_value", "composite"):
        estimate = found.find(name, "school")
        assert estimate.value is None and "two needed" in estimate.reason
    ratio = found.find("impact_ratio", "school", "a")
    assert ratio.value is None and "no other group" in ratio.reason


def test_a_column_of_ids_is_no_attribute() -> None:
    with pytest.raises(DataError, match="more than 200 values"):
        audit(one_job(list(range(300))), grouped_as([f"id{i}" for i in range(300)]))


def test_an_intersection_of_too_many_groups_is_skipped_and_said() -> None:
    values = [str(i % 20) for i in range(400)]
    others = [str(i // 20) for i in range(400)]
    groups = grouped_as(values, "one") | grouped_as(others, "other")
    found = audit(one_job(list(range(400))), groups)
    assert found.attributes() == ["one", "other"]
    assert any("one+other has 400 groups" in note for note in found.notes)


def test_a_few_people_scored_often_are_not_estimated() -> None:
    """Four people of group b, each scored for ten jobs: forty rows, and still four people."""
    resumes = [f"r{i}" for i in range(24)] * 10
    jobs = [f"j{i // 24}" for i in range(240)]
    scores = scores_of("s", jobs, resumes, np.random.default_rng(0).random(240))
    groups = grouped_as(["a"] * 20 + ["b"] * 4)
    rate = audit(scores, groups).find("selection_rate", "school", "b")
    assert rate.value is None and rate.reason == "4 people, fewer than 5"
    assert audit(scores, groups, min_n=4).find("selection_rate", "school", "b").value is not None
