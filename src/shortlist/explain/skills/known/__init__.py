"""Resumes with known truth about skills: generated, hand-checked, and as preference pairs."""
