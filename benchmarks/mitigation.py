"""What each means of mitigation does about a planted bias: `python -m benchmarks.mitigation`.

Groups are planted in real resumes and half of the second group's fitting resumes are rejected in
the labels that are learned from (`planted.py`). A linear layer behind the frozen encoder learns
from these labels (`frozen_layer.py`), each method on the same seeds: of groups, labels, batches
and adversaries. Jobs and resumes that are reported were not seen, and their labels are clean.

Of a term with several strengths, all are in the plot. The table has the one that the validation
part chooses: of those that lose no more than 1 % of nDCG@10 there, the one with the least gap.
Gaps are the first group's less the second's. Intervals resample seeds and jobs.
"""

import argparse
import logging
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import get_args

import numpy as np
import numpy.typing as npt
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from benchmarks.frozen_layer import Recipe, Served, train
from benchmarks.matching_systems import System, systems
from benchmarks.mitigation_plot import draw
from benchmarks.planted import Flags, Integers, World, worlds
from benchmarks.results import Row, data_folder, publish
from shortlist.audit.mitigation import group_thresholds
from shortlist.encoding import Encoder, Runtime
from shortlist.evaluation.scores import scores_of
from shortlist.matcher import Matcher
from shortlist.training.settings import Weights

Floats = npt.NDArray[np.float64]

Means = Callable[[Floats], Floats]
"""Values [S, J] or [S, 1] to their mean, or to that of each resample."""

RATE = 0.1
"""The share of each job's resumes that is selected, and whose attention counts as exposure."""
DEPTH = 10
RESAMPLES = 4000
MOST_LOST = 0.01
PLAIN, CLEAN, THRESHOLDS = "none", "clean labels", "group thresholds (analysis)"
GAPS = ("parity", "exposure")
SCORED_ONLY = ("BM25", "TF-IDF", "length", "random")
MEASURES = {
    "auc": "AUC",
    "ndcg": "nDCG@10",
    "parity": "parity gap",
    "odds": "odds gap",
    "exposure": "exposure gap",
    "shift": "shift, SD",
    "leakage": "leakage AUC",
}
COMPARED = "compared: "
VECTORS_ONLY = ("shift, SD", "leakage AUC")


def recipes() -> dict[str, list[Recipe]]:
    """Return every method with its strengths, controls first."""
    learn = partial(Weights, contrastive=1.0, match=1.0)
    made: dict[str, list[Recipe]] = {
        "stock, not trained": [Recipe("", learn(), steps=0)],
        CLEAN: [Recipe("", learn(), bias=False)],
        PLAIN: [Recipe("", learn())],
        "masking": [Recipe("", learn(), policy="standard")],
        "erasure (LEACE)": [Recipe("", learn(), erase=True)],
        "adversary": [Recipe(f"{x:g}", learn(adversary=x)) for x in (0.3, 1.0, 10.0)],
        "multi-task head": [Recipe(f"{x:g}", learn(attribute=x)) for x in (0.2, 1.0)],
        "parity and odds": [Recipe(f"{x:g}", learn(parity=x, odds=x)) for x in (1.0, 10.0, 100.0)],
        "gap": [Recipe(f"{x:g}", learn(gap=x, gap_squared=x)) for x in (0.3, 1.0, 3.0)],
        "MinDiff": [Recipe(f"{x:g}", learn(mmd=x)) for x in (0.3, 1.0, 3.0)],
    }
    document = {"adversary": 0.5, "attribute": 0.2, "parity": 0.3, "odds": 0.3}
    document |= {"gap": 0.05, "gap_squared": 0.03}
    made["document 000, all"] = [Recipe("", learn(**document), policy="standard")]
    made["masking and erasure"] = [Recipe("", learn(), policy="standard", erase=True)]
    added = {"adversary": {"adversary": 1.0}, "gap": {"gap": 0.3, "gap_squared": 0.3}}
    added |= {"MinDiff": {"mmd": 1.0}, "parity and odds": {"parity": 1.0, "odds": 1.0}}
    for name, weights in added.items():
        both = Recipe("", learn(**weights), policy="standard", erase=True)
        made[f"masking, erasure and {name}"] = [both]
    return made


@dataclass(frozen=True)
class Runs:
    """What a method gave at one strength: measure -> [seeds, jobs], or [seeds, 1] for leakage."""

    method: str
    strength: str
    validation: Mapping[str, Floats]
    test: Mapping[str, Floats]


def measured(world: World, scores: Floats, group: Integers, part: str) -> dict[str, Floats]:
    """Return the measures of each job of a part [jobs], from scores [J, R] of all."""
    jobs, people = world.of("job", part), world.of("resume", part)
    score, fits, first = (
        scores[np.ix_(jobs, people)],
        world.fits[np.ix_(jobs, people)],
        group[people] == 0,
    )
    order = np.argsort(-score, axis=1, kind="stable")
    rank = np.argsort(order, axis=1)
    selected = rank < max(1, round(RATE * len(people)))
    attention = np.where(selected, 1 / np.log2(rank + 2), 0.0)
    discount = 1 / np.log2(np.arange(2, DEPTH + 2))
    gains = np.take_along_axis(fits, order[:, :DEPTH], axis=1) * discount
    ideal = np.array([discount[: min(DEPTH, n)].sum() for n in fits.sum(axis=1)])
    odds = [_gap(selected & among, first, among) for among in (fits, ~fits)]
    everyone = np.ones_like(fits)
    return {
        "auc": np.array([roc_auc_score(f, s) for f, s in zip(fits, score, strict=True)]),
        "ndcg": gains.sum(axis=1) / ideal,
        "parity": _gap(selected, first, everyone),
        "odds": (odds[0] + odds[1]) / 2,
        "exposure": _gap(attention, first, everyone) / attention.mean(axis=1),
    }


def _gap(values: npt.NDArray[np.generic], first: Flags, among: Flags) -> Floats:
    """Return the mean of the first group among some, less the second's [jobs]."""
    means = [
        (values * (among & member)).sum(axis=1) / np.maximum(1, (among & member).sum(axis=1))
        for member in (first, ~first)
    ]
    difference: Floats = means[0] - means[1]
    return difference


def leakage(world: World, served: Served, group: Integers) -> float:
    """Return how well a logistic regression tells the group of unseen test resumes."""
    rows = world.of("resume", "test")
    vectors = served.resumes[rows] * np.sqrt(served.resumes.shape[1])
    shares = cross_val_predict(
        LogisticRegression(C=0.01, max_iter=500), vectors, group[rows], method="predict_proba"
    )
    return float(roc_auc_score(group[rows], shares[:, 1]))


def shift(world: World, served: Served) -> Floats:
    """Return by how much a test resume's score moves as a member of the other group [jobs]."""
    jobs, people = world.of("job", "test"), world.of("resume", "test")
    score = served.jobs[jobs] @ served.resumes[people].T
    other = served.jobs[jobs] @ served.other[people].T
    moved: Floats = np.abs(other - score).mean(axis=1) / score.std(axis=1)
    return moved.astype(np.float64)


def with_thresholds(world: World, scores: Floats, group: Integers) -> Floats:
    """Return scores by their distance to the threshold of the person's group, for each job."""
    moved = scores.copy()
    names = np.array(["first", "second"])
    for part in ("validation", "test"):
        people = world.of("resume", part)
        ids = [str(person) for person in people]
        values = {id: str(names[group[person]]) for id, person in zip(ids, people, strict=True)}
        for job in world.of("job", part):
            pool = scores_of("planted", [str(job)] * len(ids), ids, scores[job, people])
            own = {of.group: of.threshold for of in group_thresholds(pool, values, rate=RATE)}
            moved[job, people] -= [own[values[id]] for id in ids]
    return moved


def run(world: World, method: str, recipe: Recipe, seeds: range) -> Iterator[Runs]:
    """Yield a method's runs; plain training's also with thresholds for each group."""
    found: dict[str, list[dict[str, Floats]]] = {}
    for seed in seeds:
        group, served = world.groups(seed), train(world, recipe, seed)
        scores = (served.jobs @ served.resumes.T).astype(np.float64)
        also = {"shift": shift(world, served), "leakage": np.array([leakage(world, served, group)])}
        ranked = {method: scores}
        if method == PLAIN:
            ranked[THRESHOLDS] = with_thresholds(world, scores, group)
        for name, by in ranked.items():
            found.setdefault(name, []).append(measured(world, by, group, "validation"))
            found.setdefault(f"{name} test", []).append(
                measured(world, by, group, "test") | (also if name == method else {})
            )
    for name in (method, THRESHOLDS):
        if name in found:
            yield Runs(name, recipe.name, _stacked(found[name]), _stacked(found[f"{name} test"]))


def control(world: World, name: str, system: System, seeds: range) -> Runs:
    """Return what a system that learns nothing does, on the texts as they are."""
    jobs, people = world.of("job", "test"), world.of("resume", "test")
    found = []
    for seed in seeds:
        group = world.groups(seed)
        scores = np.zeros(world.fits.shape)
        pool = [world.versions[group[person]][person] for person in people]
        scores[np.ix_(jobs, people)] = system([world.posts[job] for job in jobs], pool)
        found.append(measured(world, scores, group, "test"))
    return Runs(name, "", {}, _stacked(found))


def _stacked(each: Sequence[Mapping[str, Floats]]) -> dict[str, Floats]:
    return {name: np.stack([one[name] for one in each]) for name in each[0]}


def chosen(runs: Sequence[Runs], plain: Runs) -> Runs:
    """Return the strength that the validation part chooses."""
    least = (1 - MOST_LOST) * plain.validation["ndcg"].mean()
    kept = [one for one in runs if one.validation["ndcg"].mean() >= least]
    return min(kept or runs[:1], key=lambda one: abs(one.validation["exposure"].mean()))


@dataclass(frozen=True)
class Resampled:
    """Weights of seeds [RESAMPLES, S] and of jobs [RESAMPLES, J], the same for all methods."""

    seeds: Floats
    jobs: Floats

    @classmethod
    def of(cls, seeds: int, jobs: int) -> "Resampled":
        """Draw them."""
        rng = np.random.default_rng(0)
        drawn = [rng.multinomial(n, np.full(n, 1 / n), RESAMPLES) / n for n in (seeds, jobs)]
        return cls(*drawn)

    def means(self, values: Floats) -> Floats:
        """Return the mean in each resample [RESAMPLES] of values [S, J] or [S, 1]."""
        by_job = self.jobs if values.shape[1] > 1 else np.ones((RESAMPLES, 1))
        means: Floats = ((self.seeds @ values) * by_job).sum(axis=1)
        return means


Estimate = Callable[[Mapping[str, Floats], Means], Floats]


def estimates(plain: Mapping[str, Floats], clean: Mapping[str, Floats]) -> dict[str, Estimate]:
    """Return what is said of a method: by itself, and against two others on the same seeds."""
    made: dict[str, Estimate] = {
        words: lambda of, mean, key=key: mean(of[key]) for key, words in MEASURES.items()
    }
    for key in GAPS:
        made[f"{COMPARED}{MEASURES[key]} as a share of plain training's"] = (
            lambda of, mean, key=key: abs(mean(of[key])) / abs(mean(plain[key]))
        )
        made[f"{COMPARED}{MEASURES[key]} less that of clean labels"] = lambda of, mean, key=key: (
            mean(of[key] - clean[key])
        )
    made[f"{COMPARED}change of nDCG@10"] = lambda of, mean: (
        mean(of["ndcg"]) / mean(plain["ndcg"]) - 1
    )
    return made


def rows_of(world: World, table: Sequence[Runs]) -> Iterator[Row]:
    """Yield the estimates of every method with their intervals."""
    by_name = {one.method: one.test for one in table}
    draws = Resampled.of(*by_name[PLAIN]["ndcg"].shape)
    jobs, people = len(draws.jobs[0]), len(world.of("resume", "test"))
    note = f"n: jobs, each with {people} resumes, for {len(draws.seeds[0])} seeds"
    for words, estimate in estimates(by_name[PLAIN], by_name[CLEAN]).items():
        for one in table:
            if one.method in (*SCORED_ONLY, THRESHOLDS) and words in VECTORS_ONLY:
                continue
            value = float(estimate(one.test, lambda values: values.mean(keepdims=True).ravel())[0])
            low, high = np.quantile(estimate(one.test, draws.means), (0.025, 0.975))
            name = f"{one.method}, {one.strength}" if one.strength else one.method
            yield Row(
                f"{world.name} {words}" if words.startswith(COMPARED) else f"{world.name}: {words}",
                name,
                value,
                low,
                high,
                jobs,
                note=note,
            )


def main() -> None:
    """Train, measure, publish and draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--each", type=int, default=200, help="resumes of a category, at most")
    parser.add_argument("--plot", type=Path, default=Path("docs/images/mitigation.png"))
    parser.add_argument("--runtime", choices=get_args(Runtime), default="onnxruntime")
    args = parser.parse_args()
    data, seeds = data_folder(), range(args.seeds)
    torch.set_num_threads(1)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    controls = {k: v for k, v in systems(Matcher.load()).items() if k in SCORED_ONLY}
    rows: list[Row] = []
    drawn: dict[str, list[Runs]] = {}
    for world in worlds(data, Encoder.load(runtime=args.runtime), each=args.each):
        rows.append(
            Row(
                f"{world.name} versions: one text once masked",
                "both versions",
                world.hidden,
                n=len(world.category),
            )
        )
        table = [control(world, name, system, seeds) for name, system in controls.items()]
        every: dict[str, list[Runs]] = {}
        for method, strengths in recipes().items():
            for recipe in strengths:
                for one in run(world, method, recipe, seeds):
                    every.setdefault(one.method, []).append(one)
                    logging.info(
                        "%s: %s %s: nDCG@10 %.3f, exposure gap %.3f", world.name, one.method,
                        one.strength, one.test["ndcg"].mean(), one.test["exposure"].mean(),
                    )  # fmt: skip
        plain = every[PLAIN][0]
        table += [chosen(runs, plain) for runs in every.values()]
        drawn[world.name] = [one for runs in every.values() for one in runs]
        rows += rows_of(world, table)
    publish("mitigation", rows)
    draw(drawn, args.plot)


if __name__ == "__main__":
    main()
