"""Time and memory of `shortlist evaluate` as score files grow from 10^4 to 10^6 rows.

Two shapes: 1,000 resumes for each job, and one resume for each job (as many jobs as rows). Each is
a CSV with labels, run through the command with its default metrics, controls and comparisons, in a
process of its own whose peak memory is read when it ends.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.results import Row, publish

SIZES = (10_000, 100_000, 1_000_000)
SHAPES = {"1,000 resumes for each job": 1_000, "one resume for each job": 1}
COMMAND = """
import resource, sys
from shortlist.cli import cli
cli(["evaluate", sys.argv[1], "--format", "json", "--out", sys.argv[2]], standalone_mode=False)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@dataclass(frozen=True)
class Cost:
    """Seconds from start to end, and the most memory held."""

    seconds: float
    megabytes: float


def write_scores(path: Path, rows: int, per_job: int) -> None:
    """Write a score file in which a tenth of the pairs fits and scores higher by one deviation."""
    rng = np.random.default_rng(rows)
    fits = rng.random(rows) < 0.1
    scores = rng.normal(fits, 1.0)
    with path.open("w", encoding="utf-8") as file:
        file.write("job,resume,score,label\n")
        for i, (score, fit) in enumerate(zip(scores.tolist(), fits.tolist(), strict=True)):
            file.write(f"job-{i // per_job},resume-{i % max(per_job, 1000)},{score:.6f},{fit:d}\n")


def measured(per_job: int, rows: int) -> Cost:
    """Return what one run takes."""
    with tempfile.TemporaryDirectory() as folder:
        scores, out = Path(folder) / "scores.csv", Path(folder) / "out.json"
        write_scores(scores, rows, per_job)
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, scores, out], capture_output=True, text=True, check=True
        )
        seconds = time.perf_counter() - begun
    return Cost(seconds, int(done.stdout.split()[-1]) / 1024)


def grown(shape: str, per_job: int) -> Iterator[Row]:
    """Yield the cost of each size, and how it grew from the size before."""
    before = None
    for rows in SIZES:
        cost = measured(per_job, rows)
        note = before and f"{cost.seconds / before.seconds:.1f} times as long for 10 times the rows"
        system = f"{rows:,} rows"
        yield Row(
            f"evaluate: time, {shape}", system, cost.seconds, n=rows, unit="s", note=note or ""
        )
        yield Row(f"evaluate: peak memory, {shape}", system, cost.megabytes, n=rows, unit="MB")
        before = cost


def main() -> None:
    """Measure every shape and size, and publish."""
    publish("evaluate_scale", [r for shape, n in SHAPES.items() for r in grown(shape, n)])


if __name__ == "__main__":
    main()
