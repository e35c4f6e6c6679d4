"""A linear layer behind the frozen encoder, trained with the terms that `shortlist train` has.

It stands where the projection of a model folder stands: the mean of a text's chunk vectors goes
through it and is brought to length 1. It begins as the identity, so that an untrained layer is the
stock model. The objective, its weights' warm-up, the rates, the clipping and the erasure are those
of `shortlist.training`; what is left out is the encoder's own learning, which is what makes
hundreds of runs possible on two cores.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

from benchmarks.planted import Flags, Integers, Matrix, World
from shortlist.training.corpus import Corpus, Grouping, Text
from shortlist.training.erasure import fit_erasure
from shortlist.training.objective import Case, Objective
from shortlist.training.settings import ObjectiveSettings, OptimizerSettings, Weights
from shortlist.training.trainer import rate_groups
from shortlist.training.vectors import Vectorizer
from shortlist.training.weighting import Weighting

STEPS = 300
BATCH = 64
HARD = 2
"""Rejected resumes that go with each fitting pair."""
RATE = 3e-4
ADVERSARY_RATE = 4 * RATE


@dataclass(frozen=True)
class Recipe:
    """What a run is trained with."""

    name: str
    weights: Weights
    policy: str = "none"
    erase: bool = False
    bias: bool = True
    """Whether the labels are the biased ones."""
    steps: int = STEPS


class Layer(nn.Module):
    """The identity at first: vectors [n, d] -> unit vectors [n, d]."""

    def __init__(self, dimension: int) -> None:
        super().__init__()
        linear = nn.Linear(dimension, dimension, bias=False)
        nn.init.eye_(linear.weight)
        self.parts = nn.ModuleList([linear])

    def get_embedding_dimension(self) -> int:
        """Return d, as the objective asks of an encoder."""
        return int(self.parts[0].out_features)

    def forward(self, vectors: Tensor) -> Tensor:
        return normalize(self.parts[0](vectors), dim=-1)


@dataclass(frozen=True)
class Served:
    """Vectors as a trained model gives them: `jobs` [J, d] and `resumes` [R, d]."""

    jobs: Matrix
    resumes: Matrix
    other: Matrix
    """Of each resume as a member of the other group [R, d]."""


def train(world: World, recipe: Recipe, seed: int) -> Served:
    """Return the vectors of all jobs and resumes by a layer trained on the training part."""
    torch.manual_seed(seed)
    group = world.groups(seed)
    resumes, other = (world.seen(recipe.policy, of) for of in (group, 1 - group))
    told = world.labels(group, seed) if recipe.bias else world.fits
    layer = Layer(world.jobs.shape[1])
    if recipe.steps:
        corpus = _corpus(world, group, told)
        objective = _objective(layer, corpus, recipe)
        _learn(objective, _Texts(world, resumes, told, seed), recipe)
    with torch.inference_mode():
        jobs, mine, theirs = (
            layer(torch.from_numpy(one)).numpy() for one in (world.jobs, resumes, other)
        )
    return (
        _erased(world, group, Served(jobs, mine, theirs))
        if recipe.erase
        else Served(jobs, mine, theirs)
    )


def _erased(world: World, group: Integers, served: Served) -> Served:
    """Return the vectors with the group erased, fitted on the resumes of the training part."""
    rows = world.of("resume", "train")
    grouping = Grouping("planted", ("first", "second"), group[rows])
    layer = fit_erasure(served.resumes[rows].astype(np.float64), (grouping,))
    with torch.inference_mode():
        made = [
            normalize(layer.linear(torch.from_numpy(one)), dim=-1).numpy()
            for one in (served.jobs, served.resumes, served.other)
        ]
    return Served(*made)


def _corpus(world: World, group: Integers, told: Flags) -> Corpus:
    """Return what the objective looks up: who fits, who is alike, and the groups."""
    job, resume = np.nonzero(told)
    return Corpus(
        tuple(Text(str(i), "", ()) for i in range(len(world.jobs))),
        tuple(Text(str(i), "", ()) for i in range(len(group))),
        job,
        resume,
        np.ones(len(job)),
        (Grouping("planted", ("first", "second"), group),),
        world.category,
    )


def _objective(layer: Layer, corpus: Corpus, recipe: Recipe) -> Objective:
    settings = ObjectiveSettings(weights=recipe.weights, adversary_width=128)
    weighting = Weighting(settings, recipe.steps)
    return Objective(layer, corpus, settings, weighting=weighting, vectorizer=Vectorizer(1))


class _Texts:
    """Draws batches of the training part: for each job a fitting resume and rejected ones."""

    def __init__(self, world: World, resumes: Matrix, told: Flags, seed: int) -> None:
        self._jobs, self._resumes = torch.from_numpy(world.jobs), torch.from_numpy(resumes)
        self._rng = np.random.default_rng([seed, 2])
        self._fitting: list[tuple[int, int]] = []
        self._rejected: dict[int, Integers] = {}
        for job, applicants in world.applicants("train", self._rng):
            accepted = told[job, applicants]
            self._fitting += [(job, int(one)) for one in applicants[accepted]]
            self._rejected[job] = applicants[~accepted]

    def batches(self, steps: int) -> Iterator[tuple[Integers, Integers, Integers]]:
        """Yield jobs [B], their fitting resumes [B] and rejected ones [B, HARD]."""
        for _ in range(steps):
            rows = self._rng.choice(len(self._fitting), BATCH, replace=False)
            pairs = np.array([self._fitting[row] for row in rows])
            rejected = np.array(
                [self._rng.choice(self._rejected[job], HARD, replace=False) for job in pairs[:, 0]]
            )
            yield pairs[:, 0], pairs[:, 1], rejected

    def case(self, layer: Layer, batch: tuple[Integers, Integers, Integers]) -> Case:
        """Return the encoded batch."""
        job, fitting, rejected = (torch.from_numpy(one) for one in batch)
        key = torch.cat([fitting, rejected.reshape(-1)])
        rows = torch.arange(BATCH)
        return Case(
            jobs=layer(self._jobs[job]),
            resumes=layer(self._resumes[key]),
            job_key=job,
            resume_key=key,
            pair_job=torch.cat([rows, rows.repeat_interleave(HARD)]),
            pair_resume=torch.arange(len(key)),
            pair_fits=torch.arange(len(key)) < BATCH,
        )


def _learn(objective: Objective, texts: _Texts, recipe: Recipe) -> None:
    """Take the steps, at rates that fall to 0 over them."""
    rates = OptimizerSettings(rate=RATE, head_rate=RATE)
    optimizer = torch.optim.AdamW(rate_groups(objective, rates, []))
    objective.adversaries.set_rate(ADVERSARY_RATE, decay=rates.weight_decay, clip=rates.clip)
    falling = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, recipe.steps)
    for step, batch in enumerate(texts.batches(recipe.steps)):
        objective.weighting.step = step
        terms = objective.terms(texts.case(objective.model, batch))
        optimizer.zero_grad()
        torch.stack(list(terms.values())).sum().backward()
        nn.utils.clip_grad_norm_(
            [one for one in objective.parameters() if one.grad is not None], rates.clip
        )
        optimizer.step()
        falling.step()
