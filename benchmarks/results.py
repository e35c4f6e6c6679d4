"""Where benchmarks find their data and leave their numbers."""

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Row:
    """One published number: what was measured, of which system, on how many, with its interval."""

    measure: str
    """What and on what, for example `rjdb: matching resume first`."""
    system: str
    """Which system or setting, for example `shortlist` or `BM25`."""
    value: float
    low: float | None = None
    high: float | None = None
    n: int | None = None
    unit: str = ""
    note: str = ""


def data_folder() -> Path:
    """Return $SHORTLIST_DATA, or say that the benchmark is skipped and end the script."""
    folder = os.environ.get("SHORTLIST_DATA")
    if not folder or not Path(folder).is_dir():
        print("skipped: set SHORTLIST_DATA to the folder of development data", file=sys.stderr)
        sys.exit(0)
    return Path(folder)


def publish(name: str, rows: Iterable[Row]) -> None:
    """Write rows to `results/NAME.jsonl` and print them."""
    RESULTS.mkdir(exist_ok=True)
    rows = list(rows)
    lines = [
        json.dumps({k: v for k, v in asdict(row).items() if v not in (None, "")}) for row in rows
    ]
    (RESULTS / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    show(rows)


def renew(name: str, rows: Iterable[Row]) -> None:
    """Put rows in the place of those of the same measure and system in `results/NAME.jsonl`."""
    path = RESULTS / f"{name}.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    kept = {(row.measure, row.system): row for row in (Row(**json.loads(line)) for line in lines)}
    publish(name, (kept | {(row.measure, row.system): row for row in rows}).values())


def show(rows: Iterable[Row]) -> None:
    """Print rows."""
    for row in rows:
        interval = "" if row.low is None else f" [{row.low:.4g}, {row.high:.4g}]"
        count = "" if row.n is None else f" n={row.n}"
        print(f"{row.measure:48} {row.system:28} {row.value:.4g}{interval} {row.unit}{count}")
