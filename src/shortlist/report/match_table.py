"""A run of `match` as text for a terminal: readable without colour, in 88 columns."""

import textwrap
from collections.abc import Iterator, Sequence

from shortlist.explain.explanation import Answer, Explanation, Keyword, Statement
from shortlist.explain.narrative import CAUTION as NARRATIVE_CAUTION
from shortlist.explain.opinion import CAUTION
from shortlist.records import Evidence, MaskedText
from shortlist.report.attribution import MEANING, attribution_lines
from shortlist.report.match import MatchRun
from shortlist.report.quotes import one_line, quote, title
from shortlist.report.tables import Table, aligned

WIDTH = 88
QUOTE = 110
MOST_KEYWORDS = 12
MOST_STATEMENTS = 8

_KINDS = {"must": "MUST HAVE", "nice": "NICE TO HAVE", "implied": "THE WORK INVOLVES"}


def match_table(run: MatchRun) -> str:
    """Return the score, its parts, and what they rest on."""
    found = run.explanation
    lines = [
        *_wrap(f"{one_line(found.resume)} for {title(run.job)}"),
        "",
        f"Score {100 * found.score:.1f} of 100, {found.scorer}",
        "",
        *aligned(_signals(found)),
        "",
        *aligned(_sub_scores(found)),
    ]
    for kind, heading in _KINDS.items():
        asked = [answer for answer in found.requirements if answer.kind == kind]
        if asked:
            lines += ["", heading]
            for answer in asked:
                lines += _answer(answer, run.masked)
    lines += ["", "KEYWORDS", *_keywords(found.keywords)]
    for heading, statements in (("STRENGTHS", found.strengths), ("GAPS", found.gaps)):
        lines += ["", heading, *_statements(statements, run.masked)]
    lines += ["", "WHAT WOULD RAISE THE SCORE (measured: each was scored)", *_improvements(found)]
    lines += ["", "STATEMENTS WORTH REWRITING", *_bullets(run)]
    lines += [*_findings(found), *_opinion(found), *_narrative(run), *_attribution(run)]
    lines += ["", *_footer(run)]
    return "\n".join(lines) + "\n"


def _signals(found: Explanation) -> Table:
    rows = []
    for signal in found.signals:
        value = signal.reason if signal.value is None else f"{signal.value:.3f}"
        points = 100 * (signal.value or 0.0) * signal.applied
        row = (f"{signal.suggested:.2f}", f"{signal.applied:.2f}", f"{points:.1f}")
        rows.append((signal.name, value, *row))
    return Table("", ("Signal", "Value", "Suggested", "Applied", "Points"), tuple(rows))


def _sub_scores(found: Explanation) -> Table:
    rows = []
    for sub in found.sub_scores:
        score = "none" if sub.score is None else f"{sub.score:.0f}"
        told = f"{len(sub.found)} found, {len(sub.missing)} missing"
        if sub.reason:
            told = sub.reason
        elif sub.name in ("experience", "education"):
            told = (*sub.found, *sub.missing)[0].text
        rows.append((sub.name, score, told))
    return Table("", ("Side", "0-100", "What it rests on"), tuple(rows))


def _answer(answer: Answer, masked: MaskedText) -> Iterator[str]:
    yield from _wrap(f"{answer.status:<8} {one_line(answer.text)}", "         ", first="")
    yield from _quoted(answer.evidence[:1], masked)


def _keywords(keywords: Sequence[Keyword]) -> list[str]:
    if not keywords:
        return ["none found in the job"]
    rows = [
        (" or ".join(k.names), k.kind, str(k.count) if k.count else "not found", f"{k.density:.2f}")
        for k in keywords[:MOST_KEYWORDS]
    ]
    lines = list(aligned(Table("", ("Keyword", "Kind", "Count", "Per 100 words"), tuple(rows))))
    left = len(keywords) - MOST_KEYWORDS
    return [*lines, f"and {left} more: see --format json"] if left > 0 else lines


def _statements(statements: Sequence[Statement], masked: MaskedText) -> Iterator[str]:
    if not statements:
        yield "none"
    for statement in statements[:MOST_STATEMENTS]:
        yield from _wrap(f"- {one_line(statement.text)}", "  ", first="")
        yield from _quoted(statement.evidence[:1], masked)
    if len(statements) > MOST_STATEMENTS:
        yield f"and {len(statements) - MOST_STATEMENTS} more: see --format json"


def _improvements(found: Explanation) -> Iterator[str]:
    if not found.improvements:
        yield "nothing that was tried raises it"
    for one in found.improvements:
        yield from _wrap(f"+{100 * one.gain:.1f}  {one_line(one.advice)}", "      ", first="")


def _bullets(run: MatchRun) -> Iterator[str]:
    if not run.explanation.bullets:
        yield "none found"
    for bullet in run.explanation.bullets:
        yield from _quoted([bullet.evidence], run.masked, indent="")
        yield from _wrap(f"  quality {bullet.quality} of 100: {'; '.join(bullet.reasons)}", "  ")


def _findings(found: Explanation) -> Iterator[str]:
    if found.findings:
        yield from ("", "FINDINGS")
    for finding in found.findings:
        kind = finding.kind.replace("_", " ")
        yield from _wrap(f"- {kind}: {one_line(finding.reason)}", "  ", first="")


def _opinion(found: Explanation) -> Iterator[str]:
    opinion = found.opinion
    if opinion is None:
        return
    yield from ("", "OPINION OF A LANGUAGE MODEL (not reproducible)")
    yield from _wrap(CAUTION)
    if opinion.score is None:
        yield from _wrap(f"{opinion.model}: no usable answer: {one_line(opinion.reason)}")
        return
    blended = opinion.blended(found.score) or 0.0
    yield from _wrap(f"{opinion.model}: {opinion.score} of 100. {one_line(opinion.reason)}")
    yield from (f'  "{one_line(text)}"' for text in opinion.quotes)
    yield f"0.4 of the opinion and 0.6 of the score: {100 * blended:.1f}"


def _narrative(run: MatchRun) -> Iterator[str]:
    said = run.narrative
    if said is None:
        return
    yield from ("", "IN A LANGUAGE MODEL'S WORDS (not reproducible)")
    yield from _wrap(NARRATIVE_CAUTION)
    if said.unusable:
        yield from _wrap(f"{said.model}: {said.unusable}")
    if said.explanation:
        yield from _wrap(f"{said.model}: {one_line(said.explanation)}")
    for one in said.key_features:
        told = f"{one.importance_rank}. {one_line(one.feature)}, {one.direction}: "
        yield from _wrap(told + one_line(one.reason))
    for heading, entries in (
        ("What is uncertain", said.uncertainty),
        ("How the score could be wrong", said.misclassification_risks),
    ):
        yield from _wrap(f"{heading}: {' '.join(map(one_line, entries))}" if entries else "")
    if said.dropped:
        yield f"{said.dropped} of its sentences and entries said what was not there: dropped."


def _attribution(run: MatchRun) -> Iterator[str]:
    if run.attribution:
        yield from ("", "WHAT EACH WORD DOES (measured: each was left out)", *_wrap(MEANING), "")
        yield from attribution_lines(run.attribution, run.resume, run.masked)


def _footer(run: MatchRun) -> list[str]:
    model = run.model
    lines = [line for note in run.notes for line in _wrap(note)]
    return lines + _wrap(
        f"Policy {run.policy}; model {model.name}, {model.fingerprint[:12]}, on {model.runtime}; "
        f"'present' is {run.today.isoformat()}. A score orders evidence for a person who decides; "
        "it is not a decision, and a resume that is silent proves nothing about a person."
    )


def _quoted(
    evidence: Sequence[Evidence], masked: MaskedText, indent: str = "         "
) -> Iterator[str]:
    for one in evidence:
        said = textwrap.shorten(quote(masked, one), QUOTE, placeholder="…")
        yield from _wrap(f'"{said}"', indent)


def _wrap(text: str, indent: str = "", first: str | None = None) -> list[str]:
    initial = indent if first is None else first
    return textwrap.wrap(text, WIDTH, initial_indent=initial, subsequent_indent=indent)
