"""How long one pair takes, and how long 150 do.

* warm: the model is loaded and nothing of the pair was read before. Each of the invented resumes
  is scored once by each scorer, then scored and explained, with up to eight additions scored.
* cold: a fresh process scores 30 CVs for 5 vacancies of vacancy-resume, start and load included,
  without a cache on disk.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.judged_sets import vacancies
from benchmarks.results import Row, data_folder, publish
from shortlist.documents import collect, read
from shortlist.encoding import VectorCache
from shortlist.explain.pair import explain
from shortlist.matcher import Matcher
from shortlist.records import Document
from shortlist.scorers import SCORERS, learned_matcher, scorer
from shortlist.scorers.learned import Remembering

ROOT = Path(__file__).parent.parent
COLD_RUNS = 3


def main() -> None:
    """Measure and publish."""
    data_folder()
    publish("match", [*warm(), *cold()])


def warm() -> Iterator[Row]:
    """Yield the time of one pair, each with a resume and a matcher that were not used before."""
    job = read(str(ROOT / "examples/job.md"))
    resumes = collect([str(ROOT / "examples/resumes")]).documents
    for name in SCORERS:
        times = _times(job, resumes, partial(_scored, name))
        yield _row("one pair, warm: score", name, times)
    for name in SCORERS:
        times = _times(job, resumes, partial(_explained, name))
        yield _row("one pair, warm: explained, additions scored", name, times)


def _scored(name: str, matcher: Matcher, job: Document, resume: Document) -> None:
    scorer(name, matcher).pair(job, resume)


def _explained(name: str, matcher: Matcher, job: Document, resume: Document) -> None:
    explain(matcher, job, resume, scorer=scorer(name, matcher))


def _times(
    job: Document,
    resumes: Sequence[Document],
    work: Callable[[Matcher, Document, Document], None],
) -> list[float]:
    """Return milliseconds, sorted. Every resume meets a memory that holds nothing of the pair."""
    loaded = learned_matcher(cache=VectorCache(None))
    work(loaded, job, resumes[-1])  # loads the model, the lexicon, the word list
    times = []
    for resume in resumes[:-1]:
        assert isinstance(loaded.encoder, Remembering)
        loaded.encoder.forget()
        start = time.perf_counter()
        work(loaded, job, resume)
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)


def _row(measure: str, name: str, times: Sequence[float]) -> Row:
    middle, low, high = (times[int(share * (len(times) - 1))] for share in (0.5, 0.05, 0.95))
    return Row(measure, name, middle, low, high, len(times), unit="ms")


def cold() -> Iterator[Row]:
    """Yield the time of a fresh process that scores 150 pairs, for each scorer."""
    for name in SCORERS:
        times = []
        for _ in range(COLD_RUNS):
            start = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "benchmarks.match", name],
                cwd=ROOT,
                env={**os.environ, "SHORTLIST_CACHE": "off"},
                check=True,
            )
            times.append(time.perf_counter() - start)
        middle = sorted(times)[len(times) // 2]
        yield Row("150 pairs, cold", name, middle, min(times), max(times), 150, unit="s")


def score_150(name: str) -> None:
    """Score 30 CVs for 5 vacancies."""
    data = vacancies(data_folder())
    jobs = [Document(id, text) for id, text in data.texts.jobs.items()]
    resumes = [Document(id, text) for id, text in data.texts.resumes.items()]
    rankings = list(scorer(name, learned_matcher()).rankings(jobs, resumes))
    assert sum(len(ranking.matches) for ranking in rankings) == 150


if __name__ == "__main__":
    score_150(sys.argv[1]) if len(sys.argv) > 1 else main()
