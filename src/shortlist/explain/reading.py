"""One pair as explanations read it: both texts, what they say, and quotes of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shortlist.extraction.entities import Posting, Profile
from shortlist.matcher import Matcher
from shortlist.records import Assessment, Document, Evidence, Finding, MaskedText
from shortlist.scorers.applicant import Applicant, applicant, understood
from shortlist.scorers.hybrid import Hybrid
from shortlist.scorers.lexical import Said, said
from shortlist.scorers.vacancy import Wish


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A job and a resume, read. `posting` and `profile` are in offsets of the masked texts."""

    resume: Document
    masked_job: MaskedText
    masked: MaskedText
    posting: Posting
    wishes: tuple[Wish, ...]
    profile: Profile
    one: Applicant
    """The resume as the hybrid signals read it."""
    said: Said
    assessed: dict[tuple[int, int], Assessment]
    """The matcher's answers by the offsets of requirements in the job."""
    findings: tuple[Finding, ...]
    """What a reader must know of the resume, and of what the model could not read."""

    def quote(self, start: int, end: int) -> Evidence:
        """Return a place of the masked resume as a quote of the resume itself."""
        first, last = self.masked.original_span(start, end)
        return Evidence(self.resume.text[first:last], first, last)

    def quotes(self, spans: Iterable[tuple[int, int]]) -> tuple[Evidence, ...]:
        """Return places of the masked resume as quotes, each once, in order."""
        return tuple(self.quote(start, end) for start, end in sorted(set(spans)))


def read_pair(hybrid: Hybrid, job: Document, resume: Document, today: date | None = None) -> Pair:
    """Return a pair as explanations read it.

    Raises:
        DocumentError: the job has no text.
    """
    matcher: Matcher = hybrid.matcher
    asked = hybrid.vacancy(job)
    masked = matcher.masker(resume)
    names = frozenset(name for wish in asked.skills for name in wish.names)
    profile = understood(masked, lexicon=hybrid.lexicon, today=today, asked=names)
    words = said(masked.text)
    (match,) = matcher.rank(job, [resume]).matches
    return Pair(
        resume,
        asked.masked,
        masked,
        asked.posting,
        asked.wishes,
        profile,
        applicant(resume, profile, words, None, hybrid.lexicon),
        words,
        {(a.requirement.start, a.requirement.end): a for a in match.requirements},
        match.findings,
    )
