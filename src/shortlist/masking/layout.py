"""A text as its detectors see it: words, lines, and the section that each line stands in.

All detectors of a policy look at the same text, one after another, so the scan is kept.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from shortlist.masking.lexicon import entries

WORD = re.compile(r"[^\W\d_]+")
_LONGEST_LINE = 400
_HEADING_EDGE = " \t:;.,•·*#|_=~–—->●▪■"
_LONGEST_HEADING = 60
_ASKS = frozenset(("requirements", "requirement", "required", "preferred"))
# Where a line that holds a whole resume or paragraph breaks: at a sentence's end, or at a heading.
_BREAK = re.compile(
    r"(?<=[.!?])\s+(?=[A-Z])"
    r"|\s+(?=(?:Education|EDUCATION|Skills|SKILLS|Certifications|CERTIFICATIONS|Links|Awards|"
    r"Work Experience|WORK EXPERIENCE|Additional Information|Publications|Military Service|"
    r"Languages|Assessments|References|REFERENCES)[ :/])"
)
_INLINE_EDUCATION = re.compile(r"(?:Education|EDUCATION)[ :]+(?=[A-Z\d])")
_INLINE_HEADING = re.compile(
    r"(?:Skills|SKILLS|Certifications|CERTIFICATIONS|Links|Awards|Work Experience|WORK EXPERIENCE|"
    r"Additional Information|Publications|Military Service|Languages|Assessments|References|"
    r"REFERENCES)[ :/]"
)


def _headings() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for line in entries("headings"):
        kind, _, words = line.partition(":")
        kinds.update(dict.fromkeys(words.split(), kind))
    return kinds


_HEADING_WORDS = _headings()


@dataclass(frozen=True, slots=True)
class Layout:
    """What is known of a text before any detector runs.

    A long line is cut into pieces of at most some hundred characters; each piece counts as a line.
    """

    text: str
    lower: str
    """The text in lower case, with the same offsets."""
    words: frozenset[str]
    starts: list[int]
    ends: list[int]
    sections: list[str]
    """For each line `top` (before any heading), `education`, `references` or `other`."""
    headings: frozenset[int]
    """The lines that are headings."""

    def line_at(self, position: int) -> int:
        """Return the index of the line that holds an offset."""
        return max(bisect_right(self.starts, position) - 1, 0)

    def occurrences(self, word: str) -> Iterator[int]:
        """Yield the offsets at which a word, given in lower case, stands as a whole word."""
        lower, size = self.lower, len(word)
        start = lower.find(word)
        while start >= 0:
            end = start + size
            if not (start and lower[start - 1].isalnum()) and not lower[end : end + 1].isalnum():
                yield start
            start = lower.find(word, end)

    def lines_with(self, words: frozenset[str]) -> set[int]:
        """Return the indices of the lines in which one of the words stands."""
        found = self.words & words
        return {self.line_at(start) for word in found for start in self.occurrences(word)}


@lru_cache(maxsize=2)
def layout(text: str) -> Layout:
    """Return the layout of a text."""
    lower = text.replace("İ", "i").lower()  # the one letter whose lower case is two characters
    starts, ends = _lines(text)
    sections, headings = _sections(lower, text, starts, ends)
    words = frozenset(WORD.findall(lower))
    return Layout(text, lower, words, starts, ends, sections, frozenset(headings))


def _lines(text: str) -> tuple[list[int], list[int]]:
    starts, ends = [], []
    position = 0
    for line in text.split("\n"):
        end = position + len(line)
        if len(line) <= _LONGEST_LINE:
            starts.append(position)
            ends.append(end)
        else:
            for start, stop in _pieces(text, position, end):
                starts.append(start)
                ends.append(stop)
        position = end + 1
    return starts, ends


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for gap in _BREAK.finditer(text, start, end):
        yield from _short(text, start, gap.start())
        start = gap.end()
    yield from _short(text, start, end)


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST_LINE:
        cut = text.rfind(" ", start, start + _LONGEST_LINE)
        cut = cut if cut > start else start + _LONGEST_LINE
        yield start, cut
        start = cut + 1 if text[cut] == " " else cut
    yield start, end


def _sections(
    lower: str, text: str, starts: list[int], ends: list[int]
) -> tuple[list[str], list[int]]:
    sections, headings = [], []
    section = "top"
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if end - start <= _LONGEST_HEADING:
            kind = _heading(lower[start:end])
            if kind is not None:
                headings.append(index)
        else:
            kind = _inline_heading(text, start)
        if kind is not None and kind != "contact":
            section = kind
        sections.append(section)
    return sections, headings


def _heading(line: str) -> str | None:
    """Return the section that a line, in lower case, opens, or None where it is no heading."""
    line = line.strip(_HEADING_EDGE)
    first = WORD.match(line)
    if first is None or first[0] not in _HEADING_WORDS:
        return None
    words = WORD.findall(line)
    if len(words) > 6:
        return None
    kinds = [_HEADING_WORDS.get(word) for word in words]
    if _ASKS.intersection(words) and None not in kinds:
        return "other"
    if None in kinds:
        opens = kinds[0] == "education" and line[first.end() :].lstrip()[:1] in ":/|-–—(,"
        return "education" if opens and line[first.end() :].strip() else None
    for kind in ("education", "references", "contact", "other"):
        if kind in kinds:
            return kind
    return None


def _inline_heading(text: str, start: int) -> str | None:
    if _INLINE_EDUCATION.match(text, start):
        return "education"
    return "other" if _INLINE_HEADING.match(text, start) else None
