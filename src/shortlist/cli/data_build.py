"""`shortlist data build`: a data set to train on."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shortlist.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shortlist.dataset.build import Mine
    from shortlist.dataset.pairing import Matrix, Similar
    from shortlist.dataset.writing import Ask


@click.command("build")
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="The data set folder to write; it must be new or empty.",
)
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help='TOML lines such as ACCOUNTANT = ["accountant", "auditor"]: words of the titles of jobs '
    "that a category fits. Default: the category most like the title.",
)
@click.option(
    "--per-job",
    default=8,
    show_default=True,
    help="Most pairs of a job and its categories, and as many of other categories.",
)
@click.option(
    "--weakened",
    default=1,
    show_default=True,
    help="For each job, resumes without what answers some of its requirements, as negatives.",
)
@click.option(
    "--juniors",
    default=1,
    show_default=True,
    help="For each job that asks for years or a senior, resumes with fewer years and lower titles, "
    "as negatives.",
)
@click.option(
    "--lines",
    default=2,
    show_default=True,
    help="For each job, requirements that are paired with a line that answers them.",
)
@click.option(
    "--skills",
    default=0,
    show_default=True,
    help="Pairs of a skill with an alias, or with one that implies it.",
)
@click.option(
    "--reworded", default=1, show_default=True, help="For each resume, copies with words changed."
)
@click.option("--llm", metavar="URL", help="An OpenAI-compatible endpoint that writes texts.")
@click.option("--llm-model", metavar="NAME", help="The model there.")
@click.option(
    "--mine",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="MODEL",
    help="Find near misses by a run of `shortlist train` or a sentence-transformers folder.",
)
@click.option(
    "--band",
    default="0.03,0.04",
    show_default=True,
    metavar="FROM,TO",
    help="Near misses come from these shares of the resumes, in the model's order.",
)
@click.option(
    "--margin",
    default=0.05,
    show_default=True,
    help="They are this share less similar than a resume that fits.",
)
@click.option("--seed", type=int, default=0, show_default=True)
def build(
    sources: tuple[Path, ...],
    out: Path,
    mapping: Path | None,
    per_job: int,
    weakened: int,
    juniors: int,
    lines: int,
    skills: int,
    reworded: int,
    llm: str | None,
    llm_model: str | None,
    mine: Path | None,
    band: str,
    margin: float,
    seed: int,
) -> None:
    """Make a data set to train on of SOURCES: data sets with resumes by category, and with jobs.

    Pairs that fit are those of a category and a job that it fits. Pairs that do not are resumes of
    other categories, those with under half the years that a job asks for, resumes weakened by
    taking out what answers a requirement or made those of juniors, and near misses that a model
    finds. Single requirements are paired with lines that answer them. Splits are 80/10/10 and share
    no resume and no job; only the training part holds changed texts. With --llm, jobs are
    written for categories without one, resumes for jobs without a category, and resumes are said
    in other words; only masked text is sent, and answers are kept.

    \b
    Examples:
      shortlist data build resumes/ jobs/ --mapping categories.toml --out dataset/
      shortlist data build resumes/ jobs/ --mine run/ --out harder/
    """
    from shortlist.dataset.build import BuildSettings, build_dataset
    from shortlist.dataset.folder import write_dataset
    from shortlist.dataset.pairing import read_mapping

    settings = BuildSettings(
        mapping=read_mapping(mapping) if mapping else None,
        per_job=per_job,
        weakened=weakened,
        juniors=juniors,
        lines=lines,
        skills=skills,
        reworded=reworded,
        seed=seed,
    )
    found = build_dataset(
        sources,
        settings,
        similar=_similar(),
        ask=_asking(llm, llm_model),
        mine=_mining(mine, band, margin) if mine else None,
    )
    write_dataset(found.dataset, out, groups=found.groups, notes="\n\n".join(found.notes))
    for line in found.notes:
        click.echo(line, err=True)
    made = found.dataset
    click.echo(
        f"{out}: {len(made.jobs):,} jobs, {len(made.resumes):,} resumes, "
        f"{len(made.judgments):,} judgments, splits {', '.join(made.splits)}"
    )


def _similar() -> "Similar":
    """Return the similarity of titles by the default model."""
    from shortlist.encoding import Encoder
    from shortlist.masking import Masker
    from shortlist.records import Document

    encoder, masker = Encoder.load(), Masker("none")

    def similar(titles: "Sequence[str]", names: "Sequence[str]") -> "Matrix":
        jobs = encoder.encode_jobs([masker(Document(text, text)) for text in titles])
        return jobs @ encoder.encode_resumes([masker(Document(text, text)) for text in names]).T

    return similar


def _asking(url: str | None, model: str | None) -> "Ask | None":
    if url is None and model is None:
        return None
    if not url or not model:
        raise ConfigError("--llm and --llm-model go together: name both or neither")
    from shortlist.dataset.writing import Kept
    from shortlist.encoding import VectorCache
    from shortlist.llm import Client

    client, cache = Client(url, model), VectorCache.open().path
    path = cache.parent / "written.jsonl" if cache else None
    return Kept(lambda text: client.complete([{"role": "user", "content": text}]), path, model)


def _mining(source: Path, band: str, margin: float) -> "Mine":
    from shortlist.training.export import TORCH
    from shortlist.training.kept import kept_folder, load_torch
    from shortlist.training.mining import MiningSettings, mined

    try:
        low, high = map(float, band.split(","))
    except ValueError as error:
        raise ConfigError(f"--band {band}: two shares of the resumes, such as 0.03,0.04") from error
    settings = MiningSettings((low, high), margin)
    kept = kept_folder(source)
    model = load_torch(kept if (kept / "modules.json").is_file() else kept / TORCH)
    return lambda dataset, category: mined(dataset, category, model, settings)
