"""Fits the levels of the scorer `evidence`: `python runs/skill_trees.py FOLDER [--check]`.

FOLDER is the model folder of the reader, which `runs/skill_reader.py` writes; the trees are added
to it as levels.onnx. For each of the levels 0 to 4, boosted trees give the chance that a skill is
above it (Frank and Hall 2001): a range counts for a level if it lies wholly above or not above it.
They are fitted on resumes whose writers the reader has not learned from: runs/skills/trees, the 39
of runs/skill_resumes.toml and generated ones. More evidence never lowers a level.

`--check` tells how they do on the 39 resumes and on each writer when these are left out.
"""

import argparse
import hashlib
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper
from skill_data import DATA, made
from skill_levels import INVENTED, SKILLS
from sklearn.ensemble import HistGradientBoostingClassifier

from shortlist.explain.skills import Rubrics, RuleScorer
from shortlist.explain.skills.evidence import LEVELS, EvidenceScorer, by_rules, values
from shortlist.explain.skills.known.generate import Options
from shortlist.explain.skills.known.truth import KnownResume, read_known
from shortlist.explain.skills.levels import each_level, of_any
from shortlist.explain.skills.rubrics import TOP
from shortlist.explain.skills.said import NAMES

WRITERS = DATA / "trees"
GENERATED = f"{SKILLS}, german"
SEED, RESUMES = 12, 120
WEIGHTS = {"invented": 3.0, "generated": 8.0}
"""What a skill of these counts; one of the writers counts 1."""
TREES = {
    "max_iter": 150, "learning_rate": 0.03, "max_leaf_nodes": 6, "min_samples_leaf": 20,
    "l2_regularization": 2.0, "random_state": 0,
}  # fmt: skip
RISING = ("level", "above", "places", "used", "sum", "time", "jobs", "rules")
FOLDS = 6


@dataclass(frozen=True, slots=True)
class Case:
    """A skill of a resume: what is read of it, and the range that is right."""

    source: str
    resume: str
    values: np.ndarray
    low: int
    high: int
    weight: float


def resumes_of(source: str) -> list[KnownResume]:
    """Return the resumes of a writer, the 39, or those that are generated."""
    if source == "invented":
        return read_known(INVENTED)
    if source == "generated":
        return list(made(GENERATED, Options(RESUMES, SEED), Rubrics.load()))
    return read_known(WRITERS / f"{source}.toml")


def cases(folder: Path, source: str) -> list[Case]:
    """Return what the reader and the rules find of resumes whose truth is known."""
    rules, rubrics = RuleScorer(), Rubrics.load()
    scorer = EvidenceScorer(rules, folder)
    found = []
    for known in resumes_of(source):
        truths = {truth.skill: truth for truth in known.truths}
        reading, judged = rules.judge(known.document(), list(truths), rubrics)
        left = [one for one in judged if not by_rules(reading, one)]
        for one, said in zip(left, scorer.read(reading, left), strict=True):
            low, high = truths[one.skill].low, truths[one.skill].high
            weight = WEIGHTS.get(source, 1.0)
            found.append(Case(source, known.id, values(one, said), low, high, weight))
    return found


def collected(folder: Path) -> list[Case]:
    """Return all cases, of several sources at a time."""
    sources = [*(p.stem for p in sorted(WRITERS.glob("*.toml"))), "invented", "generated"]
    with ProcessPoolExecutor() as workers:
        return list(chain.from_iterable(workers.map(partial(cases, folder), sources)))


def fitted(some: Sequence[Case]) -> list[HistGradientBoostingClassifier]:
    """Return the trees of each level."""
    x = np.array([case.values for case in some])
    low, high = (np.array([getattr(case, end) for case in some]) for end in ("low", "high"))
    weight = np.array([case.weight for case in some])
    rising = [int(name.startswith(RISING) and ": " not in name) for name in NAMES]
    models = []
    for k in range(TOP):
        known = (low > k) | (high <= k)
        model = HistGradientBoostingClassifier(monotonic_cst=rising, **TREES)
        models.append(model.fit(x[known], low[known] > k, sample_weight=weight[known]))
    return models


def levels(models: Sequence[HistGradientBoostingClassifier], some: Sequence[Case]) -> list[int]:
    """Return the levels that trees give."""
    x = np.array([case.values for case in some])
    above = np.stack([model.predict_proba(x)[:, 1] for model in models], axis=1)
    above = np.minimum.accumulate(above, axis=1)
    return [of_any(each_level(row)).score for row in above]


def checked(every: Sequence[Case]) -> Iterator[dict[str, Any]]:
    """Yield how trees do on writers, and on parts of the 39 resumes, that were left out."""
    invented = sorted({case.resume for case in every if case.source == "invented"})
    parts = {("invented", n): frozenset(invented[n::FOLDS]) for n in range(FOLDS)}
    for source in sorted({case.source for case in every} - {"invented"}):
        parts[source, 0] = frozenset(case.resume for case in every if case.source == source)
    rows: dict[str, list[tuple[Case, int]]] = {}
    for (source, _), left in parts.items():
        test = [case for case in every if case.resume in left and case.source == source]
        rest = [case for case in every if not (case.resume in left and case.source == source)]
        rows.setdefault(source, []).extend(zip(test, levels(fitted(rest), test), strict=True))
    for source, scored in rows.items():
        none = [score > 0 for case, score in scored if case.high == 0]
        hits = [case.low <= score <= case.high for case, score in scored]
        rules = [case.low <= case.values[NAMES.index("rules")] <= case.high for case, _ in scored]
        yield {
            "left out": source, "n": len(hits), "in range": round(float(np.mean(hits)), 3),
            "rules alone": round(float(np.mean(rules)), 3),
            "false credit": f"{sum(none)} of {len(none)}",
        }  # fmt: skip


def as_onnx(models: Sequence[HistGradientBoostingClassifier]) -> onnx.ModelProto:
    """Return trees as one graph: features [n, names] -> chances of a level above 0 to 4 [n, 5]."""
    keys = "treeids nodeids featureids values modes truenodeids falsenodeids".split()
    nodes: dict[str, list[Any]] = {key: [] for key in keys}
    leaves: dict[str, list[Any]] = {key: [] for key in "treeids nodeids ids weights".split()}
    tree = 0
    for target, model in enumerate(models):
        for (predictor,) in model._predictors:
            for at, node in enumerate(predictor.nodes):
                row = (tree, at, int(node["feature_idx"]), float(node["num_threshold"]),
                       "LEAF" if node["is_leaf"] else "BRANCH_LEQ",
                       int(node["left"]), int(node["right"]))  # fmt: skip
                for key, value in zip(keys, row, strict=True):
                    nodes[key].append(value)
                if node["is_leaf"]:
                    values = (tree, at, target, float(node["value"]))
                    for key, value in zip(leaves, values, strict=True):
                        leaves[key].append(value)
            tree += 1
    trees = helper.make_node(
        "TreeEnsembleRegressor", ["features"], ["logits"], domain="ai.onnx.ml", n_targets=TOP,
        aggregate_function="SUM", post_transform="NONE",
        base_values=[float(model._baseline_prediction.item()) for model in models],
        **{f"nodes_{key}": value for key, value in nodes.items()},
        **{f"target_{key}": value for key, value in leaves.items()},
    )  # fmt: skip
    graph = helper.make_graph(
        [trees, helper.make_node("Sigmoid", ["logits"], ["above"])],
        "levels",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["n", len(NAMES)])],
        [helper.make_tensor_value_info("above", TensorProto.FLOAT, ["n", TOP])],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=9)
    onnx.checker.check_model(model)
    return model


def add(model: onnx.ModelProto, folder: Path, every: Sequence[Case]) -> None:
    """Write the trees into the model folder, and their sha256 and data into its settings."""
    data = model.SerializeToString(deterministic=True)
    (folder / LEVELS).write_bytes(data)
    training = json.loads((folder / "training.json").read_text("utf-8"))
    counts = {s: sum(case.source == s for case in every) for s in {case.source for case in every}}
    training["levels"] = {"skills": dict(sorted(counts.items())), "weights": WEIGHTS, **TREES}
    text = json.dumps(training, indent=2) + "\n"
    (folder / "training.json").write_text(text, "utf-8")
    config = json.loads((folder / "config.json").read_text("utf-8"))
    config["files"][LEVELS] = hashlib.sha256(data).hexdigest()
    config["files"]["training.json"] = hashlib.sha256(text.encode()).hexdigest()
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", "utf-8")


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true", help="leave writers out, and tell")
    options = parser.parse_args()
    every = collected(options.folder)
    print(f"{len(every)} skills", flush=True)
    if options.check:
        for row in checked(every):
            print(json.dumps(row), flush=True)
    add(as_onnx(fitted(every)), options.folder, every)


if __name__ == "__main__":
    main()
