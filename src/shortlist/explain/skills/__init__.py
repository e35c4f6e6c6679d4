"""Skills scored from 0 to 5, with the reason: `Document, skills, rubrics -> SkillScores`.

A scorer is anything that fits `Scorer`. The evidence scorer is the one of the base install.
"""

from shortlist.explain.skills.rubrics import Rubric, Rubrics, SkillRule
from shortlist.explain.skills.scorer import EvidenceScorer, Scorer
from shortlist.explain.skills.to_json import scores_json

__all__ = ["EvidenceScorer", "Rubric", "Rubrics", "Scorer", "SkillRule", "scores_json"]
