"""What the frozen layers compute, once per chunk, on disk: epochs then begin above them.

The outputs of the last frozen layer are kept in float16, token after token, in one file that is
mapped into memory, so that only what a batch needs is read. They are exact but for that rounding:
frozen layers have no dropout.
"""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn

from shortlist.encoding.tokens import Chunk
from shortlist.errors import ModelError
from shortlist.training.gather import from_first, is_first
from shortlist.training.trainable import layers_of

_log = logging.getLogger(__name__)

HIDDEN = "hidden.float16"
FOR = "for.txt"
"""What the file was computed from; written last."""


class Prefix:
    """What the frozen layers make of the chunks of a run, and the model without these layers."""

    def __init__(
        self, model: SentenceTransformer, frozen: int, chunks: Sequence[Chunk], folder: Path
    ) -> None:
        """Compute what is not there yet.

        Args:
            model: whose lowest layers are frozen.
            frozen: how many are.
            chunks: all that will be asked for.
            folder: where to keep the file; one that was computed before is used again.

        Raises:
            ModelError: the encoder has no embeddings and list of layers to cut between, or its
                outputs do not fit into float16.
        """
        self._cut = _Cut(model, frozen)
        distinct = sorted(set(chunks), key=lambda chunk: (len(chunk), chunk))
        ends = np.cumsum([len(chunk) for chunk in distinct])
        self._start = {
            chunk: int(end) - len(chunk) for chunk, end in zip(distinct, ends, strict=True)
        }
        self._width = int(model[0].get_embedding_dimension())
        shape = (int(ends[-1]), self._width)
        if is_first():
            self._fill(model, distinct, folder, shape)
        from_first(None)  # the others wait
        self._rows = np.memmap(folder / HIDDEN, np.float16, "r", shape=shape)

    def hidden(self, chunks: Sequence[Chunk]) -> Tensor:
        """Return the outputs of the frozen layers for chunks: float16 [n, longest, width]."""
        found = np.zeros((len(chunks), max(map(len, chunks)), self._width), np.float16)
        for row, chunk in enumerate(chunks):
            start = self._start[chunk]
            found[row, : len(chunk)] = self._rows[start : start + len(chunk)]
        return torch.from_numpy(found)

    @contextmanager
    def above(self, hidden: Tensor) -> Iterator[None]:
        """Within it, the model begins above the frozen layers, with these outputs of theirs."""
        kind = hidden.device.type
        mixed = torch.is_autocast_enabled(kind)
        with self._cut.upper(hidden.to(torch.get_autocast_dtype(kind) if mixed else torch.float32)):
            yield

    def _fill(
        self, model: SentenceTransformer, chunks: list[Chunk], folder: Path, shape: tuple[int, int]
    ) -> None:
        wanted = _fingerprint(model, self._cut.frozen, chunks)
        folder.mkdir(parents=True, exist_ok=True)
        mark = folder / FOR
        if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
            return
        mark.unlink(missing_ok=True)
        rows = np.memmap(folder / HIDDEN, np.float16, "w+", shape=shape)
        with self._cut.lower(), torch.inference_mode():
            for some in _batches(chunks):
                self._compute(model, some, rows)
        rows.flush()
        mark.write_text(wanted, encoding="utf-8")
        _log.info("outputs of frozen layers kept: %.0f MB", rows.nbytes / 1e6)

    def _compute(
        self, model: SentenceTransformer, chunks: list[Chunk], rows: NDArray[np.float16]
    ) -> None:
        device = next(model.parameters()).device
        length = max(map(len, chunks))
        ids = torch.zeros(len(chunks), length, dtype=torch.long, device=device)
        mask = torch.zeros_like(ids)
        for row, chunk in enumerate(chunks):
            ids[row, : len(chunk)] = torch.tensor(chunk)
            mask[row, : len(chunk)] = 1
        computed = model[0]({"input_ids": ids, "attention_mask": mask})["token_embeddings"]
        half = computed.half().cpu().numpy()
        if not np.isfinite(half).all():
            raise ModelError("the frozen layers' outputs do not fit into float16: "
                             "set optimizer.prefix_cache=false")  # fmt: skip
        for row, chunk in enumerate(chunks):
            start = self._start[chunk]
            rows[start : start + len(chunk)] = half[row, : len(chunk)]


class _Cut:
    """The two halves of an encoder, each of which can stand in for the whole."""

    def __init__(self, model: SentenceTransformer, frozen: int) -> None:
        backbone = model[0].model
        backbone = backbone.get_base_model() if hasattr(backbone, "get_base_model") else backbone
        if not isinstance(getattr(backbone, "embeddings", None), nn.Module):
            raise ModelError(
                f"{type(backbone).__name__}: has no embeddings to cut behind: "
                "set optimizer.prefix_cache=false"
            )
        path, _, _ = next(layers_of(backbone)).rpartition(".")
        owner, _, self._name = path.rpartition(".")
        self._owner = backbone.get_submodule(owner)
        self._backbone: Any = backbone
        layers = getattr(self._owner, self._name)
        self._halves = layers[:frozen], layers[frozen:]
        self.frozen = frozen

    @contextmanager
    def lower(self) -> Iterator[None]:
        """Within it, the encoder ends behind the frozen layers."""
        with self._swapped(self._owner, self._name, self._halves[0]):
            was_training = self._backbone.training
            self._backbone.eval()
            try:
                yield
            finally:
                self._backbone.train(was_training)

    @contextmanager
    def upper(self, hidden: Tensor) -> Iterator[None]:
        """Within it, the encoder takes these for its embeddings and has only the upper layers."""
        with (
            self._swapped(self._owner, self._name, self._halves[1]),
            self._swapped(self._backbone, "embeddings", _Given(hidden)),
        ):
            yield

    @contextmanager
    def _swapped(self, owner: nn.Module, name: str, other: nn.Module) -> Iterator[None]:
        before = getattr(owner, name)
        setattr(owner, name, other)
        try:
            yield
        finally:
            setattr(owner, name, before)


class _Given(nn.Module):
    """Stands for embeddings, and returns what it was given."""

    def __init__(self, hidden: Tensor) -> None:
        super().__init__()
        self._hidden = hidden

    def forward(self, *_: Any, **__: Any) -> Tensor:
        return self._hidden


def _batches(chunks: list[Chunk], at_once: int = 8192) -> Iterator[list[Chunk]]:
    """Yield chunks, which are sorted by length, some at a time."""
    some: list[Chunk] = []
    for chunk in chunks:
        if some and (len(some) + 1) * len(chunk) > at_once:
            yield some
            some = []
        some.append(chunk)
    yield some


def _fingerprint(model: SentenceTransformer, frozen: int, chunks: Sequence[Chunk]) -> str:
    digest = hashlib.sha256(f"{frozen}".encode())
    for name, weights in model[0].named_parameters():
        if not weights.requires_grad:
            digest.update(f"{name}{weights.sum().item()!r}".encode())
    for chunk in chunks:
        digest.update(np.array(chunk, np.int64).tobytes())
    return digest.hexdigest()
