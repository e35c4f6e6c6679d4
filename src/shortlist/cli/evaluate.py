"""`shortlist evaluate`: how good rankings are by judgments, beside controls, with intervals."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from shortlist.cli.entrants import Entrants, Wanted, entered
from shortlist.cli.judged import Asked, Judged, read_judged
from shortlist.cli.options import (
    direction_option,
    format_option,
    out_option,
    policy_option,
    unjudged_option,
)
from shortlist.cli.output import deliver
from shortlist.errors import ConfigError

if TYPE_CHECKING:
    from shortlist.evaluation.fitting import Fitted, Method
    from shortlist.evaluation.limits import Limit, Verdict
    from shortlist.evaluation.metrics import Question
    from shortlist.evaluation.pool import Unjudged
    from shortlist.evaluation.study import Study
    from shortlist.report.evaluation import EvaluationRun

Format = Literal["table", "json", "html", "markdown", "csv"]
Direction = Literal["resumes", "jobs"]


@click.command()
@click.argument("dataset", type=click.Path(path_type=Path))
@click.option(
    "--scores",
    "score_files",
    multiple=True,
    metavar="[NAME=]FILE",
    help="Scores of a system: CSV with columns job,resume,score, or a TREC run. May be given more "
    "than once.",
)
@click.option(
    "--model",
    "models",
    multiple=True,
    metavar="[NAME=]DIR",
    help="A model folder that scores the data set. Default without --scores: the one that comes "
    "with shortlist. May be given more than once.",
)
@click.option(
    "--against",
    multiple=True,
    metavar="[NAME=]FILE|DIR",
    help="A system to compare the others with; the first is the baseline of limits. May be given "
    "more than once.",
)
@click.option(
    "--metrics",
    multiple=True,
    metavar="M,...",
    help="For example ndcg@10,map,mrr,recall@50,roc_auc,brier,ece. Default: what suits the grades.",
)
@direction_option
@click.option("--split", metavar="S", help="Judge this split of the data set only.")
@unjudged_option
@click.option(
    "--relevant",
    type=click.FloatRange(min=0, min_open=True),
    default=0.5,
    show_default=True,
    metavar="GRADE",
    help="The lowest grade that fits, for metrics that know only yes and no.",
)
@click.option(
    "--threshold",
    type=float,
    metavar="T",
    help="Where scores are cut for accuracy, precision, recall and f1.",
)
@click.option(
    "--fit-on",
    metavar="S",
    help="Choose each system's threshold on this split, and fit what --calibrate asks for.",
)
@click.option(
    "--calibrate",
    type=click.Choice(["none", "temperature", "platt"]),
    default="none",
    show_default=True,
    help="Turn scores into probabilities, fitted on the split of --fit-on.",
)
@click.option(
    "--by",
    metavar="ATTRIBUTE",
    help="Fit a temperature for each group of groups.csv, and see the gap of --gap-penalty.",
)
@click.option(
    "--gap-penalty",
    type=click.FloatRange(min=0),
    default=0.0,
    show_default=True,
    metavar="W",
    help="The threshold maximises F1 less W times the gap between groups' selection rates.",
)
@click.option("--allow-leakage", is_flag=True, help="Judge a split that shares texts with others.")
@policy_option("What is hidden from a model.")
@click.option(
    "--limits",
    "limits_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A TOML file of limits; exit with 1 if one is broken.",
)
@format_option("table", "json", "html", "markdown", "csv")
@out_option
@click.option("--seed", type=int, default=0, show_default=True, help="Of resampling.")
def evaluate(
    dataset: Path,
    score_files: tuple[str, ...],
    models: tuple[str, ...],
    against: tuple[str, ...],
    metrics: tuple[str, ...],
    direction: Direction,
    split: str | None,
    unjudged: Literal["auto", "skip", "irrelevant"],
    relevant: float,
    threshold: float | None,
    fit_on: str | None,
    calibrate: "Method",
    by: str | None,
    gap_penalty: float,
    allow_leakage: bool,
    policy: str,
    limits_file: Path | None,
    output: Format,
    out: Path | None,
    seed: int,
) -> None:
    """Evaluate systems on DATASET: metrics with intervals, beside controls and chance.

    DATASET is a data set folder, a TREC qrels file, or a CSV file with columns
    job,resume,score,label that brings its own scores. Exit status 1: a limit is broken.

    \b
    Examples:
      shortlist evaluate dataset/ --split test
      shortlist evaluate dataset/ --scores ours.csv --scores bm25.csv --format html --out page.html
      shortlist evaluate qrels.tsv --scores run.txt --against baseline.txt --limits limits.toml
      shortlist evaluate dataset/ --scores s.csv --split test --fit-on validation --calibrate platt
    """
    from shortlist.evaluation.limits import read_limits
    from shortlist.evaluation.metrics import Question
    from shortlist.report.evaluation import EvaluationRun

    limits = read_limits(limits_file) if limits_file else ()
    judged = read_judged(dataset, Asked(direction, split, fit_on, by, allow_leakage))
    taken = _taken(judged, unjudged)
    wanted = Wanted(score_files, models, against, policy, direction, taken == "irrelevant")
    entrants = entered(dataset, judged, wanted)
    names = tuple(name.strip() for of_option in metrics for name in of_option.split(","))
    question = Question(names, relevant, threshold, seed)
    fits = _fits(entrants, judged, _Fitting(calibrate, gap_penalty, relevant))
    found = _study(judged, entrants, fits, question, (direction, taken))
    run = EvaluationRun(
        study=found,
        source=str(dataset),
        written=datetime.now(),
        split=split or "",
        leaks=judged.leaks,
        notes=(*_issues(judged), *entrants.notes, *_fit_notes(fits, fit_on)),
        left_out=judged.left_out,
        verdicts=_verdicts(found, limits, entrants.against),
    )
    deliver(_rendered(run, output), out)
    broken = [verdict.line for verdict in run.verdicts if not verdict.kept]
    for line in broken:
        click.echo(f"shortlist: {line}", err=True)
    if broken:
        sys.exit(1)


@dataclass(frozen=True, slots=True)
class _Fitting:
    method: "Method"
    penalty: float
    relevant: float


def _taken(judged: Judged, unjudged: Literal["auto", "skip", "irrelevant"]) -> "Unjudged":
    from shortlist.evaluation.pool import choose_unjudged

    return choose_unjudged(judged.judgments) if unjudged == "auto" else unjudged


def _fits(entrants: Entrants, judged: Judged, fitting: _Fitting) -> "list[Fitted]":
    """Return what was fitted on the split to fit on: each system as it is, then calibrated."""
    from shortlist.evaluation.fitting import fit
    from shortlist.evaluation.scores import judgments_of

    if judged.fit_part is None:
        if fitting.method != "none" or fitting.penalty:
            raise ConfigError("--calibrate and --gap-penalty need --fit-on: a split to fit on")
        return []
    judgments = judgments_of(judged.fit_part.judgments)
    methods: list[Method] = ["none"] if fitting.method == "none" else ["none", fitting.method]
    return [
        fit(
            system,
            judgments,
            method=method,
            groups=judged.groups,
            penalty=fitting.penalty,
            relevant=fitting.relevant,
        )
        for system in entrants.scores
        for method in methods
    ]


def _study(
    judged: Judged,
    entrants: Entrants,
    fits: "Sequence[Fitted]",
    question: "Question",
    how: "tuple[Direction, Unjudged]",
) -> "Study":
    """Return the study; a calibrated system stands beside itself as it was."""
    from shortlist.evaluation.controls import Texts
    from shortlist.evaluation.study import Setting, study

    systems = list(entrants.scores)
    systems += [f.scores for f in fits if f.calibration is not None]
    thresholds = {f.scores.name: f.threshold.value for f in fits}
    direction, unjudged = how
    texts = Texts(judged.part.jobs, judged.part.resumes) if judged.part else None
    items = () if texts is None else texts.resumes if direction == "resumes" else texts.jobs
    setting = Setting(
        direction=direction,
        unjudged=unjudged,
        texts=texts,
        candidates=tuple(items),
        thresholds={} if question.threshold is not None else thresholds,
        against=entrants.against,
    )
    return study(judged.judgments, systems, question, setting)


def _verdicts(
    found: "Study", limits: "Sequence[Limit]", against: Sequence[str]
) -> "tuple[Verdict, ...]":
    """Hold every system to every limit; the first of those compared with is the baseline."""
    from shortlist.evaluation.limits import check

    systems = {system.system: system for system in found.table.systems}
    baseline = systems[against[0]] if against else None
    verdicts = []
    for limit in limits:
        if limit.name not in found.question.metrics:
            raise ConfigError(f"limit {limit}: no such metric here; name it with --metrics")
        floor = baseline[limit.name] if baseline else None
        verdicts += [
            check(limit, name, system[limit.name], baseline=floor)
            for name, system in systems.items()
            if name not in against
        ]
    return tuple(verdicts)


def _issues(judged: Judged) -> list[str]:
    issues = judged.part.card.known_issues if judged.part else ()
    return [f"Known issue of the data: {issue}." for issue in issues]


def _fit_notes(fits: "Sequence[Fitted]", split: str | None) -> list[str]:
    """Say what was fitted on which split, and on how many pairs."""
    said = []
    for fitted in fits:
        cut, how = fitted.threshold, fitted.calibration
        words = f"threshold {cut.value:.4g} (F1 {cut.f1:.3f}, gap {cut.gap:.3f} there"
        words += f"; chosen for F1 - {cut.penalty:g} gap)" if cut.penalty else ")"
        if how is not None and how.by_group:
            of_group = ", ".join(f"{name} {1 / slope:.4g}" for name, slope in how.by_group)
            words = f"temperature {of_group}, {words}"
        elif how is not None and how.method == "temperature":
            words = f"temperature {how.temperature:.4g}, {words}"
        elif how is not None:
            words = f"slope {how.slope:.4g}, intercept {how.intercept:.4g}, {words}"
        said.append(f"{fitted.scores.name}: {words}, fitted on split {split}, n = {fitted.n:,}.")
    return said


def _rendered(run: "EvaluationRun", output: Format) -> str:
    from shortlist.report import evaluation, evaluation_html

    forms = {
        "table": evaluation.evaluation_table,
        "json": evaluation.evaluation_json,
        "csv": evaluation.evaluation_csv,
        "markdown": evaluation.evaluation_markdown,
        "html": evaluation_html.evaluation_html,
    }
    return forms[output](run)
