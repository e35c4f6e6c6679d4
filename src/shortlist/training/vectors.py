"""Chunks -> vectors of parts of texts, with gradients: the mean of a part's chunks, as served.

Unless sections are learned, a text is one part.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import normalize

from shortlist.training.cached_gradients import replayed
from shortlist.training.prefix import Prefix
from shortlist.training.sections import by_kind

WORTHWHILE = 512
"""Padded tokens that are worth a call of their own."""
ALIKE = 0.75
"""The least share of the longest chunk's tokens that other chunks of a call have."""


@dataclass(frozen=True, slots=True)
class Chunks:
    """Padded chunks, longest first: `ids` and `mask` [n, length]; `owner` [n], each one's part.

    `text` and `kind` [parts] are the text that a part is of, and its kind. `hidden`
    [n, length, width] is what the frozen layers made of the chunks, where that is kept.
    """

    ids: Tensor
    mask: Tensor
    owner: Tensor
    text: Tensor
    kind: Tensor
    hidden: Tensor | None = None

    @classmethod
    def of(cls, batch: Mapping[str, Any]) -> "Chunks":
        """Return the chunks of a batch that a Collator made."""
        return cls(
            batch["input_ids"],
            batch["attention_mask"],
            batch["owner"],
            batch["text"],
            batch["kind"],
            batch.get("hidden"),
        )

    @property
    def lengths(self) -> Tensor:
        """The tokens of each chunk [n]."""
        return self.mask.sum(1)

    def parts(self, at_once: int) -> Iterator[slice]:
        """Yield stretches of chunks of about one length.

        None has more than `at_once` padded tokens, unless it is a single chunk; one that has
        `WORTHWHILE` of them ends where chunks become shorter than `ALIKE` of its first.
        """
        start, lengths = 0, self.lengths.tolist()
        for place, length in enumerate(lengths):
            size = (place - start) * lengths[start]
            full = size + lengths[start] > at_once
            if place > start and (full or (size >= WORTHWHILE and length < ALIKE * lengths[start])):
                yield slice(start, place)
                start = place
        yield slice(start, len(lengths))

    def features(self, part: slice) -> dict[str, Tensor]:
        """Return the model's input for a stretch, cut to the length of its longest chunk."""
        length = int(self.mask[part.start].sum())
        return {
            "input_ids": self.ids[part, :length],
            "attention_mask": self.mask[part, :length],
        }

    def pooled(self, vectors: Tensor) -> Tensor:
        """Return the vector of each part [parts, d] from those of its chunks [n, d].

        It is their mean, weighted by tokens and brought to length 1, as `Encoder` makes it.
        """
        return normalize(self._means(vectors, self.owner), dim=-1)

    def sections(self, parts: Tensor) -> Tensor:
        """Return the sections of each text [texts, kinds, d] from the vectors of its parts."""
        return by_kind(parts, self.text, self.kind)

    def means(self, vectors: Tensor) -> Tensor:
        """Return the mean of each text's chunk vectors, weighted by tokens [texts, d]."""
        return self._means(vectors, self.text[self.owner])

    def _means(self, vectors: Tensor, owner: Tensor) -> Tensor:
        lengths = self.lengths.to(vectors.dtype)
        owners = int(owner.max()) + 1
        sums = vectors.new_zeros(owners, vectors.shape[1])
        tokens = lengths.new_zeros(owners).index_add(0, owner, lengths)
        return sums.index_add(0, owner, vectors * lengths[:, None]) / tokens[:, None]


class Vectorizer:
    """Makes the vectors of chunks and of parts of texts, some chunks at a time."""

    def __init__(
        self, at_once: int, *, cached_gradients: bool = False, prefix: Prefix | None = None
    ) -> None:
        """Make a vectorizer.

        Args:
            at_once: tokens that go through the model at a time.
            cached_gradients: whether only one part's intermediate results are kept at a time.
            prefix: what the frozen layers computed, to begin above them.
        """
        self._at_once = at_once
        self._cached = cached_gradients
        self.prefix = prefix

    def __call__(self, model: Any, chunks: Chunks) -> Tensor:
        """Return the vector of each part [parts, d]."""
        return chunks.pooled(self.of_chunks(model, chunks))

    def of_chunks(self, model: Any, chunks: Chunks) -> Tensor:
        """Return the vector of each chunk: float32 [n, d], of length 1."""
        parts = list(chunks.parts(self._at_once))

        def compute(part: slice) -> Tensor:
            return self._part(model, chunks, part)

        if self._cached and torch.is_grad_enabled():
            return replayed(model, parts, compute)
        return torch.cat([compute(part) for part in parts])

    def _part(self, model: Any, chunks: Chunks, part: slice) -> Tensor:
        features = chunks.features(part)
        if chunks.hidden is None or self.prefix is None:
            found: Tensor = model(features)["sentence_embedding"]
            return found.float()
        length = features["input_ids"].shape[1]
        with self.prefix.above(chunks.hidden[part, :length]):
            found = model(features)["sentence_embedding"]
            return found.float()
