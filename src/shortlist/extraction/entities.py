"""What a resume and a job are made of. Every value carries the span it came from.

Offsets are those of `Document.text`: `text == document.text[start:end]`. A confidence is in (0, 1];
it says how telling the rule was that found the value, and is no measured probability.
"""

from dataclasses import dataclass
from typing import Literal

from shortlist.extraction.dates import Period
from shortlist.extraction.names import EntryKind
from shortlist.records import Span

Degree = Literal["none", "associate", "bachelor", "master", "doctorate"]
DEGREES: tuple[Degree, ...] = ("none", "associate", "bachelor", "master", "doctorate")

SkillStatus = Literal["used", "listed", "implied", "negated", "desired"]
"""`used`: in a position, a project or with a verb of use. `listed`: named, no more. `implied`: by
another skill. `negated`: said to be missing. `desired`: to be learnt."""

SectionKind = Literal[
    "header",
    "summary",
    "experience",
    "education",
    "skills",
    "projects",
    "certifications",
    "languages",
    "achievements",
    "publications",
    "volunteer",
    "affiliations",
    "interests",
    "references",
    "personal",
    "other",
]

WorkMode = Literal["remote", "hybrid", "on-site"]
AskedKind = Literal["must", "nice", "implied"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A value as it stands in the document: `text == document.text[start:end]`."""

    text: str
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document. `start` is after the heading, if there is one."""

    kind: SectionKind
    start: int
    end: int
    heading: Quote | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a skill is named, and how."""

    text: str
    start: int
    end: int
    status: SkillStatus


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill under the lexicon's name.

    `months` is the time over which it was used, where dates tell, each month counted once; else
    None. The mentions of an implied skill are those of the skills that imply it, in `via`.
    """

    name: str
    field: str
    kind: EntryKind
    status: SkillStatus
    months: int | None
    mentions: tuple[Mention, ...]
    confidence: float
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a tagger takes for a skill or for knowledge, whether or not the lexicon knows it."""

    quote: Quote
    kind: str
    """`skill` or `knowledge`."""
    status: str
    """In a resume a `SkillStatus`, in a job an `AskedKind`."""


@dataclass(frozen=True, slots=True)
class Position:
    """A job held: `start` to `end` is all that is said about it."""

    start: int
    end: int
    title: Quote | None
    employer: Quote | None
    period: Period | None
    description: Quote | None
    skills: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Schooling:
    """An entry of education. `level` is None where it names no degree that the rules know."""

    start: int
    end: int
    level: Degree | None
    degree: Quote | None
    field: Quote | None
    school: Quote | None
    year: int | None
    completed: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Named:
    """A certification, a spoken language or a project: its name and where it stands.

    `name` is the lexicon's where it knows the thing, else as written; `note` is the level of a
    language or the first line about a project.
    """

    name: str
    quote: Quote
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bullet:
    """One statement about work, and what makes it a good one. `quality` is 0 to 100."""

    text: str
    start: int
    end: int
    verb: bool
    number: bool
    length_ok: bool
    skills: tuple[str, ...]
    quality: int


@dataclass(frozen=True, slots=True)
class Contact:
    """Who wrote a resume. Kept apart: nothing that is scored reads it."""

    name: Quote | None
    emails: tuple[Quote, ...]
    phones: tuple[Quote, ...]
    links: tuple[Quote, ...]
    location: Quote | None


@dataclass(frozen=True, slots=True)
class Profile:
    """A resume, understood. `months` is the time in work, each month once; None without dates."""

    id: str
    contact: Contact
    sections: tuple[Section, ...]
    positions: tuple[Position, ...]
    education: tuple[Schooling, ...]
    certifications: tuple[Named, ...]
    projects: tuple[Named, ...]
    languages: tuple[Named, ...]
    skills: tuple[Skill, ...]
    bullets: tuple[Bullet, ...]
    months: int | None
    claimed_years: float | None
    """What the resume says of its years of experience in words."""
    degree: Degree | None
    words: int
    phrases: tuple[Phrase, ...] = ()
    """What a tagger found, where one was used."""

    @property
    def years(self) -> float | None:
        """Years in work by dates, or as claimed where there are none."""
        if self.months is not None:
            return round(self.months / 12, 1)
        return self.claimed_years


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a job asks for, as it stands there."""

    text: str
    start: int
    end: int
    kind: AskedKind


@dataclass(frozen=True, slots=True)
class YearsAsked:
    """Years of experience that a job asks for: `least` of "3-5 years" is 3, `most` is 5."""

    least: int
    most: int | None
    kind: AskedKind
    quote: Quote


@dataclass(frozen=True, slots=True)
class DegreeAsked:
    """The lowest degree that a job accepts, and whether it must be."""

    level: Degree
    required: bool
    or_equivalent: bool
    """Experience may stand in for it."""
    quote: Quote


@dataclass(frozen=True, slots=True)
class Pay:
    """Stated pay. `period` is `hour`, `day`, `week`, `month` or `year`."""

    low: float
    high: float
    currency: str
    period: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Posting:
    """A job post, understood. Skills are names of the lexicon, those named most often first."""

    id: str
    title: Quote | None
    requirements: tuple[Asked, ...]
    years: int | None
    """The years that must be; None where none are asked for."""
    experience: tuple[YearsAsked, ...]
    degree: DegreeAsked | None
    certifications: tuple[Named, ...]
    languages: tuple[Named, ...]
    responsibilities: tuple[Quote, ...]
    must: tuple[str, ...]
    nice: tuple[str, ...]
    implied: tuple[str, ...]
    skills: tuple[Skill, ...]
    """Every skill above with its mentions."""
    location: Quote | None
    work_mode: WorkMode | None
    pay: Pay | None
    boilerplate: tuple[Span, ...]
    """What says nothing of the work or of the person: the employer, procedure, law, benefits."""
    phrases: tuple[Phrase, ...] = ()
    """What a tagger found, where one was used."""
