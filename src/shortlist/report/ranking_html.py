"""A run of `rank` as one page for people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shortlist.ranking.score import MET, PARTLY
from shortlist.records import Assessment, Document, Finding, MaskedText, Match, Ranking, Unread
from shortlist.report.page import render
from shortlist.report.quotes import Excerpt, clean, excerpt, finding_text, one_line, title
from shortlist.report.ranking import Addend, Counts, RankingRun, addends, count

EVIDENCE_PER_PAGE = 50  # candidates whose evidence is written out, over all jobs of a page
FINDING_TEXT = 600  # characters of a finding that are shown
OPEN = 3  # candidates that are unfolded at first


@dataclass(frozen=True, slots=True)
class Answer:
    """A requirement, how a resume meets it, and the quote that shows it."""

    number: int
    assessment: Assessment
    excerpt: Excerpt | None


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with its text as people may see it."""

    kind: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A match as a row of the shortlist and, where `evidence` is set, as a section below it."""

    match: Match
    name: str
    anchor: str
    addends: tuple[Addend, ...]
    counts: Counts
    evidence: bool
    answers: tuple[Answer, ...]
    findings: tuple[ShownFinding, ...]


@dataclass(frozen=True, slots=True)
class JobSection:
    """A job with its candidates, best first."""

    anchor: str
    title: str
    findings: tuple[ShownFinding, ...]
    requirements: tuple[Assessment, ...]
    candidates: tuple[Candidate, ...]
    evidence: int


def ranking_html(run: RankingRun, written: datetime) -> str:
    """Return one self-contained page: rankings, evidence, findings, unread files, settings.

    Evidence is written out for the first candidates only, 50 on a page, and the page says so.
    """
    limit = max(1, EVIDENCE_PER_PAGE // max(1, len(run.rankings)))
    jobs = [_job(run, number, limit) for number in range(1, len(run.rankings) + 1)]
    return render(
        "ranking.html",
        {
            "run": run,
            "jobs": jobs,
            "heading": jobs[0].title if len(jobs) == 1 else f"{len(jobs)} jobs",
            "unread": [Unread(one_line(u.file), one_line(u.reason)) for u in run.unread],
            "resumes": len(run.resumes),
            "written": written,
            "open": OPEN,
            "met": MET,
            "partly": PARTLY,
        },
    )


def _job(run: RankingRun, number: int, limit: int) -> JobSection:
    ranking: Ranking = run.rankings[number - 1]
    limit = limit if run.detail == "evidence" else 0
    candidates = tuple(
        _candidate(run, match, f"job-{number}-resume-{place}", place <= limit)
        for place, match in enumerate(ranking.matches, 1)
    )
    requirements = ranking.matches[0].requirements if ranking.matches else ()
    job = run.jobs[ranking.job]
    return JobSection(
        anchor=f"job-{number}",
        title=title(job),
        findings=_findings(run, job, ranking.findings),
        requirements=requirements,
        candidates=candidates,
        evidence=min(limit, len(candidates)),
    )


def _candidate(run: RankingRun, match: Match, anchor: str, evidence: bool) -> Candidate:
    answers: tuple[Answer, ...] = ()
    findings: tuple[ShownFinding, ...] = ()
    if evidence:
        document = run.resumes[match.resume]
        masked = run.mask(document)
        answers = tuple(
            Answer(number, assessment, _excerpt(document, masked, assessment))
            for number, assessment in enumerate(match.requirements, 1)
        )
        findings = _findings(run, document, match.findings)
    return Candidate(
        match=match,
        name=one_line(match.resume),
        anchor=anchor,
        addends=addends(match),
        counts=count(match.requirements),
        evidence=evidence,
        answers=answers,
        findings=findings,
    )


def _excerpt(document: Document, masked: MaskedText, assessment: Assessment) -> Excerpt | None:
    evidence = assessment.evidence
    return excerpt(document, masked, evidence) if evidence else None


def _findings(
    run: RankingRun, document: Document, findings: Sequence[Finding]
) -> tuple[ShownFinding, ...]:
    masked = run.mask(document) if findings else None
    return tuple(_finding(finding, masked) for finding in findings) if masked else ()


def _finding(finding: Finding, masked: MaskedText) -> ShownFinding:
    text = finding_text(finding, masked).strip()
    shown = text if len(text) <= FINDING_TEXT else text[:FINDING_TEXT] + "…"
    return ShownFinding(finding.kind.replace("_", " "), clean(finding.reason), shown)
