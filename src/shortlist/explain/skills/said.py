"""What a trained reader takes each place of a resume to say of a skill, and all as numbers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
import numpy.typing as npt

from shortlist.explain.skills import levels
from shortlist.explain.skills.facts import LONG, Facts
from shortlist.explain.skills.places import Place
from shortlist.explain.skills.rubrics import TOP, Kind, SkillRule

KINDS = ("none", "used", "little", "listed", "others", "wished", "negated", "other")
"""What a place may say: nothing of the skill; used; used a little or under guidance; named or
claimed; done by others; wished for; said to be missing; a word that means something else."""
OUTPUTS = TOP + len(KINDS)
TELLING = 0.5
"""The level from which a place counts as evidence."""
_USED = 1.5
"""The level from which the job of a place counts as one that used the skill."""
_SUM = 15.0
_STANDINGS = ("used", "listed", "implied", "negated", "desired")
_RUBRICS = ("technical", "language", "leadership", "communication", "conduct")

Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Said:
    """What one place says of a skill."""

    place: Place
    above: tuple[float, ...]
    """The chance that the place alone shows a level above 0, 1, ... 4."""
    kinds: tuple[float, ...]
    """The chance of each of `KINDS`."""

    @property
    def level(self) -> float:
        """The level that is to be expected of the place alone, from 0 to 5."""
        return sum(self.above)

    @property
    def kind(self) -> str:
        """What it says most probably."""
        return KINDS[max(range(len(KINDS)), key=self.kinds.__getitem__)]

    def chance(self, kind: str) -> float:
        """Return the chance of a kind."""
        return self.kinds[KINDS.index(kind)]


def said(place: Place, answer: Numbers) -> Said:
    """Return what a reader's answer means: float32 [OUTPUTS], logits of levels and of kinds."""
    logits = answer.astype(np.float64)
    above = 1 / (1 + np.exp(-np.clip(logits[:TOP], -40, 40)))
    odds = np.exp(logits[TOP:] - logits[TOP:].max())
    return Said(place, tuple(map(float, above)), tuple(map(float, odds / odds.sum())))


def features(every: Sequence[Said], facts: Facts, rule: SkillRule, score: int) -> Numbers:
    """Return what the model of levels reads of a skill, by `NAMES`.

    Args:
        every: what each place says.
        facts: what the rules find.
        rule: the skill's rule.
        score: the level by rules alone.
    """
    named = _numbers(every, facts, rule.rubric.name, rule.rubric.kind, score)
    return np.array([*named.values()], np.float32)


def _numbers(
    every: Sequence[Said], facts: Facts, rubric: str, kind: str, score: int
) -> dict[str, float]:
    values = _read(every) | {f"rules: {k}": v for k, v in levels.features(facts).items()}
    values |= {f"rules: {s}": float(facts.standing == s) for s in _STANDINGS}
    values |= {f"rubric: {name}": float(rubric == name) for name in _RUBRICS}
    values |= {f"kind: {name}": float(kind == name) for name in get_args(Kind)}
    return values | {"rules": float(score), "named": float(any(s.place.named for s in every))}


def _read(every: Sequence[Said]) -> dict[str, float]:
    ordered = sorted((s.level for s in every), reverse=True)
    top = [*ordered, 0.0, 0.0, 0.0][:3]
    used = [*sorted((s.chance("used") for s in every), reverse=True), 0.0, 0.0][:2]
    jobs = {s.place.job.start: s.place.months for s in every if s.place.job and s.level > _USED}
    time = math.sqrt(min(sum(jobs.values()), LONG) / LONG)
    values = {f"level {n}": level for n, level in enumerate(top, 1)}
    values |= {f"above {k}": max((s.above[k] for s in every), default=0.0) for k in range(TOP)}
    values |= {f"places above {k}": float(min(6, sum(v > k for v in ordered))) for k in (1, 2, 3)}
    values |= {kind: max((s.chance(kind) for s in every), default=0.0) for kind in KINDS[2:]}
    values |= {"used": used[0], "used 2": used[1], "time": time, "jobs": float(min(3, len(jobs)))}
    values["sum"] = min(_SUM, sum(v for v in ordered if v > TELLING))
    return values | {"time by level": time * top[0]}


NAMES = tuple(_numbers((), Facts("none", ()), "", "", 0))
"""What the model of levels reads, in its order."""
