"""Fills the tables of the docs from `results/*.jsonl`: `python -m benchmarks.tables [--check]`.

A page holds `<!-- table NAME -->` ... `<!-- end -->`; what stands between is replaced by the rows
of `results/NAME.jsonl`. `<!-- table NAME: PREFIX -->` takes the rows whose measure begins so, and
`<!-- matrix NAME: PREFIX -->` puts their systems below each other and their measures side by side.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from benchmarks.results import RESULTS

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(
    r"(<!-- (table|matrix) ([\w-]+)(?:: ([^\n]*?))? -->\n).*?(<!-- end -->)", re.DOTALL
)


def rows_of(name: str, prefix: str) -> list[dict[str, Any]]:
    """Return the rows of a result file whose measures begin so."""
    lines = (RESULTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["measure"].startswith(prefix)]


def matrix(name: str, prefix: str) -> str:
    """Return a Markdown table with a row for each system and a column for each measure."""
    rows = rows_of(name, prefix)
    measures = list(dict.fromkeys(row["measure"] for row in rows))
    cells = {(row["system"], row["measure"]): _cell(row) for row in rows}
    head = [measure.removeprefix(prefix).strip() for measure in measures]
    lines = ["| System | " + " | ".join(head) + " |", "|---|" + "---|" * len(measures)]
    for system in dict.fromkeys(row["system"] for row in rows):
        of = [cells.get((system, measure), "") for measure in measures]
        lines.append(f"| {system} | " + " | ".join(of) + " |")
    return "\n".join(lines) + "\n"


def _cell(row: dict[str, Any]) -> str:
    interval = f" [{row['low']:.3g}, {row['high']:.3g}]" if "low" in row else ""
    return f"{row['value']:.3g}{interval}"


def table(name: str, prefix: str) -> str:
    """Return the Markdown table of the rows of a result file."""
    rows = rows_of(name, prefix)
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
