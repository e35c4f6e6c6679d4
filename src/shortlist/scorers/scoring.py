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
    groups = _grouped(pairs)
    for number, (some, jobs) in enumerate(groups.items()):
        share = _part_of(progress, number / len(groups), 1 / len(groups))
        of_jobs = _documents(jobs, texts.jobs)
        yield from scorer.rankings(of_jobs, _documents(some, texts.resumes), share)
        if progress:
            progress((number + 1) / len(groups))


def _grouped(pairs: Wanted) -> dict[tuple[str, ...], list[str]]:
    """Return jobs by the resumes that are scored for them, so that these are read once."""
    every = tuple(dict.fromkeys(resume for some in pairs.values() for resume in some))
    if sum(map(len, pairs.values())) > MOSTLY * len(pairs) * len(every):
        return {every: list(pairs)}
    groups: dict[tuple[str, ...], list[str]] = {}
    for job, some in pairs.items():
        groups.setdefault(tuple(some), []).append(job)
    return groups


def _part_of(progress: Progress | None, done: float, size: float) -> Progress | None:
    """Return the progress of a part of the work, of this size and after what is done."""
    return (lambda share: progress(done + share * size)) if progress else None


def scores(scorer: Scorer, pairs: Wanted, texts: Texts, progress: Progress | None = None) -> Scores:
    """Return a scorer's scores of at least the wanted pairs, under its name."""
    return scores_of_rankings(scorer.name, rankings(scorer, pairs, texts, progress))


def _documents(ids: Sequence[str], texts: Mapping[str, str]) -> list[Document]:
    return [Document(id, texts[id]) for id in ids]
