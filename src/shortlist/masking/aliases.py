"""The lexicon of schools: names as they are written, and the tier of each.

`top` are the schools of `lexicons/schools_top.txt`, whose head says what makes one; every other
school is `other`. One lexicon serves masking and the group labels of an audit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from shortlist.masking.layout import WORD, Layout
from shortlist.masking.lexicon import entries, words
from shortlist.masking.tokens import DEGREE, ENTRY, FIELD, part_of

Tier = Literal["top", "other", "none"]

_SHORT = 4
_AFTER_AT = re.compile(
    r"(?:from|at|attended|studied|graduate of|alumn\w+ of)\s+(?:the )?\Z", re.IGNORECASE
)
_CAPITAL_NEXT = re.compile(r"[ ]([A-Z][\w&]*)")
_KEY_WORDS = ("univers", "college", "school", "institut", "tech", "hochschul", "école", "ecole")


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to write a school's name."""

    text: str
    low: str
    tier: Tier
    ambiguous: bool
    """Whether it means something else as well, so that only a line about education settles it."""
    exact: bool
    """Whether it counts only as written, in capitals."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An alias that stands in a text."""

    start: int
    end: int
    alias: Alias


@cache
def aliases() -> dict[str, tuple[Alias, ...]]:
    """Return the aliases by their first word in lower case, longest first."""
    table: dict[str, list[Alias]] = {}
    for name, tier in (("schools_top", "top"), ("schools_other", "other")):
        for line in entries(name):
            for entry in line.split("|"):
                alias = _alias(entry.strip(), "top" if tier == "top" else "other")
                first = WORD.search(alias.low)
                key = first[0] if first else alias.low
                table.setdefault(key, []).append(alias)
    return {word: tuple(sorted(found, key=lambda a: -len(a.low))) for word, found in table.items()}


def _alias(entry: str, tier: Tier) -> Alias:
    ambiguous = entry.startswith("*")
    text = entry.lstrip("*")
    return Alias(text, text.lower(), tier, ambiguous, text.upper() == text and text.isascii())


def mentions(lay: Layout) -> Iterator[Mention]:
    """Yield the places where an alias stands, whatever it means there."""
    table = aliases()
    for word in lay.words & table.keys():
        for position in lay.occurrences(word):
            for alias in table[word]:
                offset = 0 if alias.low.startswith(word) else alias.low.index(word)
                start = position - offset
                end = start + len(alias.low)
                if start < 0 or not lay.lower.startswith(alias.low, start):
                    continue
                if lay.lower[end : end + 1].isalnum() or (
                    alias.exact and lay.text[start:end] != alias.text
                ):
                    continue
                yield Mention(start, end, alias)
                break


def is_school(lay: Layout, mention: Mention, *, education: bool) -> bool:
    """Whether an alias names a school where it stands.

    Args:
        lay: the text.
        mention: where the alias stands.
        education: whether the line is about education.
    """
    alias = mention.alias
    if not education and alias.ambiguous:
        return False
    first = lay.text[mention.start]
    if first.islower() and (alias.ambiguous or alias.tier != "top" or not education):
        return False
    following = _CAPITAL_NEXT.match(lay.text, mention.end)
    if following and not any(key in alias.low for key in _KEY_WORDS):
        return education and _may_follow(following[1], alias)
    if not education and alias.exact and len(alias.text) <= _SHORT:
        before = lay.text[max(0, mention.start - 20) : mention.start]
        return _AFTER_AT.search(before) is not None
    return True


def _may_follow(word: str, alias: Alias) -> bool:
    """Whether a capitalised word behind an alias leaves it the name of a school."""
    return not alias.ambiguous or part_of(word) in (FIELD, DEGREE, ENTRY)
