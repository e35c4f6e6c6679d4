"""Rank resumes for a job, show the evidence behind every score, and measure who is left out."""

__version__ = "0.1.0"
