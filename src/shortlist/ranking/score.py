"""How well a resume answers a job: a sum of three parts, each shown.

score = 0.5 * requirements + 0.1 * words + 0.4 * whole text

*requirements* is the weighted mean, over the requirements of the job, of the similarity of the
passage that answers each best, put right for the length of the resume: see CHANCE. *words* is the
weighted share of the words asked for that the resume holds. *whole text* is the cosine of the job
(the mean of its text and its title) and the resume (the mean of all its passages and of the first
few, which introduce the person), or of what a model's attention over sections makes of these.

The numbers were chosen on one half of the jobs of `benchmarks/matching.py`, which reports the
other half.

A score depends on its job and its resume to the last bit, not on what else is computed with them:
vectors lie on the grid of float16, so their products and the sums of those are exact in float64
(multiples of 2**-48 that do not exceed 1), and everything else is computed number by number.
"""

import math
from collections.abc import Iterable, Iterator

import numpy as np

from shortlist.ranking.candidates import Block, Candidate
from shortlist.ranking.opening import Asked, Floats, Opening
from shortlist.records import Assessment, Evidence, Part, RequirementStatus

WEIGHTS = {"requirements": 0.5, "words": 0.1, "whole text": 0.4}
"""Parts of the score and what they count; two decimals, adding up to 1."""

SHARE_OF_WORDS = 0.3
"""What the words of a requirement that stand in a passage count in its similarity; the rest is the
cosine of their vectors."""

SHARE_OF_YEARS = 0.75
"""What the years behind a passage count for a requirement that asks for years."""

UNDATED = 0.75
"""The share of the years asked for that a passage in no period is taken to show, where the resume
as a whole shows as many."""

CHANCE = 0.05
FEW_PASSAGES = 20
"""A longer resume holds a similar passage by chance more often. One of up to FEW_PASSAGES is taken
as it is; one of e times as many has CHANCE taken off its mean similarity."""

MET = 0.5
PARTLY = 0.35
"""Similarities from which on a requirement is met, or partly."""

VALUE_DIGITS = 4
SCORE_DIGITS = 6
"""A weight has two decimals and a value four, so a score of six is their exact sum."""


def score(opening: Opening, block: Block) -> list[tuple[Part, ...]]:
    """Return the parts of the scores of resumes for a job: values in [0, 1] and their weights."""
    values = {
        "requirements": _requirements(opening, block),
        "words": _words(opening, block),
        "whole text": block.wholes.astype(np.float64) @ opening.whole,
    }
    rounded = [values[name].clip(0.0, 1.0).round(VALUE_DIGITS).tolist() for name in WEIGHTS]
    return [
        tuple(map(Part, WEIGHTS, of_resume, WEIGHTS.values()))
        for of_resume in zip(*rounded, strict=True)
    ]


def total(parts: tuple[Part, ...]) -> float:
    """Return the score that parts add up to."""
    return round(sum(part.value * part.weight for part in parts), SCORE_DIGITS)


def similarities(opening: Opening, block: Block) -> Floats:
    """Return how well each passage answers each requirement: [requirements, passages] in [0, 1].

    It is the cosine of their vectors and the share of the requirement's words that stand in the
    passage. For a requirement that asks for years, part of it is the share of those that stand
    behind the passage.
    """
    found: Floats = (opening.vectors @ block.vectors.astype(np.float64).T).clip(0.0, 1.0)
    found *= 1 - SHARE_OF_WORDS * _worded(opening)
    for column, together in enumerate(opening.words):
        holding = block.holding(together)
        for asking in np.flatnonzero(opening.shares[:, column]):
            found[asking, holding] += SHARE_OF_WORDS * opening.shares[asking, column]
    for row, item in enumerate(opening.asked):
        if item.years:
            found[row] *= 1 - SHARE_OF_YEARS * (1 - _years_shown(item.years, block))
    return found.clip(0.0, 1.0)


def assess(
    opening: Opening, block: Block, numbers: Iterable[int]
) -> Iterator[tuple[Assessment, ...]]:
    """Yield how the resumes of these numbers meet each requirement, with what shows it."""
    found = similarities(opening, block)
    shown = [
        _years_shown(item.years, block) if item.years else np.ones(len(block.owners))
        for item in opening.asked
    ]
    for number in numbers:
        own, candidate = block.passages_of(number), block.candidates[number]
        yield tuple(
            _assessment(item, candidate, found[row, own], shown[row][own])
            for row, item in enumerate(opening.asked)
        )


def _assessment(
    item: Asked, candidate: Candidate, found: Floats, years_shown: Floats
) -> Assessment:
    if not candidate.passages:
        return Assessment(item.requirement, "missing", 0.0, None)
    best = int(found.argmax())
    similarity = round(float(found[best]), VALUE_DIGITS)
    status = _status(similarity, in_full=bool(years_shown[best] >= 1))
    if status == "missing":
        return Assessment(item.requirement, status, similarity, None)
    passage = candidate.passages[best]
    quote = candidate.document.text[passage.start : passage.end]
    evidence = Evidence(quote, passage.start, passage.end)
    return Assessment(item.requirement, status, similarity, evidence)


def _requirements(opening: Opening, block: Block) -> Floats:
    """Return the weighted mean of the best similarities, put right for length: [resumes]."""
    found = similarities(opening, block)
    counts = np.diff(block.ends, prepend=0)
    some = np.flatnonzero(counts)
    values = np.zeros(len(block.candidates))
    if len(some):
        best = np.maximum.reduceat(found, (block.ends - counts)[some], axis=1)
        for weight, row in zip(opening.weights, best, strict=True):
            values[some] += weight * row
        lengths = [math.log(max(count, FEW_PASSAGES) / FEW_PASSAGES) for count in counts[some]]
        values[some] -= CHANCE * np.array(lengths)
    return values


def _words(opening: Opening, block: Block) -> Floats:
    """Return the share of the words asked for that each resume holds anywhere: [resumes]."""
    values = np.zeros(len(block.candidates))
    for together, weight in zip(opening.words, opening.word_weights, strict=True):
        holds = np.zeros(len(values), bool)
        holds[block.owners[block.holding(together)]] = True
        values[holds] += weight
    return values


def _worded(opening: Opening) -> Floats:
    """Return 1 for requirements with a word that says something, else 0: [requirements, 1]."""
    worded: Floats = np.where(opening.shares.sum(axis=1) > 0, 1.0, 0.0)[:, None]
    return worded


def _years_shown(years: float, block: Block) -> Floats:
    """Return the share, up to 1, of the years asked for that stand behind each passage.

    Where a passage stands in no period, those of the whole resume may be behind it.
    """
    whole = np.minimum(np.nan_to_num(block.total_years / years, nan=1.0), 1.0)
    undated = UNDATED * whole[block.owners]
    shown: Floats = np.where(np.isnan(block.years), undated, np.minimum(block.years / years, 1.0))
    return shown


def _status(similarity: float, *, in_full: bool) -> RequirementStatus:
    """Return the status of a requirement; fewer years than it asks for meet it partly at best."""
    if similarity >= MET and in_full:
        return "met"
    return "partly" if similarity >= PARTLY else "missing"
