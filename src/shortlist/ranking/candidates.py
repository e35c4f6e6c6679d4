"""Resumes as scoring reads them: their passages, as vectors, words and years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from shortlist.ranking.opening import Floats, Vectors
from shortlist.ranking.wording import Numbers, Wording
from shortlist.records import Document


class Passage(NamedTuple):
    """A passage of a resume: offsets in its document, and the years behind it."""

    start: int
    end: int
    years: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A resume: its passages, their vectors and their words."""

    document: Document
    passages: tuple[Passage, ...]
    vectors: Vectors
    """[passages, dimension]"""
    whole: Vectors
    """That of the resume as a whole [dimension]."""
    wording: Wording
    total_years: float | None
    """The years that all periods of the resume cover together; None without a period."""


class Block:
    """Some resumes, taken together so that a job is compared with all of them at once."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        """Lay the passages of resumes, at least one, one after the other."""
        self.candidates = tuple(candidates)
        counts = [len(candidate.passages) for candidate in candidates]
        self.ends: Numbers = np.cumsum(counts)
        """For each resume, the number of the passage after its last one."""
        self.owners: Numbers = np.repeat(np.arange(len(candidates)), counts)
        """For each passage, the number of its resume."""
        self.vectors: Vectors = np.concatenate([c.vectors for c in candidates])
        self.wholes: Vectors = np.stack([c.whole for c in candidates])
        self.years = _or_nan(p.years for c in candidates for p in c.passages)
        self.total_years = _or_nan(c.total_years for c in candidates)
        marks = np.concatenate([c.wording.marks for c in candidates])
        passages = np.repeat(
            np.arange(len(self.owners)), np.concatenate([c.wording.counts for c in candidates])
        )
        order = np.argsort(marks, kind="stable")
        self._marks, self._passages = marks[order], passages[order]

    def passages_of(self, number: int) -> slice:
        """Return which passages are those of a resume."""
        return slice(self.ends[number - 1] if number else 0, self.ends[number])

    def holding(self, together: Iterable[int]) -> Numbers:
        """Return the passages that hold a word of one of some marks, in order."""
        found = [self._holding(np.uint64(mark)) for mark in together]
        return found[0] if len(found) == 1 else np.unique(np.concatenate(found))

    def _holding(self, mark: np.uint64) -> Numbers:
        first = self._marks.searchsorted(mark, "left")
        return self._passages[first : self._marks.searchsorted(mark, "right")]


def _or_nan(values: Iterable[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], np.float64)
