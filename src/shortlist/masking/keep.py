"""Phrases that hold a name and mean something else, such as `MIT License`."""

from collections import Counter
from functools import cache

from shortlist.masking.layout import WORD, layout
from shortlist.masking.lexicon import words
from shortlist.records import Span

_COMMON = words("not_names")


@cache
def _table() -> dict[str, list[tuple[str, frozenset[str]]]]:
    phrases = {phrase: frozenset(WORD.findall(phrase)) for phrase in words("keep")}
    counts = Counter(word for found in phrases.values() for word in found)
    table: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for phrase, found in phrases.items():
        telling = min(found, key=lambda word: (word in _COMMON, counts[word], -len(word)))
        table.setdefault(telling, []).append((phrase, found))
    return table


def kept(text: str) -> list[Span]:
    """Return the phrases of `lexicons/keep.txt` that stand in a text."""
    lay = layout(text)
    table = _table()
    phrases = [
        phrase
        for word in lay.words & table.keys()
        for phrase, parts in table[word]
        if parts <= lay.words
    ]
    return [
        Span(start, start + len(phrase), "kept")
        for phrase in phrases
        for start in lay.occurrences(phrase)
    ]
