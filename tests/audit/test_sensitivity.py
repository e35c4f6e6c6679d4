"""E-values: the published example and what has none."""

import pytest

from shortlist.audit.sensitivity import e_value
from shortlist.records import Estimate


def test_the_example_of_vanderweele_and_ding() -> None:
    found = e_value(Estimate(3.9, 1.8, 8.7, 100))
    assert found.value == pytest.approx(7.26, abs=0.01)
    assert found.low == pytest.approx(3.0)


def test_a_ratio_below_1_is_as_strong_as_its_inverse() -> None:
    assert e_value(Estimate(0.5, 0.4, 0.8, 9)).value == e_value(Estimate(2.0, 1.25, 2.5, 9)).value


def test_an_interval_that_holds_1_needs_no_cause() -> None:
    assert e_value(Estimate(0.9, 0.7, 1.0, 9)).low == 1


def test_nothing_explains_a_ratio_of_0() -> None:
    assert "no cause of finite strength" in e_value(Estimate(0.0, 0.0, 0.3, 9)).reason


def test_what_was_not_estimated_stays_so() -> None:
    few = Estimate(None, None, None, 3, "3 rows, fewer than 20")
    assert e_value(few) is few
