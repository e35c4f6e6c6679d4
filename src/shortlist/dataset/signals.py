"""Finer signals than a category: single lines, names of skills, and seniority.

Pairs of a job and a whole resume of its field teach the field, and a model that sees nothing else
unlearns detail. These teach detail: which line answers which requirement, what a skill is also
called and what knowing it implies, and that a junior is no senior.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from shortlist.dataset.augment import aliases, answering
from shortlist.extraction import Lexicon
from shortlist.extraction.passages import passages
from shortlist.extraction.requirements import requirements, title
from shortlist.extraction.tenure import years_said
from shortlist.records import Span

SHORT = 0.4
"""The share that is left of the years that a resume says, once it is made that of a junior."""

_SENIOR = re.compile(
    r"\b(?:senior|sr\.?|principal|lead|chief|head of|director of|vice president(?: of)?|vp(?: of)?)"
    r"(?=\s)",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?<![\w./-])(\d{1,2})(?=\s*\+?\s*-?(?:years?|yrs?)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lines:
    """A requirement of a job, the lines of a resume that answer it, and one that does not."""

    requirement: str
    answer: str
    other: str | None


def evidence(job: str, resume: str, *, most: int, random: Random) -> list[Lines]:
    """Return requirements of a job with a line of a resume that answers each.

    Of the lines that hold a requirement's words, one is drawn; `other` answers another requirement
    and not this one, where there is such a line.

    Args:
        job: its text.
        resume: the text of one that fits.
        most: requirements; they are drawn.
        random: what draws.
    """
    asked, found = requirements(job), passages(resume)
    by_requirement = answering(job, resume, asked, found)
    every = set().union(*by_requirement.values()) if by_requirement else set()
    drawn = random.sample(sorted(by_requirement), min(most, len(by_requirement)))
    return [
        Lines(
            asked[number].text,
            _text(resume, found, random.choice(sorted(by_requirement[number]))),
            _other(resume, found, every - by_requirement[number], random),
        )
        for number in sorted(drawn)
    ]


def skill_names(count: int, random: Random) -> list[tuple[str, str]]:
    """Return pairs of a skill that is asked for and words that say it: aliases and implications.

    They come from the lexicon that comes with shortlist. Implications are of one step: who says
    "kubernetes" knows containers, and who says "containers" may not know kubernetes.
    """
    lexicon = Lexicon.load()
    pairs = [(name, alias) for name, others in aliases().items() for alias in others]
    pairs += [
        (implied, name)
        for name, entry in sorted(lexicon.entries.items())
        for implied in sorted(entry.implies)
    ]
    return random.sample(pairs, min(count, len(pairs)))


def made_junior(job: str, resume: str) -> str:
    """Return a resume whose years and titles fall short of a job that asks for a senior.

    Where the job's title says so, or it asks for a number of years, words such as "senior" are
    taken out of the resume, and years that it says are cut below half of what is asked. The resume
    is returned as it is where the job asks for neither or it says neither.
    """
    named = title(job)
    is_senior = named is not None and _SENIOR.search(job[named.start : named.end]) is not None
    asked = years_said(job)
    if not is_senior and asked is None:
        return resume

    def fewer(match: re.Match[str]) -> str:
        said = int(match[1])
        if asked is not None and said >= asked:
            said = max(1, int(SHORT * asked))
        return str(said)

    shorter = _YEARS.sub(fewer, resume)
    return re.sub(r"[ \t]{2,}", " ", _SENIOR.sub("", shorter)) if is_senior else shorter


def _text(resume: str, found: Sequence[Span], place: int) -> str:
    return resume[found[place].start : found[place].end]


def _other(resume: str, found: Sequence[Span], places: set[int], random: Random) -> str | None:
    return _text(resume, found, random.choice(sorted(places))) if places else None
