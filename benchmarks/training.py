"""Pairs a second and peak memory of training: `python -m benchmarks.training`.

(a) sentence-transformers' trainer in float32, (b) `shortlist train` without and (c) with the prefix
cache, on the same invented pairs of one chunk each, the same LoRA, dropout and batch: MiniLM with
the upper two of six layers, and a random encoder of BGE-large's shape with the upper four of 24.
Each runs in a process of its own and alone, and every epoch but the first is timed. (b) and (c)
compute in bfloat16 where the machine does. The cache of (c) is computed before the first epoch.
"""

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scipy import stats
from transformers import TrainerCallback

from benchmarks.results import Row, publish

BATCH = 16
SYSTEMS = ("sentence-transformers", "shortlist", "shortlist, prefix cache")


@dataclass(frozen=True)
class Shape:
    """An encoder, how many of its upper layers learn, and how much is timed."""

    name: str
    layers: int
    pairs: int
    epochs: int
    """Of which the first is not timed."""
    goal: float
    """How many times (a) the prefix cache is to reach."""


SHAPES = (Shape("MiniLM", 2, 192, 6, 3.0), Shape("BGE-large's shape", 4, 32, 4, 5.0))


@dataclass(frozen=True)
class Timing:
    """What a child process found."""

    rates: list[float]
    """Pairs a second, of each timed epoch."""
    before: float
    """Seconds from the loaded packages to the first epoch: model, texts, and the cache."""
    peak: float
    """GB."""


class Clock(TrainerCallback):
    """Notes when epochs begin and end."""

    def __init__(self) -> None:
        self.start = time.perf_counter()
        self.begun: list[float] = []
        self.ended: list[float] = []

    def on_epoch_begin(self, *_: object, **__: object) -> None:
        """Note the time."""
        self.begun.append(time.perf_counter())

    def on_epoch_end(self, *_: object, **__: object) -> None:
        """Note the time."""
        self.ended.append(time.perf_counter())

    def timing(self, pairs: int) -> Timing:
        """Return the rates of all epochs but the first."""
        whole = pairs // BATCH * BATCH
        took = [end - begin for begin, end in zip(self.begun, self.ended, strict=True)]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        return Timing([whole / each for each in took[1:]], self.begun[0] - self.start, peak)


def texts(count: int, seed: int) -> list[str]:
    """Return invented texts of 10 to 90 words, as long as chunks are."""
    draw = random.Random(seed)
    words = "team sales python nurse design audit plan cloud care data shift report budget".split()
    return [" ".join(draw.choices(words, k=draw.randint(10, 90))) for _ in range(count)]


def base(shape: Shape, folder: Path) -> str:
    """Return the name of a base model, or write a random one to the folder and return that."""
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


def theirs(shape: Shape, model_name: str, folder: Path) -> Timing:
    """Return the timing of sentence-transformers' own trainer and loss."""
    from datasets import Dataset
    from sentence_transformers import (
        SentenceTransformerTrainer,
        SentenceTransformerTrainingArguments,
    )
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss

    from shortlist.training.base import load_base
    from shortlist.training.settings import ModelSettings
    from shortlist.training.trainable import prepare

    clock = Clock()
    settings = ModelSettings(base=model_name, layers=shape.layers)
    model = load_base(settings)
    prepare(model, settings)
    jobs, resumes = texts(shape.pairs, 1), texts(shape.pairs, 2)
    SentenceTransformerTrainer(
        model=model,
        args=SentenceTransformerTrainingArguments(
            output_dir=str(folder / "out"),
            per_device_train_batch_size=BATCH,
            num_train_epochs=shape.epochs,
            save_strategy="no",
            report_to="none",
            use_cpu=True,
            disable_tqdm=True,
        ),
        train_dataset=Dataset.from_dict({"job": jobs, "resume": resumes}),
        loss=MultipleNegativesRankingLoss(model),
        callbacks=[clock],
    ).train()
    return clock.timing(shape.pairs)


def ours(shape: Shape, model_name: str, folder: Path, *, cached: bool) -> Timing:
    """Return the timing of `shortlist train`, without validation."""
    from shortlist.config import load
    from shortlist.dataset import Dataset
    from shortlist.dataset.folder import Split
    from shortlist.records import Judgment
    from shortlist.training.assemble import assemble
    from shortlist.training.settings import Settings

    clock = Clock()
    pairs = shape.pairs
    jobs = {f"j{i}": text for i, text in enumerate(texts(pairs, 1))}
    resumes = {f"r{i}": text for i, text in enumerate(texts(pairs, 2))}
    judged = tuple(Judgment(f"j{i}", f"r{i}", 1.0) for i in range(pairs))
    split = Split(frozenset(jobs), frozenset(resumes))
    dataset = Dataset("invented", jobs, resumes, judged, {"train": split, "validation": split})
    settings = load(
        Settings,
        None,
        [f"model.base={model_name!r}", f"model.layers={shape.layers}",
         "model.mask_policy=none", "data.hard_negatives=0", f"optimizer.epochs={shape.epochs}",
         f"optimizer.batch={BATCH}", "optimizer.precision=auto", "optimizer.report_to=[]",
         f"optimizer.prefix_cache={'true' if cached else 'false'}"],
    )  # fmt: skip
    loop = assemble(settings, dataset, {}, folder / "run")
    loop.trainer.remember, loop.trainer.after_checkpoint = dict, lambda: None
    loop.trainer.add_callback(clock)
    loop.trainer.train()
    return clock.timing(pairs)


def one(place: int, shape: Shape, model_name: str) -> None:
    """Print the timing of one system, as JSON: what a child process does."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if place == 0:
            found = theirs(shape, model_name, folder)
        else:
            found = ours(shape, model_name, folder, cached=place == 2)
    print(json.dumps(vars(found)))


def timed(place: int, number: int, model_name: str) -> Timing:
    """Return the timing of a system in a process of its own."""
    line = [sys.executable, "-m", "benchmarks.training", "--system", str(place)]
    line += ["--shape", str(number), "--base", model_name]
    done = subprocess.run(line, stdout=subprocess.PIPE, text=True, check=True)
    return Timing(**json.loads(done.stdout.splitlines()[-1]))


def rows_of(shape: Shape, found: Mapping[str, Timing]) -> Iterator[Row]:
    """Yield the rows of a shape. Intervals are Student's, over epochs; of ratios, Welch's."""
    what = f"training, {shape.name}, upper {shape.layers} layers"
    slow = [math.log(rate) for rate in found[SYSTEMS[0]].rates]
    for system, timing in found.items():
        logs = [math.log(rate) for rate in timing.rates]
        low, high = stats.t.interval(
            0.95, len(logs) - 1, float(stats.tmean(logs)), float(stats.sem(logs))
        )
        middle = math.exp(stats.tmean(logs))
        yield Row(
            what, system, middle, math.exp(low), math.exp(high), n=shape.pairs, unit="pairs/s"
        )
        yield Row(f"{what}: peak memory", system, timing.peak, n=shape.pairs, unit="GB")
        yield Row(f"{what}: before the first epoch", system, timing.before, n=shape.pairs, unit="s")
        if system != SYSTEMS[0]:
            faster = stats.ttest_ind(logs, slow, equal_var=False)
            within = faster.confidence_interval()
            yield Row(
                f"{what}: times {SYSTEMS[0]}", system, middle / math.exp(stats.tmean(slow)),
                math.exp(within.low), math.exp(within.high), n=shape.pairs, unit="x",
                note=f"goal of the prefix cache: {shape.goal:g}",
            )  # fmt: skip


def main() -> None:
    """Run every system on every shape, and publish."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--system", type=int)
    parser.add_argument("--shape", type=int)
    parser.add_argument("--base")
    asked = parser.parse_args()
    if asked.base is not None:
        one(asked.system, SHAPES[asked.shape], asked.base)
        return
    rows: list[Row] = []
    for number, shape in enumerate(SHAPES):
        with tempfile.TemporaryDirectory() as name:
            model_name = base(shape, Path(name))
            found = {
                system: timed(place, number, model_name) for place, system in enumerate(SYSTEMS)
            }
        rows += rows_of(shape, found)
    publish("training", rows)


if __name__ == "__main__":
    main()
