"""Probes find a group that is there and none that is not."""

import numpy as np
import pytest

from shortlist.audit.leakage import text_leakage, vector_leakage
from shortlist.errors import DataError


def groups(n: int) -> list[str]:
    return ["top" if i % 2 else "other" for i in range(n)]


def test_a_direction_that_holds_the_group_is_found() -> None:
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(120, 8))
    vectors[1::2, 3] += 3
    auc, null = (m.estimate for m in vector_leakage(vectors, groups(120), attribute="school"))
    assert auc.value > 0.9 and auc.low > null.high
    assert null.value == pytest.approx(0.5, abs=0.1)


def test_vectors_that_hold_nothing_stay_inside_the_null() -> None:
    vectors = np.random.default_rng(1).normal(size=(200, 8))
    auc, null = (m.estimate for m in vector_leakage(vectors, groups(200), attribute="school"))
    assert null.low - 0.05 <= auc.value <= null.high + 0.05


def test_three_groups_are_told_apart_one_against_the_rest() -> None:
    rng = np.random.default_rng(2)
    labels = ["a", "b", "c"] * 30
    vectors = rng.normal(size=(90, 3)) * 0.1
    vectors[np.arange(90), np.arange(90) % 3] += 1
    auc = vector_leakage(vectors, labels, attribute="school")[0].estimate
    assert auc.value == pytest.approx(1)


def test_a_word_that_masking_left_is_found_and_the_name_says_what_was_seen() -> None:
    texts = [f"worked {i} years" + (" at the elite club" if i % 2 else "") for i in range(60)]
    auc, null = text_leakage(texts, groups(60), attribute="school", seen="masked text")
    assert (auc.name, null.name) == ("leakage_auc@masked text", "leakage_null@masked text")
    assert auc.estimate.value > 0.95


def test_too_few_people_are_not_estimated() -> None:
    for found in vector_leakage(np.eye(12), ["a"] * 9 + ["b"] * 3, attribute="school"):
        assert found.estimate.value is None and "at least 10" in found.estimate.reason


def test_a_group_for_each_person() -> None:
    with pytest.raises(DataError, match="one for each"):
        vector_leakage(np.eye(5), ["a"], attribute="school")
