"""`shortlist train`: a recipe and a dataset folder -> model folders."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shortlist.cli.progress import progress

if TYPE_CHECKING:
    from shortlist.training import Outcome


@click.command()
@click.argument("config", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--data",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DATASET",
    help="A data set folder with splits; see docs/dataset-folder.md.",
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
def train(config: Path, data: Path, out: Path, overrides: tuple[str, ...], resume: bool) -> None:
    """Train an encoder by the recipe CONFIG and leave model folders in RUN.

    RUN then holds best_model, best_fairness_model, best_util_model and window_best_model, as far as
    an epoch qualified, each for `shortlist rank --model`; epoch_metrics.csv,
    training_history.json and a plot; and run.json with settings, data fingerprint and versions.

    \b
    Examples:
      shortlist train runs/smoke.toml --data tests/data/smoke --out out/smoke
      torchrun --nproc-per-node 2 -m shortlist train runs/default.toml --data d/ --out r/
    """
    from shortlist.config import load
    from shortlist.training import Settings
    from shortlist.training import train as run
    from shortlist.training.gather import is_first

    settings = load(Settings, config, overrides)
    with progress("training") as show:
        outcome = run(settings, data, out, resume=resume, progress=show)
    if is_first():
        click.echo(_summary(outcome), nl=False)


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
