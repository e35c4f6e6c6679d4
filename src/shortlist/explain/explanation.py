"""What is said about one resume and one job. Every statement carries the spans it rests on.

Offsets are those of the resume, except for `start` and `end` of a requirement, which are the job's.
A statement without evidence is about something that was not found.
"""

from dataclasses import dataclass
from typing import Literal

from shortlist.explain.opinion import Opinion
from shortlist.extraction.entities import AskedKind
from shortlist.extraction.entities import Degree as Level
from shortlist.records import Evidence, Finding
from shortlist.scorers.signals import Signal

Status = Literal["matched", "partly", "implied", "missing"]
"""`matched`: there, in the words asked for or in others. `partly`: some of it. `implied`: follows
from something else that is there. `missing`: not found, or said to be lacking."""

NOT_FOUND = "not found"
WORD_ALONE = "word alone"
"""How a skill is said whose name stands there, where nothing shows that the skill is meant."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, and the places in the resume that show it; without any, it says `not found`."""

    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class SkillAnswer:
    """A skill that a requirement names, and how the resume answers.

    One of `names` is enough. `said` is how the resume speaks of it (`used`, `listed`, `implied`,
    `negated`, `desired`), `word alone` or `not found`.
    """

    names: tuple[str, ...]
    status: Status
    said: str
    months: int | None
    evidence: tuple[Evidence, ...]
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A requirement of the job, and how the resume answers it."""

    text: str
    start: int
    end: int
    kind: AskedKind
    status: Status
    similarity: float | None
    """How close the best passage is by the model, in [0, 1]."""
    skills: tuple[SkillAnswer, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word or a name that the job asks for, and how often the resume says it.

    `density` is per 100 words of the resume. What is denied or wished for is not counted.
    """

    names: tuple[str, ...]
    kind: AskedKind
    weight: float
    count: int
    density: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class SubScore:
    """A score from 0 to 100 for one side of the match.

    None, with the reason, where the job asks for nothing or the resume does not tell: what was not
    found is never counted as zero years or as no degree.
    """

    name: str
    score: float | None
    reason: str
    found: tuple[Statement, ...]
    missing: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Experience:
    """Years in work against the years asked for."""

    years: float | None
    by: Literal["dates", "claim", "not found"]
    required: int | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Degree:
    """The degree held against the degree asked for."""

    level: Level | None
    asked: Level | None
    required: bool
    or_equivalent: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Improvement:
    """What the score would be if the resume also said something, all else being as it is."""

    advice: str
    added: str
    where: str
    before: float
    after: float

    @property
    def gain(self) -> float:
        """How far the score rises."""
        return round(self.after - self.before, 6)


@dataclass(frozen=True, slots=True)
class WeakBullet:
    """A statement about work that could say more, and why."""

    evidence: Evidence
    quality: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that is shown of one pair. `score` is in [0, 1]."""

    job: str
    resume: str
    scorer: str
    score: float
    signals: tuple[Signal, ...]
    sub_scores: tuple[SubScore, ...]
    requirements: tuple[Answer, ...]
    keywords: tuple[Keyword, ...]
    experience: Experience
    degree: Degree
    strengths: tuple[Statement, ...]
    gaps: tuple[Statement, ...]
    improvements: tuple[Improvement, ...]
    bullets: tuple[WeakBullet, ...]
    findings: tuple[Finding, ...]
    opinion: Opinion | None = None
