"""The page of results that Local Law 144 asks to publish, as HTML, Markdown, JSON and CSV."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from shortlist.audit.local_law_144 import Breakdown, Category, Summary
from shortlist.records import Estimate
from shortlist.report.page import render
from shortlist.report.tables import Table, cell, markdown_table

NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Publication:
    """A summary with what the law asks to say beside it; empty texts are shown as not stated."""

    summary: Summary
    audited: date
    source: str
    deployed: str = ""


def law_html(publication: Publication) -> str:
    """Return one self-contained page."""
    tables = [(b, _table(b)) for b in publication.summary.breakdowns]
    values = {"publication": publication, "facts": _facts(publication), "tables": tables}
    return render("local_law_144.html", values)


def law_markdown(publication: Publication) -> str:
    """Return the page as Markdown."""
    lines = ["# Results of a bias audit", ""]
    lines += [f"- {name}: {text}" for name, text in _facts(publication)]
    for breakdown in publication.summary.breakdowns:
        lines += ["", f"## {breakdown.title}", "", *markdown_table(_table(breakdown))]
        lines += ["", _unknown(breakdown)]
    return "\n".join([*lines, ""])


def law_json(publication: Publication) -> str:
    """Return the numbers as JSON."""
    head = {"schema": 1, "audited": publication.audited.isoformat()}
    rest = {"source": publication.source, "deployed": publication.deployed or None}
    return json.dumps(head | rest | asdict(publication.summary), ensure_ascii=False) + "\n"


def law_csv(publication: Publication) -> str:
    """Return a header and one row per category."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    heads = ("breakdown", "category", "applicants", "selected", "selection_rate", "impact_ratio")
    writer.writerow((*heads, "scoring_rate", "scoring_impact_ratio", "note"))
    for breakdown in publication.summary.breakdowns:
        for one in breakdown.categories:
            rates = (one.selection_rate, one.selection_ratio, one.scoring_rate, one.scoring_ratio)
            start = (breakdown.title, one.name, one.applicants, round(one.selected, 2))
            row = (
                *start,
                *(None if e.value is None else round(e.value, 6) for e in rates),
                one.note,
            )
            writer.writerow(map(cell, row))
    return out.getvalue()


def _facts(publication: Publication) -> list[tuple[str, str]]:
    summary = publication.summary
    return [
        ("Tool", summary.system),
        ("Date of these results", publication.audited.isoformat()),
        ("Distribution date of the tool", publication.deployed or NOT_STATED),
        ("Source and explanation of the data", publication.source or NOT_STATED),
        ("Applications assessed", f"{summary.applicants:,}"),
        ("People and jobs", f"{summary.people:,} people, {summary.jobs:,} jobs"),
        ("Selected", summary.rule),
        ("Scoring rate", "the share of a category with a score above the median of the sample"),
    ]


def _table(breakdown: Breakdown) -> Table:
    heads = (
        "category",
        "applicants",
        "selected",
        "selection rate",
        "impact ratio",
        "scoring rate",
        "impact ratio of scores",
        "note",
    )
    rows = tuple(tuple(_cells(category)) for category in breakdown.categories)
    return Table(breakdown.title, heads, rows)


def _cells(category: Category) -> Iterator[str]:
    yield category.name
    yield f"{category.applicants:,}"
    yield f"{category.selected:,.4g}"
    yield _share(category.selection_rate)
    yield _ratio(category.selection_ratio)
    yield _share(category.scoring_rate)
    yield _ratio(category.scoring_ratio)
    yield category.note


def _share(estimate: Estimate) -> str:
    return "n/a" if estimate.value is None else f"{100 * estimate.value:.1f} %"


def _ratio(estimate: Estimate) -> str:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "n/a"
    return f"{estimate.value:.2f} [{estimate.low:.2f}, {estimate.high:.2f}]"


def _unknown(breakdown: Breakdown) -> str:
    return (
        f"{breakdown.unknown:,} applications are of people whose category is unknown; "
        "they are in none of these rows."
    )
