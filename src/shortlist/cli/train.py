"""`shortlist train`: a recipe and a dataset folder -> model folders."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from shortlist.cli.options import format_option
from shortlist.cli.output import deliver
from shortlist.cli.progress import progress

if TYPE_CHECKING:
    from shortlist.training import Outcome
    from shortlist.training.tagger import TaggerOutcome


@click.command()
@click.argument("config", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--task",
    type=click.Choice(["encoder", "tagger"]),
    default="encoder",
    show_default=True,
    help="What is trained: what ranks, or what tags skills for `profile --tagger`.",
)
@click.option(
    "--data",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DATASET",
    help="A data set folder with splits (docs/dataset-folder.md), or, for a tagger, a folder with "
    "the files that its recipe names (docs/extraction.md).",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="RUN",
    help="The run folder to write; it must be new or empty, or hold the run to go on with.",
)
@click.option(
    "--set",
    "overrides",
    multiple=True,
    metavar="KEY=VALUE",
    help="Change a setting of the recipe, as in optimizer.epochs=3. Can be repeated.",
)
@click.option("--resume", is_flag=True, help="Go on from the last complete checkpoint in RUN.")
@format_option("table", "json")
def train(
    config: Path,
    data: Path,
    out: Path,
    *,
    task: Literal["encoder", "tagger"],
    overrides: tuple[str, ...],
    resume: bool,
    output: Literal["table", "json"],
) -> None:
    """Train an encoder by the recipe CONFIG and leave model folders in RUN; or train a tagger.

    RUN then holds best_model, best_fairness_model, best_util_model and window_best_model, as far as
    an epoch qualified, each for `shortlist rank --model`; epoch_metrics.csv,
    training_history.json and a plot; and run.json with settings, data fingerprint and versions.
    With --task tagger, RUN is a tagger folder, and must be new or empty.

    \b
    Examples:
      shortlist train runs/smoke.toml --data tests/data/smoke --out out/smoke
      torchrun --nproc-per-node 2 -m shortlist train runs/default.toml --data d/ --out r/
      shortlist train runs/tagger.toml --task tagger --data skillspan/ --out out/tagger
    """
    if task == "tagger":
        if resume:
            raise click.UsageError("--resume goes on with an encoder; a tagger is trained anew")
        _train_tagger(config, data, out, overrides, output)
        return
    from shortlist.config import load
    from shortlist.training import Settings
    from shortlist.training import train as run
    from shortlist.training.gather import is_first

    settings = load(Settings, config, overrides)
    with progress("training") as show:
        outcome = run(settings, data, out, resume=resume, progress=show)
    if is_first():
        deliver(_json(outcome) if output == "json" else _summary(outcome), None)


def _train_tagger(
    config: Path, data: Path, out: Path, overrides: tuple[str, ...], output: str
) -> None:
    from shortlist.config import load
    from shortlist.training.tagger import TaggerSettings, train_tagger

    settings = load(TaggerSettings, config, overrides)
    with progress("training") as show:
        outcome = train_tagger(settings, data, out, progress=show)
    if output == "json":
        found = {"schema": 1, "run": str(outcome.folder), "sentences": outcome.sentences,
                 "strict_f1": list(outcome.epochs)}  # fmt: skip
        deliver(json.dumps(found, ensure_ascii=False) + "\n", None)
    else:
        deliver(_tagger_summary(outcome), None)


def _tagger_summary(outcome: "TaggerOutcome") -> str:
    lines = [f"strict F1 on {outcome.sentences:,} sentences"]
    for number, scores in enumerate(outcome.epochs, 1):
        each = ", ".join(f"{kind} {value:.4f}" for kind, value in scores.items())
        lines.append(f"epoch {number}: {each}")
    return "\n".join([*lines, "", str(outcome.folder)]) + "\n"


def _json(outcome: "Outcome") -> str:
    models = {
        name: None if number is None else {"epoch": number, "folder": str(outcome.folder / name)}
        for name, number in outcome.chosen.items()
    }
    found = {
        "schema": 1,
        "run": str(outcome.folder),
        "learns": [asdict(share) for share in outcome.learns],
        "epochs": outcome.history.to_json(),
        "models": models,
        "missing": dict(outcome.missing),
    }
    return json.dumps(found, ensure_ascii=False) + "\n"


def _summary(outcome: "Outcome") -> str:
    from shortlist.training.trainable import printed

    lines = [printed(outcome.learns), ""]
    for row in outcome.history.rows:
        of = row.validation
        gap = "not measured" if of.gap is None else f"{of.gap:.4f}"
        lines.append(f"epoch {row.number}: nDCG@10 {of.metrics['ndcg@10'] or 0:.4f}, gap {gap}")
    lines.append("")
    for name, number in outcome.chosen.items():
        if number is None:
            lines.append(f"{name}: none, for {outcome.missing[name]}")
        else:
            lines.append(f"{outcome.folder / name}: epoch {number}")
    return "\n".join(lines) + "\n"
