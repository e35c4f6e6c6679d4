"""Words: which ones a text holds, and how much those of a requirement say.

How much a word says is how rare it is in English at large, never how rare it is among the resumes
at hand: a score must not depend on who else applied.
"""

import math
import re
from collections.abc import Iterator
from functools import cache

from shortlist.records import Span

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?(?:(?<!\d)[+#]+)?")

_COMMON = 6.5
"""Zipf value (log10 of occurrences in a billion words) from which on a word says nothing."""
_RARE = 3.0
"""Zipf value below which all words say the same: about where the small word list ends."""


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ASKING = _listed(
    """
    abilities ability able about adept advanced advantage all an and another any appropriate
    aptitude are as asset at background basic be bonus bring candidate capability capable
    capacity comfortable command competence competency competent comprehensive deep demonstrable
    demonstrate demonstrated desirable desired effective efficient eight equivalent essential
    etc excellent exceptional experience experienced expert expertise exposure extensive
    familiar familiarity field five fluency fluent for four from good grasp great hand has have
    having high highly ideal ideally in include including intermediate into is knowledge
    knowledgeable least level like looking mandatory mastery minimum must need needed nine of on
    one or other our plus possess practical preferable preferably preferred previous prior
    proficiency proficient profound proven qualification qualified related relevant require
    required requirement same seeking seven should similar six skill skilled skillful skillset
    solid some sound strong such superior ten than that the their these this thorough three
    through to track two understanding use using utilize various versed we well who will willing
    willingness with work worked working would year you your yr
    """
)
"""Words with which requirements are worded; what is asked for stands beside them."""


def words(text: str) -> Iterator[str]:
    """Return the words of a text in order: lower case, plurals as singulars.

    Words of one or two letters keep their case, so that `R` and `Go` are no common words.
    """
    return map(_plain, _WORD.findall(text))


def terms(text: str) -> dict[tuple[str, ...], float]:
    """Return the words that say what a requirement asks for, with their weights in (0, 3.5].

    Words of which one is enough ("Scala or Java") are taken together. Words of the request
    ("proficiency", "years") and numbers are left out. A weight is the negative logarithm of the
    word's frequency in English (the `wordfreq` package), up to a constant: a word that is ten times
    rarer weighs 1 more.
    """
    weights = {word: _weight(word) for word in words(text) if _says_something(word)}
    found: dict[tuple[str, ...], float] = {}
    for alternatives in _alternatives(text):
        together = tuple(dict.fromkeys(word for word in alternatives if word in weights))
        if together:
            found[together] = max(weights.pop(word) for word in together)
    return found | {(word,): weight for word, weight in weights.items()}


def word_spans(text: str) -> Iterator[Span]:
    """Yield the words of a text in order: spans whose kind is the word as `words` gives it."""
    for match in _WORD.finditer(text):
        yield Span(match.start(), match.end(), _plain(match.group()))


def rarity(word: str) -> float:
    """Return how much a word says, in [0, 3.5]: 1 more for every ten times that it is rarer.

    Words of requests, numbers, and the commonest words of English say nothing: 0.
    """
    return _weight(word) if _says_something(word) else 0.0


def _alternatives(text: str) -> Iterator[list[str]]:
    """Yield the words that stand in lists such as "Scala, Java or Kotlin"."""
    found = list(_WORD.finditer(text))
    listed: list[str] = []
    for before, match, after in zip(found, found[1:], found[2:], strict=False):
        if match.group().lower() == "or":
            yield [*listed, _plain(before.group()), _plain(after.group())]
            listed = []
        elif text[before.end() : match.start()].strip() == ",":
            listed.append(_plain(before.group()))
        else:
            listed = []


def _says_something(word: str) -> bool:
    return word.lower() not in _ASKING and not word.isdigit() and _weight(word) > 0


@cache
def _plain(word: str) -> str:
    if len(word) < 3:
        return word
    word = word.lower().replace("’", "'").removesuffix("'s")
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]


@cache
def _weight(word: str) -> float:
    known, plain = _frequencies(), word.lower()
    frequency = max(known.get(plain, 0.0), known.get(plain + "s", 0.0))
    zipf = math.log10(frequency) + 9 if frequency else 0.0
    return _COMMON - min(max(zipf, _RARE), _COMMON)


@cache
def _frequencies() -> dict[str, float]:
    from wordfreq import get_frequency_dict

    frequencies: dict[str, float] = get_frequency_dict("en", wordlist="small")
    return frequencies
