"""Masked text -> unit vectors."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

import numpy as np

from shortlist.encoding.folder import (
    MODEL,
    TOKENIZER,
    ModelConfig,
    default_folder,
    read_config,
    verified,
)
from shortlist.encoding.runtimes import Integers, Run, Runtime, Vectors, cores, open_onnxruntime
from shortlist.encoding.tokens import Chunk, Tokenizer
from shortlist.errors import ModelError
from shortlist.records import MaskedText

Progress = Callable[[float], None]
"""Called now and then with the share of the work that is done, in [0, 1]."""

_BATCH_TOKENS = 1024
"""Tokens that are computed at once: enough to keep a core busy, few enough to stay in its cache."""


class Encoder:
    """A loaded model.

    A vector depends on the text, the model folder and the runtime; not on the other texts, their
    order, their number, or the number of cores.
    """

    def __init__(self, folder: Path, config: ModelConfig, runtime: Runtime) -> None:
        self.folder = folder
        self.config = config
        self.runtime = runtime

    @classmethod
    def load(cls, folder: Path | None = None, runtime: Runtime = "onnxruntime") -> "Encoder":
        """Return the encoder of a model folder; the default model's without one.

        Only the settings are read. The tokenizer and the model are read, and checked against their
        sha256, when the first text is encoded.

        Raises:
            ModelError: the folder is not a model folder of the format that this version reads.
        """
        folder = folder or default_folder()
        return cls(folder, read_config(folder), runtime)

    @property
    def fingerprint(self) -> str:
        """What every vector depends on besides the text: model folder and runtime."""
        return self.config.fingerprint

    @property
    def policy(self) -> str | None:
        """The masking policy that texts must have been masked under; None is any."""
        return self.config.mask_policy

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self.config.dimension

    def encode_jobs(self, texts: Sequence[MaskedText], progress: Progress | None = None) -> Vectors:
        """Return the vectors of jobs, or of parts of them: see `encode_resumes`."""
        return self._encode(texts, self.config.job_prefix, progress)

    def encode_resumes(
        self, texts: Sequence[MaskedText], progress: Progress | None = None
    ) -> Vectors:
        """Return the vectors of resumes, or of parts of them: float32 [n, dimension].

        A vector has length 1, and its numbers are representable in float16, so that they survive
        storage in half the space. The vector of a text without a token, such as an empty one, is
        zero: its similarity to everything is 0. A text longer than the model's window is cut into
        chunks at the ends of lines and sentences, and its vector is the mean of theirs, weighted by
        their tokens and brought to length 1; nothing is left out.

        Raises:
            ModelError: a text was masked under another policy than the model was trained on, or the
                model folder is damaged.
        """
        return self._encode(texts, self.config.resume_prefix, progress)

    def _encode(
        self, texts: Sequence[MaskedText], prefix: str, progress: Progress | None
    ) -> Vectors:
        self._check_policy(texts)
        places = {text: place for place, text in enumerate(dict.fromkeys(t.text for t in texts))}
        vectors = np.zeros((len(places), self.dimension), np.float32)
        if any(places):
            chunks = self._tokenizer.chunks(list(places), prefix)
            distinct = {chunk: place for place, chunk in enumerate(_distinct(chunks))}
            parts = self._compute(list(distinct), progress or (lambda share: None))
            for place, pieces in enumerate(chunks):
                if pieces:
                    vectors[place] = _pool(parts[[distinct[p] for p in pieces]], pieces)
        return vectors[[places[text.text] for text in texts]]

    def _check_policy(self, texts: Iterable[MaskedText]) -> None:
        if self.policy is None:
            return
        for text in texts:
            if text.policy != self.policy:
                raise ModelError(
                    f"{self.folder}: this model reads text masked under `{self.policy}`, "
                    f"and {text.id} is masked under `{text.policy}`; "
                    f"mask with `{self.policy}` or choose another model"
                )

    def _compute(self, chunks: list[Chunk], progress: Progress) -> Vectors:
        """Return the vectors of chunks: float32 [n, dimension]."""
        result = np.empty((len(chunks), self.dimension), np.float32)
        batches = _batches(chunks)
        run = self._run
        done = 0
        with ThreadPoolExecutor(cores()) as pool:
            computed = pool.map(
                lambda batch: run(*_padded_batch([chunks[place] for place in batch])), batches
            )
            for batch, vectors in zip(batches, computed, strict=True):
                result[batch] = vectors
                done += len(batch)
                progress(done / len(chunks))
        return result

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        path = verified(self.folder, TOKENIZER, self.config)
        return Tokenizer(path, self.config.chunk_tokens)

    @cached_property
    def _run(self) -> Run:
        return open_onnxruntime(verified(self.folder, MODEL, self.config))


def _distinct(chunks: Iterable[Iterable[Chunk]]) -> dict[Chunk, None]:
    return dict.fromkeys(chunk for pieces in chunks for chunk in pieces)


def _padded(length: int) -> int:
    """Return the length that a chunk is padded to. It depends on nothing but the chunk."""
    step = 8 if length <= 64 else 16
    return -(-length // step) * step


def _batches(chunks: Sequence[Chunk]) -> list[list[int]]:
    """Return the numbers of the chunks, longest first, in batches of one padded length."""
    batches: list[list[int]] = []
    previous = 0
    for place in sorted(range(len(chunks)), key=lambda place: -len(chunks[place])):
        length = _padded(len(chunks[place]))
        if length != previous or (len(batches[-1]) + 1) * length > _BATCH_TOKENS:
            batches.append([])
        batches[-1].append(place)
        previous = length
    return batches


def _padded_batch(chunks: Sequence[Chunk]) -> tuple[Integers, Integers]:
    """Return token numbers and their mask: both [batch, length]."""
    numbers = np.zeros((len(chunks), _padded(len(chunks[0]))), np.int64)
    mask = np.zeros_like(numbers)
    for row, chunk in enumerate(chunks):
        numbers[row, : len(chunk)] = chunk
        mask[row, : len(chunk)] = 1
    return numbers, mask


def _pool(vectors: Vectors, chunks: Sequence[Chunk]) -> Vectors:
    """Return the mean of chunk vectors weighted by tokens, of length 1, on the grid of float16."""
    weights = np.array([len(chunk) for chunk in chunks], np.float64)
    mean = weights @ vectors.astype(np.float64)
    unit: Vectors = (mean / np.linalg.norm(mean)).astype(np.float16).astype(np.float32)
    return unit
