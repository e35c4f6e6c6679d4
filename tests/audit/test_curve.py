"""The impact ratio over all selection rates."""

import pytest

from audit.cases import grouped_as, one_job, value
from shortlist.audit.curve import RATES
from shortlist.audit.measures import audit


def test_the_curve_by_hand() -> None:
    # The upper half is all `a` and the lower all `b`.
    found = audit(one_job(list(range(100, 0, -1))), grouped_as(["a"] * 50 + ["b"] * 50))
    assert value(found, "impact_ratio@0.25", "b") == 0
    assert value(found, "impact_ratio@0.75", "b") == pytest.approx(0.5)
    assert value(found, "impact_ratio@0.75", "a") == 1


def test_there_is_a_point_for_every_rate() -> None:
    found = audit(one_job(list(range(100))), grouped_as(["a", "b"] * 50))
    names = [m.name for m in found.measures if m.name.startswith("impact_ratio@")]
    assert len(names) == 2 * len(RATES)
