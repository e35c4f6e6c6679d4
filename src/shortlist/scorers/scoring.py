"""Scores of the pairs that a question is asked about, by any scorer."""

from collections.abc import Iterator, Mapping, Sequence

from shortlist.encoding import Progress
from shortlist.evaluation.controls import Texts
from shortlist.evaluation.pool import Pool
from shortlist.evaluation.scores import Scores, scores_of_rankings
from shortlist.records import Document, Ranking
from shortlist.scorers.scorer import Scorer

Wanted = Mapping[str, Sequence[str]]
"""The resumes to score for each job, by their ids."""

MOSTLY = 0.5
"""Where more than this share of all pairs is wanted, every resume is scored for every job."""


def wanted(pool: Pool) -> dict[str, list[str]]:
    """Return the pairs of a pool: the resumes of each job."""
    found: dict[str, list[str]] = {}
    for query, item in zip(pool.query.tolist(), pool.item.tolist(), strict=True):
        first, second = pool.queries[query], pool.items[item]
        job, resume = (first, second) if pool.direction == "resumes" else (second, first)
        found.setdefault(job, []).append(resume)
    return found


def rankings(
    scorer: Scorer, pairs: Wanted, texts: Texts, progress: Progress | None = None
) -> Iterator[Ranking]:
    """Yield a ranking for each job, in which at least the wanted pairs stand.

    Args:
        scorer: what scores.
        pairs: which pairs to score.
        texts: of the jobs and the resumes, by id.
        progress: told how much is done.
    """
    resumes = list(dict.fromkeys(resume for some in pairs.values() for resume in some))
    total = sum(len(some) for some in pairs.values())
    if total > MOSTLY * len(pairs) * len(resumes):
        jobs = _documents(pairs, texts.jobs)
        yield from scorer.rankings(jobs, _documents(resumes, texts.resumes), progress)
        return
    for number, (job, some) in enumerate(pairs.items(), 1):
        one = Document(job, texts.jobs[job])
        yield from scorer.rankings([one], _documents(some, texts.resumes))
        if progress:
            progress(number / len(pairs))


def scores(scorer: Scorer, pairs: Wanted, texts: Texts, progress: Progress | None = None) -> Scores:
    """Return a scorer's scores of at least the wanted pairs, under its name."""
    return scores_of_rankings(scorer.name, rankings(scorer, pairs, texts, progress))


def _documents(ids: Sequence[str] | Wanted, texts: Mapping[str, str]) -> list[Document]:
    return [Document(id, texts[id]) for id in ids]
