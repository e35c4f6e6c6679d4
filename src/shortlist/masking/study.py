"""Which lines of a text speak of education, and which may name a school."""

import re
from collections.abc import Iterator
from functools import lru_cache

from shortlist.masking.aliases import telling_words
from shortlist.masking.degrees import (
    CAPITAL_DEGREES,
    DEGREE_OF,
    OF_DEGREE,
    is_capital_degree,
)
from shortlist.masking.layout import Layout
from shortlist.masking.lexicon import words
from shortlist.masking.tokens import keys_of

_STUDY = words("strong_study")
_DOTTED = re.compile(
    r"b\. ?(?:s|a|e|t|c|f|b|n|l|p)|m\. ?(?:s|a|e|t|c|b|f|p|d)|a\.[as]|ph\. ?d|ll\.[bm]|j\.d|d\.phil"
)
_DOTTED_WORDS = frozenset(("b", "m", "a", "ph", "ll", "j", "d"))


@lru_cache(maxsize=2)
def study_lines(lay: Layout) -> frozenset[int]:
    """Return the indices of the lines about education: by their section, or by what they say."""
    found = {index for index, section in enumerate(lay.sections) if section == "education"}
    found |= lay.lines_with(_STUDY)
    found.update(map(lay.line_at, _degrees(lay)))
    return frozenset(found)


def school_lines(lay: Layout) -> set[int]:
    """Return the indices of the lines that hold a word such as `University` or a short name."""
    return lay.lines_with(telling_words(lay.words) | keys_of(lay.words, lay.foreign))


def _degrees(lay: Layout) -> Iterator[int]:
    """Yield where degrees stand: `Master of`, `B.Sc.`, `BS in`."""
    for word in lay.words & OF_DEGREE:
        for position in lay.occurrences(word):
            if DEGREE_OF.match(lay.lower, position + len(word)):
                yield position
    for letter in lay.words & _DOTTED_WORDS:
        yield from (p for p in _begun(lay.lower, letter + ".") if _DOTTED.match(lay.lower, p))
    yield from _capital_degrees(lay)


def _capital_degrees(lay: Layout) -> Iterator[int]:
    for degree in lay.words & CAPITAL_DEGREES:
        for position in _begun(lay.text, degree.upper()):
            end = position + len(degree)
            stop = lay.ends[lay.line_at(end - 1)]
            if not lay.text[end : end + 1].isalnum() and is_capital_degree(lay.text, end, stop):
                yield position


def _begun(text: str, words: str) -> Iterator[int]:
    """Yield where a text begins with some words, at the start of a word."""
    position = text.find(words)
    while position >= 0:
        if not (position and text[position - 1].isalnum()):
            yield position
        position = text.find(words, position + len(words))
