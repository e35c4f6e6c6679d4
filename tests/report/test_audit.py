"""Reports of an audit: the finding in words, tables, escaping, a page that stands alone."""

import re
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import numpy as np
import pytest
from lxml import html

from audit.cases import grouped_as, one_job
from shortlist.audit.measures import Audit, audit
from shortlist.records import Estimate, Measure
from shortlist.report.audit import (
    AuditRun,
    audit_csv,
    audit_markdown,
    audit_table,
    group_table,
    headline,
    shown,
    summary_table,
)
from shortlist.report.audit_figures import comparison_figures, overview_figure
from shortlist.report.audit_html import audit_html

HOSTILE = "<script>alert(1)</script>|x"


@pytest.fixture(scope="module")
def found() -> Audit:
    """An audit of three groups, one of which does worse, one of which is small."""
    rng = np.random.default_rng(0)
    values = ["a"] * 150 + ["b"] * 100 + [HOSTILE] * 8 + [""] * 20
    score = rng.random(278) * np.array([1.0] * 150 + [0.8] * 100 + [1.0] * 28)
    label = (rng.random(278) < score).astype(float)
    return audit(one_job(score.tolist(), label.tolist()), grouped_as(values))


@pytest.fixture(scope="module")
def run(found: Audit) -> AuditRun:
    moved = Estimate(0.1, 0.05, 0.15, 40)
    names = ("swap_equal", "swap_mean_shift", "swap_nonsense_shift", "swap_other_resume_shift")
    names += ("swap_shift_in_sd", "swap_flip_rate", "swap_flip_chance", "swap_rank_overlap")
    swaps = tuple(Measure(name, "school: top added", None, moved) for name in names)
    other = replace(found, system="another")
    return AuditRun(found, "scores.csv", datetime(2026, 1, 2, 3, 4), (), (other,), swaps)


def test_the_finding_in_words(found: Audit) -> None:
    ratio = found.find("impact_ratio", "school", "b")
    words = headline(found, "school")
    assert f"The lowest impact ratio is {shown(ratio)}, of b (n = 100): below four fifths" in words
    assert "more selections of b would bring it to four fifths" in words
    assert "Group-blind scores give so large a gap in" in words


def test_the_summary_names_the_group_that_is_worst_off(found: Audit) -> None:
    (row,) = summary_table(found).rows
    ratio = found.find("impact_ratio", "school", "b")
    assert row[:4] == ("school", shown(ratio), "b", "100")
    assert row[-1].startswith("below four fifths")
    alone = audit(one_job(list(range(40))), grouped_as(["a"] * 40))
    assert summary_table(alone).rows[0][:2] == ("school", "not estimated")
    assert overview_figure(alone) is None


def test_systems_stand_beside_each_other_in_two_charts(found: Audit) -> None:
    other = replace(found, system="another")
    ratio, gaps = comparison_figures((found, other), "school")
    assert ratio.table.heads == gaps.table.heads == ("measure", "system", "another")
    assert [row[0] for row in ratio.table.rows] == ["demographic parity ratio"]
    assert "exposure gap" in [row[0] for row in gaps.table.rows]
    assert gaps.chart.count("<rect") >= len(gaps.table.rows), "a mark of the second system each"


@pytest.mark.parametrize(
    "ends, words",
    [
        ((0.5, 0.4, 0.7), "below four fifths, and so is its whole interval"),
        ((0.5, 0.4, 0.9), "below four fifths, though its interval reaches above"),
        ((0.9, 0.7, 1.0), "not below four fifths, though its interval reaches below"),
        ((0.95, 0.9, 1.0), "not below four fifths, nor is any of its interval"),
    ],
)
def test_the_finding_is_no_surer_than_its_interval(
    found: Audit, ends: tuple[float, float, float], words: str
) -> None:
    changed = [
        replace(m, estimate=Estimate(*ends, 100))
        if m.name == "impact_ratio" and m.group == "b"
        else m
        for m in found.measures
    ]
    assert words in headline(replace(found, measures=tuple(changed)), "school")


def test_a_group_that_is_not_estimated_stands_there_with_its_reason(found: Audit) -> None:
    row = next(r for r in group_table(found, "school").rows if r[0] == HOSTILE)
    assert row[2] == "8" and "not estimated" in row and row[-1] == "8 rows, fewer than 20"


def test_a_chart_has_its_table_and_the_page_stands_alone(run: AuditRun) -> None:
    page = audit_html(run)
    tree = html.fromstring(page)
    assert not tree.xpath("//script | //link | //img | //iframe | //@onclick")
    assert not [a for a in tree.xpath("//@href | //@src") if not a.startswith("#")]
    figures = tree.xpath("//figure")
    assert len(figures) >= 7
    for figure in figures:
        assert figure.xpath(".//svg[@role='img']") and figure.xpath(".//table//td")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids)), "an id stands twice"
    assert {a[1:] for a in tree.xpath("//a/@href")} <= set(ids)


def test_headings_go_down_one_level_at_a_time(run: AuditRun) -> None:
    levels = [int(tag) for tag in re.findall(r"<h(\d)", audit_html(run))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_names_of_groups_are_text_everywhere(run: AuditRun) -> None:
    assert HOSTILE.split("|")[0] not in audit_html(run)
    assert "&lt;script" in audit_html(run)
    assert "<script" not in audit_markdown(run)
    rows = [line for line in audit_markdown(run).splitlines() if "alert(1)" in line]
    assert rows and all("\\|x" in line for line in rows)


def test_a_cell_that_looks_like_a_formula_is_quoted() -> None:
    found = audit(one_job([1, 2, 3, 4]), grouped_as(["=1+1", "b"] * 2), min_n=1)
    assert "'=1+1" in audit_csv(AuditRun(found, "s", datetime(2026, 1, 1)))


def test_the_text_for_a_terminal_holds_gaps_swaps_and_notes(run: AuditRun) -> None:
    text = audit_table(run)
    for words in ("demographic parity difference", "swap mean shift", "unknown for school"):
        assert words in text
    assert "does not certify" in text


def test_no_report_says_more_than_was_measured(run: AuditRun) -> None:
    for page in (audit_html(run), audit_markdown(run), audit_table(run)):
        assert not re.search(r"\b(compliant|passes the|is fair|unbiased|certified)\b", page)
