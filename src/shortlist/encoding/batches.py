"""Chunks -> their vectors, in batches of one length, on all cores."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from shortlist.encoding.runtimes import Integers, Run, Vectors, cores
from shortlist.encoding.tokens import Chunk

Progress = Callable[[float], None]
"""Called now and then with the share of the work that is done, in (0, 1]."""

_TOKENS = 1024
"""Tokens in a batch: enough to keep a core busy, few enough to stay in its cache."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """Chunks, by their places in the list, that are padded to one length."""

    places: list[int]
    length: int


def compute(
    run: Run, chunks: Sequence[Chunk], *, longest: int, dimension: int, progress: Progress
) -> Vectors:
    """Return the vectors of chunks: float32 [n, dimension].

    Args:
        run: the model.
        chunks: none is empty or longer than `longest`.
        longest: the most tokens that the model reads.
        dimension: the length of a vector.
        progress: told the share of tokens that is done.
    """
    batches = _batches(chunks, longest)
    total = sum(len(batch.places) * batch.length for batch in batches)
    vectors = np.empty((len(chunks), dimension), np.float32)
    done = 0
    pool = ThreadPoolExecutor(cores())
    try:
        computed = pool.map(lambda batch: run(*_padded(chunks, batch)), batches)
        for batch, rows in zip(batches, computed, strict=True):
            vectors[batch.places] = rows
            done += len(batch.places) * batch.length
            progress(done / total)
    finally:
        pool.shutdown(cancel_futures=True)  # an interrupted run does not compute the rest
    return vectors


def _batches(chunks: Sequence[Chunk], longest: int) -> list[_Batch]:
    """Return batches that hold every chunk once, longest first."""
    batches: list[_Batch] = []
    for place in sorted(range(len(chunks)), key=lambda place: -len(chunks[place])):
        length = min(_padded_length(len(chunks[place])), longest)
        full = not batches or (len(batches[-1].places) + 1) * length > _TOKENS
        if full or batches[-1].length != length:
            batches.append(_Batch([], length))
        batches[-1].places.append(place)
    return batches


def _padded_length(length: int) -> int:
    """Return the length that a chunk is padded to: it depends on nothing but the chunk.

    Less than an eighth of it is padding, and there are few lengths, so that batches are full.
    """
    step = 1 << max(0, length.bit_length() - 4)
    return -(-length // step) * step


def _padded(chunks: Sequence[Chunk], batch: _Batch) -> tuple[Integers, Integers]:
    """Return token numbers and their mask: both [batch, length]."""
    numbers = np.zeros((len(batch.places), batch.length), np.int64)
    mask = np.zeros_like(numbers)
    for row, place in enumerate(batch.places):
        numbers[row, : len(chunks[place])] = chunks[place]
        mask[row, : len(chunks[place])] = 1
    return numbers, mask
