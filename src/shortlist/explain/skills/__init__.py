"""Skills scored from 0 to 5, with the reason: `Document, skills, rubrics -> SkillScores`.

A scorer is anything that fits `Scorer`. The evidence scorer has a small trained model read each
statement, beside the rules; the rule scorer does without. Both come with the base install.
"""

from shortlist.explain.skills.evidence import EvidenceScorer
from shortlist.explain.skills.rubrics import Rubric, Rubrics, SkillRule
from shortlist.explain.skills.scorer import RuleScorer, Scorer
from shortlist.explain.skills.to_json import scores_json

__all__ = [
    "EvidenceScorer",
    "Rubric",
    "Rubrics",
    "RuleScorer",
    "Scorer",
    "SkillRule",
    "scores_json",
]
