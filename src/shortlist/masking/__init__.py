"""Masking: what the encoder must not read is deleted from a text without trace."""

from shortlist.masking import schools
from shortlist.masking.masker import POLICIES, Detector, Masker, shown

__all__ = ["POLICIES", "Detector", "Masker", "schools", "shown"]
