"""A run of `compare` as one page for people."""

from collections.abc import Iterator

from shortlist.evaluation.comparison import Quality
from shortlist.report import charts
from shortlist.report.comparison import ComparisonRun, described, interval, tables
from shortlist.report.page import render
from shortlist.report.tables import Figure


def comparison_html(run: ComparisonRun) -> str:
    """Return one self-contained page: recommendation, charts, tables."""
    return render(
        "comparison.html",
        {
            "run": run,
            "found": run.comparison,
            "described": described(run),
            "figures": list(_figures(run)),
            "tables": list(tables(run)),
        },
    )


def _figures(run: ComparisonRun) -> Iterator[Figure]:
    shown = {table.caption: table for table in tables(run)}
    quality = run.comparison.quality
    if quality is not None:
        for metric in quality.question.metrics:
            yield _metric(quality, metric, shown["Ranking quality"].caption, run)
    found = run.comparison.distributions
    yield Figure(
        "How the scores lie",
        charts.histograms(
            [charts.Histogram(d.scorer, d.edges, d.counts) for d in found],
            charts.Labels(
                "Distribution of scores",
                "; ".join(f"{d.scorer}: median {d.median:.3f}" for d in found),
                "score",
            ),
        ),
        "Scores of different scorers are on different scales: compare orders, not values.",
        shown["Distribution of scores"],
    )


def _metric(quality: Quality, metric: str, caption: str, run: ComparisonRun) -> Figure:
    rows = []
    for series, systems in enumerate((quality.systems, quality.controls)):
        for system in systems:
            estimate = system[metric]
            if estimate.value is not None:
                ends = interval(estimate)
                rows.append(charts.Interval(system.system, estimate.value, *ends, series))
    table = next(table for table in tables(run) if table.caption == caption)
    told = "; ".join(f"{row.label} {row.value:.3f}" for row in rows)
    return Figure(
        metric,
        charts.intervals(rows, charts.Labels(metric, told, metric)),
        "Intervals hold 95 %; random and popularity are controls.",
        table,
    )
