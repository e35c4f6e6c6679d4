"""The evidence lines of a resume: what a requirement is compared with, and what is quoted."""

import re
from collections.abc import Sequence
from itertools import takewhile

from shortlist.extraction.sections import sections
from shortlist.extraction.sentences import lines, sentences
from shortlist.records import Span

_FRAGMENT_WORDS = 3
"""A line this short says too little alone: the dates of a job, one skill of a list."""
_OPEN_WORDS = 6
"""A line this short, such as a job title, is taken together with the fragments below it."""
_MERGED_WORDS = 16
_INTRODUCTION = 3
"""Passages, at most, that are taken to introduce the person."""

_CONTRAST = re.compile(r"[,;]?\s+(?:but|however|though|although|yet)\b,?\s*", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:no|without|little|lack(?:s|ing)?(?: of| any)?) (?:\w+ ){0,3}"
    r"(?:experience|knowledge|exposure|background|familiarity|skills?)\b"
    r"|\b(?:not|never|haven't|hasn't|don't|didn't|isn't|am not) (?:\w+ ){0,2}"
    r"(?:familiar|experienced|worked|used|know|known|learnt|learned|proficient|trained|certified)\b"
    r"|\bunfamiliar with\b",
    re.IGNORECASE,
)


def passages(text: str) -> tuple[Span, ...]:
    """Return the passages of a resume in order, disjoint and not empty, as spans of `text`.

    A passage is a bullet, a line (with its continuation, where the sentence was wrapped) or a
    sentence of a paragraph. Neighbouring fragments that are no bullets are taken together, so
    that a job title stays with its dates, and a one-column skill list gives a few passages.
    The `kind` is that of the section it stands in. Headings are no passages, and neither is what
    somebody says they lack ("no experience with Java").
    """
    found: list[Span] = []
    sectioned = sections(text)
    headings = {s.heading.start: s.heading.end for s in sectioned.sections if s.heading}
    open_to_more = False
    for line in lines(text):
        first = line.start
        if first in headings:
            first, open_to_more = _after(text, headings[first], line.end), False
        kind = sectioned.kind_at(first)
        for start, end in sentences(text, first, line.end):
            stated = _stated(text, start, end)
            alone = not line.bullet and stated == [(first, line.end)]
            length = _words(text, start, end)
            if alone and open_to_more and length <= _FRAGMENT_WORDS and _fits(text, found[-1], end):
                found[-1] = Span(found[-1].start, end, kind)
            else:
                found += [Span(*clause, kind) for clause in stated]
            open_to_more = alone and length <= _OPEN_WORDS and text[end - 1] not in ".!?;"
    return tuple(found)


def introduction(found: Sequence[Span]) -> int:
    """Return how many of the first passages of a resume say what the person is: up to three.

    They stand above the first heading, or below the heading of a summary.
    """
    opening = takewhile(lambda span: span.kind in ("header", "summary"), found[:_INTRODUCTION])
    return sum(1 for _ in opening)


def _stated(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return a sentence, or where it denies something, those of its clauses that do not."""
    if not _DENIED.search(text, start, end):
        return [(start, end)]
    turns = [(turn.start(), turn.end()) for turn in _CONTRAST.finditer(text, start, end)]
    starts = [start, *(after for _, after in turns)]
    ends = [*(before for before, _ in turns), end]
    clauses = zip(starts, ends, strict=True)
    return [(a, b) for a, b in clauses if a < b and not _DENIED.search(text, a, b)]


def _after(text: str, heading_end: int, line_end: int) -> int:
    """Return where the text of a line begins that a heading opens."""
    rest = text[heading_end:line_end]
    return line_end - len(rest.lstrip(" \t\r\n:*_|–—-"))


def _fits(text: str, above: Span, end: int) -> bool:
    return len(text[above.start : end].split()) <= _MERGED_WORDS


def _words(text: str, start: int, end: int) -> int:
    """Return how many words stand there; dates and other numbers are none."""
    return sum(any(map(str.isalpha, word)) for word in text[start:end].split())
