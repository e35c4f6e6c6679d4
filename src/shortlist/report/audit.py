"""What a run of `audit` gave, and its forms: JSON, CSV, Markdown and text."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from shortlist import __version__
from shortlist.audit.measures import Audit
from shortlist.audit.mitigation import LEGAL_WARNING, GroupThreshold
from shortlist.audit.parity import FOUR_FIFTHS
from shortlist.evaluation.limits import Verdict
from shortlist.records import Estimate, Measure
from shortlist.report.tables import (
    Table,
    aligned,
    cell,
    limit_row,
    markdown_table,
    plain,
    shown,
)

SCHEMA = 1
DIGITS = 8
COLUMNS = ("name", "attribute", "group", "value", "low", "high", "n", "reason")

GROUP_MEASURES = (
    "selection_rate",
    "impact_ratio",
    "true_positive_rate",
    "false_positive_rate",
    "precision",
    "expected_calibration_error",
    "exposure_against_pool",
    "exposure_against_merit",
)
"""What is told of each group, in the order of the tables."""

GAP_MEASURES = (
    "demographic_parity_difference",
    "demographic_parity_ratio",
    "equal_opportunity_difference",
    "false_positive_rate_difference",
    "equalized_odds_difference",
    "equalized_odds_difference_worst",
    "predictive_parity_difference",
    "calibration_disparity",
    "exposure_gap",
)
"""What is told over the groups of an attribute."""


Thresholds = Mapping[str, Sequence[GroupThreshold]]
"""attribute -> the threshold of each group that would give all groups one selection rate."""


@dataclass(frozen=True, slots=True)
class AuditRun:
    """Everything that a report of one audit says.

    `against` are audits of other systems on the same people; `swaps` what the swap tests and the
    probes measured; `thresholds` what each group's own threshold would be.
    """

    audit: Audit
    source: str
    written: datetime
    verdicts: tuple[Verdict, ...] = ()
    against: tuple[Audit, ...] = ()
    swaps: tuple[Measure, ...] = ()
    thresholds: Thresholds = field(default_factory=dict)


def audit_json(run: AuditRun) -> str:
    """Return the run as JSON, under the names that `docs/auditing.md` promises."""
    result = {
        "schema": SCHEMA,
        "measures": [_row(measure) for measure in (*run.audit.measures, *run.swaps)],
        "limits": [limit_row(verdict) for verdict in run.verdicts],
        "notes": list(run.audit.notes),
        "settings": _settings(run),
    }
    if run.thresholds:
        rows = [{"attribute": a, **asdict(g)} for a, of in run.thresholds.items() for g in of]
        result["analysis"] = {"warning": LEGAL_WARNING, "thresholds": rows}
    return json.dumps(result, ensure_ascii=False) + "\n"


def audit_csv(run: AuditRun) -> str:
    """Return a header and one row per measure.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for measure in (*run.audit.measures, *run.swaps):
        writer.writerow([cell(value) for value in _row(measure).values()])
    return out.getvalue()


def audit_markdown(run: AuditRun) -> str:
    """Return the run as Markdown: what was audited, limits, and tables of each attribute."""
    audit = run.audit
    lines = [f"# Audit of {plain(audit.system)}", "", *described(run), ""]
    lines += ["## Summary", "", *markdown_table(summary_table(audit)), ""]
    if run.verdicts:
        lines += ["## Limits", "", *(f"- {plain(v.line)}" for v in run.verdicts), ""]
    for attribute in audit.attributes():
        lines += [f"## {plain(attribute)}", "", headline(audit, attribute), ""]
        lines += [*markdown_table(group_table(audit, attribute)), ""]
        lines += [*markdown_table(gap_table(audit, attribute)), ""]
    if run.swaps:
        lines += ["## Swaps and probes", "", *markdown_table(swap_table(run.swaps)), ""]
    if run.thresholds:
        table = threshold_table(run.thresholds)
        lines += [f"## {table.caption}", "", LEGAL_WARNING, "", *markdown_table(table), ""]
    return "\n".join(lines)


def audit_table(run: AuditRun) -> str:
    """Return the run as text for a terminal."""
    audit = run.audit
    lines = [f"Audit of {audit.system}", "", *described(run)]
    lines += ["", "Summary", "-------", *aligned(summary_table(audit))]
    for attribute in audit.attributes():
        lines += ["", attribute, "-" * len(attribute), headline(audit, attribute), ""]
        lines += aligned(group_table(audit, attribute, GROUP_MEASURES[:2]))
        lines += ["", *aligned(gap_table(audit, attribute))]
    if run.swaps:
        lines += ["", "Swaps and probes", "----------------", *aligned(swap_table(run.swaps))]
    if run.thresholds:
        table = threshold_table(run.thresholds)
        lines += ["", table.caption, "-" * len(table.caption), LEGAL_WARNING, "", *aligned(table)]
    if run.verdicts:
        lines += ["", "Limits", "------", *(verdict.line for verdict in run.verdicts)]
    return "\n".join(lines) + "\n"


def described(run: AuditRun) -> list[str]:
    """Return sentences on what was audited and what a reader must know of the data."""
    audit = run.audit
    return [
        f"{audit.rows:,} scored pairs of {audit.people:,} resumes and {audit.jobs:,} jobs, "
        f"from {run.source}.",
        f"Selected: {audit.selection.words} ({audit.selection}).",
        f"Groups with fewer than {audit.min_n} pairs are listed and not estimated. Intervals hold "
        "95 %; those of comparisons hold for all pairs of groups at once.",
        *audit.notes,
        "This is a measurement of this sample. It does not certify that a law is kept.",
    ]


def headline(audit: Audit, attribute: str) -> str:
    """Return the finding on an attribute in words: the lowest impact ratio and how sure it is."""
    lowest = _lowest(audit, attribute)
    if lowest is None:
        return f"No impact ratio: {_no_ratio(audit, attribute)}."
    group, ratio = lowest
    words = (
        f"The lowest impact ratio is {shown(ratio)}, of {group} (n = {ratio.n:,}): "
        f"{_four_fifths(ratio)}."
    )
    shortfall = audit.find("shortfall", attribute, group)
    if shortfall and shortfall.value:
        words += f" {_people(shortfall)} of {group} would bring it to four fifths."
    p = audit.find("p_value", attribute)
    if p and p.value is not None:
        words += f" Group-blind scores give so large a gap in {_percent(p.value)} of draws."
    return words


def summary_table(audit: Audit) -> Table:
    """Return a row for each attribute and intersection: its lowest impact ratio, and if by chance.

    The last columns hold how many more selections the group would need, how often group-blind
    scores show so large a gap, and what the interval says of four fifths.
    """
    rows = []
    for attribute in audit.attributes():
        lowest, p = _lowest(audit, attribute), audit.find("p_value", attribute)
        if lowest is None:
            why = _no_ratio(audit, attribute)
            rows.append((attribute, "not estimated", "", "", "", "", why))
            continue
        group, ratio = lowest
        shortfall = audit.find("shortfall", attribute, group)
        needed = counted(shortfall) if shortfall else ""
        by_chance = _percent(p.value) if p and p.value is not None else ""
        told = (shown(ratio), group, f"{ratio.n:,}", needed, by_chance, _four_fifths(ratio))
        rows.append((attribute, *told))
    heads = ("by", "lowest impact ratio", "of", "n", "more needed", "by chance", "four fifths")
    return Table("The lowest impact ratio by each attribute", heads, tuple(rows))


def _lowest(audit: Audit, attribute: str) -> tuple[str, Estimate] | None:
    """The group with the lowest impact ratio, and the ratio."""
    ratios = {g: audit.find("impact_ratio", attribute, g) for g in audit.groups(attribute)}
    known = {g: e for g, e in ratios.items() if e is not None and e.value is not None}
    if not known:
        return None
    group = min(known, key=lambda g: known[g].value or 0.0)
    return group, known[group]


def _no_ratio(audit: Audit, attribute: str) -> str:
    overall = audit.find("demographic_parity_ratio", attribute)
    return overall.reason if overall else "no groups"


def group_table(audit: Audit, attribute: str, measures: Sequence[str] = GROUP_MEASURES) -> Table:
    """Return a row for each group: how many, and each measure with its interval."""
    rows = []
    for group in audit.groups(attribute):
        people = audit.find("people", attribute, group)
        estimates = [audit.find(name, attribute, group) for name in measures]
        shortfall = audit.find("shortfall", attribute, group)
        rows.append(
            (
                group,
                f"{people.value or 0:,.0f}" if people else "",
                f"{people.n:,}" if people else "",
                *(shown(e) if e else "" for e in estimates),
                counted(shortfall) if shortfall else "",
                shortfall.reason if shortfall else "",
            )
        )
    heads = ("group", "people", "pairs", *map(words, measures), "more needed", "note")
    return Table(f"Groups of {attribute}", heads, tuple(rows))


def gap_table(audit: Audit, attribute: str) -> Table:
    """Return a row for each measure over the groups, beside its view on balanced groups."""
    rows = []
    for name in (*GAP_MEASURES, "composite", "composite_null", "p_value"):
        raw = audit.find(name, attribute)
        even = audit.find(f"balanced_{name}", attribute)
        if raw is not None:
            shown_even = shown(even) if even else ""
            rows.append((words(name), shown(raw), shown_even, f"{raw.n:,}", words(raw.reason)))
    heads = ("over the groups", "value", "equally many of each", "n", "note")
    return Table(f"Gaps between groups of {attribute}", heads, tuple(rows))


def swap_table(measures: Sequence[Measure]) -> Table:
    """Return a row for each pooled measure of swaps and probes."""
    rows = tuple(
        (
            m.attribute or "",
            words(m.name),
            shown(m.estimate),
            f"{m.estimate.n:,}",
            m.estimate.reason,
        )
        for m in measures
        if m.group is None
    )
    return Table("Swaps and probes", ("what", "measure", "value", "n", "note"), rows)


def threshold_table(thresholds: Thresholds) -> Table:
    """Return each group's rate under one threshold for all, and under its own. Analysis only."""
    rows = tuple(
        (attribute, g.group, f"{g.n:,}", f"{g.rate_before:.3f}", f"{g.threshold:.4g}",
         f"{g.rate_after:.3f}")
        for attribute, of in thresholds.items()
        for g in of
    )  # fmt: skip
    heads = ("by", "group", "pairs", "rate under one threshold", "its own threshold", "rate then")
    return Table("Analysis: thresholds that would give all groups one rate", heads, rows)


def counted(estimate: Estimate) -> str:
    """Return an estimate that counts people: `14 [0, 33]`, or `not estimated`."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "not estimated"
    return f"{estimate.value:,.0f} [{estimate.low:,.0f}, {estimate.high:,.0f}]"


def words(name: str) -> str:
    """Return the name of a measure as words."""
    return name.replace("_", " ").replace("@", " at ")


def _four_fifths(ratio: Estimate) -> str:
    assert ratio.value is not None and ratio.low is not None and ratio.high is not None
    if ratio.high < FOUR_FIFTHS:
        return "below four fifths, and so is its whole interval"
    if ratio.value < FOUR_FIFTHS:
        return "below four fifths, though its interval reaches above"
    if ratio.low < FOUR_FIFTHS:
        return "not below four fifths, though its interval reaches below"
    return "not below four fifths, nor is any of its interval"


def _people(shortfall: Estimate) -> str:
    assert shortfall.value is not None
    count = int(shortfall.value)
    return f"{count:,} more {'selection' if count == 1 else 'selections'}"


def _percent(share: float) -> str:
    return f"{100 * share:.2g} %"


def _row(measure: Measure) -> dict[str, object]:
    estimate = measure.estimate
    value, low, high = (
        None if number is None else round(number, DIGITS)
        for number in (estimate.value, estimate.low, estimate.high)
    )
    return {
        "name": measure.name,
        "attribute": measure.attribute,
        "group": measure.group,
        "value": value,
        "low": low,
        "high": high,
        "n": estimate.n,
        "reason": estimate.reason,
    }


def _settings(run: AuditRun) -> dict[str, object]:
    audit = run.audit
    return {
        "system": audit.system,
        "source": run.source,
        "select": str(audit.selection),
        "min_n": audit.min_n,
        "seed": audit.seed,
        "rows": audit.rows,
        "resumes": audit.people,
        "jobs": audit.jobs,
        "version": __version__,
    }
