"""A run of `audit` as one page for people."""

from dataclasses import dataclass

from shortlist.audit.grouping import JOINT
from shortlist.audit.mitigation import LEGAL_WARNING
from shortlist.report.audit import (
    AuditRun,
    described,
    gap_table,
    group_table,
    headline,
    summary_table,
    swap_table,
    threshold_table,
)
from shortlist.report.audit_figures import (
    comparison_figures,
    curve_figure,
    distribution_figure,
    exposure_figure,
    overview_figure,
    rate_figure,
    reliability_figure,
    shift_figure,
)
from shortlist.report.page import render
from shortlist.report.tables import Figure, Table


@dataclass(frozen=True, slots=True)
class Section:
    """An attribute, or an intersection (`joint`), as it is shown."""

    anchor: str
    title: str
    joint: bool
    headline: str
    first: tuple[Figure, ...]
    more: tuple[Figure, ...]
    compared: tuple[Figure, ...]
    groups: Table
    gaps: Table


def audit_html(run: AuditRun) -> str:
    """Return one self-contained page: limits, attributes with charts and tables, swaps, data."""
    sections = [
        _section(run, number, attribute)
        for number, attribute in enumerate(run.audit.attributes(), 1)
    ]
    return render(
        "audit.html",
        {
            "run": run,
            "sections": sections,
            "overview": overview_figure(run.audit),
            "summary": summary_table(run.audit),
            "shift": shift_figure(run.swaps),
            "swapped": swap_table(run.swaps),
            "thresholds": threshold_table(run.thresholds) if run.thresholds else None,
            "legal_warning": LEGAL_WARNING,
            "described": described(run),
        },
    )


def _section(run: AuditRun, number: int, attribute: str) -> Section:
    audit = run.audit
    joint = JOINT in attribute
    first = [rate_figure(audit, attribute)]
    more = []
    if not joint:
        first.append(curve_figure(audit, attribute))
        makers = (exposure_figure, distribution_figure, reliability_figure)
        more = [make(audit, attribute) for make in makers]
    compared = comparison_figures((audit, *run.against), attribute) if run.against else []
    return Section(
        anchor=f"attribute-{number}",
        title=" and ".join(attribute.split(JOINT)),
        joint=joint,
        headline=headline(audit, attribute),
        first=tuple(figure for figure in first if figure),
        more=tuple(figure for figure in more if figure),
        compared=tuple(compared),
        groups=group_table(audit, attribute),
        gaps=gap_table(audit, attribute),
    )
