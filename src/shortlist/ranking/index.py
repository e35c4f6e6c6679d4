"""Resumes that are ready to be ranked, searched exactly."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shortlist.ranking.candidates import Block, Candidate
from shortlist.ranking.opening import Opening
from shortlist.ranking.score import assess, score, similarities, total
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
        detailed = dict(self._detailed(opening, places))
        return Ranking(opening.id, tuple(detailed[rank] for rank in range(1, len(places) + 1)))

    def _places(self, opening: Opening) -> Iterator[_Place]:
        for number, block in enumerate(self._blocks):
            scored = zip(block.candidates, score(opening, block), strict=True)
            for row, (candidate, parts) in enumerate(scored):
                yield _Place(-total(parts), candidate.document.id, number, row, parts)

    def _detailed(self, opening: Opening, places: Sequence[_Place]) -> Iterator[tuple[int, Match]]:
        """Yield the ranks and matches of places, block by block."""
        by_block: dict[int, list[tuple[int, _Place]]] = {}
        for rank, place in enumerate(places, 1):
            by_block.setdefault(place.block, []).append((rank, place))
        for number, placed in by_block.items():
            block = self._blocks[number]
            found = similarities(opening, block)
            for rank, place in placed:
                yield (
                    rank,
                    Match(
                        place.resume,
                        rank,
                        -place.minus_score,
                        place.parts,
                        assess(opening, block, found, place.number),
                        block.candidates[place.number].document.findings,
                    ),
                )
