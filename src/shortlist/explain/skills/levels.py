"""From facts to a level: a proportional-odds model over what was seen.

P(level > k) = sigmoid(weights . features - threshold_k), for k = 1 to 4 (McCullagh 1980, JRSS B 42,
109-142). Level 0 is not modelled: it is the absence of evidence. Coefficients stand in
`levels.json` with the data that they were fitted on; `runs/skill_levels.py` fits them.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from shortlist.explain.skills.facts import LONG, Facts, Sighting
from shortlist.explain.skills.rubrics import TOP, Kind
from shortlist.explain.skills.statements import LEADING

_ALONE = 0.9
"""What is left of the time of a skill of which one statement tells."""
_BESIDE = 0.25
"""What a level is worth that is one beside the right one: a range is 1.6 levels wide on average."""
_SPREAD = 0.1
"""The share of the probability that lies beyond each end of the interval."""


@dataclass(frozen=True, slots=True)
class Model:
    """Coefficients for one kind of skill."""

    weights: Mapping[str, float]
    thresholds: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A level with its interval, and the probability of the level itself."""

    score: int
    low: int
    high: int
    confidence: float


def features(facts: Facts) -> dict[str, float]:
    """Return what the model reads of facts: numbers in [0, 1], for every kind of skill."""
    uses = facts.uses()
    depths = [use.depth for use in uses] + [0.0, 0.0]
    claims = [s.claim for s in facts.sightings if s.status in ("used", "listed")]
    real = [use for use in uses if use.depth >= 1]
    time = math.sqrt(min(facts.counted_months, LONG) / LONG) if uses else 0.0
    best = max(claims, default=0.0)
    return {
        "use": float(depths[0] >= 1),
        "depth": depths[0] / 3,
        "second": depths[1] / 3,
        "statements": min(sum(min(use.acts, 3) for use in real), 6) / 6,
        "strong": min(sum(use.depth >= 3 for use in uses), 3) / 3,
        "time": time,
        "months": _months(time, real),
        "reach": time * min(1.0, sum(use.reach for use in real)),
        "through": float(any(use.through for use in real)),
        "result": (any(use.number for use in real) + any(map(_has_result, real))) / 2,
        "size": min(1.0, math.log10(max([1.0, *(use.size for use in real)])) / 2),
        "title": facts.title,
        "jobs": min(facts.jobs, 3) / 3,
        "certified": float(facts.certified),
        "claimed": max(0.0, best),
        "little": float(best <= 0 and -1.0 in claims),
        "study": float(bool(uses) and all(use.study for use in uses)),
        "idle": min(facts.idle_years, 10) / 10 if uses else 0.0,
        "via": min(facts.via_used, 3) / 3,
    }


def _reaches_top(facts: Facts) -> bool:
    return facts.counted_months >= LONG or any(use.depth >= LEADING for use in facts.uses())


def _months(time: float, real: Sequence[Sighting]) -> float:
    """The time of use in depth; one statement alone does not speak for the whole of a long job."""
    depth = max((use.depth for use in real), default=0.5)
    return time * min(1.0, depth / 2) * (1.0 if len(real) > 1 else _ALONE)


def _has_result(use: Sighting) -> bool:
    return use.result and use.number


@cache
def models() -> Mapping[str, Model]:
    """Return the fitted models by kind of skill."""
    text = (files("shortlist.explain.skills") / "levels.json").read_text("utf-8")
    return {
        kind: Model(value["weights"], tuple(value["thresholds"]))
        for kind, value in json.loads(text)["models"].items()
    }


def probabilities(model: Model, values: Mapping[str, float]) -> list[float]:
    """Return the probability of each level from 1 to 5."""
    z = sum(model.weights.get(name, 0.0) * value for name, value in values.items())
    return each_level(1 / (1 + math.exp(t - z)) for t in model.thresholds)


def each_level(above: Iterable[float]) -> list[float]:
    """Return the probability of each level from those of being above the first, the second ..."""
    return [max(0.0, a - b) for a, b in pairwise((1.0, *above, 0.0))]


def level(kind: Kind, facts: Facts, cap: int = TOP, model: Model | None = None) -> Level:
    """Return the level of facts that hold evidence, at most `cap`.

    The highest level takes more than many small signs: work that leads or decides, or long use.

    Args:
        kind: the kind of skill.
        facts: what a resume holds of it.
        cap: the highest level that may come out.
        model: by default the fitted one of the kind.
    """
    if cap == TOP and not _reaches_top(facts):
        cap = TOP - 1
    return of_probabilities(probabilities(model or models()[kind], features(facts)), cap)


def of_probabilities(chances: Sequence[float], cap: int = TOP) -> Level:
    """Return the level that is most likely in range, with its interval, from those of 1 to 5."""
    return of_any([0.0, *chances], cap)


def of_any(chances: Sequence[float], cap: int = TOP) -> Level:
    """Return the level that is most likely in range, with its interval, from those of 0 to 5."""
    kept = [*chances[:cap], sum(chances[cap:])]
    score = _most_in_range(kept)
    return Level(
        score, _quantile(kept, _SPREAD), _quantile(kept, 1 - _SPREAD), round(kept[score], 2)
    )


def _most_in_range(chances: Sequence[float]) -> int:
    """The level most likely to lie in a range: one in two ranges holds a neighbour, on one side."""
    around = [0.0, *chances, 0.0]
    worth = [p + _BESIDE * (around[at] + around[at + 2]) for at, p in enumerate(chances)]
    return max(range(len(chances)), key=worth.__getitem__)


def _quantile(chances: Sequence[float], share: float) -> int:
    total = 0.0
    for at, chance in enumerate(chances):
        total += chance
        if total >= share - 1e-9:
            return at
    return len(chances) - 1
