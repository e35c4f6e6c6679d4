"""A job as the hybrid signals read it: its keywords, its skills by priority, its words."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from shortlist.extraction.entities import Asked, AskedKind, Posting
from shortlist.extraction.job import posting
from shortlist.extraction.lexicon import Lexicon
from shortlist.ranking.opening import Vectors
from shortlist.ranking.words import rarity, terms
from shortlist.records import Document, MaskedText, Span
from shortlist.scorers.lexical import TfIdf, counted, tfidf

PRIORITY: Mapping[AskedKind, float] = {"must": 2.0, "nice": 1.0, "implied": 1.0}
"""What a skill or keyword counts by the requirement it stands in."""

_KINDS: tuple[AskedKind, ...] = ("must", "nice", "implied")
_LINK = re.compile(r"\s*(?:,|/|,?\s*\band/or\b|,?\s*\bor\b)\s*", re.IGNORECASE)
_OR = re.compile(r"\bor\b|/", re.IGNORECASE)
_LEAST_RARITY = 1.0
"""A word of the lexicon counts at least this; another word that is less rare is no keyword."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Something that a job names: one of `names` is enough ("Power BI or Tableau").

    `known` says whether the names are those of the lexicon, or words as they stand. `places` are
    offsets of the masked job, and `written` the single words with a capital that stand there.
    """

    names: tuple[str, ...]
    kind: AskedKind
    known: bool
    weight: float
    places: tuple[Span, ...]
    written: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Vacancy:
    """A job. Skills come before other words; both are in the order of the text."""

    masked: MaskedText
    posting: Posting
    wishes: tuple[Wish, ...]
    words: TfIdf
    """Of the title and the requirements."""
    whole: Vectors
    """[dimension]; zero where the model has no token for it."""

    @property
    def skills(self) -> tuple[Wish, ...]:
        """What the lexicon knows of what is wished for."""
        return tuple(wish for wish in self.wishes if wish.known)


def stated(masked: MaskedText, lexicon: Lexicon | None = None) -> Posting:
    """Return what a job asks for, in offsets of its masked text."""
    return posting(Document(masked.id, masked.text), lexicon=lexicon)


def vacancy(masked: MaskedText, found: Posting, whole: Vectors) -> Vacancy:
    """Return a job as the signals read it.

    Args:
        masked: the job.
        found: what it asks for, as `stated` says.
        whole: its vector.
    """
    asked = list(found.requirements)
    if found.title:
        asked.insert(0, Asked(found.title.text, found.title.start, found.title.end, "must"))
    known = list(_known(masked.text, found, asked))
    taken = [span for wish in known for span in wish.places]
    plain = chain(*(_plain(masked.text, requirement, taken) for requirement in asked))
    words: Counter[str] = Counter()
    for requirement in asked:
        words += counted(masked.text[requirement.start : requirement.end])
    return Vacancy(masked, found, (*_once(known), *_once(plain)), tfidf(words), whole)


def _known(text: str, found: Posting, asked: Sequence[Asked]) -> Iterator[Wish]:
    """Yield the names of the lexicon, those of which one is enough taken together."""
    named = [(m.start, m.end, skill.name) for skill in found.skills for m in skill.mentions]
    named += [
        (thing.quote.start, thing.quote.end, thing.name)
        for thing in (*found.certifications, *found.languages)
    ]
    for requirement in asked:
        inside = [n for n in sorted(named) if requirement.start <= n[0] < requirement.end]
        for run in _alternatives(text, inside):
            names = tuple(dict.fromkeys(name for _, _, name in run))
            places = tuple(Span(start, end, name) for start, end, name in run)
            weight = max(_LEAST_RARITY, *(rarity(word) for n in names for word in n.split()))
            written = frozenset(chain(*(_written(text, place) for place in places)))
            yield Wish(names, requirement.kind, True, weight, places, written)


def _written(text: str, place: Span) -> Iterator[str]:
    """Yield the word with a capital that a name is: all of it, or what is in the lexicon's name."""
    words = text[place.start : place.end].split()
    for word in words:
        named = len(words) == 1 or word.lower() == place.kind
        if named and len(word) > 2 and word.isalnum() and not word.islower():
            yield word


def _alternatives(
    text: str, named: Sequence[tuple[int, int, str]]
) -> Iterator[list[tuple[int, int, str]]]:
    """Yield names one by one, or as a list where "or" or a slash stands between them."""
    run: list[tuple[int, int, str]] = []
    gaps = ""
    for name in named:
        gap = text[run[-1][1] : name[0]] if run else ""
        if run and not _LINK.fullmatch(gap):
            yield from _split(run, gaps)
            run, gaps = [], ""
        elif run:
            gaps += gap
        run.append(name)
    yield from _split(run, gaps)


def _split(run: list[tuple[int, int, str]], gaps: str) -> Iterator[list[tuple[int, int, str]]]:
    if _OR.search(gaps):
        yield run
    else:
        yield from ([name] for name in run)


def _plain(text: str, requirement: Asked, taken: Sequence[Span]) -> Iterator[Wish]:
    """Yield the words of a requirement that say something and stand in no name of the lexicon."""
    said = text[requirement.start : requirement.end]
    for span in taken:
        start, end = span.start - requirement.start, span.end - requirement.start
        if 0 <= start < len(said):
            said = said[:start] + " " * (end - start) + said[end:]
    for names, weight in terms(said).items():
        if weight >= _LEAST_RARITY:
            yield Wish(names, requirement.kind, False, weight, ())


def _once(wishes: Iterator[Wish] | Sequence[Wish]) -> Iterator[Wish]:
    """Yield each wish once, with its strongest kind and all its places."""
    found: dict[tuple[str, ...], Wish] = {}
    for wish in wishes:
        key = tuple(sorted(wish.names))
        before = found.get(key)
        if before is None:
            found[key] = wish
        else:
            found[key] = replace(
                before,
                kind=min(before.kind, wish.kind, key=_KINDS.index),
                places=before.places + wish.places,
                written=before.written | wish.written,
            )
    yield from found.values()
