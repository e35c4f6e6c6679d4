"""Limits: what a line says, when it is kept, and what is refused."""

from pathlib import Path

import pytest

from shortlist.errors import ConfigError
from shortlist.evaluation.limits import Limit, check, read_limits
from shortlist.records import Estimate


def estimate(value: float | None) -> Estimate:
    if value is None:
        return Estimate(None, None, None, 3, "fewer than 5 jobs")
    return Estimate(value, value - 0.1, value + 0.1, 40)


def limits(folder: Path, text: str) -> tuple[Limit, ...]:
    path = folder / "limits.toml"
    path.write_text(text, encoding="utf-8")
    return read_limits(path)


def test_lines_are_read_in_order(tmp_path: Path) -> None:
    text = """
    # what a release must keep
    "ndcg@10" = ">= baseline - 0.01"
    impact_ratio.school = ">= 0.8"
    "impact_ratio.sex" = ">= 0.8"
    ece = "<.1"
    map = "> baseline"
    """
    assert limits(tmp_path, text) == (
        Limit("ndcg@10", ">=", -0.01, True),
        Limit("impact_ratio.school", ">=", 0.8, False),
        Limit("impact_ratio.sex", ">=", 0.8, False),
        Limit("ece", "<", 0.1, False),
        Limit("map", ">", 0.0, True),
    )


def test_limits_may_stand_in_a_table(tmp_path: Path) -> None:
    inside = limits(tmp_path, '[limits]\nmap = "> 0.1"\n"impact_ratio.sex" = ">= 0.8"')
    assert inside == limits(tmp_path, 'map = "> 0.1"\nimpact_ratio.sex = ">= 0.8"')


def test_limits_may_stand_in_a_list(tmp_path: Path) -> None:
    text = 'limits = ["impact_ratio.school >= 0.8", "ndcg@10>=baseline - 0.01"]\nmap = "> 0.1"'
    assert limits(tmp_path, text) == (
        Limit("impact_ratio.school", ">=", 0.8, False),
        Limit("ndcg@10", ">=", -0.01, True),
        Limit("map", ">", 0.1, False),
    )
    for line in ('"map"', '"map = 0.1"', "3", '["map > 1"]'):
        with pytest.raises(ConfigError, match="limits is not a limit"):
            limits(tmp_path, f"limits = [{line}]")


@pytest.mark.parametrize(
    "relation, value, kept",
    [
        (">=", 0.5, True),
        (">=", 0.49, False),
        (">", 0.5, False),
        (">", 0.51, True),
        ("<=", 0.5, True),
        ("<=", 0.51, False),
        ("<", 0.5, False),
        ("<", 0.49, True),
    ],
)
def test_relations(relation: str, value: float, kept: bool) -> None:
    limit = Limit("ece", relation, 0.5, False)  # type: ignore[arg-type]
    assert check(limit, "a", estimate(value)).kept is kept


def test_a_baseline_moves_the_bound() -> None:
    limit = Limit("ndcg@10", ">=", -0.01, True)
    assert check(limit, "a", estimate(0.695), baseline=estimate(0.7)).kept
    broken = check(limit, "a", estimate(0.68), baseline=estimate(0.7))
    assert not broken.kept
    assert broken.line == (
        "broken: ndcg@10 >= baseline - 0.01 (a: 0.68 [0.58, 0.78], n = 40; the bound is 0.69)"
    )


def test_what_is_not_estimated_keeps_no_limit() -> None:
    limit = Limit("map", ">=", 0.0, False)
    verdict = check(limit, "a", estimate(None))
    assert not verdict.kept
    assert "not estimated: fewer than 5 jobs" in verdict.line


@pytest.mark.parametrize(
    "baseline, said",
    [(None, "no baseline was given"), (estimate(None), "fewer than 5 jobs")],
)
def test_a_missing_baseline_keeps_no_limit(baseline: Estimate | None, said: str) -> None:
    verdict = check(Limit("map", ">=", 0.0, True), "a", estimate(0.9), baseline=baseline)
    assert not verdict.kept
    assert said in verdict.line


@pytest.mark.parametrize(
    "text, said",
    [
        ('"ndcg@10" = "0.5"', "ndcg@10 is not a limit"),
        ('"ndcg@10" = 0.5', "ndcg@10 is not a limit"),
        ('"ndcg@10" = ">= much"', "ndcg@10 is not a limit"),
        ('"ndcg@10" = ">= 0.5 baseline"', "ndcg@10 is not a limit"),
        ("ndcg@10 = '>= 0.5'", "not TOML"),
        ("", "holds no limit"),
    ],
)
def test_what_is_not_a_limit_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        limits(tmp_path, text)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        read_limits(tmp_path / "none.toml")
