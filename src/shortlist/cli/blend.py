"""`shortlist blend`: fits the weights of a blend of signals on judged pairs."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from shortlist.cli.options import model_option, policy_option, unjudged_option
from shortlist.cli.output import check_folder, deliver
from shortlist.cli.progress import progress
from shortlist.errors import ConfigError

if TYPE_CHECKING:
    from shortlist.scorers import BlendFile


@click.command()
@click.argument("dataset", type=click.Path(path_type=Path, file_okay=False))
@click.option("--split", metavar="S", help="Fit on this split of the data set only.")
@click.option("--allow-leakage", is_flag=True, help="Fit on a split that shares texts with others.")
@model_option
@policy_option("What is hidden from every signal.")
@unjudged_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    required=True,
    help="Where the weights and their fit go.",
)
def blend(
    dataset: Path,
    split: str | None,
    allow_leakage: bool,
    model: Path | None,
    policy: str,
    unjudged: Literal["auto", "skip", "irrelevant"],
    out: Path,
) -> None:
    """Fit how much the learned score and each hybrid signal count, on the judged pairs of DATASET.

    Weights are at least 0 and add up to 1. The file keeps the fit: the number of pairs and jobs, an
    interval for each weight, the digest of the data, and how well jobs left out of the fit were
    ordered, beside the learned and the hybrid score.

    \b
    Examples:
      shortlist blend dataset/ --split train --out blend.json
      shortlist match job.md resume.pdf --scorer blend --blend blend.json
    """
    from shortlist.cli.judged import Asked, read_judged
    from shortlist.evaluation.controls import Texts
    from shortlist.evaluation.pool import agreed, choose_unjudged, pool_of
    from shortlist.scorers import learned_matcher, write_blend
    from shortlist.scorers.blend_fit import fit_blend

    check_folder(out)
    judged = read_judged(dataset, Asked("resumes", split, None, None, allow_leakage))
    if judged.part is None:
        raise ConfigError(f"{dataset}: a blend needs texts: name a data set folder")
    taken = choose_unjudged(judged.judgments) if unjudged == "auto" else unjudged
    pool = pool_of(
        agreed(judged.judgments).judgments, unjudged=taken, candidates=tuple(judged.part.resumes)
    )
    matcher = learned_matcher(model, policy=policy)
    texts = Texts(judged.part.jobs, judged.part.resumes)
    name = f"{judged.part.name}, split {split}" if split else judged.part.name
    with progress("Reading and scoring") as done:
        fitted = fit_blend(matcher, pool, texts, name, progress=done)
    deliver(write_blend(fitted), out)
    click.echo(_told(fitted), err=True)


def _told(fitted: "BlendFile") -> str:
    from shortlist.report.tables import shown

    fit = fitted.fit
    lines = [f"Fitted on {fit.pairs:,} pairs of {fit.jobs:,} jobs"]
    lines += [f"  {name:<9} {shown(estimate)}" for name, estimate in fit.weights.items()]
    lines += ["The better of two resumes above the other, on jobs left out of the fit"]
    lines += [f"  {name:<9} {shown(estimate)}" for name, estimate in fit.in_order.items()]
    return "\n".join(lines)
