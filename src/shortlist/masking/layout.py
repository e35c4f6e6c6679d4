"""A text as its detectors see it: words, lines, and the section that each line stands in.

All detectors of a policy look at the same text, one after another, so the scan is kept.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from shortlist.masking.lexicon import entries
from shortlist.masking.pieces import LONGEST, opens_other, pieces

WORD = re.compile(r"[^\W\d_]+")
_WORD_EDGES = ".,;:()'\"-"
_HEADING_EDGE = " \t:;.,•·*#|_=~–—->●▪■"
_LONGEST_HEADING = 60
_ASKS = frozenset(("requirements", "requirement", "required", "preferred"))


def _headings() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for line in entries("headings"):
        kind, _, words = line.partition(":")
        kinds.update(dict.fromkeys(words.split(), kind))
    return kinds


_HEADING_WORDS = _headings()


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """What is known of a text before any detector runs.

    A long line is cut into pieces of at most some hundred characters; each piece counts as a line.
    """

    text: str
    lower: str
    """The text in lower case, with the same offsets."""
    words: frozenset[str]
    foreign: tuple[str, ...]
    """The words that are not of ASCII letters alone."""
    starts: list[int]
    ends: list[int]
    sections: list[str]
    """For each line `top` (before any heading), `education`, `references` or `other`."""
    headings: frozenset[int]
    """The lines that are headings."""
    openers: frozenset[int]
    """The lines that open a section: headings, and pieces of a long line that begin with one."""
    colons: tuple[int, ...]
    """Where colons stand."""
    places: dict[str, tuple[int, ...]]
    """Where words stand, of those that were asked for."""

    def line_at(self, position: int) -> int:
        """Return the index of the line that holds an offset."""
        return max(bisect_right(self.starts, position) - 1, 0)

    def occurrences(self, word: str) -> tuple[int, ...]:
        """Return the offsets at which a word, given in lower case, stands as a whole word."""
        places = self.places.get(word)
        if places is None:
            places = self.places[word] = tuple(self._occurrences(word))
        return places

    def _occurrences(self, word: str) -> Iterator[int]:
        lower, size = self.lower, len(word)
        start = lower.find(word)
        while start >= 0:
            end = start + size
            if not (start and lower[start - 1].isalnum()) and not lower[end : end + 1].isalnum():
                yield start
            start = lower.find(word, end)

    def lines_with(self, words: AbstractSet[str]) -> set[int]:
        """Return the indices of the lines in which one of the words stands."""
        found = self.words & words
        return {self.line_at(start) for word in found for start in self.occurrences(word)}


def lowered(text: str) -> str:
    """Return a text in lower case with the same offsets."""
    return text.replace("İ", "i").lower()  # the one letter whose lower case is two characters


@lru_cache(maxsize=2)
def layout(text: str) -> Layout:
    """Return the layout of a text."""
    lower = lowered(text)
    starts, ends = _lines(text)
    words = _words(lower)
    headings, openers = _openers(lower, text, starts, ends)
    sections = []
    section = "top"
    for index in range(len(starts)):
        section = openers.get(index, section)
        sections.append(section)
    return Layout(
        text,
        lower,
        words,
        () if lower.isascii() else tuple(word for word in words if not word.isascii()),
        starts,
        ends,
        sections,
        frozenset(headings),
        frozenset(openers) | frozenset(headings),
        _colons(text),
        {},
    )


def _words(lower: str) -> frozenset[str]:
    """Return the words of a text in lower case; splitting first is twice as fast."""
    rough = set(lower.split())
    words = set(filter(str.isalpha, rough))
    edged = {word.strip(_WORD_EDGES) for word in rough - words}
    plain = set(filter(str.isalpha, edged))
    words.update(plain, WORD.findall(" ".join(edged - plain)))
    return frozenset(words)


def _colons(text: str) -> tuple[int, ...]:
    marks = ":" if text.isascii() else ":："
    found = []
    for mark in marks:
        position = text.find(mark)
        while position >= 0:
            found.append(position)
            position = text.find(mark, position + 1)
    return tuple(found)


def _lines(text: str) -> tuple[list[int], list[int]]:
    starts, ends = [], []
    position = 0
    for line in text.split("\n"):
        end = position + len(line)
        if len(line) <= LONGEST:
            starts.append(position)
            ends.append(end)
        else:
            for start, stop in pieces(text, position, end):
                starts.append(start)
                ends.append(stop)
        position = end + 1
    return starts, ends


def _openers(
    lower: str, text: str, starts: list[int], ends: list[int]
) -> tuple[list[int], dict[int, str]]:
    """Return the lines that are headings, and what the lines that open a section open."""
    headings, openers = [], {}
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        kind = None
        if end - start <= _LONGEST_HEADING:
            line = lower[start:end]
            first = line.split(" ", 1)[0].strip(_HEADING_EDGE)
            kind = _heading(line) if not first.isalpha() or first in _HEADING_WORDS else None
            if kind is not None:
                headings.append(index)
        if kind is None and _is_piece(text, start, end) and opens_other(text, start):
            kind = "other"
        if kind is not None and kind != "contact":
            openers[index] = kind
    return headings, openers


def _is_piece(text: str, start: int, end: int) -> bool:
    """Whether a line is only a part of a long one."""
    return (start > 0 and text[start - 1] != "\n") or text[end : end + 1] not in ("", "\n")


@lru_cache(maxsize=4096)
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
