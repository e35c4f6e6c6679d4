"""Fills the tables of the docs from `results/*.jsonl`: `python -m benchmarks.tables [--check]`.

A page holds `<!-- table NAME -->` ... `<!-- end -->`; what stands between is replaced by the rows
of `results/NAME.jsonl`. `<!-- table NAME: PREFIX -->` takes the rows whose measure begins so.
"""

import json
import re
import sys
from pathlib import Path

from benchmarks.results import RESULTS

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"(<!-- table ([\w-]+)(?:: ([^\n]*?))? -->\n).*?(<!-- end -->)", re.DOTALL)


def table(name: str, prefix: str) -> str:
    """Return the Markdown table of the rows of a result file."""
    lines = (RESULTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["measure"].startswith(prefix)]
    head = "| Measure | System | Value | 95 % interval | n |\n|---|---|---:|---|---:|\n"
    return head + "".join(map(_line, rows))


def _line(row: dict[str, object]) -> str:
    value = f"{row['value']:.4g} {row.get('unit', '')}".strip()
    interval = f"{row['low']:.4g} to {row['high']:.4g}" if "low" in row else ""
    return f"| {row['measure']} | {row['system']} | {value} | {interval} | {row.get('n', '')} |\n"


def filled(text: str) -> str:
    """Return a page with its tables made anew."""
    return BLOCK.sub(lambda m: m[1] + table(m[2], m[3] or "") + m[4], text)


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
