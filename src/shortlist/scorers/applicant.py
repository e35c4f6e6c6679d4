"""A resume as the hybrid signals read it: its skills, its words, its sections."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from shortlist.extraction.entities import Profile
from shortlist.extraction.lexicon import Lexicon
from shortlist.extraction.resume import profile
from shortlist.extraction.sections import SectionMap, completeness
from shortlist.ranking.opening import Vectors
from shortlist.records import Document, Finding, MaskedText
from shortlist.scorers.lexical import Said, TfIdf, tfidf

DIRECT = 1.0
"""The credit of a skill that a resume names itself; one that follows from another has less."""
WORD_ALONE = 0.5
"""The credit of an everyday word that is written as the job writes it ("Airflow"), where nothing
else shows that the skill is meant."""


@dataclass(frozen=True, slots=True, eq=False)
class Applicant:
    """A resume, read from its masked text alone."""

    id: str
    findings: tuple[Finding, ...]
    credits: Mapping[str, float]
    """Names of the lexicon -> what they count, in [0, 1]; 0 for what is denied or wished for."""
    words: TfIdf
    """Of what is said of the person."""
    written: frozenset[str]
    """The words with a capital."""
    inside: frozenset[str]
    """Those of them whose capital no beginning of a sentence explains."""
    completeness: float | None
    """The share of the usual sections that is there; None for a text without headings."""
    whole: Vectors | None
    """[dimension], or None where the model reads nothing of it."""


def applicant(
    document: Document, found: Profile, words: Said, whole: Vectors | None, lexicon: Lexicon
) -> Applicant:
    """Return a resume as the signals read it.

    Args:
        document: the resume.
        found: what its masked text says.
        words: those of its masked text.
        whole: the vector of its masked text.
        lexicon: what skills imply.
    """
    titled = any(section.heading for section in found.sections)
    return Applicant(
        document.id,
        document.findings,
        credits_of(found, lexicon),
        tfidf(words.counts),
        words.written,
        words.inside,
        completeness(SectionMap(found.sections)) if titled else None,
        whole,
    )


def understood(
    masked: MaskedText,
    *,
    lexicon: Lexicon,
    today: date | None = None,
    asked: Collection[str] = (),
) -> Profile:
    """Return what a masked resume says, in offsets of its masked text."""
    document = Document(masked.id, masked.text)
    return profile(document, lexicon=lexicon, today=today, asked=asked)


def credits_of(found: Profile, lexicon: Lexicon) -> dict[str, float]:
    """Return what each skill, certification and language of a resume counts.

    What is used or listed counts in full, what another skill implies half of it at each step, and
    what is denied or only wished for nothing.
    """
    credits = {thing.name: DIRECT for thing in (*found.certifications, *found.languages)}
    for skill in found.skills:
        if skill.status in ("used", "listed"):
            credits[skill.name] = DIRECT
        elif skill.status == "implied":
            certainties = [lexicon.implied(source)[skill.name] for source in skill.via]
            credits.setdefault(skill.name, max(certainties, default=0.0))
        else:
            credits.setdefault(skill.name, 0.0)
    return credits
