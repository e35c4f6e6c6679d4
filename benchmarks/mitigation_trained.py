"""The same bias, with the encoder's own layers learning: `python -m benchmarks.mitigation_trained`.

What `mitigation.py` shows for a layer behind the frozen encoder, shown once more by `shortlist
train` itself: the upper layers of MiniLM learn from the biased labels, by LoRA, and what its model
folder serves is measured. World, groups, labels, parts, measures and intervals are those of
`mitigation.py`; proxies alone, for a school that is masked is shown there to change no score. A
run takes minutes, so there are fewer methods and seeds, and each term has one strength, the one
that `mitigation.py` chose.
"""

import argparse
import logging
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from benchmarks.frozen_layer import Recipe, Served
from benchmarks.mitigation import CLEAN, PLAIN, Runs, leakage, measured, rows_of, shift
from benchmarks.planted import Flags, Integers, World, worlds
from benchmarks.results import data_folder, publish
from shortlist.dataset.folder import Dataset, Split, write_dataset
from shortlist.encoding import Encoder
from shortlist.masking import Masker
from shortlist.records import Document, Judgment
from shortlist.training import Settings, train
from shortlist.training.settings import (
    DataSettings,
    ModelSettings,
    ObjectiveSettings,
    OptimizerSettings,
    Weights,
)

POLICY = "standard"
GROUPS = ("first", "second")
ATTRIBUTE, CATEGORY = "planted", "category"

MEANS = {
    "stock, not trained": Recipe("", Weights(), POLICY, steps=0),
    CLEAN: Recipe("", Weights(match=1.0), POLICY, bias=False),
    PLAIN: Recipe("", Weights(match=1.0), POLICY),
    "erasure (LEACE)": Recipe("", Weights(match=1.0), POLICY, erase=True),
    "gap": Recipe("", Weights(match=1.0, gap=3.0, gap_squared=3.0), POLICY),
}
"""Masking hides no proxy. A recipe of 0 steps is not trained, the others for some epochs."""


def main() -> None:
    """Train, measure and publish."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--each", type=int, default=200, help="resumes of a category, at most")
    parser.add_argument("--epochs", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(1)
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    world = worlds(data_folder(), Encoder.load(), each=args.each)[1]
    world = replace(world, name="encoder's layers, proxies")
    table = []
    for method, recipe in MEANS.items():
        runs = [_measured(world, recipe, seed, args.epochs) for seed in range(args.seeds)]
        made = {key: np.stack([one[key] for one in runs]) for key in runs[0]}
        table.append(Runs(method, "", {}, made))
        gap, ndcg = made["exposure"].mean(), made["ndcg"].mean()
        print(f"{method}: nDCG@10 {ndcg:.3f}, exposure gap {gap:.3f}", file=sys.stderr)
    publish("mitigation-trained", list(rows_of(world, table)))


def _measured(world: World, recipe: Recipe, seed: int, epochs: int) -> dict[str, np.ndarray]:
    group = world.groups(seed)
    with tempfile.TemporaryDirectory() as place:
        encoder = _trained(world, recipe, seed, epochs, Path(place)) if recipe.steps else None
        served = _served(world, encoder or Encoder.load(), group)
    scores = (served.jobs @ served.resumes.T).astype(np.float64)
    found = measured(world, scores, group, "test")
    found |= {"shift": shift(world, served)}
    return found | {"leakage": np.array([leakage(world, served, group)])}


def _trained(world: World, recipe: Recipe, seed: int, epochs: int, place: Path) -> Encoder:
    """Return the encoder of the model folder that a run of `shortlist train` leaves."""
    group = world.groups(seed)
    told = world.labels(group, seed) if recipe.bias else world.fits
    data = place / "data"
    write_dataset(
        Dataset(
            "planted",
            {str(i): post.text for i, post in enumerate(world.posts)},
            {str(i): world.versions[of][i].text for i, of in enumerate(group)},
            tuple(_judgments(world, told, seed)),
            {part: _split(world, part) for part in ("train", "validation")},
        ),
        data,
        groups={
            ATTRIBUTE: {str(i): GROUPS[of] for i, of in enumerate(group)},
            CATEGORY: {str(i): str(of) for i, of in enumerate(world.category)},
        },
    )
    train(_settings(recipe, seed, epochs), data, place / "run")
    return Encoder.load(place / "run" / "best_model")


def _settings(recipe: Recipe, seed: int, epochs: int) -> Settings:
    return Settings(
        seed=seed,
        model=ModelSettings(mask_policy=POLICY, layers=2),
        data=DataSettings(attributes=(ATTRIBUTE,), same=CATEGORY, hard_negatives=1, chunks=2),
        objective=ObjectiveSettings(weights=recipe.weights, erase=recipe.erase),
        optimizer=OptimizerSettings(
            epochs=epochs, rate=2e-4, precision="auto", prefix_cache=True, report_to=()
        ),
    )


def _judgments(world: World, told: Flags, seed: int) -> Iterator[Judgment]:
    """Yield what training is told of some resumes of each job of its two parts."""
    rng = np.random.default_rng([seed, 2])
    for part in ("train", "validation"):
        for job, applicants in world.applicants(part, rng):
            for one in applicants:
                yield Judgment(str(job), str(one), float(told[job, one]))


def _split(world: World, part: str) -> Split:
    jobs, resumes = (
        frozenset(map(str, world.of(kind, part).tolist())) for kind in ("job", "resume")
    )
    return Split(jobs, resumes)


def _served(world: World, encoder: Encoder, group: Integers) -> Served:
    """Return the vectors of all texts; only those of the test part are looked at."""
    mask = Masker(POLICY)
    dimension = encoder.config.dimension
    jobs = np.zeros((len(world.posts), dimension), np.float32)
    at = world.of("job", "test")
    jobs[at] = encoder.encode_jobs([mask(world.posts[job]) for job in at])
    people = world.of("resume", "test")
    texts = [_version(world, group, person) for person in people]
    others = [_version(world, 1 - group, person) for person in people]
    both = encoder.encode_resumes([mask(text) for text in (*texts, *others)])
    resumes = np.zeros((2, len(group), dimension), np.float32)
    resumes[:, people] = both.reshape(2, len(people), dimension)
    return Served(jobs, resumes[0], resumes[1])


def _version(world: World, group: Integers, person: int) -> Document:
    chosen: Document = world.versions[group[person]][person]
    return chosen


if __name__ == "__main__":
    main()
