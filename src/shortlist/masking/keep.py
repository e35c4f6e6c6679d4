"""Phrases that hold a school's or a person's name and mean something else, such as `MIT License`."""

from functools import cache

from shortlist.masking.layout import WORD, layout
from shortlist.masking.lexicon import words
from shortlist.records import Span


@cache
def _table() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for phrase in sorted(words("keep")):
        first = WORD.search(phrase)
        assert first is not None
        table.setdefault(first[0], []).append(phrase)
    return {word: tuple(found) for word, found in table.items()}


def kept(text: str) -> list[Span]:
    """Return the phrases of `lexicons/keep.txt` that stand in a text."""
    lay = layout(text)
    table = _table()
    return [
        Span(start, start + len(phrase), "kept")
        for word in lay.words & table.keys()
        for start in lay.occurrences(word)
        for phrase in table[word]
        if lay.lower.startswith(phrase, start)
    ]
