"""Fields of common words alone, such as `Boiler Erector`: a job, and nobody's name.

A name is told by one word that is not common, wherever it stands, or by a first name that is common
too: in front, or behind a surname. So a surname such as `Baker` keeps no name from being found.
"""

import re
from collections.abc import Iterator, Sequence

from shortlist.masking.lexicon import words

_MARKED = words("common_words")
_FIRST_NAMES = frozenset(word[:-1] for word in _MARKED if word.endswith("!"))
_COMMON = (_MARKED - {f"{name}!" for name in _FIRST_NAMES}) | _FIRST_NAMES
_KNOWN = _COMMON | (words("not_names", "skills", "fields", "entry_words") - words("mixed_names"))
_PIECES = re.compile(r"[-'’.]")
_TRADES = ("er", "or", "man", "mason", "ward", "cook")  # ends of jobs that are first names too
_SHORTEST = 3  # letters of a word from which another is formed, and of one that begins a title
# What makes of an act or a thing the person who does it or works at it.
_AGENTS = (
    *("er", "or", "ist", "ian", "eer", "ster", "man", "men", "woman", "person", "people", "hand"),
    *("boy", "maker", "keeper", "s"),
)


def are_common(parts: Sequence[str]) -> bool:
    """Return whether some words, two or more, are common ones that make no name."""
    low = [part.lower() for part in parts]
    *first, last = low
    return (
        bool(first)
        and all(len(word) >= _SHORTEST for word in first)
        and _FIRST_NAMES.isdisjoint(first)
        and (last not in _FIRST_NAMES or last.endswith(_TRADES))
        and all(map(_is_common, first))
        and (_is_common(last) or all(map(_is_of_a_job, filter(None, _PIECES.split(last)))))
    )


def _is_common(word: str) -> bool:
    pieces = [piece for piece in _PIECES.split(word) if piece]
    return word in _KNOWN or (bool(pieces) and all(map(_is_known, pieces)))


def _is_known(word: str) -> bool:
    plural = word.endswith("s") and len(word) > _SHORTEST + 1
    return word in _KNOWN or (plural and word[:-1] in _KNOWN)


def _is_of_a_job(word: str) -> bool:
    return word in _KNOWN or any(stem in _KNOWN for stem in _stems(word))


def _stems(word: str) -> Iterator[str]:
    """Yield what a word may be formed from: `lap` of `lapper`, `tie` of `tier`."""
    for ending in _AGENTS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST:
            yield from (stem, f"{stem}e", f"{stem}y")
            if stem[-1] == stem[-2]:
                yield stem[:-1]
            if stem[-1] == "i":
                yield f"{stem[:-1]}y"
