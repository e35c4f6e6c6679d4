"""The lexicon of schools: names as they are written, and the tier of each.

`top` are the schools of `lexicons/schools_top.txt`, whose head says what makes one; every other
school is `other`. One lexicon serves masking and the group labels of an audit.
"""

import re
from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import Literal
from unicodedata import combining, normalize

from shortlist.masking.layout import WORD, lowered
from shortlist.masking.lexicon import entries, words
from shortlist.masking.tokens import DEGREE, ENTRY, FIELD, part_of

Tier = Literal["top", "other", "none"]

_LISTS: tuple[tuple[str, Tier], ...] = (("schools_top", "top"), ("schools_other", "other"))
_SHORT = 4
_AFTER_AT = re.compile(
    r"(?:from|at|attended|studied|graduate of|alumn\w+ of)\s+(?:the )?\Z", re.IGNORECASE
)
_CAPITAL_NEXT = re.compile(r"[ ]([A-Z][\w&]*)")
_COMMON = words("not_names", "fields") | {"state", "the", "and", "of", "at"}
_CAMPUS = re.compile(r"(?: ?[-–] ?|, | at | in | )[A-Z][a-z]+")
_REGION = re.compile(
    r",\s*(?:" + "|".join(re.escape(r) for r in entries("regions")) + r")\b(?! (?:in|of)\b)"
)
_KEY_WORDS = ("univers", "college", "school", "institut", "tech", "hochschul", "école", "ecole")


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to write a school's name."""

    text: str
    low: str
    words: frozenset[str]
    tier: Tier
    ambiguous: bool
    """Whether it means something else as well, so that only a line about education settles it."""
    system: bool
    """Whether it names several schools, of which a campus that follows picks one."""
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
    """Return the aliases by their most telling word in lower case, longest first."""
    found = [
        _alias(form, tier)
        for name, tier in _LISTS
        for line in entries(name)
        for entry in line.split("|")
        for form in _forms(entry.strip())
    ]
    counts = Counter(word for alias in found for word in set(WORD.findall(alias.low)))
    table: dict[str, list[Alias]] = {}
    for alias in sorted(found, key=lambda alias: -len(alias.low)):
        telling = min(
            WORD.findall(alias.low),
            key=lambda word: (len(word) < 4, word in _COMMON, counts[word], -len(word)),
        )
        table.setdefault(telling, []).append(alias)
    return {word: tuple(group) for word, group in table.items()}


def _forms(entry: str) -> set[str]:
    """Return a name as it is, without its accents, and with them lost to a wrong encoding."""
    lost = "".join(c if c.isascii() else "\ufffd" for c in entry)
    plain = "".join(c for c in normalize("NFKD", entry) if not combining(c))
    return {entry, plain, lost if WORD.search(lost) else entry}


def _alias(entry: str, tier: Tier) -> Alias:
    text = entry.lstrip("*~")
    words_of = frozenset(WORD.findall(text.lower()))
    exact = text.upper() == text and text.isascii()
    return Alias(text, text.lower(), words_of, tier, entry[0] == "*", entry[0] == "~", exact)


@cache
def _sure() -> dict[str, tuple[frozenset[str], ...]]:
    """Return the words of the aliases that are not ambiguous, by the most telling one."""
    return {
        word: tuple({alias.words for alias in group if not alias.ambiguous})
        for word, group in aliases().items()
    }


def telling_words(words: AbstractSet[str]) -> set[str]:
    """Return those of a text's words that may belong to an alias whatever the line is about."""
    table = _sure()
    return {word for word in table.keys() & words if any(alias <= words for alias in table[word])}


def is_alias(text: str) -> bool:
    """Whether a text is an alias and nothing else."""
    lower = lowered(text)
    found = mentions(text, lower, frozenset(WORD.findall(lower)))
    return any(mention.end - mention.start == len(text) for mention in found)


def mentions(text: str, lower: str, words: AbstractSet[str]) -> list[Mention]:
    """Return the places in a line where an alias stands, whatever it means there.

    Args:
        text: the line.
        lower: the line in lower case.
        words: the words of `lower`.
    """
    table = aliases()
    found: list[Mention] = []
    for word in table.keys() & words:
        group = [alias for alias in table[word] if alias.words <= words]
        position = lower.find(word) if group else -1
        while position >= 0:
            starts = ((alias, position - alias.low.index(word)) for alias in group)
            alias, start = next((a for a in starts if _stands(text, lower, *a)), (None, 0))
            if alias is not None:
                found.append(Mention(start, start + len(alias.low), alias))
            position = lower.find(word, position + 1)
    return found


def _stands(text: str, lower: str, alias: Alias, start: int) -> bool:
    end = start + len(alias.low)
    if start < 0 or not lower.startswith(alias.low, start) or lower[end : end + 1].isalnum():
        return False
    if start and lower[start - 1].isalnum():
        return False
    return not alias.exact or text.startswith(alias.text, start)


def is_school(text: str, mention: Mention, *, education: bool) -> bool:
    """Whether an alias names a school where it stands.

    Args:
        text: the line.
        mention: where the alias stands.
        education: whether the line is about education.
    """
    alias = mention.alias
    if not education and alias.ambiguous:
        return False
    if text[mention.start].islower() and (alias.ambiguous or alias.tier != "top" or not education):
        return False
    following = _CAPITAL_NEXT.match(text, mention.end)
    if following and not any(key in alias.low for key in _KEY_WORDS):
        return education and _may_follow(following[1], alias)
    if alias.system and _CAMPUS.match(text, mention.end):
        return False
    if alias.ambiguous and _REGION.match(text, mention.end):
        return False
    if not education and alias.exact and len(alias.text) <= _SHORT:
        before = text[max(0, mention.start - 20) : mention.start]
        return _AFTER_AT.search(before) is not None
    return True


def _may_follow(word: str, alias: Alias) -> bool:
    """Whether a capitalised word behind an alias leaves it the name of a school."""
    return not alias.ambiguous or part_of(word) in (FIELD, DEGREE, ENTRY)
