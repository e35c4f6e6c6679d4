"""What a run of `compare` gave, and its forms: JSON and text."""

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from shortlist.evaluation.comparison import Comparison, Quality
from shortlist.evaluation.contrast import Disagreement, Distribution, Likeness
from shortlist.evaluation.evaluation import Evaluation
from shortlist.records import Estimate
from shortlist.report.quotes import one_line
from shortlist.report.tables import Table, aligned, shown

SCHEMA = 1
DIGITS = 8
WIDTH = 100

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class ComparisonRun:
    """Everything that a report of one comparison says."""

    comparison: Comparison
    source: str
    written: datetime
    split: str = ""
    leaks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    grades: Mapping[tuple[str, str], float] = field(default_factory=dict)
    """Grades of judged pairs by job and resume, for the disagreements."""


def comparison_json(run: ComparisonRun) -> str:
    """Return the run as JSON, under the names that `docs/matching.md` promises."""
    found = run.comparison
    result: Json = {
        "schema": SCHEMA,
        "scorers": [one.scorer for one in found.distributions],
        "direction": found.direction,
        "pairs": found.pairs,
        "queries": found.queries,
        "items": found.items,
        "distributions": [_rounded(asdict(one)) for one in found.distributions],
        "agreement": [_rounded(asdict(one)) for one in found.agreement],
        "quality": found.quality and _quality(found.quality),
        "disagreements": [
            {**asdict(one), "grade": run.grades.get((one.job, one.resume))}
            for one in found.disagreements
        ],
        "recommendation": {
            **asdict(found.recommendation),
            "because": list(found.recommendation.because),
        },
        "warnings": list(run.leaks),
        "notes": list(run.notes),
        "source": run.source,
        "split": run.split or None,
    }
    return json.dumps(result, ensure_ascii=False) + "\n"


def comparison_table(run: ComparisonRun) -> str:
    """Return the run as text for a terminal."""
    found = run.comparison
    lines = [*textwrap.wrap(described(run), WIDTH)]
    lines += [f"LEAKING SPLIT: {leak}" for leak in run.leaks]
    lines += ["", "RECOMMENDATION", *recommended(run)]
    for table in tables(run):
        lines += ["", table.caption.upper(), *aligned(table)]
    if found.quality is None:
        lines += ["", "No judgments: nothing is said of how well the scorers rank."]
    for note in run.notes:
        lines += ["", *textwrap.wrap(note, WIDTH)]
    return "\n".join(lines) + "\n"


def described(run: ComparisonRun) -> str:
    """Return what was compared, in a sentence."""
    found = run.comparison
    query, item = ("job", "resume") if found.direction == "resumes" else ("resume", "job")
    part = f", split {run.split}" if run.split else ""
    names = ", ".join(one.scorer for one in found.distributions)
    return (
        f"Scorers {names} on {run.source}{part}: {found.pairs:,} pairs of {found.queries:,} "
        f"{query}s and {found.items:,} {item}s; {item}s are ranked for a {query}. Intervals hold "
        f"95 % over {query}s."
    )


def recommended(run: ComparisonRun) -> Iterator[str]:
    """Yield the recommendation and its reasons as lines."""
    found = run.comparison.recommendation
    yield found.decision or "none"
    for reason in found.because:
        yield from textwrap.wrap(
            one_line(reason), WIDTH, initial_indent="- ", subsequent_indent="  "
        )


def tables(run: ComparisonRun) -> Iterator[Table]:
    """Yield the tables of a report: quality, differences, agreement, distributions, pairs."""
    found = run.comparison
    if found.quality is not None:
        yield _metrics(found.quality)
        yield _differences(found.quality)
    yield _agreement(found.agreement)
    yield _distributions(found.distributions)
    yield _disagreements(found.disagreements, run.grades)


def _metrics(quality: Quality) -> Table:
    metrics = quality.question.metrics
    rows = [
        (system.system, *(shown(system[metric]) for metric in metrics), _count(system, metrics))
        for system in (*quality.systems, *quality.controls)
    ]
    return Table("Ranking quality", ("Scorer", *metrics, "n"), tuple(rows))


def _count(system: Evaluation, metrics: Sequence[str]) -> str:
    return f"{system[metrics[0]].n:,}"


def _differences(quality: Quality) -> Table:
    rows = [
        (
            f"{d.a} - {d.b}",
            d.metric,
            shown(d.estimate),
            "" if d.p is None else f"{d.p:.3g}",
            "" if d.p_holm is None else f"{d.p_holm:.3g}",
            f"{d.estimate.n:,}",
        )
        for d in quality.differences
    ]
    heads = ("Difference", "Metric", "Value", "p", "p corrected", "n")
    return Table("Paired tests", heads, tuple(rows))


def _agreement(alike: Sequence[Likeness]) -> Table:
    rows = [
        (
            f"{one.a}, {one.b}",
            shown(one.spearman),
            shown(one.kendall),
            shown(one.top),
            f"{one.spearman.n:,}",
        )
        for one in alike
    ]
    heads = ("Scorers", "Spearman", "Kendall", "Same item first", "n")
    return Table("Agreement", heads, tuple(rows))


def _distributions(found: Sequence[Distribution]) -> Table:
    rows = []
    for d in found:
        points = (d.mean, d.deviation, d.least, d.quarter, d.median, d.three_quarters, d.most)
        rows.append((d.scorer, *(f"{point:.3f}" for point in points), f"{d.n:,}"))
    heads = ("Scorer", "Mean", "SD", "Least", "25 %", "Median", "75 %", "Most", "n")
    return Table("Distribution of scores", heads, tuple(rows))


def _disagreements(found: Sequence[Disagreement], grades: Mapping[tuple[str, str], float]) -> Table:
    rows = []
    for one in found:
        grade = grades.get((one.job, one.resume))
        rows.append(
            (
                one_line(one.job)[:32],
                one_line(one.resume)[:32],
                f"{one.a} {one.rank_a:g}",
                f"{one.b} {one.rank_b:g}",
                str(one.items),
                "not judged" if grade is None else f"{grade:g}",
            )
        )
    heads = ("Job", "Resume", "Rank by one", "Rank by the other", "Of", "Grade")
    return Table("Disagreements worth a look", heads, tuple(rows))


def _quality(quality: Quality) -> Json:
    return {
        "metrics": list(quality.question.metrics),
        "decides": quality.question.metrics[0],
        "scorers": [_evaluation(system) for system in quality.systems],
        "controls": [_evaluation(control) for control in quality.controls],
        "differences": [_rounded(asdict(d)) for d in quality.differences],
    }


def _evaluation(system: Evaluation) -> Json:
    return {
        "name": system.system,
        "metrics": [{"name": m.name, **_rounded(asdict(m.estimate))} for m in system.metrics],
        "pairs_not_scored": system.missing,
    }


def _rounded(value: Json) -> Json:
    return {key: _round(one) for key, one in value.items()}


def _round(value: object) -> object:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return _rounded(value)
    if isinstance(value, tuple | list):
        return [_round(one) for one in value]
    return value


def interval(estimate: Estimate) -> tuple[float, float]:
    """Return the ends of an interval for a chart; the value twice where there is none."""
    value = estimate.value or 0.0
    if estimate.low is None or estimate.high is None:
        return value, value
    return estimate.low, estimate.high
