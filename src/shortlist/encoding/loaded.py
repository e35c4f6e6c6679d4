"""What an encoder and a cross-encoder share: a model folder whose files are read when needed."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from shortlist.encoding.batches import Progress, compute
from shortlist.encoding.folder import MODEL, TOKENIZER, ModelConfig, verified
from shortlist.encoding.runtimes import Run, Runtime, Vectors, open_model
from shortlist.encoding.tokens import Chunk, Tokenizer
from shortlist.errors import ModelError
from shortlist.records import MaskedText


class LoadedModel:
    """A model folder, its tokenizer and its graph."""

    def __init__(self, folder: Path, config: ModelConfig, runtime: Runtime = "onnxruntime") -> None:
        self.folder = folder
        self.config = config
        self.runtime: Runtime = runtime

    @property
    def policy(self) -> str | None:
        """The masking policy that texts must have been masked under; None is any."""
        return self.config.mask_policy

    @property
    def dimension(self) -> int:
        """How many numbers the model gives for a chunk."""
        return self.config.dimension

    def file(self, name: str) -> Path:
        """Return a file of the model folder, checked against its sha256.

        Raises:
            ModelError: it is missing or damaged.
        """
        return verified(self.folder, name, config=self.config)

    def _check_policy(self, texts: Sequence[MaskedText]) -> None:
        for text in texts:
            if self.policy not in (None, text.policy):
                raise ModelError(
                    f"{self.folder}: this model reads text masked under `{self.policy}`, "
                    f"and {text.id} is masked under `{text.policy}`; "
                    f"mask with `{self.policy}` or choose another model"
                )

    def _computed(self, chunks: Sequence[Chunk], progress: Progress) -> Vectors:
        """Return what the model gives for chunks, each different one computed once."""
        rows = {chunk: row for row, chunk in enumerate(dict.fromkeys(chunks))}
        if not rows:
            return np.empty((0, self.dimension), np.float32)
        answers = compute(
            self._run,
            list(rows),
            longest=self.config.max_tokens,
            dimension=self.dimension,
            progress=progress,
        )
        return answers[[rows[chunk] for chunk in chunks]]

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return Tokenizer(self.file(TOKENIZER), self.config.chunk_tokens)

    @cached_property
    def _run(self) -> Run:
        return open_model(self.runtime, self.file(MODEL), dimension=self.dimension)
