"""Permutation tests: right on known tables, rarely alarmed by chance, and the same at any size."""

import numpy as np
import pytest
from scipy.stats import fisher_exact

from audit.cases import grouped_as, one_job, value
from shortlist.audit import significance
from shortlist.audit.measures import Audit, audit
from shortlist.evaluation.scores import Scores, scores_of


def crossed(rng: np.random.Generator, jobs: int, people: int, lag: float = 0.0) -> Audit:
    """Everyone is scored for every job; the second group's scores lag behind."""
    second = np.arange(people) % 3 == 0
    quality = rng.normal(size=people) - lag * second
    score = quality + rng.normal(size=(jobs, people))
    ids = [f"r{i}" for i in range(people)]
    scores = scores_of(
        "s", np.repeat([f"j{i}" for i in range(jobs)], people).tolist(), ids * jobs, score.ravel()
    )
    return audit(scores, grouped_as(np.where(second, "b", "a").tolist()))


def test_one_job_is_tested_exactly() -> None:
    found = audit(
        one_job(list(range(60, 0, -1))), grouped_as(["a"] * 30 + ["b"] * 30), select="top:20"
    )
    p = found.find("p_value", "school", "a")
    assert p.value == pytest.approx(fisher_exact([[20, 10], [0, 30]]).pvalue)
    assert "Fisher" in p.reason


def test_a_large_gap_is_told_from_chance_and_none_is_not() -> None:
    rng = np.random.default_rng(3)
    assert value(crossed(rng, 5, 150, lag=1.5), "p_value") <= 0.01
    assert value(crossed(rng, 5, 150), "p_value") > 0.05


def test_false_alarms_are_as_rare_as_they_should_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(significance, "DRAWS", 199)
    rng = np.random.default_rng(1)
    alarms = [value(crossed(rng, 4, 60), "p_value") <= 0.05 for _ in range(80)]
    assert np.mean(alarms) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 80)


def test_normal_draws_agree_with_permutations(
    random_case: tuple[Scores, dict[str, dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = audit(*random_case, select="rate:0.3")
    monkeypatch.setattr(significance, "LARGE", 10)
    normal = audit(*random_case, select="rate:0.3")
    for name in ("demographic_parity_null", "composite_null"):
        one, other = exact.find(name, "school"), normal.find(name, "school")
        assert one.value == pytest.approx(other.value, rel=0.15)
        assert one.high == pytest.approx(other.high, rel=0.15)


def test_people_are_dealt_within_their_jobs() -> None:
    # Job `x` takes nearly everyone and is applied to by `a`; `y` takes few and is applied to by
    # `b`. Within each job the group plays no part, so chance alone explains the gap in rates.
    rng = np.random.default_rng(2)
    jobs = ["x"] * 100 + ["y"] * 100
    group = ["a"] * 90 + ["b"] * 10 + ["a"] * 10 + ["b"] * 90
    score = rng.random(200) + np.array([0.8] * 100 + [0.0] * 100)
    scores = scores_of("s", jobs, [f"r{i}" for i in range(200)], score)
    found = audit(scores, grouped_as(group), select="threshold:0.9")
    assert value(found, "demographic_parity_difference") > 0.4
    assert value(found, "p_value") > 0.05


def test_the_same_seed_gives_the_same_numbers(
    random_case: tuple[Scores, dict[str, dict[str, str]]],
) -> None:
    assert audit(*random_case, seed=3).measures == audit(*random_case, seed=3).measures


def test_the_composite_of_group_blind_scores_is_large_and_lies_in_its_null_band(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Three groups of very unequal size, as in an evaluation that took 0.12 for a good value.
    monkeypatch.setattr(significance, "DRAWS", 199)
    rng = np.random.default_rng(5)
    groups = grouped_as(["top"] * 27 + ["other"] * 547 + ["none"] * 111)
    inside, values = [], []
    for _ in range(30):
        score, label = rng.random(685), (rng.random(685) < 0.5).astype(float)
        found = audit(one_job(score.tolist(), label.tolist()), groups, select="threshold:0.5")
        band = found.find("composite_null", "school")
        values.append(value(found, "composite"))
        inside.append(band.low <= values[-1] <= band.high)
    assert np.mean(inside) >= 0.85
    assert np.mean(values) > 0.08
