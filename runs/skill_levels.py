"""Fits the levels of the evidence scorer: `python runs/skill_levels.py [--resumes N]`.

Generates resumes with known levels (pool `train`), reads what the scorer reads of them, and fits a
proportional-odds model for each kind of skill by penalised likelihood. Weights keep the sign that
they must have (use never counts against a skill) and are drawn to a prior that was set by hand.
Writes src/shortlist/explain/skills/levels.json with the data that the numbers came from.
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from shortlist.explain.skills import EvidenceScorer, Rubrics
from shortlist.explain.skills.known.asking import to_generate
from shortlist.explain.skills.known.generate import VERSION, Options, generate
from shortlist.explain.skills.levels import features
from shortlist.extraction import Lexicon

SKILLS = """python, java, sql, excel, photoshop, salesforce, autocad, sap, payroll, welding,
    wound care, bookkeeping, recruiting, forklift operation, event planning, leadership,
    communication, teamwork, problem solving, customer service"""
SEED = 11
PENALTY = 0.02
"""What a squared step away from the prior costs, for each resume."""
STEEPNESS = 4.0
"""How far apart neighbouring levels are in log odds, in the prior."""
PRIOR = {
    "named": {
        "use": 0.6, "depth": 0.9, "second": 0.5, "months": 1.1, "statements": 0.7, "strong": 0.3,
        "result": 0.35, "title": 0.9, "jobs": 0.3, "certified": 0.3, "claimed": 0.3,
        "little": -0.4, "study": -0.6, "idle": -0.3, "via": 0.4,
    },
    "shown": {
        "use": 0.3, "depth": 1.2, "statements": 1.2, "strong": 0.9, "months": 0.6, "size": 0.6,
        "result": 0.3, "title": 0.4, "claimed": 0.1, "study": -0.4,
    },
}  # fmt: skip
OUT = Path(__file__).parent.parent / "src/shortlist/explain/skills/levels.json"


def observations(resumes: int) -> dict[str, tuple[list[dict[str, float]], list[int]]]:
    """Return features and planted levels by kind, of the skills with evidence."""
    scorer, rubrics, lexicon = EvidenceScorer(), Rubrics.load(), Lexicon.load()
    signs_only = {name: replace(rule, like=()) for name, rule in rubrics.rules.items()}
    rubrics = Rubrics(rubrics.rubrics, signs_only)  # no generated sentence repeats an example
    asked = to_generate([s.strip() for s in SKILLS.split(",")], lexicon, rubrics)
    found: dict[str, tuple[list[dict[str, float]], list[int]]] = {
        "named": ([], []),
        "shown": ([], []),
    }
    for known in generate(asked, Options(n=resumes, seed=SEED)):
        truths = [truth for truth in known.truths if truth.level]
        every = scorer.facts(known.document(), [truth.skill for truth in truths], rubrics)
        for truth, facts in zip(truths, every, strict=True):
            kind = rubrics.rule(truth.skill).rubric.kind
            if facts.standing in ("used", "listed"):
                found[kind][0].append(features(facts))
                found[kind][1].append(truth.level or 0)
    return found


def fitted(rows: list[dict[str, float]], levels: list[int], prior: dict[str, float]) -> dict:
    """Return the weights and thresholds of a kind."""
    names = list(prior)
    x = np.array([[row[name] for name in names] for row in rows])
    y = np.array(levels)
    start = STEEPNESS * np.array([*prior.values(), 0.5, 1.5, 2.5, 3.5])
    signs = [(0, None) if prior[name] >= 0 else (None, 0) for name in names]

    def loss(theta: np.ndarray) -> float:
        z = x @ theta[: len(names)]
        cuts = np.concatenate([[-np.inf], theta[len(names) :], [np.inf]])
        upper = 1 / (1 + np.exp(-(cuts[y] - z)))
        lower = 1 / (1 + np.exp(-(cuts[y - 1] - z)))
        likelihood = np.log(np.maximum(upper - lower, 1e-9)).sum()
        return -likelihood / len(y) + PENALTY * np.square(theta - start).sum() / STEEPNESS

    found = minimize(loss, start, method="L-BFGS-B", bounds=[*signs, *[(None, None)] * 4])
    weights, cuts = found.x[: len(names)], np.sort(found.x[len(names) :])
    return {
        "weights": {n: round(float(w), 3) for n, w in zip(names, weights, strict=True)},
        "thresholds": [round(float(c), 3) for c in cuts],
        "n": len(y),
    }


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--resumes", type=int, default=400)
    resumes = parser.parse_args().resumes
    data = observations(resumes)
    models = {kind: fitted(*data[kind], PRIOR[kind]) for kind in PRIOR}
    came_from = {
        "generator": "shortlist skills data", "version": VERSION, "pool": "train", "seed": SEED,
        "resumes": resumes, "skills": [s.strip() for s in SKILLS.split(",")], "prior": PRIOR,
        "penalty": PENALTY,
    }  # fmt: skip
    OUT.write_text(json.dumps({"models": models, "data": came_from}, indent=1) + "\n", "utf-8")
    print(json.dumps(models, indent=1))


if __name__ == "__main__":
    main()
