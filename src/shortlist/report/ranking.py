"""What a run of `rank` gave, and its two forms for machines: JSON and CSV."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from math import floor
from typing import Literal

from shortlist import __version__
from shortlist.records import Assessment, Document, MaskedText, Match, Ranking, Unread

Detail = Literal["scores", "evidence"]

SCHEMA = 1
DIGITS = 8  # enough that the parts of a score still add up to it, and the same on every machine
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class ModelUsed:
    """The model behind the scores: which, how it was run, and by which version of shortlist."""

    fingerprint: str
    name: str
    runtime: str
    version: str = __version__


@dataclass(frozen=True, slots=True)
class RankingRun:
    """Everything that a report of one run says.

    `jobs` and `resumes` hold the documents by id, for titles and for the context of quotes. `mask`
    is the policy's Masker: quotes are shown to people as it leaves them. JSON holds exact quotes.
    """

    rankings: tuple[Ranking, ...]
    jobs: Mapping[str, Document]
    resumes: Mapping[str, Document]
    unread: tuple[Unread, ...]
    mask: Callable[[Document], MaskedText]
    policy: str
    model: ModelUsed
    detail: Detail = "evidence"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many requirements of a job a resume meets, meets partly, and says nothing about."""

    met: int
    partly: int
    missing: int


@dataclass(frozen=True, slots=True)
class Addend:
    """One part of a score as it is shown: `points` of all parts add up to the score shown."""

    name: str
    value: float
    weight: float
    points: float


def count(requirements: tuple[Assessment, ...]) -> Counts:
    """Return how many requirements have each status."""
    statuses = Counter(assessment.status for assessment in requirements)
    return Counts(statuses["met"], statuses["partly"], statuses["missing"])


def addends(match: Match) -> tuple[Addend, ...]:
    """Return the parts of a score in thousandths that add up to the score in thousandths.

    Each is rounded down and the thousandths left over go to the largest remainders.
    """
    exact = [part.value * part.weight * 1000 for part in match.parts]
    whole = [floor(value) for value in exact]
    left = round(match.score * 1000) - sum(whole)
    by_remainder = sorted(range(len(exact)), key=lambda i: whole[i] - exact[i])
    for i in by_remainder[:left]:
        whole[i] += 1
    return tuple(
        Addend(part.name.replace("_", " "), part.value, part.weight, points / 1000)
        for part, points in zip(match.parts, whole, strict=True)
    )


def ranking_json(run: RankingRun) -> str:
    """Return the run as JSON. The names and their order are a contract; breaking it raises SCHEMA.

    `{"schema", "model": {"fingerprint", "name", "runtime", "version"}, "policy", "rankings":
    [{"job", "matches": [{"resume", "rank", "score", "parts", "requirements", "findings"}]}],
    "unread"}`, where a match of a run with `detail="scores"` ends with its score. A job about which
    there is something to know has `findings` too, after its matches.
    """
    result = {
        "schema": SCHEMA,
        "model": asdict(run.model),
        "policy": run.policy,
        "rankings": [_ranking(ranking, run.detail) for ranking in run.rankings],
        "unread": [asdict(unread) for unread in run.unread],
    }
    return json.dumps(result, ensure_ascii=False) + "\n"


def _ranking(ranking: Ranking, detail: Detail) -> dict[str, object]:
    matches = [_match(match, detail) for match in ranking.matches]
    result: dict[str, object] = {"job": ranking.job, "matches": matches}
    if ranking.findings:
        result["findings"] = [asdict(finding) for finding in ranking.findings]
    return result


def _match(match: Match, detail: Detail) -> dict[str, object]:
    scored = {"resume": match.resume, "rank": match.rank, "score": round(match.score, DIGITS)}
    if detail == "scores":
        return scored
    return scored | {
        "parts": [
            {"name": p.name, "value": round(p.value, DIGITS), "weight": round(p.weight, DIGITS)}
            for p in match.parts
        ],
        "requirements": [_requirement(assessment) for assessment in match.requirements],
        "findings": [asdict(finding) for finding in match.findings],
    }


def _requirement(assessment: Assessment) -> dict[str, object]:
    requirement = assessment.requirement
    return {
        "text": requirement.text,
        "kind": requirement.kind,
        "weight": round(requirement.weight, DIGITS),
        "status": assessment.status,
        "similarity": round(assessment.similarity, DIGITS),
        "evidence": asdict(assessment.evidence) if assessment.evidence else None,
    }


def ranking_csv(run: RankingRun) -> str:
    """Return a header and one row per job and resume; unread files have no row.

    A name that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = ["job", "resume", "rank", "score"]
    if run.detail == "evidence":
        columns += ["met", "partly", "missing", "findings"]
    writer.writerow(columns)
    for ranking in run.rankings:
        for match in ranking.matches:
            row = [_cell(ranking.job), _cell(match.resume), match.rank, f"{match.score:.6f}"]
            if run.detail == "evidence":
                counts = count(match.requirements)
                row += [counts.met, counts.partly, counts.missing, len(match.findings)]
            writer.writerow(row)
    return out.getvalue()


def _cell(name: str) -> str:
    return f"'{name}" if name.startswith(FORMULA_STARTS) else name
