"""A job as scoring reads it: what it asks for, as vectors, words and years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shortlist.records import Requirement

Vectors = npt.NDArray[np.float32]
"""[n, dimension], of length 1 or 0, with numbers that float16 can hold."""
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement, the words that say what it asks for, and the years that it asks for."""

    requirement: Requirement
    words: Mapping[tuple[int, ...], float]
    """As `asked_for` gives them: marks of words, of which one is enough, and their weight."""
    years: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """A job as scoring reads it."""

    id: str
    asked: tuple[Asked, ...]
    weights: Floats
    """[requirements], adding up to 1"""
    vectors: Floats
    """[requirements, dimension]"""
    whole: Floats
    """[dimension]"""
    words: tuple[tuple[int, ...], ...]
    """Marks of the words asked for; where one of several is enough, they stand together."""
    shares: Floats
    """[requirements, words]: how much of what a requirement asks for a word is. A row adds up to 1,
    or to 0 where a requirement is worded without any word that says something."""
    word_weights: Floats
    """[words]: the weighted mean of the rows of `shares` that are not 0, adding up to 1."""


def opening(id: str, asked: Sequence[Asked], vectors: Vectors, whole: Vectors) -> Opening:
    """Return a job as scoring reads it.

    Args:
        id: the job's.
        asked: its requirements, at least one.
        vectors: theirs [requirements, dimension].
        whole: that of the job as a whole [dimension].
    """
    weights = np.array([item.requirement.weight for item in asked])
    words = tuple(dict.fromkeys(word for item in asked for word in item.words))
    column = {word: number for number, word in enumerate(words)}
    shares = np.zeros((len(asked), len(words)))
    for row, item in enumerate(asked):
        for word, weight in item.words.items():
            shares[row, column[word]] = weight / sum(item.words.values())
    worded = weights @ shares
    return Opening(
        id,
        tuple(asked),
        weights / weights.sum(),
        vectors.astype(np.float64),
        whole.astype(np.float64),
        words,
        shares,
        worded / worded.sum() if words else worded,
    )
