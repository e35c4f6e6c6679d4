"""Words as numbers: those in the passages of a resume, and those that a requirement asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from shortlist.ranking.words import terms, words

Marks = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The words of the passages of a resume, each as its `mark`."""

    marks: Marks
    """Those of the first passage, then those of the second ...; each once in a passage."""
    counts: Numbers
    """[passages]: how many of them are each passage's own."""


def wording(passages: Iterable[str]) -> Wording:
    """Return the words of passages."""
    found = [sorted({mark(word) for word in words(passage)}) for passage in passages]
    return Wording(
        np.array([number for marks in found for number in marks], np.uint64),
        np.array([len(marks) for marks in found], np.int64),
    )


def asked_for(requirement: str) -> dict[tuple[int, ...], float]:
    """Return what `terms` gives of a requirement, with the mark of each word in its place."""
    return {tuple(map(mark, words)): weight for words, weight in terms(requirement).items()}


@cache
def mark(word: str) -> int:
    """Return a number of 64 bits that stands for a word: the start of its BLAKE2 digest.

    Two words of one number are not to be met with by chance: among a million words there are
    some with a probability of 3 in 10**8.
    """
    digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")
