"""How long an audit takes, and how much memory, from 10^4 to 10^6 scored rows.

    .venv/bin/python -m benchmarks.audit_scale

Each size runs in a process of its own that reads a CSV file, audits it by two attributes and their
intersection with all intervals and permutation tests, and writes the JSON: what `shortlist audit`
does. The data are invented. Goal: 10^6 rows in under 60 s and 2 GB on two cores.
"""

import csv
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.results import Row, publish

SIZES = (10_000, 100_000, 1_000_000)
JOBS = 1_000
MATCHED = 2_000
"""Rows are either of as many people, each scored once, or of so many, each scored for many jobs."""


def write(folder: Path, rows: int, people: int) -> None:
    """Write scores.csv and groups.csv of invented people."""
    rng = np.random.default_rng(0)
    sex = rng.choice(["female", "male", ""], people, p=[0.47, 0.5, 0.03])
    race = rng.choice(["White", "Black", "Asian", "Hispanic"], people, p=[0.5, 0.2, 0.1, 0.2])
    quality = rng.random(people)
    person = np.arange(rows) % people
    job = np.arange(rows) // people if people < rows else np.arange(rows) % JOBS
    score = np.clip(quality[person] + rng.normal(0, 0.2, rows), 0, 1)
    label = rng.random(rows) < quality[person]
    with (folder / "scores.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["job", "resume", "score", "label"])
        for row in zip(job, person, score, label, strict=True):
            writer.writerow([f"j{row[0]}", f"r{row[1]}", f"{row[2]:.6f}", int(row[3])])
    with (folder / "groups.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["resume", "attribute", "value"])
        for i in range(people):
            writer.writerow([f"r{i}", "sex", sex[i]])
            writer.writerow([f"r{i}", "race", race[i]])


def measured(rows: int, people: int) -> tuple[float, float]:
    """Return the seconds and the gigabytes that the command took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, rows, people)
        command = [sys.executable, "-m", "shortlist", "audit", str(folder / "scores.csv")]
        command += ["--groups", str(folder / "groups.csv"), "--format", "json"]
        before = perf_counter()
        run = subprocess.Popen([*command, "--out", str(folder / "audit.json")])
        _, status, used = os.wait4(run.pid, 0)
        if status:
            sys.exit(f"the audit of {rows} rows failed")
        return perf_counter() - before, used.ru_maxrss / 1e6


def main() -> None:
    """Print seconds, peak memory and growth."""
    rows = []
    for label, people_of in (
        ("each person for one job", lambda n: n),
        (f"{MATCHED:,} people for many jobs", lambda n: MATCHED),
    ):
        last = None
        for size in SIZES:
            seconds, memory = measured(size, people_of(size))
            growth = "" if last is None else f"{seconds / last:.1f} x the time for 10 x the rows"
            measure = f"audit: {size:,} rows, {label}"
            rows.append(Row(measure, "shortlist audit", seconds, n=size, unit="s", note=growth))
            rows.append(Row(f"{measure}, peak", "shortlist audit", memory, n=size, unit="GB"))
            last = seconds
    publish("audit_scale", rows)


if __name__ == "__main__":
    main()
