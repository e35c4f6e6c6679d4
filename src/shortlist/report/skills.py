"""A study of skill scorers: as a table, JSON, and a page with a calibration plot for each skill."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from shortlist.explain.skills.study import Bin, Result, Study
from shortlist.records import Estimate
from shortlist.report import charts
from shortlist.report.page import render
from shortlist.report.tables import Figure, Table, aligned, shown

SCHEMA = 1
TOP = 5


def study_text(study: Study) -> str:
    """Return a study for a terminal."""
    lines = [described(study), "", *aligned(measure_table(study)), "", "In range, by rubric"]
    return "\n".join([*lines, *aligned(rubric_table(study))]) + "\n"


def study_json(study: Study) -> str:
    """Return a study for machines."""
    return json.dumps({"schema": SCHEMA, **asdict(study)}, ensure_ascii=False, indent=2) + "\n"


def study_html(study: Study, source: str) -> str:
    """Return a study as one self-contained page.

    Args:
        study: the study.
        source: what the resumes are called.
    """
    return render(
        "skills.html",
        {
            "source": source,
            "described": described(study),
            "tables": [measure_table(study), rubric_table(study)],
            "figures": list(_plots(study.results[0])),
            "scorer": study.results[0].scorer,
        },
    )


def described(study: Study) -> str:
    """Return what was scored, in a sentence."""
    rated = study.results[0].measures["in range"].n
    return f"{study.resumes:,} resumes, {study.skills:,} skills, {rated:,} scores by each scorer."


def measure_table(study: Study) -> Table:
    """Return the measures of every scorer."""
    labels = list(dict.fromkeys(name for result in study.results for name in result.measures))
    rows = [
        (label, *(_cell(result.measures.get(label)) for result in study.results))
        for label in labels
    ]
    return Table("Measures", ("measure", *(r.scorer for r in study.results)), tuple(rows))


def rubric_table(study: Study) -> Table:
    """Return the share in range of every scorer, by rubric."""
    names = list(study.results[0].by_rubric)
    rows = [
        (f"{name} (n = {study.results[0].by_rubric[name].n})",
         *(_cell(result.by_rubric.get(name)) for result in study.results))
        for name in names
    ]  # fmt: skip
    return Table("In range, by rubric", ("rubric", *(r.scorer for r in study.results)), tuple(rows))


def _cell(estimate: Estimate | None) -> str:
    return "" if estimate is None else shown(estimate)


def _plots(result: Result) -> Iterator[Figure]:
    """One calibration plot for each skill with scores of at least two levels."""
    for skill in dict.fromkeys(bin.skill for bin in result.calibration):
        bins = [bin for bin in result.calibration if bin.skill == skill]
        if len(bins) > 1:
            yield _plot(result.scorer, skill, bins)


def _plot(scorer: str, skill: str, bins: Sequence[Bin]) -> Figure:
    told = "; ".join(f"scored {b.score}: {b.right.value:.1f} (n = {b.right.n})" for b in bins)
    line = charts.Line(
        scorer,
        [b.score for b in bins],
        [b.right.value or 0.0 for b in bins],
        [_end(b.right.low, b) for b in bins],
        [_end(b.right.high, b) for b in bins],
    )
    labels = charts.Labels(f"{skill}: right levels by score", told, "score", "mean right level")
    chart = charts.lines([line], labels, diagonal="score = right level", y_range=(0, TOP))
    rows = tuple((str(b.score), str(b.right.n), shown(b.right)) for b in bins)
    table = Table(f"{skill}: right levels by score", ("score", "n", "mean right level"), rows)
    return Figure(skill, chart, f"{skill}: {told}.", table)


def _end(value: float | None, bin: Bin) -> float:
    return value if value is not None else bin.right.value or 0.0
