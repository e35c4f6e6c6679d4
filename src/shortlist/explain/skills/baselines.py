"""Scorers to compare with: how often a skill is named, and always the same level."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shortlist.explain.skills.rubrics import TOP, Rubrics
from shortlist.explain.skills.scorer import checked
from shortlist.records import Document, Evidence, SkillScore, SkillScores


@dataclass(frozen=True, slots=True)
class KeywordCount:
    """One level for each time that a skill's name stands in the text."""

    name: str = "keyword count"

    def score(self, document: Document, skills: Sequence[str], rubrics: Rubrics) -> SkillScores:
        """Return one score for each skill: the number of its mentions, at most 5."""
        scores = []
        for skill in checked(skills):
            pattern = rf"(?<!\w){re.escape(skill)}(?!\w)"
            found = list(re.finditer(pattern, document.text, re.IGNORECASE))
            level = min(TOP, len(found))
            quotes = tuple(Evidence(m.group(), m.start(), m.end()) for m in found[:3])
            scores.append(
                SkillScore(
                    skill,
                    level,
                    level,
                    level,
                    1.0,
                    "listed" if found else "none",
                    f"named {len(found)} times",
                    quotes,
                )
            )
        return SkillScores(document.id, self.name, tuple(scores))


@dataclass(frozen=True, slots=True)
class Constant:
    """The same level for everything."""

    level: int

    @property
    def name(self) -> str:
        """What the scores are reported under."""
        return f"constant {self.level}"

    def score(self, document: Document, skills: Sequence[str], rubrics: Rubrics) -> SkillScores:
        """Return the level for each skill."""
        scores = tuple(
            SkillScore(skill, self.level, self.level, self.level, 1.0, "none", "constant")
            for skill in checked(skills)
        )
        return SkillScores(document.id, self.name, scores)
