"""The values that travel between stages: frozen, slotted, and without behaviour of their own.

file -> Document -> MaskedText -> vectors -> Ranking -> Evaluation / Audit -> report

Offsets count characters of `Document.text`, start included and end excluded, so that
`document.text[start:end]` is the quote.
"""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

RequirementKind = Literal["must", "nice"]
RequirementStatus = Literal["met", "partly", "missing"]
Standing = Literal["used", "listed", "implied", "negated", "desired", "none"]
"""How a resume speaks of a skill at best. `used`: shown by what was done. `listed`: named, no more.
`implied`: by other skills. `negated`: said to be missing. `desired`: to be learnt. `none`: not at
all."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text and what it is, such as `name`, `school` or `email`."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader of a document must know: hidden text, a scanned page, an instruction.

    `start` and `end` are set when the finding is about text that stands in `Document.text`.
    Such text is shown to people and never scored. Text that is not in `Document.text`, since no
    reader would see it, stands in `text` alone.
    """

    kind: str
    reason: str
    text: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader would see of a resume or a job, and what they must know about it."""

    id: str
    text: str
    source: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that was not read, and the reason with its remedy."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A document's text without what a policy hides. Only a Masker makes one.

    `text` is the document's text with the `hidden` spans deleted and nothing put in their place;
    neither their content nor their presence can be read from it. `hidden` is sorted, disjoint, and
    in offsets of the document. Spans of kind `trace` are punctuation and white space that would
    otherwise betray that something was removed.
    """

    id: str
    text: str
    hidden: tuple[Span, ...]
    policy: str

    def part(self, start: int, end: int) -> "MaskedText":
        """Return the piece `text[start:end]`, masked under the same policy."""
        return MaskedText(self.id, self.text[start:end], (), self.policy)

    def between(self, before: str, after: str = "") -> "MaskedText":
        """Return the text between words of ours, which come from no document."""
        return MaskedText(self.id, f"{before}{self.text}{after}", (), self.policy)

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the document of `text[start:end]`, which must not be empty.

        The span runs from the first kept character to the last one, so it may enclose hidden text.
        """
        kept_before = [0]  # masked offset at which the text after each hidden span begins
        shifts = [0]  # what to add to a masked offset from there on
        for span, removed in zip(
            self.hidden, accumulate(s.end - s.start for s in self.hidden), strict=True
        ):
            kept_before.append(span.end - removed)
            shifts.append(removed)
        first = start + shifts[bisect_right(kept_before, start) - 1]
        last = end - 1 + shifts[bisect_right(kept_before, end - 1) - 1]
        return first, last + 1


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing a job asks for. `weight` is above 0; `start` and `end` are offsets in the job."""

    text: str
    kind: RequirementKind
    weight: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passage of a resume that speaks best for a requirement: `quote == text[start:end]`."""

    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """How a resume meets one requirement. `similarity` is in [0, 1]."""

    requirement: Requirement
    status: RequirementStatus
    similarity: float
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Part:
    """One addend of a score: `value` in [0, 1] times `weight`."""

    name: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Match:
    """A resume's place for a job. `score` in [0, 1] is the sum of `value * weight` over `parts`."""

    resume: str
    rank: int
    score: float
    parts: tuple[Part, ...] = ()
    requirements: tuple[Assessment, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """Resumes for one job, best first, and what a reader must know about the job."""

    job: str
    matches: tuple[Match, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class SkillScore:
    """How well a resume shows a skill, from 0 (not at all) to 5 (expert), and why.

    `score`, `low` and `high` are None together, where a scorer could not tell; the reason says so.
    `low` to `high` is where the score lies at about four in five; `confidence` in [0, 1] is that of
    `score` itself. Quotes stand in the resume, at their offsets.
    """

    skill: str
    score: int | None
    low: int | None
    high: int | None
    confidence: float
    status: Standing
    reason: str
    quotes: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class SkillScores:
    """A resume's scores by one scorer, in the order in which the skills were asked for."""

    resume: str
    scorer: str
    scores: tuple[SkillScore, ...]


@dataclass(frozen=True, slots=True)
class Judgment:
    """How well a resume fits a job by someone's word. `grade` is at least 0; more is better."""

    job: str
    resume: str
    grade: float
    annotator: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its confidence interval and the count it rests on.

    With too little to go on, `value`, `low` and `high` are None and `reason` says why.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A named estimate for a group of an attribute; `group` is None for one over all groups."""

    name: str
    attribute: str | None
    group: str | None
    estimate: Estimate
