"""Masked text -> unit vectors."""

from collections.abc import Sequence
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import get_args

import numpy as np

from shortlist.encoding.batches import Progress
from shortlist.encoding.folder import (
    SECTIONS,
    ModelConfig,
    default_folder,
    read_config,
)
from shortlist.encoding.loaded import LoadedModel
from shortlist.encoding.runtimes import (
    Runtime,
    Vectors,
    openvino_precision,
)
from shortlist.encoding.sections import Join, mean_of_parts, open_sections, sections
from shortlist.encoding.tokens import Chunk
from shortlist.errors import ConfigError
from shortlist.records import MaskedText, Span


class Encoder(LoadedModel):
    """A loaded model.

    A vector depends on the text, the model folder and the runtime; not on the other texts, their
    order, their number, or the number of cores.
    """

    def __init__(
        self, folder: Path, config: ModelConfig, runtime: Runtime, fingerprint: str
    ) -> None:
        super().__init__(folder, config, runtime)
        self.fingerprint = fingerprint
        """What vectors depend on besides the text: the model folder and the runtime."""

    @classmethod
    def load(cls, folder: Path | None = None, runtime: Runtime = "onnxruntime") -> "Encoder":
        """Return the encoder of a model folder; the default model's without one.

        Only the settings are read. The tokenizer and the model are read, and checked against their
        sha256, when the first text is encoded. The runtime is `onnxruntime` unless asked otherwise,
        so that scores do not change with what happens to be installed.

        Raises:
            ModelError: the folder is not a model folder of the format that this version reads.
            ConfigError: there is no such runtime.
            MissingExtra: the runtime is not installed.
        """
        if runtime not in get_args(Runtime):
            raise ConfigError(f"no runtime `{runtime}`: use {' or '.join(get_args(Runtime))}")
        folder = folder or default_folder()
        config = read_config(folder)
        fingerprint = config.fingerprint
        if runtime == "openvino":
            fingerprint += f"+openvino-{openvino_precision()}"
        return cls(folder, config, runtime, fingerprint)

    def encode_jobs(self, texts: Sequence[MaskedText], progress: Progress | None = None) -> Vectors:
        """Return the vectors of jobs, or of parts of them: as `encode_resumes` does."""
        return self._encode(texts, self.config.job_prefix, progress)

    def encode_resumes(
        self, texts: Sequence[MaskedText], progress: Progress | None = None
    ) -> Vectors:
        """Return the vectors of resumes, or of parts of them: float32 [n, dimension].

        A vector has length 1 and numbers that float16 can hold, so that it can be stored in half
        the space without change. A text without a token, such as an empty one, has the zero vector,
        whose similarity to everything is 0.

        A text longer than a chunk is cut into several at the ends of lines, sentences or words. Its
        vector is the mean of theirs, weighted by their tokens and brought to length 1. So all of it
        counts, except for what the model has no token for: see `unread`.

        Raises:
            ModelError: a text was masked under another policy than the model was trained on, or the
                model folder is damaged.
        """
        return self._encode(texts, self.config.resume_prefix, progress)

    def whole(self, vectors: Vectors, kinds: Sequence[str]) -> Vectors:
        """Return the vector of a text, made of those of its parts: float32 [dimension].

        It is the mean of `shortlist.encoding.sections`, or what a model with attention over
        sections makes of them instead. Like all vectors it has length 1, or is zero where they
        are, and holds numbers of float16.

        Args:
            vectors: of the parts [parts, dimension], as they were encoded.
            kinds: of each part, by `shortlist.matcher.whole`.

        Raises:
            ModelError: the model folder is damaged.
        """
        if not self.config.sections or not vectors.any():
            return mean_of_parts(vectors, kinds)
        return self._join(*sections(vectors, kinds, self.config.sections))

    def _encode(
        self, texts: Sequence[MaskedText], prefix: str, progress: Progress | None
    ) -> Vectors:
        self._check_policy(texts)
        places = {text: row for row, text in enumerate(dict.fromkeys(t.text for t in texts))}
        vectors = np.zeros((len(places), self.dimension), np.float32)
        if any(places):
            self._fill(vectors, list(places), prefix, progress or _ignore)
        return vectors[[places[text.text] for text in texts]]

    def _fill(self, vectors: Vectors, texts: list[str], prefix: str, progress: Progress) -> None:
        """Write the vectors of texts, all different, over zeros."""
        chunks = self._tokenizer.chunks(texts, prefix)
        parts = iter(self._computed([*chain(*chunks)], progress))
        for vector, pieces in zip(vectors, chunks, strict=True):
            if pieces:
                vector[:] = _pooled(np.stack([*islice(parts, len(pieces))]), pieces)

    def check(self) -> None:
        """Check the files of the model folder against their sha256.

        Raises:
            ModelError: one is missing or damaged.
        """
        for name in self.config.files:
            self.file(name)

    def unread(self, text: MaskedText) -> tuple[Span, ...]:
        """Return what the model has no token for, such as letters of another script: left out.

        Offsets are those of the masked text.

        Raises:
            ModelError: the model folder is damaged.
        """
        return tuple(self._tokenizer.unread(text.text))

    @cached_property
    def _join(self) -> Join:
        return open_sections(
            self.file(SECTIONS), dimension=self.dimension, kinds=len(self.config.sections)
        )


def _ignore(share: float) -> None:
    """Show no progress."""


def _pooled(vectors: Vectors, chunks: Sequence[Chunk]) -> Vectors:
    """Return the mean of chunk vectors, weighted by tokens, of length 1, in numbers of float16."""
    weights = np.array([len(chunk) for chunk in chunks], np.float64)
    mean = weights @ vectors.astype(np.float64)
    pooled: Vectors = (mean / np.linalg.norm(mean)).astype(np.float16).astype(np.float32)
    return pooled
