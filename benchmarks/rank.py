"""Time and memory of whole commands: one job against 1,000 text resumes, the examples, the help.

Every command is timed from its start to its end, with a cache folder of its own, empty at first.
The cold run is set beside sentence-transformers encoding the same passages on the same cores, with
its defaults; `encode.py` says what that needs, and without it the row is left out.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.encode import original
from benchmarks.results import Row, data_folder, publish, show
from benchmarks.samples import lines
from shortlist.extraction.passages import passages
from shortlist.masking import Masker
from shortlist.records import Document

RESUMES = 1000
JOBS = 100
EXAMPLES = Path(__file__).parent.parent / "examples"


@dataclass(frozen=True)
class Ran:
    """How long a command took, and the most memory that one of its processes held."""

    seconds: float
    gigabytes: float


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--resumes", type=int, default=RESUMES, help="fewer, to try it; nothing is published"
    )
    count = parser.parse_args().resumes
    if count == RESUMES:
        publish("rank", rows(data_folder(), count))
    else:
        show(rows(data_folder(), count))


def rows(data: Path, count: int) -> Iterator[Row]:
    """Yield the numbers."""
    what = f"1 job, {count:,} resumes"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        texts = _write(data, root, count)
        ranked = ("rank", root / "job.txt", root / "resumes", "--format", "json")
        cold = _shortlist(root, *ranked)
        again = _shortlist(root, *ranked)
        yield Row(f"{what}, cold", "shortlist", cold.seconds, unit="s", n=count)
        yield Row(f"{what}, peak memory", "shortlist", cold.gigabytes, unit="GB", n=count)
        yield Row(f"{what}, second run", "shortlist", again.seconds, unit="s", n=count)
        yield from _beside_baseline(what, texts, cold)
        several = ("rank", root / "jobs.jsonl", root / "resumes", "--format", "json")
        scores = _shortlist(root, *several, "--detail", "scores")
        what = f"{JOBS} jobs, {count:,} resumes, scores alone, second run"
        yield Row(what, "shortlist", scores.seconds, unit="s", n=count)
        yield Row(f"{what}, peak memory", "shortlist", scores.gigabytes, unit="GB", n=count)
    with tempfile.TemporaryDirectory() as folder:
        resumes = EXAMPLES / "resumes"
        example = _shortlist(Path(folder), "rank", EXAMPLES / "job.md", resumes)
        count = len(list(resumes.iterdir()))
        yield Row("examples, cold", "shortlist", example.seconds, unit="s", n=count)
        yield Row("--help", "shortlist", _shortlist(Path(folder), "--help").seconds, unit="s")


def _write(data: Path, root: Path, count: int) -> list[str]:
    """Write a job, several jobs, and resumes as text files; return the texts of the resumes."""
    posts = lines(data / "jobs/google.jsonl.gz")[:JOBS]
    jobs = [{"id": p["id"], "text": f"{p['title']}\n\n{p['text']}"} for p in posts]
    (root / "job.txt").write_text(jobs[0]["text"], encoding="utf-8")
    (root / "jobs.jsonl").write_text("\n".join(map(json.dumps, jobs)), encoding="utf-8")
    people = lines(data / "resumes/livecareer.jsonl.gz")[:count]
    (root / "resumes").mkdir()
    for person in people:
        (root / "resumes" / f"{person['id']}.txt").write_text(person["text"], encoding="utf-8")
    return [person["text"] for person in people]


def _shortlist(cache: Path, *arguments: str | Path) -> Ran:
    """Run the command and return what it took; the measuring process adds nothing to it."""
    measured = (
        "import resource, subprocess, sys, time\n"
        "start = time.perf_counter()\n"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)\n"
        "seconds = time.perf_counter() - start\n"
        "print(seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    command = [
        sys.executable,
        "-c",
        measured,
        sys.executable,
        "-m",
        "shortlist",
        *map(str, arguments),
    ]
    environment = os.environ | {"SHORTLIST_CACHE": str(cache / "cache")}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    seconds, kilobytes = map(float, done.stdout.split())
    return Ran(seconds, kilobytes / 1e6)


def _beside_baseline(what: str, texts: list[str], cold: Ran) -> Iterator[Row]:
    baseline = original()
    if baseline is None:
        return
    masked = [Masker()(Document(str(number), text)).text for number, text in enumerate(texts)]
    parts = [text[span.start : span.end] for text in masked for span in passages(text)]
    start = time.perf_counter()
    baseline.encode(parts)
    seconds = time.perf_counter() - start
    name = "sentence-transformers, the same passages"
    yield Row(f"{what}, encoding alone", name, seconds, unit="s", n=len(texts))
    ratio = cold.seconds / seconds
    yield Row(f"{what}, cold", f"shortlist / {name}", ratio, n=len(texts))


if __name__ == "__main__":
    main()
