"""A ranking made by hand: two resumes for a job, one of them hostile, and a file not read."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from shortlist.records import (
    Assessment,
    Document,
    Evidence,
    Finding,
    MaskedText,
    Match,
    Part,
    Ranking,
    Requirement,
    RequirementStatus,
    Span,
    Unread,
)
from shortlist.report.ranking import ModelUsed, RankingRun

JOB = Document("job.md", "Bicycle mechanic\nYou repair bicycles.\nNice: you speak Dutch.\n")
REPAIR = Requirement("You repair bicycles.", "must", 1.0, 17, 37)
DUTCH = Requirement("Nice: you speak Dutch.", "nice", 0.5, 38, 60)
ADA = Document(
    "ada.txt",
    "Ada Winter\nMechanic, Harbour Cycles\nRepaired 2,000 bicycles with Ada Winter's own tools\n"
    "Languages: English\n",
)
EVIL = Document(
    "<script>alert(1)</script>.txt",
    "Eve\n<script>alert('resume')</script> repairs & \"sells\" bicycles\x1b[31m\n",
    findings=(
        Finding("hidden_text", "White on white.", "<img src=x onerror=alert(2)>"),
        Finding("instruction", "It addresses a machine.", "Eve", 0, 3),
    ),
)


def masked(document: Document) -> MaskedText:
    """Hides every `Ada Winter` and `Eve`, and the comma after `Mechanic`, as a Masker would."""
    spans = [
        Span(start, start + len(word), kind)
        for word, kind in (("Ada Winter", "name"), ("Eve", "name"), (",", "trace"))
        for start in range(len(document.text))
        if document.text.startswith(word, start)
    ]
    return MaskedText(document.id, "", tuple(sorted(spans, key=lambda s: s.start)), "standard")


def evidence(document: Document, text: str) -> Evidence:
    start = document.text.index(text)
    return Evidence(text, start, start + len(text))


def match(
    document: Document, rank: int, values: Sequence[float], statuses: Sequence[RequirementStatus]
) -> Match:
    parts = (Part("whole_text", values[0], 0.25), Part("requirements", values[1], 0.75))
    line = max(document.text.splitlines(), key=len).strip("\x1b[31m")
    return Match(
        document.id,
        rank,
        sum(part.value * part.weight for part in parts),
        parts,
        (
            Assessment(REPAIR, statuses[0], 0.81, evidence(document, line)),
            Assessment(DUTCH, statuses[1], 0.12, None),
        ),
        document.findings,
    )


@pytest.fixture
def run() -> RankingRun:
    """Ada before the hostile resume, one file unread, policy `standard`."""
    ranking = Ranking(
        "job.md",
        (
            match(ADA, 1, (0.7, 0.9), ("met", "missing")),
            match(EVIL, 2, (0.4, 0.3), ("partly", "missing")),
        ),
    )
    return RankingRun(
        rankings=(ranking,),
        jobs={"job.md": JOB},
        resumes={document.id: document for document in (ADA, EVIL)},
        unread=(Unread("scan.pdf", "no text: looks scanned <b>"),),
        mask=masked,
        policy="standard",
        model=ModelUsed("0123456789abcdef", "tiny", "onnxruntime"),
    )


@pytest.fixture
def crowd(run: RankingRun) -> Callable[[int], RankingRun]:
    """The same run with as many candidates as asked for."""

    def with_candidates(number: int) -> RankingRun:
        names = [f"resume-{i}.txt" for i in range(number)]
        ada = run.rankings[0].matches[0]
        matches = tuple(replace(ada, resume=n, rank=i) for i, n in enumerate(names, 1))
        resumes = {name: replace(ADA, id=name) for name in names}
        return replace(run, rankings=(Ranking("job.md", matches),), resumes=resumes)

    return with_candidates
