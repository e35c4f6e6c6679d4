"""Skills scored by the evidence for them, as a trained reader and rules see it.

A cross-encoder reads each statement beside the skill, and says what it shows alone and who did it.
Boosted trees, one for each level (Frank and Hall 2001, ECML, 145-156), turn all that it says, and
what the rules find, into the chance of each level. `runs/skill_reader.py` trains both.
"""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from shortlist.encoding.cross import CrossEncoder
from shortlist.encoding.folder import packaged_folder
from shortlist.encoding.runtimes import onnx_session
from shortlist.explain.skills.levels import each_level, of_any
from shortlist.explain.skills.places import places, texts
from shortlist.explain.skills.reading import Reading, is_english
from shortlist.explain.skills.reasons import read_reason
from shortlist.explain.skills.rubrics import TOP, Rubrics
from shortlist.explain.skills.said import TELLING, Numbers, Said, features, said
from shortlist.explain.skills.scorer import Judged, RuleScorer, is_stated, quoted, quotes
from shortlist.records import Document, Evidence, SkillScore, SkillScores, Standing

LEVELS = "levels.onnx"
"""The file of the trees, in the reader's model folder: features -> chances of a level above 0-4."""
_SURE = 0.8
"""How sure the reader must be of a technical skill that nothing names, implies or signs."""
_OWN = ("used", "little")


class EvidenceScorer:
    """Scores skills by what a resume tells, names and lists, with the quotes for it.

    A trained reader says what each statement shows; it is told what the rules see there.
    It reads masked text alone, so that a name or a school changes no score.

    Example:
        scores = EvidenceScorer().score(document, ["python", "leadership"], Rubrics.load())
        print(scores.scores[0].score, scores.scores[0].reason)
    """

    name = "evidence"

    def __init__(self, rules: RuleScorer | None = None, folder: Path | None = None) -> None:
        """Make a scorer.

        Args:
            rules: finds what the rules find.
            folder: the model folder of the reader, by default the one of the package.
        """
        self._rules = rules or RuleScorer()
        self._folder = folder or packaged_folder("skills")

    def score(self, document: Document, skills: Sequence[str], rubrics: Rubrics) -> SkillScores:
        """Return one score for each skill, in their order.

        Raises:
            ConfigError: a skill has no letter, or is asked for twice.
            ModelError: the reader's model folder is damaged.
        """
        reading, judged = self._rules.judge(document, skills, rubrics)
        open_ = [one for one in judged if not by_rules(reading, one)]
        scores = {one.skill: one.score for one in judged}
        if open_:
            every = self.read(reading, open_)
            above = self.above([*map(values, open_, every)])
            for one, said, chances in zip(open_, every, above, strict=True):
                scores[one.skill] = _scored(document, reading, one, said, chances)
        return SkillScores(document.id, self.name, tuple(scores[one.skill] for one in judged))

    def read(self, reading: Reading, judged: Sequence[Judged]) -> list[list[Said]]:
        """Return what the places of a resume say of each skill."""
        found = [places(reading, j.rule, j.canonical, j.skill, j.facts) for j in judged]
        groups = [
            texts(reading, j.rule, j.skill, place)
            for j, some in zip(judged, found, strict=True)
            for place in some
        ]
        answers = iter(self._reader.read(groups))
        return [[said(place, next(answers)) for place in some] for some in found]

    def above(self, rows: Sequence[Numbers]) -> Numbers:
        """Return the chances of a level above 0 to 4, falling: [skills, 5]."""
        (chances,) = self._trees.run(None, {"features": np.stack(rows)})
        falling: Numbers = np.minimum.accumulate(chances, axis=1)
        return falling

    @cached_property
    def _reader(self) -> CrossEncoder:
        return CrossEncoder.load(self._folder)

    @cached_property
    def _trees(self) -> Any:
        return onnx_session(self._reader.file(LEVELS), ("features",))


def by_rules(reading: Reading, judged: Judged) -> bool:
    """Whether rules decide alone: on a language of stated level, or a resume not in English."""
    stated = judged.rule.rubric.kind == "spoken" and is_stated(judged.facts)
    return stated or not is_english(reading.text)


def values(judged: Judged, every: Sequence[Said]) -> Numbers:
    """Return what the trees read of a skill."""
    return features(every, judged.facts, judged.rule, judged.score.score or 0)


def _scored(
    document: Document, reading: Reading, judged: Judged, every: Sequence[Said], above: Numbers
) -> SkillScore:
    telling = sorted((s for s in every if _counts(judged, s)), key=lambda s: -s.level)
    standing = _standing(every, telling, judged.facts.standing)
    rubric = judged.rule.rubric
    caps = {"used": TOP, "listed": rubric.listed_cap, "implied": rubric.implied_cap}
    found = of_any(each_level(map(float, above)), caps.get(standing, 0))
    if found.score == 0:
        standing = _unshown(every, judged.facts.standing)
    told = [s for s in telling if s.kind != "none"] or telling
    own = [s for s in told if s.kind in _OWN]
    shown: tuple[Evidence, ...] = ()
    if found.score:
        shown = quoted(
            document, reading, ((s.place.start, s.place.end) for s in own or told)
        ) or quotes(document, reading, judged.facts)
    return SkillScore(
        judged.skill,
        found.score,
        found.low,
        found.high,
        found.confidence,
        standing,
        read_reason(told, judged.rule, standing, score=found.score, months=judged.facts.months),
        shown,
    )


def _counts(judged: Judged, said: Said) -> bool:
    """Whether a place is evidence. Of a tool it is none where no rule sees the tool at all."""
    if judged.rule.rubric.kind == "named" and judged.facts.standing in ("none", "desired"):
        unseen = not said.place.named
        if unseen and (not judged.plain or said.above[0] < _SURE):
            return False
    return said.level >= TELLING


def _standing(every: Sequence[Said], telling: Sequence[Said], by_rules: Standing) -> Standing:
    """As what a skill stands: by what the telling places say, else by rules, else by the others."""
    kinds = {s.kind for s in telling}
    if kinds:
        return "used" if kinds & set(_OWN) else "listed"
    if by_rules in ("used", "listed", "implied"):
        return by_rules
    return _unshown(every, by_rules)


def _unshown(every: Sequence[Said], by_rules: Standing) -> Standing:
    """Whether the resume says that a skill is missing, or wanted, that it does not show."""
    said_so = {s.kind for s in every}
    if by_rules == "negated" or "negated" in said_so:
        return "negated"
    return "desired" if by_rules == "desired" or "wished" in said_so else "none"
