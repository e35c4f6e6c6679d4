"""The charts of an audit, each with the table that says the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shortlist.audit.grouping import FEWEST, JOINT
from shortlist.audit.measures import Audit
from shortlist.audit.parity import FOUR_FIFTHS
from shortlist.records import Estimate, Measure
from shortlist.report import charts
from shortlist.report.audit import words
from shortlist.report.tables import Figure, Table, shown

MOST_GROUPS = 6
"""Curves and histograms of more groups than this cannot be told apart: the largest are drawn."""

MOST_RATIOS = 30
"""Of more groups than this, the overview draws those with the lowest impact ratios."""

COMPARED = (
    "demographic_parity_difference",
    "equal_opportunity_difference",
    "equalized_odds_difference",
    "predictive_parity_difference",
    "calibration_disparity",
    "exposure_gap",
)
"""What systems are compared by, next to the impact ratio: 0 is no gap."""

_BESIDE_SHIFTS = (
    "swap_other_resume_shift",
    "swap_equal",
    "swap_shift_in_sd",
    "swap_flip_rate",
    "swap_flip_chance",
    "swap_rank_overlap",
)


def rate_figure(audit: Audit, attribute: str) -> Figure | None:
    """Return the selection rate of each group, with four fifths of the highest."""
    found = _of_groups(audit, "selection_rate", attribute)
    if not found:
        return None
    ratios = _of_groups(audit, "impact_ratio", attribute)
    highest = max((found[g] for g in ratios), key=lambda e: e.value or 0.0, default=None)
    line = FOUR_FIFTHS * (highest.value or 0.0) if highest else None
    title = f"Selection rate by {attribute}"
    rows = [_interval(f"{group} (n = {e.n:,})", e) for group, e in found.items()]
    chart = charts.intervals(
        rows,
        charts.Labels(title, _told(found), "selection rate"),
        reference=charts.Reference(line, "four fifths of the highest") if line else None,
    )
    caption = "Marks are rates, lines their 95 % intervals."
    heads = ("group", "n", "selection rate", "impact ratio")
    body = tuple(
        (g, f"{e.n:,}", shown(e), shown(ratios[g]) if g in ratios else "not compared")
        for g, e in found.items()
    )
    return Figure(title, chart, caption, Table(title, heads, body))


def curve_figure(audit: Audit, attribute: str) -> Figure | None:
    """Return the impact ratio of each group over all selection rates."""
    return _curves(audit, attribute, _RATIOS)


def exposure_figure(audit: Audit, attribute: str) -> Figure | None:
    """Return each group's exposure against its share of the pool, by how deep one looks."""
    return _curves(audit, attribute, _EXPOSURES)


def distribution_figure(audit: Audit, attribute: str) -> Figure | None:
    """Return the distribution of scores in each group."""
    every = [d for d in audit.distributions if d.attribute == attribute]
    if not every:
        return None
    most = sorted(every, key=lambda d: -sum(d.counts))[:MOST_GROUPS]
    drawn = [d for d in every if d in most]
    title = f"Scores by {attribute}"
    middles = {d.group: _quantiles(d.edges, d.counts) for d in every}
    told = "; ".join(f"median of {group}: {q[1]:.3g}" for group, q in middles.items())
    chart = charts.histograms(
        [charts.Histogram(d.group, d.edges, d.counts) for d in drawn],
        charts.Labels(title, told, "score"),
    )
    rows = tuple(
        (d.group, f"{sum(d.counts):,}", *(f"{q:.3g}" for q in middles[d.group])) for d in every
    )
    heads = ("group", "n", "lower quarter", "median", "upper quarter")
    caption = "Each group's own scale of height. Quartiles are read off the bins."
    return Figure(title, chart, caption + _left_out(every, drawn), Table(title, heads, rows))


def reliability_figure(audit: Audit, attribute: str) -> Figure | None:
    """Return the share that fits by score, for each group."""
    every = [r for r in audit.reliability if r.attribute == attribute]
    if not every:
        return None
    groups = list(dict.fromkeys(r.group for r in every))
    bins = {g: [r for r in every if r.group == g and r.n >= FEWEST] for g in groups}
    compared = _of_groups(audit, "impact_ratio", attribute)
    drawn = [g for g in groups if bins[g] and g in compared][:MOST_GROUPS]
    if not drawn:
        return None
    title = f"Calibration by {attribute}"
    errors = _of_groups(audit, "expected_calibration_error", attribute)
    lines = [charts.Line(g, [r.score for r in bins[g]], [r.share for r in bins[g]]) for g in drawn]
    chart = charts.lines(
        lines,
        charts.Labels(
            title, f"Calibration errors: {_told(errors)}", "mean score", "share that fits"
        ),
        diagonal="score = share",
        y_range=(0, 1),
    )
    rows = tuple((r.group, f"{r.score:.3f}", f"{r.share:.3f}", f"{r.n:,}") for r in every)
    caption = (
        "On the dotted line a score is the share that fits. "
        f"Points stand for at least {FEWEST} rows."
    )
    heads = ("group", "mean score", "share that fits", "n")
    return Figure(title, chart, caption + _left_out(groups, drawn), Table(title, heads, rows))


def shift_figure(swaps: Sequence[Measure]) -> Figure | None:
    """Return the mean shift of each kind of swap beside its controls."""
    pooled = {(m.name, m.attribute): m.estimate for m in swaps if m.group is None}
    kinds = [kind for name, kind in pooled if name == "swap_mean_shift" and kind]
    if not kinds:
        return None
    drawn = ("swap_mean_shift", "swap_nonsense_shift")
    rows = [
        _interval(kind if series == 0 else "", pooled[name, kind], series)
        for kind in kinds
        for series, name in enumerate(drawn)
        if pooled[name, kind].value is not None
    ]
    others = [pooled["swap_other_resume_shift", kind].value for kind in kinds]
    other = min((value for value in others if value is not None), default=None)
    title = "How far scores move when one thing is swapped"
    equal = [kind for kind in kinds if pooled["swap_equal", kind].value == 1]
    told = f"{len(equal)} of {len(kinds)} kinds of swap leave every score exactly equal."
    chart = charts.intervals(
        rows,
        charts.Labels(title, told, "mean shift of the score"),
        names=("the swap", "nonsense of the same length"),
        reference=None if other is None else charts.Reference(other, "another resume"),
    )
    told_of = (*drawn, *_BESIDE_SHIFTS)
    heads = ("swap", *map(words, told_of))
    body = tuple((kind, *(shown(pooled[name, kind]) for name in told_of)) for kind in kinds)
    return Figure(title, chart, told, Table(title, heads, body))


def overview_figure(audit: Audit) -> Figure | None:
    """Return the impact ratio of every group of every attribute, without intersections."""
    found = [
        (f"{attribute}: {group}", estimate)
        for attribute in audit.attributes()
        if JOINT not in attribute
        for group, estimate in _of_groups(audit, "impact_ratio", attribute).items()
    ]
    if not found:
        return None
    lowest = sorted(found, key=lambda one: one[1].value or 0.0)[:MOST_RATIOS]
    drawn = [one for one in found if one in lowest]
    title = "Impact ratio of every group"
    below = [name for name, e in found if (e.value or 0.0) < FOUR_FIFTHS]
    told = f"{len(below)} of {len(found)} groups are below four fifths."
    chart = charts.intervals(
        [_interval(f"{name} (n = {e.n:,})", e) for name, e in drawn],
        charts.Labels(title, f"{told} {_told(dict(found))}", "impact ratio"),
        reference=charts.Reference(FOUR_FIFTHS, "four fifths"),
        x_range=(0, 1),
    )
    rows = tuple((name, f"{e.n:,}", shown(e)) for name, e in found)
    table = Table(title, ("group", "n", "impact ratio"), rows)
    return Figure(title, chart, told + _left_out(found, drawn), table)


def comparison_figures(audits: Sequence[Audit], attribute: str) -> list[Figure]:
    """Return the impact ratio, and the gaps, of all systems beside each other."""
    ratio = f"Lowest impact ratio by {attribute}, of each system"
    gaps = f"Gaps by {attribute}, of each system"
    made = (
        _compared(audits, attribute, ("demographic_parity_ratio",), ratio),
        _compared(audits, attribute, COMPARED, gaps),
    )
    return [figure for figure in made if figure]


def _compared(
    audits: Sequence[Audit], attribute: str, measures: Sequence[str], title: str
) -> Figure | None:
    """The measures of each system; those that only one system has are left to its own table."""
    found = {name: [a.find(name, attribute) for a in audits] for name in measures}
    rows, body = [], []
    for name, estimates in found.items():
        told = [(i, e) for i, e in enumerate(estimates) if e is not None and e.value is not None]
        if len(told) < 2:
            continue
        first = told[0][0]
        rows += [_interval(words(name) if i == first else "", e, i) for i, e in told]
        body.append((words(name), *(shown(e) if e else "" for e in estimates)))
    if not rows:
        return None
    systems = [audit.system for audit in audits]
    said = "; ".join(f"{row[0]}: {', '.join(row[1:])}" for row in body)
    chart = charts.intervals(
        rows,
        charts.Labels(title, said, "ratio" if len(measures) == 1 else "gap"),
        names=systems,
    )
    table = Table(title, ("measure", *systems), tuple(body))
    return Figure(title, chart, "Overlapping intervals do not tell apart.", table)


@dataclass(frozen=True, slots=True)
class _Curve:
    """A measure that is taken at many x, as in `impact_ratio@0.1`."""

    name: str
    title: str
    x: str
    y: str
    reference: charts.Reference
    caption: str
    doubling: bool = False


_RATIOS = _Curve(
    "impact_ratio",
    "Impact ratio by {} at every selection rate",
    "selection rate",
    "impact ratio",
    charts.Reference(FOUR_FIFTHS, "four fifths"),
    "Each job selects the best share of its pool. What one rate hides, another shows.",
)
_EXPOSURES = _Curve(
    "exposure_against_pool",
    "Exposure by {} against the pool",
    "places looked at",
    "exposure, parity 0",
    charts.Reference(0.0, "parity"),
    "A place at rank r is worth 1 / log2(r + 1). -0.2 is a fifth less than parity.",
    doubling=True,
)


def _curves(audit: Audit, attribute: str, curve: _Curve) -> Figure | None:
    """The curves of the groups that are compared."""
    prefix, title = f"{curve.name}@", curve.title.format(attribute)
    compared = _of_groups(audit, "impact_ratio", attribute)
    points: dict[str, list[tuple[float, Estimate]]] = {}
    for m in audit.measures:
        if m.attribute == attribute and m.name.startswith(prefix) and m.group in compared:
            points.setdefault(m.group or "", []).append((float(m.name[len(prefix) :]), m.estimate))
    if not points or max(map(len, points.values())) < 2:
        return None
    drawn = sorted(points, key=lambda g: -points[g][0][1].n)[:MOST_GROUPS]
    lines = [_line(group, points[group]) for group in points if group in drawn]
    told = "; ".join(
        f"{g}: {shown(p[0][1])} at {p[0][0]:g}, {shown(p[-1][1])} at {p[-1][0]:g}"
        for g, p in points.items()
    )
    chart = charts.lines(
        lines,
        charts.Labels(title, told, curve.x, curve.y),
        reference=curve.reference,
        y_range=_range(lines, curve.reference.value),
        doubling=curve.doubling,
    )
    at = sorted({x for p in points.values() for x, _ in p})
    by_group = {g: dict(p) for g, p in points.items()}
    rows = tuple(
        (f"{x:g}", *(shown(by_group[g][x]) if x in by_group[g] else "" for g in points)) for x in at
    )
    table = Table(title, (curve.x, *points), rows)
    return Figure(title, chart, curve.caption + _left_out(list(points), drawn), table)


def _range(lines: Sequence[charts.Line], reference: float) -> tuple[float, float]:
    """A range that shows the curves; bands that go far beyond are cut off."""
    values = [v for line in lines for v in line.y] + [reference]
    reach = max(max(values) - min(values), 0.3)
    low = max(min(v for line in lines for v in line.low), min(values) - reach)
    high = min(max(v for line in lines for v in line.high), max(values) + reach)
    return min(low, reference) - 0.02 * reach, max(high, reference) + 0.05 * reach


def _line(name: str, points: Sequence[tuple[float, Estimate]]) -> charts.Line:
    def ends(of: Callable[[Estimate], float | None]) -> list[float]:
        return [of(e) or 0.0 for _, e in points]

    return charts.Line(
        name,
        [x for x, _ in points],
        ends(lambda e: e.value),
        ends(lambda e: e.low),
        ends(lambda e: e.high),
    )


def _of_groups(audit: Audit, name: str, attribute: str) -> dict[str, Estimate]:
    """The estimates of the groups that are estimated."""
    every = {g: audit.find(name, attribute, g) for g in audit.groups(attribute)}
    return {g: e for g, e in every.items() if e is not None and e.value is not None}


def _interval(label: str, estimate: Estimate, series: int = 0) -> charts.Interval:
    value = estimate.value or 0.0
    low = value if estimate.low is None else estimate.low
    high = value if estimate.high is None else estimate.high
    return charts.Interval(label, value, low, high, series)


def _told(found: dict[str, Estimate]) -> str:
    return "; ".join(f"{group}: {shown(estimate)}" for group, estimate in found.items())


def _left_out(every: Sequence[object], drawn: Sequence[object]) -> str:
    if len(every) == len(drawn):
        return ""
    return f" Drawn are {len(drawn)} of {len(every)} groups; the table holds all."


def _quantiles(edges: Sequence[float], counts: Sequence[int]) -> list[float]:
    """The quartiles, taking rows to be spread evenly in their bin."""
    total, found = sum(counts), []
    for share in (0.25, 0.5, 0.75):
        left, wanted = 0.0, share * total
        for i, count in enumerate(counts):
            if left + count >= wanted and count:
                inside = (wanted - left) / count
                found.append(edges[i] + inside * (edges[i + 1] - edges[i]))
                break
            left += count
    return found
