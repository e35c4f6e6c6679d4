"""What a run of `evaluate` gave, and its forms: JSON, CSV, Markdown and text."""

import csv
import io
import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from shortlist.evaluation.annotators import Agreement
from shortlist.evaluation.calibration import Bin
from shortlist.evaluation.evaluation import Difference, Evaluation
from shortlist.evaluation.limits import Verdict
from shortlist.evaluation.metrics import LOWER_IS_BETTER
from shortlist.evaluation.study import Study
from shortlist.evaluation.study import Table as Judged
from shortlist.records import Estimate, Measure
from shortlist.report.tables import Table, aligned, cell, limit_row, markdown_table, shown

SCHEMA = 1
DIGITS = 8
WIDTH = 100
METRICS_PER_TABLE = 4


@dataclass(frozen=True, slots=True)
class EvaluationRun:
    """Everything that a report of one evaluation says."""

    study: Study
    source: str
    written: datetime
    split: str = ""
    leaks: tuple[str, ...] = ()
    """What the split shares with others: shown in red, as every number may be too high."""
    notes: tuple[str, ...] = ()
    """Known issues of the data, and how systems were scored and calibrated."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """What was not looked at, such as judgments of other splits."""
    verdicts: tuple[Verdict, ...] = ()


def evaluation_json(run: EvaluationRun) -> str:
    """Return the run as JSON, under the names that `docs/evaluation.md` promises."""
    study = run.study
    result = {
        "schema": SCHEMA,
        "systems": [_system(system) for system in study.table.systems],
        "controls": [_system(control) for control in study.table.controls],
        "comparisons": [_difference(difference) for difference in study.comparisons],
        "unused": {**asdict(study.unused), **run.left_out},
        "limits": [limit_row(verdict) for verdict in run.verdicts],
        "warnings": list(run.leaks),
        "remarks": list(study.remarks),
        "notes": list(run.notes),
        "bands": [_rounded(asdict(band)) for band in study.bands],
        "annotators": [_judged(table) for table in study.annotators],
        "agreement": [_agreement(agreement) for agreement in study.agreement],
        "settings": settings(run),
    }
    return json.dumps(result, ensure_ascii=False) + "\n"


def evaluation_csv(run: EvaluationRun) -> str:
    """Return a header and one row for each metric of each system and control."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("kind", "system", "metric", "value", "low", "high", "n", "reason"))
    table = run.study.table
    for kind, rows in (("system", table.systems), ("control", table.controls)):
        for row in rows:
            for measure in row.metrics:
                values = _measure(measure).values()
                writer.writerow([kind, cell(row.system), *(cell(value) for value in values)])
    return out.getvalue()


def evaluation_markdown(run: EvaluationRun) -> str:
    """Return the run as Markdown: what was judged, limits, remarks and all tables."""
    lines = [f"# Evaluation on {run.source}", "", *described(run), ""]
    if run.leaks:
        lines += [f"**Leaking split:** {leak}" for leak in run.leaks] + [""]
    if run.verdicts:
        lines += ["## Limits", "", *(f"- {verdict.line}" for verdict in run.verdicts), ""]
    if run.study.remarks:
        lines += ["## What these numbers cannot tell", ""]
        lines += [f"- {remark}" for remark in run.study.remarks] + [""]
    for title, tables in sections(run.study):
        lines += [f"## {title}", ""]
        for table in tables:
            lines += [*markdown_table(table), ""]
    lines += [f"{sentence}\n" for sentence in not_estimated(run.study.table)]
    return "\n".join(lines)


def evaluation_table(run: EvaluationRun) -> str:
    """Return the run as text for a terminal."""
    lines = [f"Evaluation on {run.source}", ""]
    lines += [f"LEAKING SPLIT: {leak}" for leak in run.leaks]
    for sentence in described(run):
        lines += textwrap.wrap(sentence, WIDTH)
    for title, tables in sections(run.study):
        for table in tables:
            lines += ["", title.upper(), *aligned(table)]
    for sentence in not_estimated(run.study.table):
        lines += ["", *textwrap.wrap(sentence, WIDTH)]
    if run.study.remarks:
        lines += ["", "WHAT THESE NUMBERS CANNOT TELL"]
        for remark in run.study.remarks:
            lines += textwrap.wrap(remark, WIDTH, initial_indent="- ", subsequent_indent="  ")
    if run.verdicts:
        lines += ["", "LIMITS", *(verdict.line for verdict in run.verdicts)]
    return "\n".join(lines) + "\n"


def described(run: EvaluationRun) -> list[str]:
    """Return sentences on what was judged, how, and what was left out."""
    table, unused = run.study.table, run.study.unused
    query, item = ("job", "resume") if table.direction == "resumes" else ("resume", "job")
    part = f", split {run.split}" if run.split else ""
    taken = (
        "Only judged pairs are ranked."
        if table.unjudged == "skip"
        else "Only fitting pairs were written down: pairs without a judgment count as not fitting."
    )
    return [
        f"{table.pairs:,} pairs of {table.queries:,} {query}s and {table.items:,} {item}s{part}: "
        f"{item}s are ranked for a {query}. {taken}",
        f"Intervals hold 95 % over {query}s. A pair fits from grade "
        f"{run.study.question.relevant:g} on.",
        *_unused(unused.scores_not_judged, "scores of {} are of pairs that are not ranked"),
        *_unused(unused.pairs_not_scored, "pairs have no score by {} and rank last"),
        *_counted(unused.conflicting_judgments, "pairs are left out: one word, two grades"),
        *_counted(unused.repeated_judgments, "judgments say the same again and count once"),
        *_counted(unused.queries_without_fit, f"{query}s have nothing that fits"),
        *(f"{count:,} {what.replace('_', ' ')}." for what, count in run.left_out.items() if count),
        *run.notes,
    ]


def sections(study: Study) -> list[tuple[str, list[Table]]]:
    """Return the tables of a study under their titles."""
    found = [("Systems and controls", _metric_tables(study.table))]
    if study.comparisons:
        found.append(("Differences", [difference_table(study.comparisons)]))
    found += [(f"By the word of {table.name}", _metric_tables(table)) for table in study.annotators]
    if study.agreement:
        found.append(("Agreement of annotators", [agreement_table(study.agreement)]))
    return found


def not_estimated(table: Judged) -> list[str]:
    """Return a sentence for each reason why numbers are missing: which, and why."""
    rows = (*table.systems, *table.controls)
    missing: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        for measure in row.metrics:
            if measure.estimate.value is None:
                of_reason = missing.setdefault(measure.estimate.reason, {})
                of_reason.setdefault(row.system, []).append(measure.name)
    said = []
    for reason, of_system in missing.items():
        alike: dict[str, list[str]] = {}
        for system, metrics in of_system.items():
            every = len(metrics) == len(rows[0].metrics)
            alike.setdefault("all" if every else ", ".join(metrics), []).append(system)
        for metrics_named, systems in alike.items():
            what = "" if metrics_named == "all" else f" ({metrics_named})"
            said.append(f"Not estimated: {', '.join(systems)}{what}: {reason}.")
    return said


def overview(table: Judged) -> Table:
    """Return systems and controls as rows and all metrics as columns."""
    return _metrics(table, [m.name for m in (*table.systems, *table.controls)[0].metrics])


def metric_table(table: Judged, metric: str) -> Table:
    """Return the rows of one metric: systems, then controls, with n and notes."""
    rows = [
        (row.system, kind, shown(row[metric]), f"{row[metric].n:,}", row[metric].reason)
        for kind, group in (("system", table.systems), ("control", table.controls))
        for row in group
    ]
    return Table(
        named(metric), ("system", "what it is", "value [95 % interval]", "n", "note"), tuple(rows)
    )


def difference_table(differences: Sequence[Difference]) -> Table:
    """Return how far systems are apart, with p-values before and after Holm's correction."""
    rows = tuple(
        (
            d.metric,
            f"{d.a} less {d.b}",
            shown(d.estimate),
            "" if d.p is None else f"{d.p:.3g}",
            "" if d.p_holm is None else f"{d.p_holm:.3g}",
            f"{d.estimate.n:,}",
            d.estimate.reason,
        )
        for d in differences
    )
    heads = ("metric", "difference", "value [95 % interval]", "p", "p (Holm)", "n", "note")
    return Table("Differences", heads, rows)


def agreement_table(agreement: Sequence[Agreement]) -> Table:
    """Return how far each two annotators agree."""
    rows = []
    for one in agreement:
        by_name = {measure.name: shown(measure.estimate) for measure in one.measures}
        n = one.measures[0].estimate.n if one.measures else 0
        by_chance = "" if one.first_by_chance is None else f"{one.first_by_chance:.3f}"
        values = (by_name.get(m, "") for m in ("spearman", "kendall", "same_first"))
        grade = by_name.get("same_grade", "")
        rows.append((f"{one.a} and {one.b}", *values, by_chance, grade, f"{one.pairs:,}", f"{n:,}"))
    heads = ("who", "spearman", "kendall", "same first", "by chance", "same grade", "pairs", "n")
    return Table("Agreement of annotators", heads, tuple(rows))


def bin_table(system: str, bins: Sequence[Bin]) -> Table:
    """Return the bins of a reliability diagram."""
    rows = tuple(
        (f"{b.low:.1f} to {b.high:.1f}", f"{b.n:,}", f"{b.mean_score:.3f}", shown(b.fits))
        for b in bins
    )
    return Table(f"Reliability of {system}", ("score", "n", "mean score", "share that fits"), rows)


def settings(run: EvaluationRun) -> dict[str, object]:
    """Return what the numbers depend on, by name."""
    study = run.study
    return {
        "source": run.source,
        "split": run.split,
        "direction": study.table.direction,
        "unjudged": study.table.unjudged,
        "queries": study.table.queries,
        "items": study.table.items,
        "pairs": study.table.pairs,
        "metrics": list(study.question.metrics),
        "relevant": study.question.relevant,
        "threshold": study.question.threshold,
        "seed": study.question.seed,
    }


def named(metric: str) -> str:
    """Return a metric's name, with a word where lower is better."""
    return f"{metric} (lower is better)" if metric in LOWER_IS_BETTER else metric


def _metric_tables(table: Judged) -> list[Table]:
    """Return the overview in pieces that fit a terminal."""
    metrics = [m.name for m in (*table.systems, *table.controls)[0].metrics]
    step = METRICS_PER_TABLE
    return [_metrics(table, metrics[i : i + step]) for i in range(0, len(metrics), step)]


def _metrics(table: Judged, metrics: Sequence[str]) -> Table:
    """Rows are systems and controls, columns metrics; n stands in the head."""
    rows = (*table.systems, *table.controls)
    counts = {m: max(row[m].n for row in rows) for m in metrics}
    heads = ("system", *(f"{m} (n = {counts[m]:,})" for m in metrics))
    body = tuple((row.system, *(_in(row[m], counts[m]) for m in metrics)) for row in rows)
    return Table("All metrics", heads, body)


def _in(estimate: Estimate, n: int) -> str:
    """An estimate in a column whose head gives n; another n stands beside it."""
    if estimate.value is None:
        return "-"
    return shown(estimate) + (f" n={estimate.n:,}" if estimate.n != n else "")


def _unused(counts: Mapping[str, int], words: str) -> Iterator[str]:
    for system, count in counts.items():
        yield from _counted(count, words.format(system))


def _counted(count: int, words: str) -> Iterator[str]:
    if count:
        yield f"{count:,} {words}."


def _system(system: Evaluation) -> dict[str, object]:
    row: dict[str, object] = {
        "name": system.system,
        "metrics": [_measure(measure) for measure in system.metrics],
    }
    if system.bins:
        row["reliability"] = [_rounded(asdict(one)) for one in system.bins]
        row["ece_by_chance"] = system.ece_by_chance
    return row


def _measure(measure: Measure) -> dict[str, object]:
    return {"name": measure.name, **_estimate(measure.estimate)}


def _estimate(estimate: Estimate) -> dict[str, object]:
    return _rounded(asdict(estimate))


def _difference(difference: Difference) -> dict[str, object]:
    return {
        "metric": difference.metric,
        "a": difference.a,
        "b": difference.b,
        **_estimate(difference.estimate),
        "p": difference.p,
        "p_holm": difference.p_holm,
    }


def _judged(table: Judged) -> dict[str, object]:
    return {
        "name": table.name,
        "queries": table.queries,
        "pairs": table.pairs,
        "systems": [_system(system) for system in table.systems],
        "controls": [_system(control) for control in table.controls],
    }


def _agreement(agreement: Agreement) -> dict[str, object]:
    return {
        "a": agreement.a,
        "b": agreement.b,
        "pairs": agreement.pairs,
        "measures": [_measure(measure) for measure in agreement.measures],
        "same_first_by_chance": agreement.first_by_chance,
    }


def _rounded(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: round(value, DIGITS) if isinstance(value, float) else value
        for name, value in values.items()
    }
