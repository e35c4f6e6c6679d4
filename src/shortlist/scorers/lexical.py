"""Words as evidence: how often a text says each, and how alike two texts are by them.

How much a word says is how rare it is in English at large. Two texts alone cannot tell that: of
two documents, what both say would count less than what one says.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from shortlist.extraction.context import Scopes
from shortlist.extraction.names import Words
from shortlist.ranking.words import rarity, word_spans
from shortlist.records import Span


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a text."""

    places: Mapping[str, tuple[Span, ...]]
    """Where a word is said of somebody: not denied ("no experience with"), not wished for."""
    total: int
    """All words, whatever is said of them."""
    written: frozenset[str]
    """Of what is said, the words with a capital."""
    inside: frozenset[str]
    """Those of them whose capital no beginning of a sentence explains."""

    @property
    def counts(self) -> dict[str, int]:
        """How often each word is said."""
        return {word: len(spans) for word, spans in self.places.items()}


def said(text: str) -> Said:
    """Return the words of a text with the places that count."""
    scopes = Scopes(Words(text))
    places: dict[str, list[Span]] = {}
    written: set[str] = set()
    inside: set[str] = set()
    number = 0
    for span in word_spans(text):
        number += 1
        if scopes.stance(span.start, span.end) is None:
            places.setdefault(span.kind, []).append(span)
            word = text[span.start : span.end]
            if not word.islower():
                written.add(word)
                if not (word.istitle() and _begins(text, span.start)):
                    inside.add(word)
    kept = {word: tuple(spans) for word, spans in places.items()}
    return Said(kept, number, frozenset(written), frozenset(inside))


def _begins(text: str, start: int) -> bool:
    """Return whether a sentence or a line begins at an offset."""
    before = text[max(0, start - 4) : start].rstrip(" \t•*-–\"'(")
    return not before or before[-1] in ".!?:\n"


def counted(text: str) -> Counter[str]:
    """Return how often a text says each word."""
    return Counter(span.kind for span in word_spans(text))


@dataclass(frozen=True, slots=True)
class TfIdf:
    """A text's words with their weights, of which all are above 0, and the vector's length."""

    weights: Mapping[str, float]
    length: float


def tfidf(counts: Mapping[str, int]) -> TfIdf:
    """Return the TF-IDF vector of a text.

    The weight of a word is (1 + ln count) times its rarity (`shortlist.ranking.words.rarity`), the
    logarithm of its inverse frequency in English.

    Args:
        counts: how often the text says each word.
    """
    rare = {word: rarity(word) for word in counts}
    weights = {word: (1 + math.log(counts[word])) * w for word, w in rare.items() if w > 0}
    return TfIdf(weights, math.sqrt(math.fsum(w * w for w in weights.values())))


def likeness(one: TfIdf, other: TfIdf) -> float:
    """Return the cosine of two texts' vectors, in [0, 1]; 0 where one says nothing.

    Sums are exact, whatever the order of the words.
    """
    shared = (w * other.weights[word] for word, w in one.weights.items() if word in other.weights)
    product = math.fsum(shared)
    return min(product / (one.length * other.length), 1.0) if product else 0.0
