"""Trains the reader of the scorer `evidence`: `python runs/skill_reader.py FOLDER [--epochs N]`.

    pip install 'shortlist[train]'
    python runs/skill_reader.py src/shortlist/models/skills
    python runs/skill_trees.py src/shortlist/models/skills

A cross-encoder on the weights of the default model reads a statement beside a skill, and says which
level the statement alone shows (five thresholds, binary cross-entropy) and how it speaks of the
skill (`KINDS`, cross-entropy). It learns from the resumes and snippets in runs/skills, whose
every place that speaks of a skill is labelled; all other statements say nothing of it. Of these it
sees those that rules or the skill's name point to, the nearest by the default model, and one more;
half of them in each epoch.

`--check` trains nothing, and tells how the reader of FOLDER does on pieces that none learns from.
"""

import argparse
import hashlib
import json
import math
import random
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from build_default_model import BASE_MODEL, DIMENSION, HEADS, published
from skill_data import DATA, RESUMES, Label, Labelled, generated, labelled
from sklearn.metrics import average_precision_score
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence
from transformers import AutoModel

from shortlist.encoding import Encoder
from shortlist.encoding.cross import CrossEncoder
from shortlist.encoding.tokens import Tokenizer
from shortlist.explain.skills import Rubrics, RuleScorer
from shortlist.explain.skills.places import Place, places, texts
from shortlist.explain.skills.reading import POLICY, Reading
from shortlist.explain.skills.rubrics import TOP
from shortlist.explain.skills.said import KINDS, OUTPUTS
from shortlist.records import MaskedText
from shortlist.training.export import ExportSettings, write_model_folder
from shortlist.training.graph import Linear, Shape, transformer_graph
from shortlist.training.quick import quicken

FILES = sorted([*DATA.glob("reader/*.toml"), *DATA.glob("pieces/*.toml")])
UNREAD = sorted(DATA.glob("unread/*.toml"))
RATE, HEAD_RATE, WARM_UP, DROPOUT = 3e-4, 3e-3, 0.06, 0.1
BATCH, LONGEST = 32, 128
TOLD = 400
"""After how many batches the share that is done is told."""
FROZEN = 2
"""Layers that keep the weights of the base, as the embeddings do."""
LEVEL_WEIGHT = 3.0
NEAREST, NEAREST_OF_NONE, POINTED = 2, 4, 3
"""Statements that say nothing: the nearest of a skill that is shown and of one that is not, and
the most of those that rules point to."""
OF_NONE = 0.5
"""The share of the statements that say nothing that an epoch draws anew."""
SHARE = 0.4
"""The share of a place that the quoted words must cover, or be covered by, to be its label."""
SEED = 0
CARD = """# What a statement says of a skill

Reads a skill, what rules see of it, where the statement stands, the words before it, and the
statement itself, side by side. Thirteen logits: of the levels above 0 to 4 that the statement alone
shows, and of {kinds}. `levels.onnx` holds the trees that turn all of this into a level.

Trained by `runs/skill_reader.py` on {resumes} invented resumes and pieces of resumes that language
models wrote and labelled under instructions, and {generated} of `shortlist skills data`; no real
person's words. Upper {trained} layers of
[{base}](https://huggingface.co/{base}) (Apache-2.0). English only. Weights in 8 and 16 bits.
How good it is stands in docs/skills.md; what it gets wrong, too.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """The texts of a place beside a skill, with what it says."""

    group: tuple[MaskedText, ...]
    level: int
    kind: int


def rows_of(entries: Sequence[Labelled]) -> list[Row]:
    """Return the places to learn from."""
    rules, rubrics, encoder = RuleScorer(), Rubrics.load(), Encoder.load()
    rows = []
    for entry in entries:
        chooser = random.Random(f"{SEED} {entry.document.id}")
        reading, judged = rules.judge(entry.document, list(entry.says), rubrics)
        near = _nearness(reading, encoder, [one.skill for one in judged])
        for one in judged:
            found = places(reading, one.rule, one.canonical, one.skill, one.facts)
            said = _answers(reading, found, entry.says[one.skill])
            for at in _chosen(found, said, near[one.skill], chooser):
                group = texts(reading, one.rule, one.skill, found[at])
                rows.append(Row(group, *said.get(at, (0, 0))))
    return rows


def _answers(
    reading: Reading, found: Sequence[Place], labels: Sequence[Label]
) -> dict[int, tuple[int, int]]:
    """What places say, by their number: the level and the number of the kind."""
    said: dict[int, tuple[int, int]] = {}
    for label in labels:
        start, end = (_masked_offset(reading, at) for at in (label.start, label.end))
        for at, place in enumerate(found):
            shared = min(place.end, end) - max(place.start, start)
            enough = shared > 0 and shared >= SHARE * min(place.end - place.start, end - start)
            if enough and (at not in said or label.level > said[at][0]):
                said[at] = label.level, KINDS.index(label.kind)
    return said


def _masked_offset(reading: Reading, at: int) -> int:
    gone = (min(at, s.end) - s.start for s in reading.masked.hidden if s.start < at)
    return at - sum(gone)


def _nearness(
    reading: Reading, encoder: Encoder, skills: Sequence[str]
) -> dict[str, dict[int, float]]:
    """For each skill, the cosine of every passage with it, by where the passage starts."""
    spans = reading.passages
    names = [reading.masked.part(0, 0).between(skill) for skill in skills]
    parts = [reading.masked.part(span.start, span.end) for span in spans]
    vectors = encoder.encode_resumes([*parts, *names])
    cosines = vectors[: len(parts)] @ vectors[len(parts) :].T
    return {
        skill: {span.start: float(c) for span, c in zip(spans, cosines[:, n], strict=True)}
        for n, skill in enumerate(skills)
    }


def _chosen(
    found: Sequence[Place],
    said: dict[int, tuple[int, int]],
    near: dict[int, float],
    chooser: random.Random,
) -> list[int]:
    """The numbers of the places to learn from: all that say something, and some that do not."""
    empty = [at for at in range(len(found)) if at not in said]
    pointed = [at for at in empty if found[at].named or found[at].seen]
    rest = [at for at in empty if at not in pointed]
    rest.sort(key=lambda at: -near.get(found[at].start, 0.0))
    n = NEAREST if said else NEAREST_OF_NONE
    return [*said, *pointed[:POINTED], *rest[:n], *chooser.sample(rest[n:], min(1, len(rest[n:])))]


class Reader(torch.nn.Module):
    """The transformer, the mean over its tokens, and the logits."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.bert = AutoModel.from_pretrained(str(base), add_pooling_layer=False)
        self.drop = torch.nn.Dropout(DROPOUT)
        self.head = torch.nn.Linear(DIMENSION, OUTPUTS)
        self.bert.embeddings.requires_grad_(False)
        for layer in self.bert.encoder.layer[:FROZEN]:
            layer.requires_grad_(False)

    def forward(self, numbers: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return the logits [batch, OUTPUTS] of token numbers and their mask [batch, length]."""
        states = self.bert(input_ids=numbers, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(states.dtype)
        return self.head(self.drop((states * weight).sum(1) / weight.sum(1))).float()


def trained(rows: Sequence[Row], base: Path, epochs: int) -> Reader:
    """Return the reader, trained on places in batches of about one length."""
    tokenizer = Tokenizer(base / "tokenizer.json", LONGEST)
    chunks = [tokenizer.side_by_side([t.text for t in row.group], LONGEST) for row in rows]
    above = torch.tensor([[float(row.level > k) for k in range(TOP)] for row in rows])
    kinds = torch.tensor([row.kind for row in rows])
    reader = Reader(base)
    quicken(reader.bert)
    body = [p for p in reader.bert.parameters() if p.requires_grad]
    groups = [{"params": body, "lr": RATE}, {"params": reader.head.parameters(), "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    size = len(_drawn(rows))
    steps = epochs * math.ceil(size / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / (WARM_UP * steps)) * max(0.02, 1 - step / steps)
    )
    began = time.monotonic()
    for epoch in range(epochs):
        reader.train()
        total = 0.0
        for number, batch in enumerate(_batches(chunks, _drawn(rows)), 1):
            numbers, mask = _padded([chunks[at] for at in batch])
            with torch.autocast("cpu", torch.bfloat16):
                logits = reader(numbers, mask)
            loss = LEVEL_WEIGHT * functional.binary_cross_entropy_with_logits(
                logits[:, :TOP], above[batch]
            ) + functional.cross_entropy(logits[:, TOP:], kinds[batch])
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item() * len(batch)
            if number % TOLD == 0:
                done = (epoch * size + number * BATCH) / (epochs * size)
                left = (time.monotonic() - began) * (1 / done - 1) / 60
                print(f"{done:.0%}, loss {loss.item():.3f}, {left:.0f} minutes left", flush=True)
        print(f"epoch {epoch + 1}: loss {total / size:.3f}", flush=True)
    return reader.eval()


def _drawn(rows: Sequence[Row]) -> list[int]:
    """The numbers of the places of an epoch, in an order by chance."""
    none = [at for at, row in enumerate(rows) if not row.kind]
    some = random.sample(none, round(OF_NONE * len(none)))
    drawn = [*some, *(at for at, row in enumerate(rows) if row.kind)]
    random.shuffle(drawn)
    return drawn


def _batches(chunks: Sequence[Sequence[int]], order: Sequence[int]) -> list[list[int]]:
    batches = []
    for start in range(0, len(order), 50 * BATCH):
        some = sorted(order[start : start + 50 * BATCH], key=lambda at: len(chunks[at]))
        batches += [some[at : at + BATCH] for at in range(0, len(some), BATCH)]
    random.shuffle(batches)
    return batches


def _padded(chunks: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    numbers = [torch.tensor(chunk) for chunk in chunks]
    masks = [torch.ones_like(one) for one in numbers]
    return pad_sequence(numbers, batch_first=True), pad_sequence(masks, batch_first=True)


def export(
    reader: Reader, base: Path, folder: Path, training: dict[str, int], *, resumes: int
) -> None:
    """Write the model folder.

    Args:
        reader: what was trained.
        base: the folder of the weights that it began with.
        folder: where to write.
        training: epochs, and places that were read.
        resumes: how many texts by language models they come from.
    """
    weights = {k: v.numpy() for k, v in reader.bert.state_dict().items() if v.is_floating_point()}
    head = Linear(reader.head.weight.detach().numpy().T.copy(), reader.head.bias.detach().numpy())
    settings_used = {
        "data": {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in FILES},
        "generated": RESUMES, **training, "seed": SEED, "frozen_layers": FROZEN,
        "learning_rate": RATE, "batch": BATCH, "level_weight": LEVEL_WEIGHT, "of_none": OF_NONE,
        "packages": {name: version(name) for name in ("torch", "transformers", "onnx", "numpy")},
    }  # fmt: skip
    kinds = ", ".join(KINDS)
    card = CARD.format(kinds=kinds, resumes=resumes, generated=RESUMES,
                       trained=6 - FROZEN, base=BASE_MODEL)  # fmt: skip
    settings = ExportSettings(
        BASE_MODEL, POLICY, LONGEST, LONGEST, training=settings_used, card=card
    )
    folder.mkdir(parents=True, exist_ok=True)
    write_model_folder(
        folder,
        settings,
        graph=transformer_graph(weights, Shape(HEADS), [head], "int8"),
        tokenizer=(base / "tokenizer.json").read_text("utf-8"),
        dimension=OUTPUTS,
    )


def checked(folder: Path, rows: Sequence[Row]) -> dict[str, float]:
    """Return how the reader of a folder does on places: shares, but for the level's mean error."""
    answers = np.asarray(CrossEncoder.load(folder).read([row.group for row in rows]))
    told, kinds = answers[:, TOP:].argmax(1), np.array([row.kind for row in rows])
    level = (1 / (1 + np.exp(-answers[:, :TOP]))).sum(1) - [row.level for row in rows]
    odds = np.exp(answers[:, TOP:] - answers[:, TOP:].max(1, keepdims=True))
    says = kinds > 0
    found = {
        "kind told right": (told == kinds)[says].mean(), "missed": (told == 0)[says].mean(),
        "seen in nothing": (told > 0)[~says].mean(), "level, mean error": abs(level)[says].mean(),
        "average precision": average_precision_score(says, 1 - odds[:, 0] / odds.sum(1)),
    }  # fmt: skip
    counts = {"places": len(rows), "that speak of the skill": int(says.sum())}
    return counts | {name: round(float(value), 3) for name, value in found.items()}


def places_of(written: Iterable[list[Labelled]]) -> list[list[Row]]:
    """Return the places of each file, of several files at a time."""
    with ProcessPoolExecutor(initializer=torch.set_num_threads, initargs=(1,)) as workers:
        return list(workers.map(rows_of, written))


def main() -> None:
    """Train and write the model folder, or check it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument(
        "--check", action="store_true", help="tell how it does on runs/skills/unread"
    )
    options = parser.parse_args()
    if options.check:
        for path, rows in zip(UNREAD, places_of(list(labelled(p)) for p in UNREAD), strict=True):
            print(json.dumps({"file": path.name, **checked(options.folder, rows)}), flush=True)
        return
    random.seed(SEED)
    torch.manual_seed(SEED)
    written = [list(labelled(path)) for path in FILES]
    rows = list(chain.from_iterable(places_of([*written, list(generated())])))
    print(f"{len(rows)} places", flush=True)
    base = published()
    reader = trained(rows, base, options.epochs)
    training = {"places": len(rows), "epochs": options.epochs}
    export(reader, base, options.folder, training, resumes=sum(map(len, written)))


if __name__ == "__main__":
    main()
