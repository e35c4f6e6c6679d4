"""What a run of `match` gave, and its form for machines: JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from shortlist.explain.attribution import Attribution
from shortlist.explain.explanation import (
    Answer,
    Explanation,
    Keyword,
    Statement,
    SubScore,
)
from shortlist.explain.narrative import CAUTION as NARRATIVE_CAUTION
from shortlist.explain.narrative import Narrative
from shortlist.explain.opinion import CAUTION, Opinion
from shortlist.records import Document, Evidence, MaskedText
from shortlist.report.attribution import attribution_json
from shortlist.report.ranking import ModelUsed
from shortlist.scorers.signals import Signal

SCHEMA = 1

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class MatchRun:
    """Everything that a report of one pair says. `masked` is the resume as people are shown it."""

    explanation: Explanation
    job: Document
    resume: Document
    masked: MaskedText
    policy: str
    model: ModelUsed
    today: date
    notes: tuple[str, ...] = ()
    narrative: Narrative | None = None
    attribution: Attribution | None = None


def match_json(run: MatchRun) -> str:
    """Return the run as JSON. The names are a contract; breaking it raises SCHEMA.

    `score` and the values of signals are in [0, 1], sub-scores in [0, 100]. Every `evidence` is a
    list of `{"quote", "start", "end"}` in offsets of the resume's text; an empty one goes with a
    text that says "not found". `start` and `end` of a requirement are offsets in the job's text.
    `narrative` and `attribution` are there only where they were asked for.
    """
    found = run.explanation
    result: Json = {
        "schema": SCHEMA,
        "job": found.job,
        "resume": found.resume,
        "scorer": found.scorer,
        "score": found.score,
        "signals": [_signal(signal) for signal in found.signals],
        "sub_scores": {sub.name: _sub_score(sub) for sub in found.sub_scores},
        "requirements": [_answer(answer) for answer in found.requirements],
        "keywords": [_keyword(keyword) for keyword in found.keywords],
        "experience": {
            "years": found.experience.years,
            "by": found.experience.by,
            "required": found.experience.required,
            "evidence": _quotes(found.experience.evidence),
        },
        "degree": {
            "level": found.degree.level,
            "asked": found.degree.asked,
            "required": found.degree.required,
            "or_equivalent": found.degree.or_equivalent,
            "evidence": _quotes(found.degree.evidence),
        },
        "strengths": _statements(found.strengths),
        "gaps": _statements(found.gaps),
        "improvements": [{**asdict(one), "gain": one.gain} for one in found.improvements],
        "bullets": [
            {**asdict(b.evidence), "quality": b.quality, "reasons": list(b.reasons)}
            for b in found.bullets
        ],
        "findings": [asdict(finding) for finding in found.findings],
        "opinion": _opinion(found.opinion, found.score),
        **({"narrative": _narrative(run.narrative)} if run.narrative else {}),
        **({"attribution": attribution_json(run.attribution)} if run.attribution else {}),
        "notes": list(run.notes),
        "settings": {
            "policy": run.policy,
            "model": asdict(run.model),
            "today": run.today.isoformat(),
        },
    }
    return json.dumps(result, ensure_ascii=False) + "\n"


def _signal(signal: Signal) -> Json:
    return {
        "name": signal.name,
        "value": signal.value,
        "suggested": round(signal.suggested, 6),
        "applied": round(signal.applied, 6),
        **({"reason": signal.reason} if signal.reason else {}),
    }


def _sub_score(sub: SubScore) -> Json:
    return {
        "score": sub.score,
        **({"reason": sub.reason} if sub.reason else {}),
        "found": _statements(sub.found),
        "missing": _statements(sub.missing),
    }


def _answer(answer: Answer) -> Json:
    return {
        "text": answer.text,
        "start": answer.start,
        "end": answer.end,
        "kind": answer.kind,
        "status": answer.status,
        "similarity": answer.similarity,
        "skills": [
            {
                "names": list(skill.names),
                "status": skill.status,
                "said": skill.said,
                "months": skill.months,
                **({"via": list(skill.via)} if skill.via else {}),
                "evidence": _quotes(skill.evidence),
            }
            for skill in answer.skills
        ],
        "evidence": _quotes(answer.evidence),
    }


def _keyword(keyword: Keyword) -> Json:
    return {
        "names": list(keyword.names),
        "kind": keyword.kind,
        "weight": keyword.weight,
        "count": keyword.count,
        "density": keyword.density,
        "evidence": _quotes(keyword.evidence),
    }


def _statements(statements: Sequence[Statement]) -> list[Json]:
    return [
        {"text": statement.text, "evidence": _quotes(statement.evidence)}
        for statement in statements
    ]


def _quotes(evidence: Sequence[Evidence]) -> list[Json]:
    return [asdict(one) for one in evidence]


def _narrative(narrative: Narrative) -> Json:
    return {**asdict(narrative), "reproducible": False, "caution": NARRATIVE_CAUTION}


def _opinion(opinion: Opinion | None, score: float) -> Json | None:
    if opinion is None:
        return None
    return {
        **asdict(opinion),
        "quotes": list(opinion.quotes),
        "blended": opinion.blended(score),
        "reproducible": False,
        "caution": CAUTION,
    }
