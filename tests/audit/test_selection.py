"""Who is selected under each rule, ties included."""

import numpy as np
import pytest

from audit.cases import grouped_as, one_job, value
from shortlist.audit.measures import audit
from shortlist.audit.selection import best, parse_selection, places, selected
from shortlist.errors import ConfigError
from shortlist.evaluation.scores import scores_of


def chosen(rule: str, score: list[float]) -> list[float]:
    scores = one_job(score)
    return selected(parse_selection(rule), scores, places(scores)).tolist()


@pytest.mark.parametrize(
    "rule, expected",
    [
        ("top:2", [1, 1, 0, 0, 0]),
        ("rate:0.4", [1, 1, 0, 0, 0]),
        ("rate:0.01", [1, 0, 0, 0, 0]),  # a job selects at least one
        ("threshold:3", [1, 1, 1, 0, 0]),
        ("median", [1, 1, 0, 0, 0]),  # above the median, not at it
        ("top:9", [1, 1, 1, 1, 1]),
    ],
)
def test_each_rule(rule: str, expected: list[float]) -> None:
    assert chosen(rule, [5, 4, 3, 2, 1]) == expected


def test_those_who_tie_at_the_cut_share_what_is_left() -> None:
    assert chosen("top:2", [5, 3, 3, 3, 1]) == pytest.approx([1, 1 / 3, 1 / 3, 1 / 3, 0])


def test_each_job_selects_for_itself() -> None:
    scores = scores_of("s", ["x", "x", "y", "y"], ["a", "b", "a", "b"], np.array([9.0, 8, 1, 2]))
    assert selected(parse_selection("top:1"), scores, places(scores)).tolist() == [1, 0, 0, 1]


def test_seats_that_are_no_whole_number_count_in_part() -> None:
    assert best(places(one_job([3, 2, 1])), 1.5).tolist() == [1, 0.5, 0]


def test_rows_that_tie_count_alike_whatever_their_order() -> None:
    first = audit(one_job([1] * 40), grouped_as(["a", "b"] * 20), select="top:7")
    assert value(first, "selection_rate", "a") == pytest.approx(7 / 40)
    assert value(first, "demographic_parity_difference") == pytest.approx(0)
    assert any("tie at the cut" in note for note in first.notes)


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "top",
        "top:0",
        "top:2.5",
        "rate:0",
        "rate:1",
        "rate:x",
        "median:3",
        "best:3",
        "threshold:nan",
    ],
)
def test_what_is_no_rule_is_refused_with_the_rules(rule: str) -> None:
    with pytest.raises(ConfigError, match=r"top:K.*rate:R.*threshold:T.*median"):
        parse_selection(rule)
