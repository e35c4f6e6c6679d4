"""A card for a model or a scoring system: use, limits, numbers, and what they cannot show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shortlist import __version__
from shortlist.report.audit import GAP_MEASURES, GROUP_MEASURES, words
from shortlist.report.page import render

INTENDED = (
    "Ordering resumes for a job so that a person reads the likely ones first, with the evidence "
    "beside every score.",
    "Measuring, on a sample of one's own, how well such an order does and who is left out.",
)
NOT_INTENDED = (
    "Rejecting anybody by score alone. A score orders evidence for a person who decides; in many "
    "places the law forbids a decision without one.",
    "Judging people: a resume that is silent proves nothing about a person.",
    "Languages, trades and countries on which it was not measured.",
    "Tracking people, or guessing to which group they belong.",
)
LIMITS = (
    "It reads what is written. How well somebody writes a resume is not how well they work.",
    "Masking hides words, not lives: where somebody worked, or how long a gap is, can still go "
    "together with a group. Measure the outcome.",
    "Numbers below hold for people and jobs like those measured. With few people an interval is "
    "wide, and a group that is not estimated may have any gap.",
    "Labels are somebody's judgments. Measures that need them (error rates, calibration, exposure "
    "against merit) inherit whatever was unequal in those judgments.",
)
ETHICS = (
    "Fairness measures say nothing about groups that were not observed, and none of them shows "
    "that a gap is gone: a measured gap that is small is a small measured gap. Measures can "
    "disagree, and short of perfect scores they cannot all be 0 at once where groups differ in "
    "the share that fits. They are to be taken again whenever the people, the jobs, the model or "
    "its use change. Those who use a score to choose among people answer for the choice."
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a card is about. `facts` are further lines, such as base model and fingerprint."""

    name: str
    written: date
    facts: Mapping[str, str]


def card_markdown(
    subject: Subject,
    *,
    evaluation: Mapping[str, Any] | None = None,
    audit: Mapping[str, Any] | None = None,
) -> str:
    """Return the card as Markdown.

    Args:
        subject: what it is about.
        evaluation: what `shortlist evaluate --format json` wrote.
        audit: what `shortlist audit --format json` wrote.
    """
    facts = {**subject.facts, "card": f"{subject.written.isoformat()}, shortlist {__version__}"}
    lines = [f"# Card of {subject.name}", ""]
    lines += [f"- {name}: {text}" for name, text in facts.items()]
    lines += ["", "## Intended use", "", *_listed(INTENDED)]
    lines += ["", "## Not intended", "", *_listed(NOT_INTENDED)]
    lines += ["", "## How well it orders", "", *_evaluated(evaluation)]
    lines += ["", "## Who is left out", "", *_audited(audit)]
    lines += ["", "## Limits", "", *_listed(LIMITS)]
    return "\n".join([*lines, "", "## Ethics statement", "", ETHICS, ""])


def card_html(markdown: str) -> str:
    """Return a card, as `card_markdown` wrote it, as one self-contained page."""
    from markdown_it import MarkdownIt
    from markupsafe import Markup

    title, _, body = markdown.partition("\n")
    made = MarkdownIt("commonmark", {"html": False}).enable("table").render(body)
    return render("card.html", {"heading": title.removeprefix("# "), "body": Markup(made)})


def _listed(sentences: Sequence[str]) -> Iterator[str]:
    return (f"- {sentence}" for sentence in sentences)


def _evaluated(evaluation: Mapping[str, Any] | None) -> Iterator[str]:
    if evaluation is None:
        yield "Not measured here: run `shortlist evaluate`."
        return
    yield "| system | metric | value | 95 % interval | n | note |"
    yield "|---|---|---|---|---|---|"
    for kind in ("systems", "controls"):
        for system in evaluation[kind]:
            for name, metric in _told(system["metrics"]).items():
                yield f"| {_cell(system['name'])} | {name} | {_numbers(metric)} |"


def _told(metrics: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The metrics by name; one row for all where none is estimated, and for one reason."""
    reasons = {metric["reason"] for metric in metrics}
    if len(reasons) == 1 and all(metric["value"] is None for metric in metrics):
        return {"every metric": metrics[0]}
    return {metric["name"]: metric for metric in metrics}


def _audited(audit: Mapping[str, Any] | None) -> Iterator[str]:
    if audit is None:
        yield "Not measured here: run `shortlist audit`."
        return
    told = (*GAP_MEASURES, *GROUP_MEASURES)
    rows = [row for row in audit["measures"] if row["attribute"] and row["name"] in told]
    yield "| attribute | group | measure | value | 95 % interval | n | note |"
    yield "|---|---|---|---|---|---|---|"
    for row in sorted(rows, key=lambda row: row["group"] is not None):
        group = "over the groups" if row["group"] is None else _cell(row["group"])
        yield f"| {_cell(row['attribute'])} | {group} | {words(row['name'])} | {_numbers(row)} |"


def _numbers(row: Mapping[str, Any]) -> str:
    if row["value"] is None:
        return f"not estimated | | {row['n']:,} | {_cell(row['reason'])}"
    ends = "" if row["low"] is None else f"{row['low']:.3f} to {row['high']:.3f}"
    return f"{row['value']:.3f} | {ends} | {row['n']:,} | "


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
