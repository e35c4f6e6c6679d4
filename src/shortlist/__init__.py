"""Rank resumes for a job, show the evidence behind every score, and measure who is left out.

from shortlist import Matcher, collect, read

ranking = Matcher.load().rank(read("job.md"), collect(["resumes/"]).documents)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shortlist.documents import collect, parse, read
    from shortlist.errors import ShortlistError
    from shortlist.masking import Masker
    from shortlist.matcher import Matcher
    from shortlist.records import Document, Finding, MaskedText, Match, Ranking

__version__ = "0.1.0"

__all__ = [
    "Document",
    "Finding",
    "MaskedText",
    "Masker",
    "Match",
    "Matcher",
    "Ranking",
    "ShortlistError",
    "collect",
    "parse",
    "read",
]

_HOME = {
    "Document": "records",
    "Finding": "records",
    "MaskedText": "records",
    "Masker": "masking",
    "Match": "records",
    "Matcher": "matcher",
    "Ranking": "records",
    "ShortlistError": "errors",
    "collect": "documents",
    "parse": "documents",
    "read": "documents",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `import shortlist` stays quick."""
    if name not in _HOME:
        raise AttributeError(f"module 'shortlist' has no attribute {name!r}")
    return getattr(import_module(f"shortlist.{_HOME[name]}"), name)
