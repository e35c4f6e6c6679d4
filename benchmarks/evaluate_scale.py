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


def write_scores(path: Path, rows: int, per_job: int) -> None:
    """Write a score file in which a tenth of the pairs fits and scores higher by one deviation."""
    rng = np.random.default_rng(rows)
    fits = rng.random(rows) < 0.1
    scores = rng.normal(fits, 1.0)
    with path.open("w", encoding="utf-8") as file:
        file.write("job,resume,score,label\n")
        for i, (score, fit) in enumerate(zip(scores.tolist(), fits.tolist(), strict=True)):
            file.write(f"job-{i // per_job},resume-{i % max(per_job, 1000)},{score:.6f},{fit:d}\n")


def measured(shape: str, per_job: int, rows: int) -> Iterator[Row]:
    """Yield the seconds and megabytes of one run."""
    with tempfile.TemporaryDirectory() as folder:
        scores, out = Path(folder) / "scores.csv", Path(folder) / "out.json"
        write_scores(scores, rows, per_job)
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, scores, out], capture_output=True, text=True, check=True
        )
        seconds = time.perf_counter() - begun
    megabytes = int(done.stdout.split()[-1]) / 1024
    yield Row(f"evaluate: time, {shape}", f"{rows:,} rows", seconds, n=rows, unit="s")
    yield Row(f"evaluate: peak memory, {shape}", f"{rows:,} rows", megabytes, n=rows, unit="MB")


def main() -> None:
    """Measure every shape and size, and publish."""
    rows = [
        row
        for shape, per_job in SHAPES.items()
        for size in SIZES
        for row in measured(shape, per_job, size)
    ]
    publish("evaluate_scale", rows)


if __name__ == "__main__":
    main()
