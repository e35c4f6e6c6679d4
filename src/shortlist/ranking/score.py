"""How well a resume answers a job: a sum of three parts, each shown.

score = 0.50 * requirements + 0.15 * words + 0.35 * whole text

*requirements* is the weighted mean, over the requirements of the job, of the similarity of the
passage that answers each best. *words* is the weighted share of the words asked for that the
resume holds. *whole text* is the cosine of the job and of the resume as a whole.

The numbers were chosen on one half of the jobs of `benchmarks/matching.py`, which reports the
other half.
"""

from dataclasses import dataclass

import numpy as np

from shortlist.ranking.pair import Candidate, Floats, Opening
from shortlist.records import Assessment, Evidence, Part, RequirementStatus

WEIGHTS = {"requirements": 0.5, "words": 0.15, "whole text": 0.35}
"""Parts of the score and what they count; two decimals, adding up to 1."""

SHARE_OF_WORDS = 0.3
"""What the words of a requirement that stand in a passage count in its similarity; the rest is the
cosine of their vectors."""

UNDATED = 0.75
"""What a passage in no period counts for a requirement that asks for years, where the resume shows
as many in all."""

MET = 0.5
PARTLY = 0.35
"""Similarities from which on a requirement is met, or partly."""

VALUE_DIGITS = 4
SCORE_DIGITS = 6
"""A weight has two decimals and a value four, so a score of six is their exact sum."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A score in [0, 1] and the parts that add up to it."""

    score: float
    parts: tuple[Part, ...]


def score(opening: Opening, candidate: Candidate) -> Scored:
    """Return the score of a resume for a job. It depends on these two and nothing else."""
    best = similarities(opening, candidate).max(axis=1, initial=0.0)
    values = {
        "requirements": float(opening.weights @ best),
        "words": _words_held(opening, candidate),
        "whole text": float(opening.whole @ candidate.whole),
    }
    parts = tuple(
        Part(name, round(min(max(values[name], 0.0), 1.0), VALUE_DIGITS), weight)
        for name, weight in WEIGHTS.items()
    )
    return Scored(round(sum(part.value * part.weight for part in parts), SCORE_DIGITS), parts)


def assess(opening: Opening, candidate: Candidate) -> tuple[Assessment, ...]:
    """Return how a resume meets each requirement of a job, with the passage that shows it."""
    found = similarities(opening, candidate)
    return tuple(_assessment(opening, candidate, number, row) for number, row in enumerate(found))


def similarities(opening: Opening, candidate: Candidate) -> Floats:
    """Return how well each passage answers each requirement: [requirements, passages] in [0, 1].

    It is the cosine of their vectors and the share of the requirement's words that stand in the
    passage, times the share of the years that it asks for that stand behind the passage.
    """
    cosines = np.clip(opening.vectors @ candidate.vectors.T, 0.0, 1.0).astype(np.float64)
    worded = SHARE_OF_WORDS * opening.shares.sum(axis=1, keepdims=True).round()
    shares = opening.shares @ _held(opening, candidate)
    answered: Floats = ((1 - worded) * cosines + worded * shares) * _years(opening, candidate)
    return answered


def _held(opening: Opening, candidate: Candidate) -> Floats:
    """Return which words of a job stand in which passages: 1 or 0, [words, passages]."""
    held = np.zeros((len(opening.words), len(candidate.passages)))
    for row, word in enumerate(opening.words):
        held[row, candidate.places.get(word, [])] = 1.0
    return held


def _words_held(opening: Opening, candidate: Candidate) -> float:
    """Return the share of the words asked for that the resume holds anywhere."""
    held = [word in candidate.places for word in opening.words]
    return float(opening.word_weights @ np.array(held, np.float64))


def _years(opening: Opening, candidate: Candidate) -> Floats:
    """Return the share of the years asked for that stands behind each passage.

    It is 1 for a requirement that asks for none. Where a passage stands in no period, the years of
    the whole resume may be behind it.
    """
    shares = np.ones((len(opening.asked), len(candidate.passages)))
    for row, item in enumerate(opening.asked):
        if item.years:
            total = item.years if candidate.total_years is None else candidate.total_years
            undated = UNDATED * min(1.0, total / item.years)
            shares[row] = [
                undated if passage.years is None else min(1.0, passage.years / item.years)
                for passage in candidate.passages
            ]
    return shares


def _assessment(opening: Opening, candidate: Candidate, number: int, row: Floats) -> Assessment:
    requirement = opening.asked[number].requirement
    best = int(row.argmax()) if len(row) else None
    similarity = 0.0 if best is None else round(float(row[best]), VALUE_DIGITS)
    status = _status(similarity)
    if best is None or status == "missing":
        return Assessment(requirement, "missing", similarity, None)
    passage = candidate.passages[best]
    quote = candidate.document.text[passage.start : passage.end]
    return Assessment(requirement, status, similarity, Evidence(quote, passage.start, passage.end))


def _status(similarity: float) -> RequirementStatus:
    if similarity >= MET:
        return "met"
    return "partly" if similarity >= PARTLY else "missing"
