"""Trains a tagger of skills and knowledge and leaves a folder that `profile --tagger` reads.

A linear layer on each word's first token scores a labelling in BIO for each kind: a skill and a
piece of knowledge may overlap (Zhang et al. 2022). The development file is scored after each epoch
and chooses nothing.
"""

import hashlib
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch
from torch import nn

from shortlist.errors import ConfigError
from shortlist.extraction.tagger import FORMAT, KIND
from shortlist.extraction.tags import Scores, decoded, parsed
from shortlist.training.tagger_model import TaggerModel
from shortlist.training.tagger_rows import (
    IGNORED,
    LABELS,
    Sentence,
    batch_of,
    read_sentences,
    shuffled,
)

_AT_ONCE = 64
_SURE = 50.0
Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class TaggerSettings:
    """The settings of a tagger's training: `runs/tagger.toml` is the recipe that was measured."""

    seed: int = 0
    base: str = "sentence-transformers/all-MiniLM-L6-v2"
    """A folder, or a name on the Hub, of a BERT. The default comes with the extra `train`."""
    train: str = "train.jsonl"
    """The file to learn from, in the data folder."""
    dev: str = "dev.jsonl"
    """The file that is scored after each epoch."""
    kinds: tuple[str, ...] = ("skill", "knowledge")
    """The labellings: `tags_KIND` of each sentence."""
    max_tokens: int = 192
    """A longer sentence is cut."""
    epochs: int = 5
    batch: int = 16
    """Sentences."""
    rate: float = 3e-4
    head_rate: float = 9e-4
    """Of the layer of labels, which begins with random weights."""
    warmup: float = 0.1
    """The share of the steps over which rates rise; then they fall to nothing."""
    dropout: float = 0.1
    decay: float = 0.01

    def faults(self) -> Iterator[str]:
        for name in ("epochs", "batch"):
            if getattr(self, name) < 1:
                yield f"{name}: must be at least 1"
        if self.max_tokens < 8:
            yield "max_tokens: must be at least 8"
        if not (self.rate > 0 and self.head_rate > 0):
            yield "rate, head_rate: must be above 0"
        if not (0 <= self.warmup < 1 and 0 <= self.dropout < 1):
            yield "warmup, dropout: must lie in [0, 1)"
        if not self.kinds or len(set(self.kinds)) < len(self.kinds):
            yield "kinds: must be at least one name, each of them once"


@dataclass(frozen=True, slots=True)
class TaggerOutcome:
    """What a training of a tagger left."""

    folder: Path
    epochs: tuple[Mapping[str, float], ...]
    """For each epoch: kind -> strict F1 on the development file, in [0, 1]."""
    sentences: int
    """Of the development file."""


def train_tagger(
    settings: TaggerSettings, data: Path, out: Path, *, progress: Progress | None = None
) -> TaggerOutcome:
    """Train a tagger and write its folder.

    Args:
        settings: the recipe.
        data: a folder with the recipe's files; see `tagger_rows`.
        out: the folder to write; it must be new or empty.
        progress: told the share of steps that is done.

    Raises:
        ConfigError: the folder to write holds something, or cannot be made.
        DataError: a file cannot be read or a line is malformed.
        ModelError: the base model cannot be had, or is no BERT.
    """
    _open(out)
    torch.manual_seed(settings.seed)
    model = TaggerModel(
        settings.base,
        len(settings.kinds),
        dropout=settings.dropout,
        most_tokens=settings.max_tokens,
    )
    rows, dev = (
        read_sentences(data / name, model.tokenizer, settings.kinds, settings.max_tokens)
        for name in (settings.train, settings.dev)
    )
    epochs = tuple(_epochs(model, rows, dev, settings, progress))
    _write(out, model, settings, {"sentences": len(rows), "strict_f1_on_dev": epochs})
    return TaggerOutcome(out, epochs, len(dev))


def _open(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{out}: cannot be made ({error.strerror}): name another") from error
    if any(out.iterdir()):
        raise ConfigError(f"{out}: is not empty: name another folder")


def _epochs(
    model: TaggerModel,
    rows: Sequence[Sentence],
    dev: Sequence[Sentence],
    settings: TaggerSettings,
    progress: Progress | None,
) -> Iterator[Mapping[str, float]]:
    steps = settings.epochs * -(-len(rows) // settings.batch)
    optimizer, schedule = _optimizer(model, settings, steps)
    loss_of = nn.CrossEntropyLoss(ignore_index=IGNORED)
    chance = random.Random(settings.seed)
    done = 0
    for _ in range(settings.epochs):
        model.train()
        for batch in shuffled(rows, settings.batch, chance):
            scores = model(batch).unflatten(-1, (len(settings.kinds), len(LABELS)))
            losses = [
                loss_of(scores[..., kind, :].flatten(0, 1), batch.truth[..., kind].flatten())
                for kind in range(len(settings.kinds))
            ]
            optimizer.zero_grad()
            torch.stack(losses).sum().backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            done += 1
            if progress:
                progress(done / steps)
        yield strict_f1(model, dev, settings.kinds)


def _optimizer(
    model: TaggerModel, settings: TaggerSettings, steps: int
) -> tuple[torch.optim.AdamW, torch.optim.lr_scheduler.LambdaLR]:
    named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    plain = [p for n, p in named if "bias" in n or "LayerNorm" in n]
    decayed = [p for n, p in named if not ("bias" in n or "LayerNorm" in n or n.startswith("head"))]
    optimizer = torch.optim.AdamW(
        [
            {"params": decayed},
            {"params": plain, "weight_decay": 0.0},
            {"params": [model.head.weight], "lr": settings.head_rate},
        ],
        lr=settings.rate,
        weight_decay=settings.decay,
    )
    rising = max(1.0, settings.warmup * steps)

    def share(step: int) -> float:
        falling = (steps - step) / max(steps - rising, 1.0)
        return max(0.0, min((step + 1) / rising, falling))

    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, share)


def strict_f1(
    model: TaggerModel, rows: Sequence[Sentence], kinds: Sequence[str]
) -> Mapping[str, float]:
    """Return for each kind the F1 of spans that are found exactly, over all sentences."""
    labels = parsed(LABELS)
    size = len(LABELS)
    counts = np.zeros((len(kinds), 3), np.int64)
    for row, scores in _scored(model, rows):
        for kind in range(len(kinds)):
            truth = np.eye(size, dtype=np.float32)[list(row.truth[kind])] * _SURE
            gold = {(s.first, s.last) for s in decoded(truth, labels)}
            columns = scores[:, kind * size : (kind + 1) * size]
            found = {(s.first, s.last) for s in decoded(columns, labels)}
            counts[kind] += len(found & gold), len(found), len(gold)
    return {
        kind: round(float(2 * both / max(found + gold, 1)), 4)
        for kind, (both, found, gold) in zip(kinds, counts, strict=True)
    }


def _scored(model: TaggerModel, rows: Sequence[Sentence]) -> Iterator[tuple[Sentence, Scores]]:
    model.eval()
    order = sorted(rows, key=lambda row: len(row.numbers))
    with torch.inference_mode():
        for at in range(0, len(order), _AT_ONCE):
            part = order[at : at + _AT_ONCE]
            found = model(batch_of(part)).numpy()
            for row, scores in zip(part, found, strict=True):
                yield row, scores[list(row.firsts)]


def _write(
    folder: Path, model: TaggerModel, settings: TaggerSettings, told: Mapping[str, object]
) -> None:
    fields = json.loads(model.fields)
    fields["truncation"] = fields["padding"] = None
    packages = {name: version(name) for name in ("torch", "transformers", "onnx")}
    training = {"settings": asdict(settings), **told, "packages": packages}
    graph = model.graph(settings.max_tokens)
    files = {
        "model.onnx": graph.SerializeToString(deterministic=True),
        "tokenizer.json": json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode(),
        "training.json": (json.dumps(training, indent=2) + "\n").encode(),
    }
    config = {
        "format": FORMAT,
        "kind": KIND,
        "base_model": settings.base,
        "max_tokens": settings.max_tokens,
        "heads": [{"kind": kind, "labels": LABELS} for kind in settings.kinds],
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    files["config.json"] = (json.dumps(config, indent=2) + "\n").encode()
    for name, data in files.items():
        (folder / name).write_bytes(data)
