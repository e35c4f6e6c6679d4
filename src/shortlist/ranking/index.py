"""Resumes that are ready to be ranked, searched exactly."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shortlist.ranking.candidates import Block, Candidate
from shortlist.ranking.opening import Opening
from shortlist.ranking.score import assess, score, total
from shortlist.records import Match, Part, Ranking

_AT_ONCE = 256
"""Resumes in a block: enough to be quick, few enough that a search needs little memory."""


class _Place(NamedTuple):
    """Where a scored resume stands. The order of places is the order of the ranking."""

    minus_score: float
    resume: str
    block: int
    number: int
    parts: tuple[Part, ...]


class Index:
    """Resumes in memory. Every search compares a job with all of them."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = tuple(blocks)

    @classmethod
    def build(cls, candidates: Sequence[Candidate]) -> "Index":
        """Return an index of resumes."""
        starts = range(0, len(candidates), _AT_ONCE)
        return cls([Block(candidates[start : start + _AT_ONCE]) for start in starts])

    def __len__(self) -> int:
        return sum(len(block.candidates) for block in self._blocks)

    def search(self, opening: Opening, top: int | None = None, *, detail: bool = True) -> Ranking:
        """Return the resumes for a job, best first; of equal scores the smaller id comes first.

        Args:
            opening: the job.
            top: how many to return; all without it.
            detail: whether matches carry their parts, requirements and findings.
        """
        places = sorted(self._places(opening))[:top]
        if not detail:
            matches = [Match(p.resume, rank, -p.minus_score) for rank, p in enumerate(places, 1)]
            return Ranking(opening.id, tuple(matches))
        matches = sorted(self._detailed(opening, places), key=lambda match: match.rank)
        return Ranking(opening.id, tuple(matches))

    def _places(self, opening: Opening) -> Iterator[_Place]:
        for number, block in enumerate(self._blocks):
            scored = zip(block.candidates, score(opening, block), strict=True)
            for row, (candidate, parts) in enumerate(scored):
                yield _Place(-total(parts), candidate.document.id, number, row, parts)

    def _detailed(self, opening: Opening, places: Sequence[_Place]) -> Iterator[Match]:
        """Yield the matches of places, block by block."""
        placed: defaultdict[int, list[tuple[int, _Place]]] = defaultdict(list)
        for rank, place in enumerate(places, 1):
            placed[place.block].append((rank, place))
        for number, ranked in placed.items():
            block = self._blocks[number]
            assessed = assess(opening, block, [place.number for _, place in ranked])
            for (rank, place), requirements in zip(ranked, assessed, strict=True):
                findings = block.candidates[place.number].document.findings
                yield Match(
                    place.resume, rank, -place.minus_score, place.parts, requirements, findings
                )
