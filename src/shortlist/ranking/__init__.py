"""Vectors and words of a job and of resumes -> a ranking with its evidence."""

from shortlist.ranking.index import Index
from shortlist.ranking.pair import Asked, Candidate, Opening, Passage, candidate, opening

__all__ = ["Asked", "Candidate", "Index", "Opening", "Passage", "candidate", "opening"]
