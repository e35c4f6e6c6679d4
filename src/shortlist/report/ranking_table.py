"""A run of `rank` as text for a terminal: readable without colour, in 80 columns."""

import textwrap
from collections.abc import Iterator, Sequence

from shortlist.records import (
    Assessment,
    Document,
    Finding,
    MaskedText,
    Match,
    Ranking,
    RequirementStatus,
)
from shortlist.report.quotes import finding_text, one_line, quote, title
from shortlist.report.ranking import RankingRun, addends, count

WIDTH = 80
BEST = 3  # matches whose evidence is quoted
QUOTES = 3  # requirements quoted for each of them
LABEL = 9  # the width of `missing` and a gap


def ranking_table(run: RankingRun) -> str:
    """Return each job's ranking, quotes for the best matches, findings, and what was not read."""
    lines: list[str] = []
    for ranking in run.rankings:
        lines += [*_ranking(run, ranking), ""]
    if run.unread:
        lines += [f"Not read ({len(run.unread)})"]
        for unread in run.unread:
            lines += [f"  {one_line(unread.file)}", *_wrap(one_line(unread.reason), "    ")]
        lines += [""]
    model = run.model
    lines += _wrap(
        f"Policy {run.policy}; model {model.name}, {model.fingerprint[:12]}, on {model.runtime}. "
        "A score orders evidence for a person who decides; it is not a decision."
    )
    return "\n".join(lines) + "\n"


def _ranking(run: RankingRun, ranking: Ranking) -> Iterator[str]:
    yield from _wrap(title(run.jobs[ranking.job]))
    yield _extent(len(ranking.matches), len(run.resumes), len(run.unread))
    yield ""
    with_evidence = run.detail == "evidence"
    yield from _overview(ranking.matches, with_evidence)
    if not with_evidence:
        return
    for match in ranking.matches[:BEST]:
        yield ""
        yield from _evidence(match, run.mask(run.resumes[match.resume]))
    found = [(m.findings, run.resumes[m.resume]) for m in ranking.matches if m.findings]
    if ranking.findings:
        found.insert(0, (ranking.findings, run.jobs[ranking.job]))
    if found:
        yield ""
        yield "Findings"
    for findings, document in found:
        yield from _findings(findings, document, run.mask(document))


def _extent(shown: int, ranked: int, unread: int) -> str:
    resumes = "1 resume" if ranked == 1 else f"{ranked:,} resumes"
    best = f"the best {shown:,} of {resumes}" if shown < ranked else resumes
    return f"{best}; {unread:,} not read" if unread else best


def _overview(matches: Sequence[Match], with_evidence: bool) -> Iterator[str]:
    from rich.cells import cell_len

    head = "   #  score  "
    tail = "  met  partly  missing  findings" if with_evidence else ""
    names = [one_line(match.resume) for match in matches]
    width = min(WIDTH - len(head) - len(tail), max(map(cell_len, ["resume", *names])))
    yield f"{head}{_fitted('resume', width)}{tail}".rstrip()
    for match, name in zip(matches, names, strict=True):
        row = f"{match.rank:4}  {match.score:.3f}  {_fitted(name, width)}"
        if with_evidence:
            counts = count(match.requirements)
            found = len(match.findings) or ""
            row += f"{counts.met:5}{counts.partly:8}{counts.missing:9}{found:10}"
        yield row.rstrip()


def _evidence(match: Match, masked: MaskedText) -> Iterator[str]:
    yield f"{match.rank}. {one_line(match.resume)}: {_sum(match)}"
    for assessment in _strongest(match.requirements):
        yield from _labelled("met", assessment.requirement.text)
        assert assessment.evidence is not None
        said = textwrap.shorten(
            quote(masked, assessment.evidence), 2 * (WIDTH - 14), placeholder="…"
        )
        yield from _wrap(f'"{said}"', " " * (LABEL + 3))
    for status in ("partly", "missing"):
        texts = [
            textwrap.shorten(one_line(a.requirement.text), 60, placeholder="…")
            for a in match.requirements
            if a.status == status
        ]
        if texts:
            yield from _labelled(status, "; ".join(texts))


def _sum(match: Match) -> str:
    shown = [f"{addend.name} {addend.points:.3f}" for addend in addends(match)]
    return f"{match.score:.3f} = {' + '.join(shown)}"


def _strongest(requirements: Sequence[Assessment]) -> list[Assessment]:
    met = [a for a in requirements if a.status == "met" and a.evidence]
    return sorted(met, key=lambda a: -a.requirement.weight * a.similarity)[:QUOTES]


def _findings(findings: Sequence[Finding], document: Document, masked: MaskedText) -> Iterator[str]:
    for finding in findings:
        yield f"  {one_line(document.id)}: {one_line(finding.kind.replace('_', ' '))}"
        yield from _wrap(one_line(finding.reason), "    ")
        text = one_line(finding_text(finding, masked))
        if text:
            yield from _wrap(f'"{textwrap.shorten(text, 130, placeholder="…")}"', "    ")


def _labelled(status: RequirementStatus, text: str) -> list[str]:
    indent = " " * (LABEL + 3)
    return [
        f"   {status:{LABEL}}{line.strip()}" if i == 0 else line
        for i, line in enumerate(_wrap(one_line(text), indent))
    ]


def _wrap(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


def _fitted(name: str, width: int) -> str:
    """Return a name in so many columns, without its middle where it is longer."""
    from rich.cells import cell_len, set_cell_size

    if cell_len(name) > width:
        head = set_cell_size(name, (width - 1) // 2)
        tail = set_cell_size(name[::-1], width - 1 - cell_len(head))[::-1]
        name = f"{head}…{tail}"
    return set_cell_size(name, width)
