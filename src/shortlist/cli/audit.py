"""`shortlist audit`: who is left out, by group, with intervals."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from shortlist.cli.entrants import named
from shortlist.cli.options import format_option, out_option, policy_option
from shortlist.cli.output import deliver
from shortlist.cli.progress import progress
from shortlist.errors import ConfigError, DataError

if TYPE_CHECKING:
    from shortlist.dataset.folder import Dataset
    from shortlist.evaluation.scores import Scores
    from shortlist.matcher import Matcher
    from shortlist.records import Document, Measure
    from shortlist.report.audit import AuditRun, Thresholds

Format = Literal["table", "json", "html", "markdown", "csv"]
Groups = Mapping[str, Mapping[str, str]]


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "--groups",
    "groups_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A CSV file with columns resume,attribute,value. Default: groups.csv of the data set.",
)
@click.option(
    "--attribute",
    "attributes",
    multiple=True,
    metavar="A",
    help="Audit by this attribute alone; may be given more than once. Default: all, and each pair. "
    "For a data set, `school` is read from the resumes where the groups do not hold it.",
)
@click.option(
    "--select",
    default="rate:0.2",
    show_default=True,
    metavar="RULE",
    help="Who is selected: top:K of each job, rate:R of each job's pool, threshold:T or median.",
)
@click.option(
    "--min-n",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    metavar="N",
    help="Groups with fewer pairs are listed and not estimated.",
)
@click.option(
    "--limits",
    "limits_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A TOML file of limits; exit with 1 if one is broken.",
)
@click.option(
    "--against",
    multiple=True,
    metavar="[NAME=]FILE",
    help="Scores of another system on the same people, to show beside; the first is the baseline "
    "of limits. May be given more than once.",
)
@click.option(
    "--swaps",
    is_flag=True,
    help="Swap schools, names, pronouns and years in the resumes and measure what moves. Needs a "
    "data set.",
)
@click.option(
    "--thresholds",
    is_flag=True,
    help="Show which threshold for each group would give all groups one selection rate. Analysis "
    "only: nothing applies them, and using them is unlawful in many places.",
)
@click.option(
    "--summary",
    type=click.Choice(["ll144", "card"]),
    help="Instead, the page of results that New York City's Local Law 144 asks to publish, or a "
    "card of the system: use, limits, numbers, ethics statement.",
)
@click.option(
    "--evaluation",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="For the card: what `shortlist evaluate --format json` wrote.",
)
@click.option(
    "--data-source", default="", metavar="TEXT", help="For ll144: where the data come from."
)
@click.option(
    "--deployed", default="", metavar="DATE", help="For ll144: since when the tool is used."
)
@click.option(
    "--model",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The model folder that scores a data set. Default: the one that comes with shortlist.",
)
@policy_option("What is hidden from the model when a data set is scored.")
@format_option("table", "json", "html", "markdown", "csv")
@out_option
@click.option("--seed", type=int, default=0, show_default=True, help="Of permutations and draws.")
def audit(
    source: Path,
    groups_file: Path | None,
    attributes: tuple[str, ...],
    select: str,
    min_n: int,
    limits_file: Path | None,
    against: tuple[str, ...],
    swaps: bool,
    thresholds: bool,
    summary: Literal["ll144", "card"] | None,
    evaluation: Path | None,
    data_source: str,
    deployed: str,
    model: Path | None,
    policy: str,
    output: Format,
    out: Path | None,
    seed: int,
) -> None:
    """Audit SOURCE by group: selection rates, impact ratios, error rates, exposure, calibration.

    SOURCE is a CSV file with columns job,resume,score and, where known, label; a TREC run; or a
    data set folder, which is scored first. A label of 0.5 or more is a fit. Exit status 1: a limit
    is broken.

    \b
    Examples:
      shortlist audit scores.csv --groups groups.csv --select top:10
      shortlist audit scores.csv --groups groups.csv --format html --out audit.html
      shortlist audit scores.csv --groups groups.csv --limits limits.toml
      shortlist audit dataset/ --attribute school --swaps --format html --out audit.html
    """
    from shortlist.dataset.folder import read_dataset

    dataset = read_dataset(source) if source.is_dir() else None
    if swaps and dataset is None:
        raise ConfigError(f"{source}: --swaps needs the texts of a data set, not scores alone")
    matcher = _matcher(model, policy) if dataset else None
    scores = _scores(source, dataset, matcher)
    groups = _groups(source, groups_file, attributes, dataset)
    if summary == "ll144":
        deliver(_law(scores, groups, select, (data_source or str(source), deployed), output), out)
        return
    run = _run(source, scores, groups, (select, min_n, seed), against, limits_file)
    if thresholds:
        run = replace(run, thresholds=_thresholds(run, scores, groups))
    if matcher and dataset and swaps:
        run = replace(run, swaps=_swapped(matcher, dataset, groups, scores, (select, seed)))
    deliver(_card(run, evaluation, output) if summary == "card" else _rendered(run, output), out)
    _end(run)


def _end(run: "AuditRun") -> None:
    """Say which limits are broken, and end with 1 if one is."""
    broken = [verdict.line for verdict in run.verdicts if not verdict.kept]
    for line in broken:
        click.echo(f"shortlist: {line}", err=True)
    if broken:
        sys.exit(1)


def _matcher(model: Path | None, policy: str) -> "Matcher":
    from shortlist.matcher import Matcher

    return Matcher.load(model, policy=policy)


def _scores(source: Path, dataset: "Dataset | None", matcher: "Matcher | None") -> "Scores":
    from shortlist.audit.judged import with_labels
    from shortlist.evaluation.files import read_scores
    from shortlist.evaluation.scores import judgments_of

    if dataset is None or matcher is None:
        return read_scores(source)
    from shortlist.audit.matching import matcher_scores

    jobs, resumes = _documents(dataset.jobs), _documents(dataset.resumes)
    with progress("Reading resumes") as done:
        scores = matcher_scores(dataset.name, matcher, jobs, resumes, done)
    return with_labels(scores, judgments_of(dataset.judgments))


def _documents(texts: Mapping[str, str]) -> "list[Document]":
    from shortlist.records import Document

    return [Document(id, text) for id, text in texts.items()]


def _groups(
    source: Path, file: Path | None, attributes: tuple[str, ...], dataset: "Dataset | None"
) -> Groups:
    from shortlist.dataset.groups import read_groups

    path = file or source / "groups.csv"
    groups: Groups = read_groups(path) if file or path.exists() else {}
    if dataset and "school" not in groups and (not groups or "school" in attributes):
        groups = {**groups, "school": _school_tiers(dataset)}
    if not groups and file:
        raise DataError(f"{file}: holds a header and no row: write resume,attribute,value")
    if not groups:
        raise ConfigError(f"{source}: name the groups: --groups FILE (resume,attribute,value)")
    unknown = [name for name in attributes if name not in groups]
    if unknown:
        raise ConfigError(f"no attribute {unknown[0]!r}: the groups have {', '.join(groups)}")
    return {name: groups[name] for name in attributes} if attributes else groups


def _school_tiers(dataset: "Dataset") -> Mapping[str, str]:
    from shortlist.masking.schools import school_tier

    return {id: school_tier(text) for id, text in dataset.resumes.items()}


def _run(
    source: Path,
    scores: "Scores",
    groups: Groups,
    settings: tuple[str, int, int],
    against: tuple[str, ...],
    limits_file: Path | None,
) -> "AuditRun":
    from shortlist.audit.gate import check_limits
    from shortlist.audit.measures import audit
    from shortlist.evaluation.files import read_scores
    from shortlist.evaluation.limits import read_limits
    from shortlist.report.audit import AuditRun

    select, min_n, seed = settings
    limits = read_limits(limits_file) if limits_file else ()
    systems = [scores, *(read_scores(path, name) for name, path in map(named, against))]
    found = [audit(s, groups, select=select, min_n=min_n, seed=seed) for s in systems]
    baseline = found[1] if against else None
    return AuditRun(
        audit=found[0],
        source=str(source),
        written=datetime.now().astimezone(),
        verdicts=tuple(check_limits(found[0], limits, baseline=baseline)),
        against=tuple(found[1:]),
    )


def _thresholds(run: "AuditRun", scores: "Scores", groups: Groups) -> "Thresholds":
    """What threshold of each group would give all groups the rate at which people are selected."""
    from shortlist.audit.mitigation import group_thresholds

    overall = run.audit.find("selection_rate", None)
    rate = (overall.value if overall else None) or 0.0
    found = {name: group_thresholds(scores, values, rate=rate) for name, values in groups.items()}
    return {name: [g for g in of if g.n >= run.audit.min_n] for name, of in found.items()}


def _swapped(
    matcher: "Matcher",
    dataset: "Dataset",
    groups: Groups,
    scores: "Scores",
    settings: tuple[str, int],
) -> "tuple[Measure, ...]":
    """What swaps move, what probes can tell, and whether resumes that are alike score alike."""
    from shortlist.audit.matching import matcher_leakage, matcher_swaps, text_consistency

    select, seed = settings
    jobs, resumes = _documents(dataset.jobs), _documents(dataset.resumes)
    with progress("Reading swapped resumes") as done:
        moved = matcher_swaps(matcher, jobs, resumes, select=select, seed=seed, progress=done)
    leaked = matcher_leakage(matcher, resumes, groups, seed=seed)
    return (*moved, *leaked, *text_consistency(scores, dataset.resumes, seed=seed))


def _law(
    scores: "Scores", groups: Groups, select: str, said: tuple[str, str], output: Format
) -> str:
    from shortlist.audit.local_law_144 import summarise
    from shortlist.report import local_law_144 as law

    summary = summarise(scores, groups, select=select)
    source, deployed = said
    publication = law.Publication(summary, datetime.now().astimezone().date(), source, deployed)
    if output == "html":
        return law.law_html(publication)
    if output == "json":
        return law.law_json(publication)
    if output == "csv":
        return law.law_csv(publication)
    return law.law_markdown(publication)


def _card(run: "AuditRun", evaluation: Path | None, output: Format) -> str:
    from shortlist.report.audit import audit_json
    from shortlist.report.card import Subject, card_html, card_markdown

    if output in ("json", "csv"):
        raise ConfigError(f"--format {output}: a card is for people: write markdown or html")
    facts = {"data": run.source, "selected": run.audit.selection.words}
    subject = Subject(run.audit.system, run.written.date(), facts)
    measured = _evaluated(evaluation) if evaluation else None
    text = card_markdown(subject, evaluation=measured, audit=json.loads(audit_json(run)))
    return card_html(text) if output == "html" else text


def _evaluated(file: Path) -> Any:
    try:
        read = json.loads(file.read_text("utf-8"))
        read["systems"], read["controls"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{file}: not what `shortlist evaluate --format json` writes: {error}"
        ) from error
    return read


def _rendered(run: "AuditRun", output: Format) -> str:
    from shortlist.report import audit as report

    if output == "html":
        from shortlist.report.audit_html import audit_html

        return audit_html(run)
    forms: dict[str, Callable[[AuditRun], str]] = {
        "json": report.audit_json,
        "csv": report.audit_csv,
        "markdown": report.audit_markdown,
        "table": report.audit_table,
    }
    return forms[output](run)
