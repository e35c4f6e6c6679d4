"""Rates and gaps: by hand, and equal to fairlearn and scikit-learn on random inputs."""

import numpy as np
import pytest
from fairlearn import metrics as fairlearn
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import precision_score, recall_score

from audit.cases import grouped_as, one_job, value
from shortlist.audit.measures import audit
from shortlist.evaluation.scores import Scores, scores_of

Case = tuple[Scores, dict[str, dict[str, str]]]

# Ten of each group; the best eight of all are selected: six of `a`, two of `b`.
SCORE = [20, 19, 18, 17, 16, 15, 8, 7, 6, 5, 14, 13, 12, 11, 10, 9, 4, 3, 2, 1]
LABEL = [1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 1, 0]
GROUP = ["a"] * 10 + ["b"] * 10


def by_hand(**options: object) -> object:
    return audit(one_job(SCORE, LABEL), grouped_as(GROUP), select="top:8", min_n=1, **options)


def test_each_measure_of_a_small_case_by_hand() -> None:
    found = by_hand()
    expected = {
        ("selection_rate", "a"): 0.6,
        ("selection_rate", "b"): 0.2,
        ("impact_ratio", "a"): 1.0,
        ("impact_ratio", "b"): 1 / 3,
        ("demographic_parity_difference", None): 0.4,
        ("demographic_parity_ratio", None): 1 / 3,
        ("true_positive_rate", "a"): 4 / 5,  # of five that fit, four are selected
        ("true_positive_rate", "b"): 1 / 4,
        ("false_positive_rate", "a"): 2 / 5,
        ("false_positive_rate", "b"): 1 / 6,
        ("precision", "a"): 4 / 6,
        ("precision", "b"): 1 / 2,
        ("equal_opportunity_difference", None): 0.55,
        ("false_positive_rate_difference", None): 2 / 5 - 1 / 6,
        ("equalized_odds_difference", None): (0.55 + 2 / 5 - 1 / 6) / 2,
        ("equalized_odds_difference_worst", None): 0.55,
        ("predictive_parity_difference", None): 4 / 6 - 1 / 2,
        ("shortfall", "b"): 3,  # 0.8 * 0.6 of ten is 4.8, so five instead of two
        ("shortfall", "a"): 0,
        ("people", "a"): 10,
    }
    for (name, group), number in expected.items():
        assert value(found, name, group) == pytest.approx(number), name


def test_the_composite_is_the_mean_of_three_gaps_and_has_its_null_band() -> None:
    found = by_hand()
    odds = (0.55 + 2 / 5 - 1 / 6) / 2
    assert value(found, "composite") == pytest.approx((0.4 + odds + (4 / 6 - 1 / 2)) / 3)
    band = found.find("composite_null", "school")
    assert band.low <= band.value <= band.high
    assert "composite_null" in found.find("composite", "school").reason


def test_gaps_are_those_of_fairlearn(random_case: Case) -> None:
    scores, groups = random_case
    found = audit(scores, groups, select="rate:0.3", min_n=1)
    chosen = np.zeros(len(scores))
    chosen[np.argsort(-scores.score)[:180]] = 1
    group = [groups["school"][id] for id in scores.resumes]
    data = {"y_true": scores.label, "y_pred": chosen, "sensitive_features": group}
    pairs = {
        "demographic_parity_difference": fairlearn.demographic_parity_difference(**data),
        "demographic_parity_ratio": fairlearn.demographic_parity_ratio(**data),
        "equal_opportunity_difference": fairlearn.equal_opportunity_difference(**data),
        "equalized_odds_difference": fairlearn.equalized_odds_difference(**data, agg="mean"),
        "equalized_odds_difference_worst": fairlearn.equalized_odds_difference(**data),
    }
    for name, theirs in pairs.items():
        assert value(found, name) == pytest.approx(theirs), name
    frame = fairlearn.MetricFrame(
        metrics={
            "selection_rate": fairlearn.selection_rate,
            "true_positive_rate": fairlearn.true_positive_rate,
            "false_positive_rate": fairlearn.false_positive_rate,
        },
        **data,
    )
    for name in frame.by_group.columns:
        for member in ("top", "other", "none"):
            assert value(found, name, member) == pytest.approx(frame.by_group[name][member])


def test_rates_are_those_of_scikit_learn(random_case: Case) -> None:
    scores, groups = random_case
    found = audit(scores, groups, select="threshold:0.6", min_n=1)
    chosen = scores.score >= 0.6
    for member in ("top", "other", "none"):
        mine = np.array([groups["school"][id] == member for id in scores.resumes])
        recall = recall_score(scores.label[mine], chosen[mine])
        precision = precision_score(scores.label[mine], chosen[mine])
        assert value(found, "true_positive_rate", member) == pytest.approx(recall)
        assert value(found, "precision", member) == pytest.approx(precision)


def test_a_group_nobody_was_selected_from_makes_the_ratio_0() -> None:
    scores = one_job([4, 3, 2, 1])
    found = audit(scores, grouped_as(["a", "a", "b", "b"]), select="top:2", min_n=1)
    assert value(found, "demographic_parity_ratio") == 0
    assert value(found, "impact_ratio", "b") == 0
    assert value(found, "impact_ratio", "a") == 1


def test_where_nobody_is_selected_there_is_no_ratio() -> None:
    found = audit(
        one_job([1, 2, 1, 2]), grouped_as(["a", "a", "b", "b"]), select="threshold:9", min_n=1
    )
    ratio = found.find("impact_ratio", "school", "a")
    assert ratio.value is None and "nobody was selected" in ratio.reason
    assert value(found, "demographic_parity_difference") == 0


def test_a_small_group_is_listed_and_not_estimated() -> None:
    values = ["a"] * 30 + ["b"] * 30 + ["c"] * 5
    found = audit(one_job(list(range(65))), grouped_as(values), min_n=20)
    rate = found.find("selection_rate", "school", "c")
    assert rate.value is None and rate.n == 5 and "fewer than 20" in rate.reason
    assert value(found, "people", "c") == 5
    assert found.find("demographic_parity_difference", "school").n == 60


def test_resumes_without_a_value_are_a_group_that_is_counted_and_not_compared() -> None:
    values = ["a"] * 30 + ["b"] * 30 + [""] * 30
    found = audit(one_job(list(range(90))), grouped_as(values), min_n=20)
    assert value(found, "selection_rate", "unknown") == pytest.approx(18 / 30)
    ratio = found.find("impact_ratio", "school", "unknown")
    assert ratio.value is None and "not known" in ratio.reason
    assert value(found, "demographic_parity_difference") == 0
    assert any("30 of 90 scored resumes are unknown" in note for note in found.notes)


def test_a_group_under_two_percent_is_listed_and_left_out_of_ratios() -> None:
    values = ["a"] * 600 + ["b"] * 600 + ["c"] * 20
    found = audit(one_job(list(range(1220))), grouped_as(values))
    assert value(found, "selection_rate", "c") == 1
    ratio = found.find("impact_ratio", "school", "c")
    assert ratio.value is None and "under 2%" in ratio.reason
    assert value(found, "impact_ratio", "b") == 1


def test_a_rate_on_too_few_rows_is_not_estimated() -> None:
    label = [1, 1, 0] + [0] * 27 + [1] * 30
    found = audit(one_job(list(range(60)), label), grouped_as(["a"] * 30 + ["b"] * 30))
    rate = found.find("true_positive_rate", "school", "a")
    assert rate.value is None and rate.n == 2 and "too few" in rate.reason
    gap = found.find("equal_opportunity_difference", "school")
    assert gap.value is None and "two needed" in gap.reason


def test_a_gap_without_one_of_the_groups_says_so() -> None:
    label = [0] * 30 + [0, 1] * 30
    values = ["a"] * 30 + ["b"] * 30 + ["c"] * 30
    found = audit(one_job(list(range(90)), label), grouped_as(values))
    for name in ("equal_opportunity_difference", "equalized_odds_difference"):
        assert "without a" in found.find(name, "school").reason


def test_without_labels_what_needs_them_says_so() -> None:
    found = audit(one_job(list(range(60))), grouped_as(["a"] * 30 + ["b"] * 30))
    for name in ("equalized_odds_difference", "predictive_parity_difference", "composite"):
        estimate = found.find(name, "school")
        assert estimate.value is None and "label" in estimate.reason


def test_intersections_of_two_attributes_are_groups() -> None:
    rng = np.random.default_rng(0)
    race, sex = rng.choice(["x", "y"], 200), rng.choice(["f", "m"], 200)
    groups = grouped_as(race.tolist(), "race") | grouped_as(sex.tolist(), "sex")
    found = audit(one_job(rng.random(200).tolist()), groups)
    both = (race == "x") & (sex == "f")
    assert value(found, "people", "x+f", "race+sex") == both.sum()
    assert value(found, "selection_rate", "x+f", "race+sex") is not None


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(20)), st.integers(1, 19))
def test_the_order_of_rows_and_the_names_of_groups_change_nothing(
    order: list[int], seats: int
) -> None:
    resumes = [f"r{i}" for i in range(20)]
    score, label = np.array(SCORE, float), np.array(LABEL, float)
    shuffled = scores_of(
        "system", ["job"] * 20, [resumes[i] for i in order], score[order], label=label[order]
    )
    renamed = grouped_as([{"a": "z", "b": "y"}[g] for g in GROUP])
    plain = audit(one_job(SCORE, LABEL), grouped_as(GROUP), select=f"top:{seats}", min_n=1)
    other = audit(shuffled, renamed, select=f"top:{seats}", min_n=1)
    for name in ("demographic_parity_difference", "equalized_odds_difference", "exposure_gap"):
        assert other.find(name, "school").value == pytest.approx(plain.find(name, "school").value)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from("abc")), min_size=6, max_size=40))
def test_rates_are_shares_inside_their_intervals(rows: list[tuple[int, str]]) -> None:
    scores = one_job([score for score, _ in rows])
    found = audit(scores, grouped_as([group for _, group in rows]), select="rate:0.3", min_n=1)
    for measure in found.measures:
        estimate = measure.estimate
        if estimate.value is None:
            assert estimate.reason
        elif estimate.low is not None and estimate.high is not None:
            assert estimate.low <= estimate.value <= estimate.high, measure
            assert np.isfinite([estimate.low, estimate.value, estimate.high]).all(), measure
