"""Tables and figures that reports of measurements share, in text, Markdown, CSV and JSON."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from shortlist.evaluation.limits import Verdict
from shortlist.records import Estimate

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under their heads."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, what it shows in a sentence, and its table."""

    title: str
    chart: Markup
    caption: str
    table: Table


def shown(estimate: Estimate) -> str:
    """Return an estimate for people: `0.678 [0.499, 0.914]`, or `not estimated`."""
    if estimate.value is None:
        return "not estimated"
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.3f}"
    return f"{estimate.value:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]"


def plain(text: str) -> str:
    """Return a text that Markdown and its tables take as it stands."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def markdown_table(table: Table) -> Iterator[str]:
    """Yield the lines of a table in Markdown."""
    yield f"| {' | '.join(table.heads)} |"
    yield "|" + "---|" * len(table.heads)
    for row in table.rows:
        yield f"| {' | '.join(map(plain, row))} |"


def aligned(table: Table) -> Iterator[str]:
    """Yield the lines of a table in columns, for a terminal."""
    wide = [max(map(len, column)) for column in zip(table.heads, *table.rows, strict=True)]
    for row in (table.heads, *table.rows):
        yield "  ".join(cell.ljust(w) for cell, w in zip(row, wide, strict=True)).rstrip()


def cell(value: object) -> object:
    """Return a cell of a CSV that a spreadsheet takes for no formula."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def limit_row(verdict: Verdict) -> dict[str, object]:
    """Return a verdict as a row for JSON."""
    return {
        "limit": str(verdict.limit),
        "subject": verdict.subject,
        "value": verdict.estimate.value,
        "kept": verdict.kept,
        "line": verdict.line,
    }
