"""Resumes as scoring reads them: their passages, as vectors, words and years."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from shortlist.ranking.opening import Floats, Vectors, mean
from shortlist.ranking.words import words
from shortlist.records import Document

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a resume: offsets in its document, its masked text, the years behind it."""

    start: int
    end: int
    masked: str
    years: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A resume: its passages and their vectors."""

    document: Document
    passages: tuple[Passage, ...]
    vectors: Vectors
    """[passages, dimension]"""
    total_years: float | None
    """The years that all periods of the resume cover together; None without a period."""
    introduction: int = 0
    """How many of the first passages say what the person is."""

    @property
    def whole(self) -> Vectors:
        """The resume as a whole: the mean of its passages and of its introduction [dimension]."""
        everything = mean(self.vectors)
        if not self.introduction:
            return everything
        return mean(np.stack([everything, mean(self.vectors[: self.introduction])]))


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
        places: defaultdict[str, list[int]] = defaultdict(list)
        for number, passage in enumerate(chain(*(c.passages for c in candidates))):
            for word in set(words(passage.masked)):
                places[word].append(number)
        self._places = dict(places)

    def passages_of(self, number: int) -> slice:
        """Return which passages are those of a resume."""
        return slice(self.ends[number - 1] if number else 0, self.ends[number])

    def holding(self, together: Iterable[str]) -> Numbers:
        """Return the passages that hold one of some words, in order."""
        found = [self._places[word] for word in together if word in self._places]
        if len(found) == 1:
            return np.array(found[0], np.int64)
        return np.array(sorted({*chain(*found)}), np.int64)


def _or_nan(values: Iterable[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], np.float64)
