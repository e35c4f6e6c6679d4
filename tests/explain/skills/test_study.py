"""How scorers are measured: by hand-computed values, baselines and variants of a resume."""

import json

import pytest
from sklearn.metrics import cohen_kappa_score

from shortlist.evaluation import levels
from shortlist.evaluation.levels import Rated
from shortlist.explain.skills import Rubrics, RuleScorer
from shortlist.explain.skills.known.truth import KnownResume, Truth
from shortlist.explain.skills.study import study
from shortlist.explain.skills.variants import reworded, swapped
from shortlist.records import Document
from shortlist.report.skills import study_html, study_json, study_text

TEXT = """Jane Miller

Experience
Analyst, Norvale, 2018 - 2023
- Built reports in SQL for 12 shops.
- Led a team of 5.

Education
BA, Harvard University, 2017
"""
KNOWN = [
    KnownResume(
        f"r{number}",
        TEXT,
        (Truth("sql", 2, 4), Truth("leadership", 2, 4), Truth("rust", 0, 0), Truth("cobol", 3, 4)),
    )
    for number in range(2)
]


def rated(*scores: tuple[int, int, int | None]) -> list[Rated]:
    return [
        Rated(f"r{i}", "s", "technical", low, high, score)
        for i, (low, high, score) in enumerate(scores)
    ]


def test_measures_by_hand() -> None:
    some = rated((4, 5, 4), (0, 0, 1), (0, 0, 0), (2, 3, 0), (1, 2, None))
    assert levels.in_range(some).value == pytest.approx(2 / 5)
    assert levels.false_credit(some).value == pytest.approx(1 / 2)
    assert levels.missed(some).value == pytest.approx(1 / 3)
    assert levels.unscored(some).value == pytest.approx(1 / 5)
    assert levels.mean_error(some).value == pytest.approx((0.5 + 1 + 0 + 2.5) / 4)


def test_kappa_is_that_of_scikit_learn() -> None:
    right, given = [0, 1, 2, 3, 4, 5, 2, 2], [0, 2, 2, 3, 3, 5, 1, 4]
    some = rated(*((a, a, b) for a, b in zip(right, given, strict=True)))
    expected = cohen_kappa_score(right, given, weights="quadratic")
    assert levels.kappa(some).value == pytest.approx(expected)


def test_a_share_of_nothing_has_no_value() -> None:
    assert levels.false_credit(rated((1, 2, 1))).value is None


def test_baselines_stand_beside_the_scorer() -> None:
    found = study(KNOWN, [RuleScorer()], Rubrics.load())
    names = [result.scorer for result in found.results]
    assert names[:2] == ["rules", "keyword count"] and names[2].startswith("constant")
    ours, count, _ = (result.measures for result in found.results)
    assert ours["in range"].value == pytest.approx(3 / 4)
    assert count["in range"].value == pytest.approx(1 / 4)
    assert ours["false credit"].value == 0
    for label in ("same score, names swapped", "same score, schools swapped"):
        assert ours[label].value == 1
    assert "same score in other words" not in count


def test_a_study_is_written_for_people_and_machines() -> None:
    found = study(KNOWN, [RuleScorer()], Rubrics.load(), variants=False)
    assert "quadratic kappa" in study_text(found)
    value = json.loads(study_json(found))
    assert value["schema"] == 1 and value["results"][0]["scorer"] == "rules"
    page = study_html(found, "<made>")
    assert "&lt;made&gt;" in page and "Calibration by skill" in page


def test_variants_change_what_they_should_and_no_more() -> None:
    document = Document("r", TEXT)
    other = reworded(document).text
    assert "Developed reports in SQL" in other and "2018 to 2023" in other
    assert "Miller" not in swapped(document, "name").text
    assert "Harvard" in swapped(document, "name").text
    assert "Harvard" not in swapped(document, "school").text
