"""Vectors and words of a job and of resumes -> a ranking with its evidence."""

from shortlist.ranking.candidates import Candidate, Passage
from shortlist.ranking.index import Index
from shortlist.ranking.opening import Asked, Opening, opening
from shortlist.ranking.wording import Wording, asked_for, wording

__all__ = [
    "Asked",
    "Candidate",
    "Index",
    "Opening",
    "Passage",
    "Wording",
    "asked_for",
    "opening",
    "wording",
]
