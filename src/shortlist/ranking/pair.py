"""A job and a resume as scoring reads them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shortlist.ranking.words import terms, words
from shortlist.records import Document, Requirement

Vectors = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement, its text as the model may read it, and the years that it asks for."""

    requirement: Requirement
    masked: str
    years: float | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a resume: offsets in its document, its masked text, the years behind it."""

    start: int
    end: int
    masked: str
    years: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """A job: what it asks for, as vectors and as words."""

    id: str
    asked: tuple[Asked, ...]
    weights: Floats
    """[requirements], adding up to 1"""
    vectors: Vectors
    """[requirements, dimension]"""
    whole: Floats
    """[dimension], of length 1"""
    words: tuple[str, ...]
    shares: Floats
    """[requirements, words]: how much of what a requirement asks for a word is. A row adds up to 1,
    or to 0 where a requirement is worded without any word that says something."""
    word_weights: Floats
    """[words]: the weighted mean of the rows of `shares` that are not 0, adding up to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A resume: its passages, as vectors and as words."""

    document: Document
    passages: tuple[Passage, ...]
    total_years: float | None
    """The years that all periods of the resume cover together; None without a period."""
    vectors: Vectors
    """[passages, dimension]"""
    whole: Floats
    """[dimension]: the mean of the passages, of length 1; 0 without passages"""
    places: dict[str, list[int]]
    """Word -> the passages that hold it."""


def opening(id: str, asked: Sequence[Asked], vectors: Vectors, whole: Vectors) -> Opening:
    """Return a job as scoring reads it.

    Args:
        id: the job's.
        asked: its requirements, at least one.
        vectors: theirs [requirements, dimension].
        whole: vectors [n, dimension] whose mean stands for the job as a whole.
    """
    weights = np.array([item.requirement.weight for item in asked])
    said = [terms(item.masked) for item in asked]
    vocabulary = tuple(dict.fromkeys(word for weighted in said for word in weighted))
    column = {word: number for number, word in enumerate(vocabulary)}
    shares = np.zeros((len(asked), len(vocabulary)))
    for row, weighted in enumerate(said):
        for word, weight in weighted.items():
            shares[row, column[word]] = weight / sum(weighted.values())
    worded = weights @ shares
    return Opening(
        id,
        tuple(asked),
        weights / weights.sum(),
        vectors,
        _mean(whole),
        vocabulary,
        shares,
        worded / worded.sum() if vocabulary else worded,
    )


def candidate(
    document: Document,
    passages: Sequence[Passage],
    vectors: Vectors,
    total_years: float | None,
) -> Candidate:
    """Return a resume as scoring reads it; `vectors` are those of its passages, [n, dimension]."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, passage in enumerate(passages):
        for word in set(words(passage.masked)):
            places[word].append(number)
    return Candidate(document, tuple(passages), total_years, vectors, _mean(vectors), dict(places))


def _mean(vectors: Vectors) -> Floats:
    """Return the mean of vectors, of length 1 unless it is zero."""
    total = vectors.sum(axis=0, dtype=np.float64)
    length = float(np.linalg.norm(total))
    mean: Floats = total / length if length else total
    return mean
