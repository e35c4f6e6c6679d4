"""Fills the tables of the docs from `results/*.jsonl`: `python -m benchmarks.tables [--check]`.

A page holds `<!-- table NAME -->` ... `<!-- end -->`; what stands between is replaced by the rows
of `results/NAME.jsonl`. `<!-- table NAME: PREFIX -->` takes the rows whose measure begins so, and
`<!-- matrix NAME: PREFIX -->` puts their systems below each other and their measures side by side;
`<!-- matrix NAME: skills, *: in range -->` does so with what stands in the place of the star.
"""

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.results import RESULTS

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(
    r"(<!-- (table|matrix) ([\w-]+)(?:: ([^\n]*?))? -->\n).*?(<!-- end -->)", re.DOTALL
)


def rows_of(name: str) -> list[dict[str, Any]]:
    """Return the rows of a result file."""
    return [*map(json.loads, (RESULTS / f"{name}.jsonl").read_text("utf-8").splitlines())]


def matrix(name: str, pattern: str) -> str:
    """Return a Markdown table with a row for each system and a column for each measure."""
    before, _, after = pattern.partition("*")
    columns: dict[str, list[dict[str, Any]]] = {}
    for row in rows_of(name):
        measure = row["measure"]
        if measure.startswith(before) and measure.endswith(after):
            column = measure.removeprefix(before).removesuffix(after).strip(" ,")
            columns.setdefault(column, []).append(row)
    head = [f"{column}{_count(rows)}" for column, rows in columns.items()]
    lines = ["| System | " + " | ".join(head) + " |", "|---|" + "---|" * len(head)]
    of = [{row["system"]: _cell(row) for row in rows} for rows in columns.values()]
    for system in dict.fromkeys(row["system"] for rows in columns.values() for row in rows):
        lines.append(f"| {system} | " + " | ".join(cells.get(system, "") for cells in of) + " |")
    return "\n".join(lines) + "\n"


def _count(rows: Sequence[dict[str, Any]]) -> str:
    """On how many a column was measured, where that is one number."""
    counts = {row.get("n") for row in rows}
    return f" (n = {counts.pop()})" if len(counts) == 1 and None not in counts else ""


def _cell(row: dict[str, Any]) -> str:
    interval = f" [{row['low']:.3g}, {row['high']:.3g}]" if "low" in row else ""
    return f"{row['value']:.3g}{interval}"


def table(name: str, prefix: str) -> str:
    """Return the Markdown table of the rows of a result file whose measures begin so."""
    rows = [row for row in rows_of(name) if row["measure"].startswith(prefix)]
    head = "| Measure | System | Value | 95 % interval | n |\n|---|---|---:|---|---:|\n"
    return head + "".join(map(_line, rows))


def _line(row: dict[str, Any]) -> str:
    value = f"{row['value']:.4g} {row.get('unit', '')}".strip()
    interval = f"{row['low']:.4g} to {row['high']:.4g}" if "low" in row else ""
    return f"| {row['measure']} | {row['system']} | {value} | {interval} | {row.get('n', '')} |\n"


MADE = {"table": table, "matrix": matrix}


def filled(text: str) -> str:
    """Return a page with its tables made anew."""
    return BLOCK.sub(lambda m: m[1] + MADE[m[2]](m[3], m[4] or "") + m[5], text)


def main() -> None:
    """Fill every page, or with `--check` fail where one is out of step."""
    stale = [page for page in PAGES if filled(page.read_text("utf-8")) != page.read_text("utf-8")]
    if sys.argv[1:] == ["--check"]:
        if stale:
            sys.exit(f"tables out of step, run `make fix`: {', '.join(map(str, stale))}")
        return
    for page in stale:
        page.write_text(filled(page.read_text("utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
