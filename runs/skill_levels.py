"""Fits the levels of the scorer `rules`: `python runs/skill_levels.py [--check] [--resumes N]`.

From generated resumes with planted levels (pool `train`) and the invented ones with ranges in
runs/skill_resumes.toml it reads what the scorer reads, and fits a proportional-odds model for each
kind of skill by penalised likelihood; that of a range is P(low <= level <= high). Weights keep the
sign that they must have (use never counts against a skill) and are drawn to a prior set by hand.
Writes src/shortlist/explain/skills/levels.json with the data that the numbers came from.

`--check` also tells how it does on resumes of the 39 that it was not fitted on: penalty and mix are
chosen anew in every fold, on the other folds alone.
"""

import argparse
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from skill_data import made

from shortlist.explain.skills import Rubrics, RuleScorer
from shortlist.explain.skills.facts import Facts
from shortlist.explain.skills.known.generate import VERSION, Options
from shortlist.explain.skills.known.truth import KnownResume, read_known
from shortlist.explain.skills.levels import Model, features, level
from shortlist.explain.skills.rubrics import TOP

SKILLS = """python, java, sql, excel, photoshop, salesforce, autocad, sap, payroll, welding,
    wound care, bookkeeping, recruiting, forklift operation, event planning, leadership,
    communication, teamwork, problem solving, customer service"""
SEED = 11
PENALTY, MIX = 0.02, 0.5
"""What a squared step away from the prior costs, and the weight of the invented resumes together:
left-out resumes tell no other penalty or mix from these, so the strongest penalty was kept."""
PENALTIES, MIXES = (0.005, 0.01, 0.02), (0.3, 0.5, 0.7)
SLIP = 0.05
"""How often a resume is misread, so that any level is as likely: no such case may steer the fit."""
STEEPNESS = 4.0
"""How far apart neighbouring levels are in log odds, in the prior."""
OUTER, INNER = 8, 4
PRIOR = {
    "named": {
        "use": 0.6, "depth": 0.9, "second": 0.5, "time": 0.0, "months": 1.1, "statements": 0.7,
        "strong": 0.3, "reach": 0.0, "result": 0.35, "title": 0.9, "jobs": 0.3,
        "certified": 0.3, "claimed": 0.3, "little": -0.4, "study": -0.6, "idle": -0.3, "via": 0.4,
    },
    "shown": {
        "use": 0.3, "depth": 1.2, "statements": 1.2, "strong": 0.9, "months": 0.6, "size": 0.6,
        "through": 0.0, "result": 0.3, "title": 0.4, "claimed": 0.1, "study": -0.4,
    },
}  # fmt: skip
AGAINST = frozenset(("little", "study", "idle"))
"""What never counts for a skill; all else never counts against one."""
HERE = Path(__file__).parent
INVENTED = HERE / "skill_resumes.toml"
OUT = HERE.parent / "src/shortlist/explain/skills/levels.json"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a resume holds of a skill, and the range that is right for it."""

    resume: str
    facts: Facts
    cap: int
    low: int
    high: int


Cases = dict[str, list[Seen]]
"""By kind of skill."""


def seen(resumes: Iterable[KnownResume], rubrics: Rubrics) -> Cases:
    """Return what the scorer reads of skills for which there is evidence, and is meant to be."""
    scorer = RuleScorer()
    found: Cases = {kind: [] for kind in PRIOR}
    for known in resumes:
        truths = [truth for truth in known.truths if truth.high]
        if not truths:
            continue
        _, every = scorer.judge(known.document(), [truth.skill for truth in truths], rubrics)
        for truth, one in zip(truths, every, strict=True):
            facts, rubric = one.facts, one.rule.rubric
            if rubric.kind not in PRIOR or facts.standing not in ("used", "listed"):
                continue
            low, high = (truth.level, truth.level) if truth.level else (truth.low, truth.high)
            cap = rubric.listed_cap if facts.standing == "listed" else TOP
            found[rubric.kind].append(Seen(known.id, facts, cap, max(1, low), high))
    return found


def generated(resumes: int) -> Cases:
    """Return what is read of generated resumes, by signs alone: no sentence repeats an example."""
    rubrics = Rubrics.load()
    signs_only = {name: replace(rule, like=()) for name, rule in rubrics.rules.items()}
    rubrics = Rubrics(rubrics.rubrics, signs_only)
    known = made(SKILLS, Options(n=resumes, seed=SEED), rubrics)
    return seen((replace(k, truths=tuple(t for t in k.truths if t.level)) for k in known), rubrics)


def fitted(
    kind: str, made: Sequence[Seen], invented: Sequence[Seen], penalty: float, mix: float
) -> Model:
    """Return the model of a kind, rounded as it is written."""
    prior = PRIOR[kind]
    rows = [*made, *invented]
    x = np.array([[features(row.facts)[name] for name in prior] for row in rows])
    low, high = np.array([row.low for row in rows]), np.array([row.high for row in rows])
    share = np.repeat([(1 - mix) / len(made), mix / len(invented)], [len(made), len(invented)])
    start = STEEPNESS * np.array([*prior.values(), 0.5, 1.5, 2.5, 3.5])
    signs = [(None, 0) if name in AGAINST else (0, None) for name in prior]

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ theta[: len(prior)]
        cuts = np.concatenate([[-np.inf], theta[len(prior) :], [np.inf]])
        upper, lower = _sigmoid(cuts[high] - z), _sigmoid(cuts[low - 1] - z)
        chance = (1 - SLIP) * np.maximum(upper - lower, 1e-9) + SLIP * (high - low + 1) / TOP
        pull = share * (1 - SLIP) / chance
        up, down = pull * upper * (1 - upper), pull * lower * (1 - lower)
        by_cut = [up[high == k].sum() - down[low - 1 == k].sum() for k in range(1, TOP)]
        slope = np.concatenate([x.T @ (down - up), by_cut])
        step = theta - start
        cost = penalty * np.square(step).sum() / STEEPNESS - share @ np.log(chance)
        return cost, 2 * penalty * step / STEEPNESS - slope

    bounds = [*signs, *[(None, None)] * (TOP - 1)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    weights = dict(zip(prior, (round(float(w), 3) for w in found), strict=False))
    return Model(weights, tuple(round(float(c), 3) for c in np.sort(found[len(prior) :])))


def _sigmoid(values: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(values, -40, 40)))


def in_range(kind: Any, model: Model, cases: Iterable[Seen]) -> list[bool]:
    """Return for each case whether the model's level is in its range."""
    return [c.low <= level(kind, c.facts, c.cap, model).score <= c.high for c in cases]


def folds(cases: Sequence[Seen], n: int) -> Iterator[tuple[list[Seen], list[Seen]]]:
    """Yield parts of whole resumes: all but one in `n`, and these."""
    names = sorted({case.resume for case in cases})
    for at in range(n):
        left = frozenset(names[at::n])
        yield _without(cases, left), [case for case in cases if case.resume in left]


def _without(cases: Sequence[Seen], resumes: Collection[str]) -> list[Seen]:
    return [case for case in cases if case.resume not in resumes]


def checked(kind: str, made: Sequence[Seen], invented: Sequence[Seen]) -> dict[str, Any]:
    """Return the share in range of resumes that were left out, choosing settings without them."""
    hits: list[bool] = []
    for rest, left in folds(invented, OUTER):
        penalty, mix = max(product(PENALTIES, MIXES), key=_share_by(kind, made, rest))
        hits += in_range(kind, fitted(kind, made, rest, penalty, mix), left)
    return {"in_range": round(sum(hits) / len(hits), 3), "n": len(hits)}


def _share_by(
    kind: str, made: Sequence[Seen], cases: Sequence[Seen]
) -> Callable[[tuple[float, float]], float]:
    def share(settings: tuple[float, float]) -> float:
        parts = folds(cases, INNER)
        found = [in_range(kind, fitted(kind, made, rest, *settings), left) for rest, left in parts]
        return sum(map(sum, found)) / len(cases)

    return share


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--resumes", type=int, default=400)
    parser.add_argument(
        "--check", action="store_true", help="cross-validate over the invented ones"
    )
    options = parser.parse_args()
    made, invented = generated(options.resumes), seen(read_known(INVENTED), Rubrics.load())
    models: dict[str, Any] = {}
    for kind in PRIOR:
        model = fitted(kind, made[kind], invented[kind], PENALTY, MIX)
        models[kind] = {
            "weights": model.weights, "thresholds": model.thresholds,
            "n": {"generated": len(made[kind]), "invented": len(invented[kind])},
        }  # fmt: skip
        if options.check:
            models[kind]["left_out"] = checked(kind, made[kind], invented[kind])
    came_from = {
        "generator": "shortlist skills data", "version": VERSION, "pool": "train", "seed": SEED,
        "resumes": options.resumes, "skills": [s.strip() for s in SKILLS.split(",")],
        "invented": INVENTED.name, "mix": MIX, "prior": PRIOR, "penalty": PENALTY, "slip": SLIP,
    }  # fmt: skip
    OUT.write_text(json.dumps({"models": models, "data": came_from}, indent=1) + "\n", "utf-8")
    print(json.dumps(models, indent=1))


if __name__ == "__main__":
    main()
