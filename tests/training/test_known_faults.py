"""Faults of earlier systems, each with the number that design/reference_systems.md gives it."""

import importlib
import json
import pkgutil
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn.functional import normalize

import shortlist.training
from shortlist.config import load
from shortlist.dataset import Dataset, read_dataset
from shortlist.dataset.groups import read_groups
from shortlist.dataset.splits import leaks, split_dataset
from shortlist.evaluation.calibration import fit_temperature
from shortlist.evaluation.pairs import Pairs
from shortlist.training import Settings, train
from shortlist.training.base import load_base
from shortlist.training.contrastive import Contrastive
from shortlist.training.corpus import Corpus, Reader, read_corpus
from shortlist.training.match import Calibrated
from shortlist.training.objective import Case, Objective
from shortlist.training.order import Batches
from shortlist.training.rates import gap, odds, parity
from shortlist.training.selection import Epoch, select, should_stop
from shortlist.training.settings import DataSettings, ObjectiveSettings, SelectionSettings, Weights
from shortlist.training.trainable import prepare
from shortlist.training.trainer import rate_groups
from shortlist.training.validation import Validator
from shortlist.training.vectors import Vectorizer
from shortlist.training.weighting import Weighting
from training.tiny_base import recipe

ROOT = Path(__file__).parent.parent.parent
TIER = "data.attributes=['tier']"


def objective(base: Path, corpus: Corpus, **weights: float) -> Objective:
    settings = recipe(base, TIER)
    model = load_base(settings.model)
    prepare(model, settings.model)
    terms = ObjectiveSettings(Weights(**weights), warmup=0.0)
    vectorizer = Vectorizer(1024)
    return Objective(
        model, corpus, terms, weighting=Weighting(terms, 1), vectorizer=vectorizer
    ).train()


def case(corpus: Corpus, width: int = 32) -> Case:
    """Eight fitting pairs and as many hard negatives, with random vectors."""
    torch.manual_seed(0)
    jobs, resumes = torch.randn(8, width), torch.randn(16, width)
    job = torch.from_numpy(corpus.job[corpus.fits][:8])
    resume = torch.from_numpy(
        np.concatenate([corpus.resume[corpus.fits][:8], corpus.resume[~corpus.fits][:8]])
    )
    rows = torch.arange(8)
    return Case(
        normalize(jobs, dim=-1),
        normalize(resumes, dim=-1).requires_grad_(),
        job,
        resume,
        pair_job=torch.cat([rows, rows]),
        pair_resume=torch.arange(16),
        pair_fits=torch.arange(16) < 8,
    )


def test_18_the_adversary_has_an_output_for_every_group(base: Path, corpus: Corpus) -> None:
    """It had two for three groups; the third group's targets were out of range."""
    made = objective(base, corpus, adversary=1.0)
    (adversary,) = made.adversaries
    assert adversary.layers[-1].out_features == len(corpus.groupings[0].names) == 3
    alone = torch.full((1,), 2)
    assert torch.isfinite(adversary.deceive(torch.randn(1, 32), alone))


@pytest.mark.parametrize("term", [parity, gap, odds])
def test_19_every_rate_has_a_gradient(term) -> None:  # type: ignore[no-untyped-def]
    """Gaps were computed without a graph, odds from hard decisions."""
    probability = torch.tensor([0.9, 0.2, 0.7, 0.4], requires_grad=True)
    group, fits = torch.tensor([0, 1, 0, 1]), torch.tensor([True, True, False, False])
    more = (fits,) if term is odds else ()
    (found,) = torch.autograd.grad(term(probability, group, 2, *more), probability)
    assert (found != 0).all()


def test_19_a_weight_counts_once(base: Path, corpus: Corpus) -> None:
    """Parity was multiplied by its weight twice: 0.3 was 0.09."""
    one = objective(base, corpus, parity=1.0).terms(case(corpus))["parity"]
    less = objective(base, corpus, parity=0.3).terms(case(corpus))["parity"]
    assert float(less.detach()) == pytest.approx(0.3 * float(one.detach()))


def test_20_the_adversary_sees_the_vector_that_is_scored(base: Path, corpus: Corpus) -> None:
    """It saw a projection of its own, which could hide the group and leave the score as it was."""
    made, of = objective(base, corpus, adversary=1.0), case(corpus)
    seen = []
    (adversary,) = made.adversaries
    adversary.layers[0].register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    term = made.terms(of)["adversary"]
    assert len(seen) == 2  # the discriminator's step, and the reversal
    assert all(torch.equal(vectors, of.resumes) for vectors in seen)
    assert torch.equal(of.cosine, of.jobs @ seen[1].T)
    (found,) = torch.autograd.grad(term, of.resumes)
    assert found.any()


def test_20_no_head_teaches_the_group_unless_asked() -> None:
    assert Weights().attribute == 0


def test_21_later_epochs_can_win_and_the_last_one_counts() -> None:
    """Scores were scaled by the range so far, so that epoch 2 could not be beaten, and training
    stopped before the last epoch was looked at."""
    settings = SelectionSettings(patience=2, gap_threshold=0.12, window=(3, 5))
    epochs = [
        Epoch(1, 0.50, 0.20), Epoch(2, 0.60, 0.15), Epoch(3, 0.55, 0.10), Epoch(4, 0.61, 0.11),
    ]  # fmt: skip
    assert not should_stop(epochs, settings)
    chosen = select(epochs, settings)
    assert chosen["best_model"] == chosen["best_util_model"] == chosen["window_best_model"] == 4
    last = [*epochs, Epoch(5, 0.5, 0.05), Epoch(6, 0.5, 0.02)]
    assert should_stop(last, settings)
    assert select(last, settings)["best_fairness_model"] == 6
    alone = [epoch.mix(0.7) for epoch in epochs]
    assert alone == [epoch.mix(0.7) for epoch in last[:4]]  # no history in it


def test_21_the_cap_acts_below_the_target_weight() -> None:
    """The cap was the target, and its trigger an accuracy that tuning drove to one half."""
    settings = ObjectiveSettings(Weights(adversary=0.5), warmup=0, adversary_cap=0.2)
    weighting = Weighting(settings, 1)
    weighting.after_epoch(0.01, ndcg=0.4, best=0.5, threshold=0.12)
    assert weighting.now("adversary") == 0.2


def test_21_a_threshold_belongs_to_the_calibration_of_its_epoch(
    base: Path, dataset: Path, tmp_path: Path
) -> None:
    """The temperature was fitted once, and thresholds were applied to other probabilities."""
    settings = recipe(base, TIER, "objective.weights.match=1")
    rows = train(settings, dataset, tmp_path / "run").history.rows
    temperatures = {row.validation.calibrating.temperature for row in rows}
    assert len(temperatures) == len(rows) == 2
    best = json.loads((tmp_path / "run/best_model/config.json").read_text())["calibration"]
    number = json.loads((tmp_path / "run/training_history.json").read_text())["chosen"]
    served = rows[number["best_model"] - 1].validation.calibrating.served
    assert (best["slope"], best["intercept"]) == (served.slope, served.intercept)


def test_21_a_temperature_is_fitted_on_the_scores_that_it_scales() -> None:
    rng = np.random.default_rng(0)
    score = rng.normal(size=4000)
    fits = (rng.random(4000) < 1 / (1 + np.exp(-score / 3))).astype(float)
    pairs = Pairs(1 / (1 + np.exp(-score)), fits, np.zeros(4000, np.int64))
    assert fit_temperature(pairs).temperature == pytest.approx(3, rel=0.15)


def test_21_balanced_views_are_of_the_same_people_in_each_epoch(base: Path, dataset: Path) -> None:
    """Each epoch had another seed, so that its gap was not comparable with the last one's."""
    settings = recipe(base, TIER, "selection.min_n=1")
    model = load_base(settings.model)
    groups = read_groups(dataset / "groups.csv")
    reader = Reader(model, settings.model)
    of = read_corpus(read_dataset(dataset), "validation", groups, reader, settings=settings.data)
    known = {"tier": groups["tier"]}
    validator = Validator(of, known, settings.selection, seed=3, vectorizer=Vectorizer(1024))
    first, again = (validator(model, Calibrated(), learned=False) for _ in range(2))
    assert first.gap_balanced is not None
    assert first == again


def test_21_batches_are_drawn_anew_in_each_epoch(corpus: Corpus) -> None:
    rows = np.flatnonzero(corpus.fits)
    order = Batches(rows, corpus, 4, DataSettings(attributes=("tier",), order="minority"), 1)
    first = list(order)
    order.set_epoch(1)
    assert list(order) != first


def test_21_settings_of_lora_and_rates_are_those_that_are_used(base: Path, corpus: Corpus) -> None:
    """Rank and targets of the settings were ignored, and the rate moved the adversary alone."""
    settings = recipe(base, "model.lora_rank=3", "model.lora_targets=['query']").model
    model = load_base(settings)
    prepare(model, settings)
    learning = {n: p for n, p in model.named_parameters() if p.requires_grad}
    assert learning and all("query.lora_" in name for name in learning)
    assert {min(weights.shape) for weights in learning.values()} == {3}
    made = objective(base, corpus, contrastive=1.0, adversary=1.0)
    of = replace(recipe(base).optimizer, rate=0.123)
    groups = rate_groups(made, of, ["encoder.layer.0", "encoder.layer.1"])
    moved = {id(p): group["lr"] for group in groups for p in group["params"]}
    lora = [p for name, p in made.model.named_parameters() if "lora_" in name]
    assert {moved[id(p)] for p in lora} == {0.123}


def test_21_nothing_is_unpickled() -> None:
    for path in (ROOT / "src/shortlist/training").glob("*.py"):
        assert not re.search(r"\btorch\.load\(|\bpickle\b", path.read_text("utf-8")), path.name


def test_22_every_module_is_there_and_every_recipe_is_read() -> None:
    """Modules imported what did not exist, and a script read settings that were no such file."""
    names = [found.name for found in pkgutil.iter_modules(shortlist.training.__path__)]
    assert len(names) > 20
    for name in names:
        importlib.import_module(f"shortlist.training.{name}")
    recipes = [
        path
        for path in sorted((ROOT / "runs").glob("*.toml"))
        if "[model]" in path.read_text("utf-8")
    ]
    assert len(recipes) > 4
    for path in recipes:
        assert load(Settings, path).model.base


def test_c2_the_loss_has_a_temperature() -> None:
    cosine = torch.eye(3)
    others = ~torch.eye(3, dtype=torch.bool)
    cold, warm = (Contrastive(t)(cosine, others, others) for t in (0.05, 1.0))
    assert float(cold.detach()) < 1e-6 < float(warm.detach())


def test_c2_resumes_of_the_same_category_are_no_negatives(base: Path, corpus: Corpus) -> None:
    made, of = objective(base, corpus, contrastive=1.0), case(corpus)
    same = corpus.same[of.resume_key.numpy()]
    allowed = made.allowed(of)
    hard = {(int(j), int(r)) for j, r in zip(of.pair_job[8:], of.pair_resume[8:], strict=True)}
    for row in range(8):
        for column in range(16):
            if same[row] == same[column] and (row, column) not in hard:
                assert not allowed[row, column]


def test_c2_splits_share_no_job_and_no_resume(dataset: Path) -> None:
    whole = read_dataset(dataset)
    made = split_dataset(Dataset("d", whole.jobs, whole.resumes, whole.judgments), seed=1)
    assert not leaks(replace(whole, splits=made.splits))
