"""Resumes that are ready to be ranked, searched exactly."""

from collections.abc import Iterable

from shortlist.ranking.pair import Candidate, Opening
from shortlist.ranking.score import Scored, assess, score
from shortlist.records import Match, Ranking


class Index:
    """Resumes in memory. Every search compares a job with all of them."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._candidates = tuple(candidates)

    def __len__(self) -> int:
        return len(self._candidates)

    def search(self, opening: Opening, top: int | None = None, *, detail: bool = True) -> Ranking:
        """Return the resumes for a job, best first; of equal scores the smaller id comes first.

        Args:
            opening: the job.
            top: how many to return; all without it.
            detail: whether matches carry their parts, requirements and findings.
        """
        scored = [(score(opening, candidate), candidate) for candidate in self._candidates]
        scored.sort(key=lambda pair: (-pair[0].score, pair[1].document.id))
        return Ranking(
            opening.id,
            tuple(
                _match(opening, candidate, rank, result, detail=detail)
                for rank, (result, candidate) in enumerate(scored[:top], 1)
            ),
        )


def _match(
    opening: Opening, candidate: Candidate, rank: int, result: Scored, *, detail: bool
) -> Match:
    if not detail:
        return Match(candidate.document.id, rank, result.score)
    return Match(
        candidate.document.id,
        rank,
        result.score,
        result.parts,
        assess(opening, candidate),
        candidate.document.findings,
    )
