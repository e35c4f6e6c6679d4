"""Skill scores as the value that commands write as JSON."""

from typing import Any

from shortlist.records import SkillScore, SkillScores

SCHEMA = 1


def scores_json(scores: SkillScores) -> dict[str, Any]:
    """Return a resume's skill scores as a value of plain types."""
    return {
        "schema": SCHEMA,
        "resume": scores.resume,
        "scorer": scores.scorer,
        "scores": [_score(score) for score in scores.scores],
    }


def _score(score: SkillScore) -> dict[str, Any]:
    return {
        "skill": score.skill,
        "score": score.score,
        "low": score.low,
        "high": score.high,
        "confidence": score.confidence,
        "status": score.status,
        "reason": score.reason,
        "quotes": [{"quote": q.quote, "start": q.start, "end": q.end} for q in score.quotes],
    }
