"""`shortlist data`: import, describe, split and build data sets."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from shortlist.cli.data_build import build
from shortlist.cli.options import format_option, out_option
from shortlist.cli.output import deliver
from shortlist.errors import ConfigError, DataError

if TYPE_CHECKING:
    from shortlist.dataset.describe import Description

FORMATS = (
    "kaggle-resumes", "jobs", "fit-labels", "school-pairs", "hugging-face", "vacancy-resume",
    "talentclef",
)  # fmt: skip

SMALL = 0.05
"""A group with less than this share of the resumes is pointed out."""


@click.group()
def data() -> None:
    """Import, describe, split and build data sets.

    A data set is a folder with jobs.jsonl, resumes.jsonl, judgments.jsonl and, if there are any,
    groups.csv, splits.json and a README.md whose head says where it comes from.
    """


data.add_command(build)


@data.command("import")
@click.argument("format", type=click.Choice(FORMATS))
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="The data set folder to write; it must be new or empty.",
)
@click.option(
    "--rankings",
    "reading",
    type=click.Choice(["order", "ranks"]),
    default="order",
    show_default=True,
    help="For vacancy-resume: a row lists vacancies from best to worst, or the rank of each.",
)
def import_(format: str, source: Path, out: Path, reading: Literal["order", "ranks"]) -> None:
    """Make a data set folder of SOURCE, a file or folder in one of the formats.

    \b
    kaggle-resumes   a table ID, Resume_str, Category
    jobs             a table position_title, job_description
    fit-labels       a table resume_text, job_description_text, label
    school-pairs     a table of resume and job texts with ids and a school category
    hugging-face     a saved DatasetDict folder, or tables named after splits
    vacancy-resume   the folder of Vanetik & Kogan: CV/, vacancies, human rankings
    talentclef       a TalentCLEF task A folder: queries/, corpus/, qrels.tsv

    Texts that are the same become one. What is merged, contradicts itself or is left out is said,
    and written to the data set's README.

    \b
    Example:
      shortlist data import fit-labels pairs.csv --out dataset/
    """
    from shortlist.dataset.folder import write_dataset
    from shortlist.dataset.importers import import_dataset

    found = import_dataset(format, source, reading=reading)
    write_dataset(found.dataset, out, groups=found.groups, notes="\n\n".join(found.notes))
    made = found.dataset
    for line in (*found.notes, *made.card.known_issues):
        click.echo(line, err=True)
    click.echo(
        f"{out}: {len(made.jobs):,} jobs, {len(made.resumes):,} resumes, "
        f"{len(made.judgments):,} judgments, groups by {', '.join(found.groups) or 'nothing'}, "
        f"splits {', '.join(made.splits) or 'none'}"
    )


@data.command()
@click.argument("folder", type=click.Path(path_type=Path))
@format_option("table", "json")
@out_option
def describe(folder: Path, output: Literal["table", "json"], out: Path | None) -> None:
    """Say what is in a data set: duplicates, conflicting labels, groups, what splits share.

    \b
    Example:
      shortlist data describe dataset/
    """
    from shortlist.dataset.describe import describe as described
    from shortlist.dataset.folder import read_dataset
    from shortlist.dataset.groups import read_groups

    path = folder / "groups.csv"
    found = described(read_dataset(folder), read_groups(path) if path.exists() else None)
    if output == "json":
        deliver(json.dumps({"schema": 1, **asdict(found)}, ensure_ascii=False) + "\n", out)
    else:
        deliver(_table(found), out)


@data.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--fractions",
    default="train=0.8,validation=0.1,test=0.1",
    show_default=True,
    metavar="NAME=F,...",
    help="The share of the judgments of each split; they add up to 1.",
)
@click.option(
    "--stratify",
    metavar="ATTRIBUTE",
    help="Make splits alike in this attribute of groups.csv too, where possible.",
)
@click.option("--replace", is_flag=True, help="Write over a splits.json that is there.")
@click.option("--seed", type=int, default=0, show_default=True, help="Decides between equals.")
def split(folder: Path, fractions: str, stratify: str | None, replace: bool, seed: int) -> None:
    """Split a data set so that no resume and no job stands in two splits, nor nearly the same text.

    Splits are alike in their grades where possible. A judgment whose job and resume had to go to
    different splits is in none; how many is said.

    \b
    Example:
      shortlist data split dataset/ --fractions train=0.7,test=0.3
    """
    from shortlist.dataset.folder import read_dataset, write_splits
    from shortlist.dataset.splits import split_dataset

    target = folder / "splits.json"
    if target.exists() and not replace:
        raise DataError(f"{target}: is there already: say --replace to write over it")
    shares = _fractions(fractions)
    dataset = read_dataset(folder)
    found = split_dataset(dataset, shares, strata=_strata(folder, stratify), seed=seed)
    made_by = {"seed": seed, "fractions": shares, "dropped_judgments": found.dropped}
    write_splits(found.splits, target, made_by)
    for name, one in found.splits.items():
        click.echo(
            f"{name}: {len(one.jobs):,} jobs, {len(one.resumes):,} resumes, "
            f"{found.judgments[name]:,} judgments"
        )
    click.echo(
        f"in no split: {found.dropped:,} of {len(dataset.judgments):,} judgments; "
        f"kept together with near-duplicates: {found.near_duplicates:,} texts"
    )


def _fractions(text: str) -> dict[str, float]:
    try:
        pairs = [part.split("=") for part in text.split(",")]
        return {name.strip(): float(share) for name, share in pairs}
    except ValueError as error:
        raise ConfigError(f"--fractions {text}: write train=0.8,test=0.2") from error


def _strata(folder: Path, attribute: str | None) -> dict[str, str] | None:
    from shortlist.dataset.groups import read_groups

    if attribute is None:
        return None
    groups = read_groups(folder / "groups.csv")
    if attribute not in groups:
        raise ConfigError(f"--stratify {attribute}: groups.csv has {', '.join(groups)}")
    return dict(groups[attribute])


def _table(found: "Description") -> str:
    lines = [found.name + (" (test only: never train on it)" if found.test_only else ""), ""]
    for kind, texts in (("jobs", found.jobs), ("resumes", found.resumes)):
        lines.append(
            f"{kind}: {texts.ids:,}, of which {texts.distinct:,} distinct texts, "
            f"{texts.near_duplicates:,} near-duplicates, {texts.empty:,} empty, {texts.judged:,} "
            f"judged; {texts.median_words:,} words (median)"
        )
    lines += _judged(found) if found.judgments else ["judgments: none"]
    for group in found.groups:
        share = f"{group.share:.1%}{', a small group' if group.share < SMALL else ''}"
        lines.append(
            f"{group.attribute} = {group.value}: {group.resumes:,} resumes ({share})"
            f", {group.fitting_pairs:,} of {group.judged_pairs:,} judged pairs fit"
        )
    for name, counts in found.splits.items():
        lines.append(f"split {name}: " + ", ".join(f"{n:,} {what}" for what, n in counts.items()))
    lines += [f"leak: {leak}" for leak in found.leaks]
    lines += [f"known issue: {issue}" for issue in found.known_issues]
    return "\n".join(lines) + "\n"


def _judged(found: "Description") -> list[str]:
    return [
        f"judgments: {found.judgments:,} of {found.pairs:,} pairs; {found.repeated:,} repeated; "
        f"{found.conflicting:,} pairs of texts with conflicting labels",
        "grades: " + ", ".join(f"{grade:g}: {n:,}" for grade, n in found.grades.items()),
        "annotators: " + ", ".join(f"{a or 'unnamed'}: {n:,}" for a, n in found.annotators.items()),
        "resumes per job: " + ", ".join(f"{k} {v:g}" for k, v in found.resumes_per_job.items()),
        f"jobs with a single judged resume: {found.single_candidate_jobs:,}",
    ]
