"""Several masked texts read together -> numbers: a cross-encoder (Nogueira and Cho 2019)."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from shortlist.encoding.batches import Progress, compute
from shortlist.encoding.folder import MODEL, TOKENIZER, ModelConfig, read_config, verified
from shortlist.encoding.runtimes import Run, Vectors, open_model
from shortlist.encoding.tokens import Chunk, Tokenizer
from shortlist.errors import ModelError
from shortlist.records import MaskedText


class CrossEncoder:
    """A loaded model that reads texts side by side and answers with numbers, not with a vector.

    Its model folder is that of an encoder, but for what stands behind the pooling. An answer
    depends on the texts and the model folder; not on the other texts, their order or their number.
    Of a group that is longer than the model reads, the end is left out.
    """

    def __init__(self, folder: Path, config: ModelConfig) -> None:
        self.folder = folder
        self.config = config

    @classmethod
    def load(cls, folder: Path) -> "CrossEncoder":
        """Return the model of a folder. Only the settings are read until it is asked.

        Raises:
            ModelError: the folder is not a model folder of the format that this version reads.
        """
        return cls(folder, read_config(folder))

    def read(
        self, groups: Sequence[Sequence[MaskedText]], *, progress: Progress = lambda share: None
    ) -> Vectors:
        """Return what the model says of groups of texts: float32 [groups, outputs].

        Args:
            groups: the texts of each group, in the order in which the model was trained on them.
            progress: told the share that is done.

        Raises:
            ModelError: a text was masked under another policy than the model was trained on, or
                the model folder is damaged.
        """
        if not groups:
            return np.empty((0, self.config.dimension), np.float32)
        chunks = [self._chunk(group) for group in groups]
        rows = {chunk: row for row, chunk in enumerate(dict.fromkeys(chunks))}
        answers = compute(
            self._run,
            list(rows),
            longest=self.config.max_tokens,
            dimension=self.config.dimension,
            progress=progress,
        )
        return answers[[rows[chunk] for chunk in chunks]]

    def _chunk(self, group: Sequence[MaskedText]) -> Chunk:
        policy = self.config.mask_policy
        for text in group:
            if policy not in (None, text.policy):
                raise ModelError(
                    f"{self.folder}: this model reads text masked under `{policy}`, "
                    f"and {text.id} is masked under `{text.policy}`"
                )
        return self._tokenizer.side_by_side([text.text for text in group], self.config.max_tokens)

    def file(self, name: str) -> Path:
        """Return a further file of the model folder, checked against its sha256.

        Raises:
            ModelError: it is missing or damaged.
        """
        return verified(self.folder, name, config=self.config)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        path = verified(self.folder, TOKENIZER, config=self.config)
        return Tokenizer(path, self.config.chunk_tokens)

    @cached_property
    def _run(self) -> Run:
        path = verified(self.folder, MODEL, config=self.config)
        return open_model("onnxruntime", path, dimension=self.config.dimension)
