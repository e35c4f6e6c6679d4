"""Ways of scoring a resume for a job, side by side: learned, hand-weighted, and a blend of both."""

from shortlist.scorers.blend import Blend
from shortlist.scorers.blend_file import BlendFile, read_blend, write_blend
from shortlist.scorers.hybrid import Hybrid
from shortlist.scorers.learned import Learned, learned_matcher
from shortlist.scorers.scorer import SCORERS, Scorer, scorer
from shortlist.scorers.signals import SUGGESTED, parse_weights

__all__ = [
    "SCORERS",
    "SUGGESTED",
    "Blend",
    "BlendFile",
    "Hybrid",
    "Learned",
    "Scorer",
    "learned_matcher",
    "parse_weights",
    "read_blend",
    "scorer",
    "write_blend",
]
