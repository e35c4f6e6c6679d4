"""Resumes written otherwise: easy data augmentation, and resumes that lack what a job asks for.

Easy data augmentation is that of Wei & Zou 2019 ("EDA", EMNLP): in a share of the words, one is
replaced by a synonym, two change places, one is left out, or a synonym of one is added. Synonyms
are the aliases of the skills lexicon, so that what is claimed stays the same. Numbers, and with
them years and dates, are never touched.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from random import Random

from shortlist.extraction import Lexicon
from shortlist.extraction.matching import Hit, find
from shortlist.extraction.names import Words
from shortlist.extraction.passages import passages
from shortlist.extraction.requirements import requirements, title
from shortlist.ranking.words import terms, words
from shortlist.records import Requirement, Span

ALPHA = 0.1
"""The share of a line's words that are changed."""
HELD = 0.5
"""A passage answers a requirement if it holds this share of what the requirement's words say."""

_CUT = "\0"
_WORD = re.compile(r"\S+")


def reworded(text: str, *, seed: int, alpha: float = ALPHA) -> str:
    """Return a text with a share of the words of every line changed; lines stay lines.

    Args:
        text: a resume or a job.
        seed: of the choices.
        alpha: the share of words; 0 returns the text as it is.
    """
    random = Random(seed)
    lines = text.split("\n")
    for number, line in enumerate(lines):
        times = round(alpha * len(line.split()) + random.random() - 0.5)
        for _ in range(max(0, times)):
            lines[number] = random.choice(OPERATIONS)(lines[number], random)
    return "\n".join(lines)


def weakened(job: str, resume: str, *, seed: int, share: float = 0.5) -> str:
    """Return a resume without the passages that answer some of a job's requirements.

    A share of the requirements that the resume answers is chosen, at least one. Passages that hold
    the words of one of them are taken out. The text is returned as it is where none is answered, or
    nothing would be left.

    Args:
        job: its text, masked or not.
        resume: the same of a resume.
        seed: of the choice.
        share: of the answered requirements.
    """
    found = passages(resume)
    held = answering(job, resume, requirements(job), found)
    if not held:
        return resume
    chosen = Random(seed).sample(sorted(held), max(1, round(share * len(held))))
    gone = set().union(*(held[number] for number in chosen))
    if len(gone) == len(found):
        return resume
    return _without(resume, [found[number] for number in sorted(gone)])


def answering(
    job: str, resume: str, asked: Sequence[Requirement], found: Sequence[Span]
) -> dict[int, set[int]]:
    """Return the passages of a resume that answer each requirement that any answers, by places.

    A passage answers one whose words it holds (`HELD`). What the job is called asks for nothing.
    """
    named = title(job)
    held = [frozenset(words(resume[span.start : span.end])) for span in found]
    places = {
        number: {place for place, said in enumerate(held) if _holds(terms(one.text), said)}
        for number, one in enumerate(asked)
        if not (named and one.start == named.start)
    }
    return {number: answers for number, answers in places.items() if answers}


def _without(text: str, spans: Sequence[Span]) -> str:
    """Return a text without some spans of it, and without the lines that are left with no word."""
    kept, place = [], 0
    for span in spans:
        kept += [text[place : span.start], _CUT]
        place = span.end
    lines = "".join([*kept, text[place:]]).split("\n")
    return "\n".join(
        line.replace(_CUT, "")
        for line in lines
        if _CUT not in line or any(character.isalnum() for character in line)
    )


def _holds(asked: Mapping[tuple[str, ...], float], held: frozenset[str]) -> bool:
    total = sum(asked.values())
    said = sum(weight for together, weight in asked.items() if held.intersection(together))
    return total > 0 and said / total >= HELD


def _synonym(line: str, random: Random) -> str:
    hit = _named(line, random)
    if hit is None:
        return line
    return line[: hit.start] + _alias(hit, random) + line[hit.end :]


def _insertion(line: str, random: Random) -> str:
    hit = _named(line, random)
    if hit is None:
        return line
    return f"{line[: hit.end]} ({_alias(hit, random)}){line[hit.end :]}"


def _swap(line: str, random: Random) -> str:
    places = _plain_words(line)
    if len(places) < 2:
        return line
    (a, b), (c, d) = sorted(random.sample(places, 2))
    return line[:a] + line[c:d] + line[b:c] + line[a:b] + line[d:]


def _deletion(line: str, random: Random) -> str:
    places = _plain_words(line)
    if len(places) < 4:
        return line
    start, end = random.choice(places)
    return line[:start] + line[end:].lstrip(" ")


OPERATIONS: tuple[Callable[[str, Random], str], ...] = (_synonym, _insertion, _swap, _deletion)


def _plain_words(line: str) -> list[tuple[int, int]]:
    """Return the words without a digit that are no name of the lexicon."""
    named = [(hit.start, hit.end) for hit in find(Words(line), Lexicon.load())]
    return [
        match.span()
        for match in _WORD.finditer(line)
        if match.group().isalpha()
        and not any(start < match.end() and match.start() < end for start, end in named)
    ]


def _named(line: str, random: Random) -> Hit | None:
    """Return a name of the lexicon in a line that can be written in another way, or None."""
    hits = [hit for hit in find(Words(line), Lexicon.load()) if aliases().get(_name(hit))]
    return random.choice(hits) if hits else None


def _alias(hit: Hit, random: Random) -> str:
    return random.choice(aliases()[_name(hit)])


def _name(hit: Hit) -> str:
    return hit.form.entry.name


@cache
def aliases() -> Mapping[str, tuple[str, ...]]:
    """Return other ways to write an entry that mean nothing else, by its name."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, (form, *others) in Lexicon.load().forms.items():
        if not others and not form.ambiguous and key != form.entry.name:
            found[form.entry.name].append(form.exact or key)
    return {name: tuple(sorted(keys)) for name, keys in found.items()}
