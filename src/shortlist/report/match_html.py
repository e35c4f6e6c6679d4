"""A run of `match` as one page for people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shortlist.explain.explanation import Answer, Statement
from shortlist.explain.narrative import CAUTION as NARRATIVE_CAUTION
from shortlist.explain.opinion import CAUTION
from shortlist.records import Evidence
from shortlist.report import attribution
from shortlist.report.match import MatchRun
from shortlist.report.page import render
from shortlist.report.quotes import Excerpt, excerpt, one_line, quote, title
from shortlist.report.tables import Table

QUOTES = 3
"""Quotes that stand below a statement; JSON holds all."""

_KINDS = {"must": "Must have", "nice": "Nice to have", "implied": "The work involves"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence, what it is called, and its quotes with what stands around them."""

    text: str
    status: str
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Requirements of one priority, or statements under one heading."""

    anchor: str
    heading: str
    shown: tuple[Shown, ...]


def match_html(run: MatchRun, written: datetime) -> str:
    """Return one self-contained page: score, requirements, keywords, strengths, gaps, advice."""
    found = run.explanation
    groups = [
        Group(kind, heading, tuple(_answer(run, a) for a in found.requirements if a.kind == kind))
        for kind, heading in _KINDS.items()
    ]
    groups += [
        Group("strengths", "Strengths", _statements(run, found.strengths)),
        Group("gaps", "Gaps", _statements(run, found.gaps)),
    ]
    return render(
        "match.html",
        {
            "run": run,
            "found": found,
            "name": one_line(found.resume),
            "heading": title(run.job),
            "groups": [group for group in groups if group.shown],
            "signals": _signals(run),
            "sub_scores": _sub_scores(run),
            "keywords": _keywords(run),
            "bullets": [
                (quote(run.masked, b.evidence), f"{b.quality} of 100: {'; '.join(b.reasons)}")
                for b in found.bullets
            ],
            "blended": found.opinion and found.opinion.blended(found.score),
            "caution": CAUTION,
            "narrative": run.narrative,
            "narrative_caution": NARRATIVE_CAUTION,
            "attribution": _attribution(run),
            "written": written,
        },
    )


def _attribution(run: MatchRun) -> dict[str, object] | None:
    found = run.attribution
    if found is None:
        return None
    raising, lowering = attribution.strongest(found)
    return {
        "meaning": attribution.MEANING,
        "masses": attribution.masses(found),
        "hidden": attribution.hidden(found),
        "raising": attribution.listed(raising, run.resume, run.masked),
        "lowering": attribution.listed(lowering, run.resume, run.masked),
        "pieces": attribution.tinted(found, run.resume, run.masked),
    }


def _answer(run: MatchRun, answer: Answer) -> Shown:
    return Shown(one_line(answer.text), answer.status, _excerpts(run, answer.evidence[:1]))


def _statements(run: MatchRun, statements: Sequence[Statement]) -> tuple[Shown, ...]:
    return tuple(Shown(one_line(s.text), "", _excerpts(run, s.evidence)) for s in statements)


def _excerpts(run: MatchRun, evidence: Sequence[Evidence]) -> tuple[Excerpt, ...]:
    return tuple(excerpt(run.resume, run.masked, one) for one in evidence[:QUOTES])


def _signals(run: MatchRun) -> Table:
    heads = ("Signal", "Value", "Suggested weight", "Applied weight", "Points of 100")
    rows = [
        (
            signal.name,
            signal.reason if signal.value is None else f"{signal.value:.3f}",
            f"{signal.suggested:.2f}",
            f"{signal.applied:.2f}",
            f"{100 * (signal.value or 0.0) * signal.applied:.1f}",
        )
        for signal in run.explanation.signals
    ]
    return Table("The signals that add up to the score", heads, tuple(rows))


def _sub_scores(run: MatchRun) -> Table:
    rows = []
    for sub in run.explanation.sub_scores:
        told = sub.reason or "; ".join(s.text for s in (*sub.found, *sub.missing))
        if sub.name == "keywords" and not sub.reason:
            told = f"{len(sub.found)} found, {len(sub.missing)} missing: see Keywords"
        rows.append((sub.name, "none" if sub.score is None else f"{sub.score:.0f}", told))
    heads = ("Side", "0 to 100", "What it rests on")
    return Table("Scores by side of the match", heads, tuple(rows))


def _keywords(run: MatchRun) -> Table:
    rows = [
        (
            one_line(" or ".join(keyword.names)),
            keyword.kind,
            str(keyword.count) if keyword.count else "not found",
            f"{keyword.density:.2f}",
        )
        for keyword in run.explanation.keywords
    ]
    heads = ("Keyword", "Kind", "Count", "Per 100 words")
    return Table("Keywords of the job, those that count most first", heads, tuple(rows))
