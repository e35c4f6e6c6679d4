"""A run of `evaluate` as one page for people."""

from collections.abc import Sequence
from dataclasses import dataclass

from shortlist.evaluation.calibration import Bin
from shortlist.evaluation.chance import Band
from shortlist.evaluation.evaluation import Evaluation
from shortlist.evaluation.study import Study
from shortlist.evaluation.study import Table as Judged
from shortlist.records import Estimate
from shortlist.report import charts
from shortlist.report.evaluation import (
    EvaluationRun,
    agreement_table,
    bin_table,
    described,
    difference_table,
    metric_table,
    named,
    not_estimated,
    overview,
    settings,
)
from shortlist.report.page import render
from shortlist.report.tables import Figure, Table

UNBOUNDED_BELOW = ("spearman", "kendall")
MOST_SYSTEMS = 4
"""Curves of more systems than this cannot be told apart: the first are drawn."""


@dataclass(frozen=True, slots=True)
class Section:
    """All metrics by one word: everybody's with charts, or an annotator's as a table."""

    anchor: str
    title: str
    overview: Table
    figures: tuple[Figure, ...]
    missing: tuple[str, ...]


def evaluation_html(run: EvaluationRun) -> str:
    """Return one self-contained page: leaks, limits, remarks, charts with tables, settings."""
    study = run.study
    charted = tuple(
        figure
        for metric in study.question.metrics
        if (figure := _metric(study.table, metric, study.bands)) is not None
    )
    sections = [_section("metrics", "Systems and controls", study.table, charted)]
    sections += [
        _section(f"annotator-{i}", f"By the word of {table.name}", table, ())
        for i, table in enumerate(study.annotators, 1)
    ]
    return render(
        "evaluation.html",
        {
            "run": run,
            "sections": sections,
            "described": described(run),
            "beside": _beside(study),
            "reliability": _reliability(study.table.systems),
            "bins": [bin_table(s.system, s.bins) for s in study.table.systems if s.bins],
            "differences": difference_table(study.comparisons) if study.comparisons else None,
            "agreement": agreement_table(study.agreement) if study.agreement else None,
            "settings": settings(run),
        },
    )


def _section(anchor: str, title: str, table: Judged, figures: tuple[Figure, ...]) -> Section:
    return Section(anchor, title, overview(table), figures, tuple(not_estimated(table)))


def _metric(table: Judged, metric: str, bands: Sequence[Band]) -> Figure | None:
    """The systems and controls on one metric, with the random order to read them against."""
    band = next((band for band in bands if band.metric == metric), None)
    rows = [
        charts.Interval(row.system, *_ends(row[metric]), series)
        for series, group in enumerate((table.systems, table.controls))
        for row in group
        if row[metric].value is not None
    ]
    if not rows:
        return None
    told = "; ".join(f"{row.label} {row.value:.3f}" for row in rows)
    caption = "Marks are values, lines their 95 % intervals."
    if band:
        caption += (
            f" A random order gets {band.random:.3f}, the worst possible one {band.worst:.3f},"
            f" the best {band.best:.3f}."
        )
    chart = charts.intervals(
        rows,
        charts.Labels(metric, told, named(metric)),
        names=("systems", "controls"),
        reference=charts.Reference(band.random, "random order") if band else None,
        x_range=(-1.0, 1.0) if metric in UNBOUNDED_BELOW else (0.0, 1.0),
    )
    return Figure(named(metric), chart, caption, metric_table(table, metric))


def _beside(study: Study) -> Figure | None:
    """Systems beside each other over all metrics, where there are several."""
    systems = study.table.systems[:MOST_SYSTEMS]
    if len(systems) < 2:
        return None
    names = [
        m.name for m in systems[0].metrics if all(s[m.name].value is not None for s in systems)
    ]
    if not names:
        return None
    rows = [
        charts.Interval(named(metric) if i == 0 else "", *_ends(system[metric]), i)
        for metric in names
        for i, system in enumerate(systems)
    ]
    told = "; ".join(
        f"{metric}: " + ", ".join(f"{s.system} {s[metric].value:.3f}" for s in systems)
        for metric in names
    )
    title = "Systems beside each other"
    chart = charts.intervals(
        rows, charts.Labels(title, told, "value"), names=[s.system for s in systems]
    )
    body = tuple((metric, *(f"{s[metric].value:.3f}" for s in systems)) for metric in names)
    table = Table(title, ("metric", *(s.system for s in systems)), body)
    return Figure(
        title,
        chart,
        "Overlapping intervals do not mean that two are alike: see the paired differences below.",
        table,
    )


def _reliability(systems: Sequence[Evaluation]) -> Figure | None:
    """How often pairs fit that got a score: on the diagonal where scores are chances."""
    binned = [system for system in systems if system.bins][:MOST_SYSTEMS]
    if not binned:
        return None
    title = "Reliability"
    lines = [_line(system.system, system.bins) for system in binned]
    chances = [
        f"{s.system}: chance alone would give an ECE up to {s.ece_by_chance:.3f}"
        for s in binned
        if s.ece_by_chance is not None
    ]
    chart = charts.lines(
        lines,
        charts.Labels(title, "; ".join(chances), "mean score", "share that fits"),
        diagonal="calibrated",
        y_range=(0.0, 1.0),
    )
    caption = (
        "Pairs in ten bins by score. Bands are score intervals that take pairs as independent. "
        + ". ".join(chances)
        + "."
    )
    return Figure(title, chart, caption, bin_table(binned[0].system, binned[0].bins))


def _line(name: str, bins: Sequence[Bin]) -> charts.Line:
    ends = [_ends(one.fits) for one in bins]
    return charts.Line(
        name,
        [one.mean_score for one in bins],
        [value for value, _, _ in ends],
        [low for _, low, _ in ends],
        [high for _, _, high in ends],
    )


def _ends(estimate: Estimate) -> tuple[float, float, float]:
    """Value, low and high; without an interval all three are the value."""
    value = round(estimate.value or 0.0, 6)
    return (
        value,
        value if estimate.low is None else estimate.low,
        value if estimate.high is None else estimate.high,
    )
