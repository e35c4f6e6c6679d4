"""Pairs a second and peak memory of training: `python -m benchmarks.training [--pairs N]`.

(a) sentence-transformers' trainer in float32, (b) `shortlist train` without and (c) with the prefix
cache, on the same invented pairs of one chunk each, the same LoRA and the same batch: MiniLM with
the upper two of six layers, and a random encoder of BGE-large's shape with the upper four of 24.
Each runs in a process of its own. (b) and (c) compute in bfloat16 where the machine does, and their
second epoch is timed: the cache of (c) is computed before the first.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.results import Row, publish

BATCH = 16
SYSTEMS = ("sentence-transformers", "shortlist", "shortlist, prefix cache")


@dataclass(frozen=True)
class Shape:
    """An encoder, and how many of its upper layers learn."""

    name: str
    layers: int


SHAPES = (Shape("MiniLM", 2), Shape("BGE-large's shape", 4))


def texts(count: int, seed: int) -> list[str]:
    """Return invented texts of 10 to 90 words, as long as chunks are."""
    draw = random.Random(seed)
    words = "team sales python nurse design audit plan cloud care data shift report budget".split()
    return [" ".join(draw.choices(words, k=draw.randint(10, 90))) for _ in range(count)]


def base(shape: Shape, folder: Path) -> str:
    """Return the name or the folder of a base model."""
    if shape.name == "MiniLM":
        return "sentence-transformers/all-MiniLM-L6-v2"
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Normalize, Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from transformers import BertConfig, BertModel

    from shortlist.training.base import load_base
    from shortlist.training.settings import ModelSettings

    large = BertConfig(
        hidden_size=1024, num_hidden_layers=24, num_attention_heads=16, intermediate_size=4096
    )
    BertModel(large).save_pretrained(folder)
    load_base(ModelSettings()).tokenizer.save_pretrained(folder)
    modules = [Transformer(str(folder)), Pooling(1024, "mean"), Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder))
    return str(folder)


def theirs(shape: Shape, pairs: int, folder: Path) -> float:
    """Return the seconds of an epoch by sentence-transformers' own trainer and loss."""
    from datasets import Dataset
    from sentence_transformers import (
        SentenceTransformerTrainer,
        SentenceTransformerTrainingArguments,
    )
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss

    from shortlist.training.base import load_base
    from shortlist.training.settings import ModelSettings
    from shortlist.training.trainable import prepare

    settings = ModelSettings(base=base(shape, folder / "base"), layers=shape.layers)
    model = load_base(settings)
    prepare(model, settings)
    trainer = SentenceTransformerTrainer(
        model=model,
        args=SentenceTransformerTrainingArguments(
            output_dir=str(folder / "out"),
            per_device_train_batch_size=BATCH,
            num_train_epochs=1,
            save_strategy="no",
            report_to="none",
            use_cpu=True,
            disable_tqdm=True,
        ),
        train_dataset=Dataset.from_dict({"job": texts(pairs, 1), "resume": texts(pairs, 2)}),
        loss=MultipleNegativesRankingLoss(model),
    )
    start = time.perf_counter()
    trainer.train()
    return time.perf_counter() - start


def ours(shape: Shape, pairs: int, folder: Path, *, cached: bool) -> float:
    """Return the seconds of the last of two epochs, without validation."""
    from transformers import TrainerCallback

    from shortlist.config import load
    from shortlist.dataset import Dataset
    from shortlist.dataset.folder import Split
    from shortlist.records import Judgment
    from shortlist.training.assemble import assemble
    from shortlist.training.settings import Settings

    jobs = {f"j{i}": text for i, text in enumerate(texts(pairs, 1))}
    resumes = {f"r{i}": text for i, text in enumerate(texts(pairs, 2))}
    judged = tuple(Judgment(f"j{i}", f"r{i}", 1.0) for i in range(pairs))
    split = Split(frozenset(jobs), frozenset(resumes))
    dataset = Dataset("invented", jobs, resumes, judged, {"train": split, "validation": split})
    settings = load(
        Settings,
        None,
        [f"model.base={base(shape, folder / 'base')!r}", f"model.layers={shape.layers}",
         "model.mask_policy=none", "data.hard_negatives=0", "optimizer.epochs=2",
         f"optimizer.batch={BATCH}", "optimizer.precision=auto", "optimizer.report_to=[]",
         f"optimizer.prefix_cache={'true' if cached else 'false'}"],
    )  # fmt: skip
    ends: list[float] = []

    class Clock(TrainerCallback):
        def on_epoch_begin(self, *_: object, **__: object) -> None:
            ends.append(time.perf_counter())

        def on_epoch_end(self, *_: object, **__: object) -> None:
            ends.append(time.perf_counter())

    loop = assemble(settings, dataset, {}, folder / "run")
    loop.trainer.remember, loop.trainer.after_checkpoint = dict, lambda: None
    loop.trainer.add_callback(Clock())
    loop.trainer.train()
    return ends[-1] - ends[-2]


def one(system: str, shape: Shape, pairs: int) -> None:
    """Print seconds and peak memory of one system, as JSON: what a child process does."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if system == SYSTEMS[0]:
            seconds = theirs(shape, pairs, folder)
        else:
            seconds = ours(shape, pairs, folder, cached=system == SYSTEMS[2])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(json.dumps({"pairs": pairs // BATCH * BATCH / seconds, "peak": peak}))


def main() -> None:
    """Run every system on every shape, and publish."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pairs", type=int, default=512)
    parser.add_argument("--system", type=int)
    parser.add_argument("--shape", type=int)
    asked = parser.parse_args()
    if asked.system is not None:
        one(SYSTEMS[asked.system], SHAPES[asked.shape], asked.pairs)
        return
    rows = []
    for number, shape in enumerate(SHAPES):
        pairs = asked.pairs if number == 0 else max(BATCH, asked.pairs // 8)
        for place, system in enumerate(SYSTEMS):
            line = [sys.executable, "-m", "benchmarks.training", "--pairs", str(pairs)]
            line += ["--system", str(place), "--shape", str(number)]
            done = subprocess.run(line, capture_output=True, text=True, check=True)
            found = json.loads(done.stdout.splitlines()[-1])
            what = f"training, {shape.name}, upper {shape.layers} layers"
            rows.append(Row(what, system, found["pairs"], n=pairs, unit="pairs/s"))
            rows.append(Row(f"{what}: peak memory", system, found["peak"], n=pairs, unit="GB"))
    publish("training", rows)


if __name__ == "__main__":
    main()
