"""Time and memory of whole commands: one job against 1,000 text resumes, the examples, the help.

Every command is timed from its start to its end, with a cache folder of its own, empty at first.
The cold run is set beside sentence-transformers encoding the same passages on the same cores, with
its defaults; `encode.py` says what that needs, and without it the row is left out.
"""

import gzip
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
from benchmarks.results import Row, data_folder, publish
from shortlist.extraction.passages import passages
from shortlist.masking import Masker
from shortlist.records import Document

RESUMES = 1000
EXAMPLES = Path(__file__).parent.parent / "examples"


@dataclass(frozen=True)
class Ran:
    """How long a command took, and the most memory that one of its processes held."""

    seconds: float
    gigabytes: float


def main() -> None:
    """Measure and publish."""
    publish("rank", rows(data_folder()))


def rows(data: Path) -> Iterator[Row]:
    """Yield the numbers."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        texts = _write(data, root)
        cold = _shortlist(root, "rank", root / "job.txt", root / "resumes", "--format", "json")
        again = _shortlist(root, "rank", root / "job.txt", root / "resumes", "--format", "json")
        yield Row("1,000 resumes, cold", "shortlist", cold.seconds, unit="s", n=len(texts))
        yield Row(
            "1,000 resumes, peak memory", "shortlist", cold.gigabytes, unit="GB", n=len(texts)
        )
        yield Row("1,000 resumes, second run", "shortlist", again.seconds, unit="s", n=len(texts))
        yield from _beside_baseline(texts, cold)
    with tempfile.TemporaryDirectory() as folder:
        resumes = EXAMPLES / "resumes"
        example = _shortlist(Path(folder), "rank", EXAMPLES / "job.md", resumes)
        count = len(list(resumes.iterdir()))
        yield Row("examples, cold", "shortlist", example.seconds, unit="s", n=count)
        yield Row("--help", "shortlist", _shortlist(Path(folder), "--help").seconds, unit="s")


def _write(data: Path, root: Path) -> list[str]:
    """Write a job and resumes as text files; return the texts of the resumes."""
    with gzip.open(data / "jobs/google.jsonl.gz", "rt", encoding="utf-8") as file:
        post = json.loads(next(file))
    (root / "job.txt").write_text(f"{post['title']}\n\n{post['text']}", encoding="utf-8")
    with gzip.open(data / "resumes/livecareer.jsonl.gz", "rt", encoding="utf-8") as file:
        people = [json.loads(line) for line in file][:RESUMES]
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


def _beside_baseline(texts: list[str], cold: Ran) -> Iterator[Row]:
    baseline = original()
    if baseline is None:
        return
    masked = [Masker()(Document(str(number), text)).text for number, text in enumerate(texts)]
    parts = [text[span.start : span.end] for text in masked for span in passages(text)]
    start = time.perf_counter()
    baseline.encode(parts)
    seconds = time.perf_counter() - start
    name = "sentence-transformers, the same passages"
    yield Row("1,000 resumes, encoding alone", name, seconds, unit="s", n=len(texts))
    ratio = cold.seconds / seconds
    yield Row("1,000 resumes, cold", f"shortlist / {name}", ratio, n=len(texts))


if __name__ == "__main__":
    main()
