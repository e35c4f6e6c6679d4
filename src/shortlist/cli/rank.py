"""`shortlist rank`: resumes for a job, best first, with the evidence behind every score."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from shortlist.cli.options import (
    format_option,
    model_option,
    out_option,
    policy_option,
    runtime_option,
)
from shortlist.cli.output import check_folder, deliver
from shortlist.cli.progress import progress
from shortlist.errors import ConfigError, DocumentError
from shortlist.records import Unread

if TYPE_CHECKING:
    from shortlist.documents import Collection
    from shortlist.matcher import Matcher
    from shortlist.report.ranking import Detail, RankingRun

Format = Literal["table", "json", "csv", "html"]


@click.command()
@click.argument("job")
@click.argument("resumes", nargs=-1, required=True)
@model_option
@policy_option(
    "What is hidden from the model: nothing; names, contact and the like; also schools and "
    "prestige; also places and graduation years."
)
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Keep the best N of each job.")
@click.option(
    "--detail",
    type=click.Choice(["evidence", "scores"]),
    default="evidence",
    show_default=True,
    help="Scores alone, or with their parts, requirements, quotes and findings.",
)
@format_option("table", "json", "csv", "html")
@out_option
@click.option("--strict", is_flag=True, help="Exit with 2 if a file was not read.")
@runtime_option
def rank(
    job: str,
    resumes: tuple[str, ...],
    model: Path | None,
    policy: str,
    top: int | None,
    detail: Literal["scores", "evidence"],
    output: Format,
    out: Path | None,
    strict: bool,
    runtime: Literal["onnxruntime", "openvino"],
) -> None:
    """Rank RESUMES for JOB: best first, with what each meets, the quotes, and what is missing.

    JOB is a document, `-` for standard input, or a .jsonl of several jobs ({"id", "text"} a line).
    RESUMES are PDF, DOCX, HTML, Markdown, text, JSON Resume or .jsonl files, folders or zip
    archives of them. A file or line that cannot be read is listed with the reason and stops
    nothing.

    \b
    Examples:
      shortlist rank job.md resumes/
      shortlist rank job.md resumes/ --top 10 --format html --out report.html
      shortlist rank jobs.jsonl resumes.jsonl.gz --detail scores --format json
    """
    from shortlist.documents import collect
    from shortlist.matcher import Matcher

    if job in resumes:
        raise ConfigError(f"{job}: given as the job and as a resume; name a resume after the job")
    check_folder(out)
    matcher = Matcher.load(model, policy=policy, runtime=runtime)
    jobs = _jobs(job)
    with progress("Reading resumes") as report:
        collection = collect(resumes, progress=report)
    if not collection.documents:
        raise _nothing_read(collection.unread)
    run = _ranked(matcher, jobs, collection, top, detail)
    deliver(_written(run, output), out)
    _tell(run.unread, output, on_screen=out is None)
    if strict and run.unread:
        raise DocumentError(f"{len(run.unread)} not read, and --strict is set")


def _jobs(name: str) -> "Collection":
    from shortlist.documents import collect

    jobs = collect([name])
    if not jobs.documents:
        reasons = [_line(unread) for unread in jobs.unread] or [f"{name}: there is no job in it"]
        raise DocumentError("\n  ".join(reasons))
    return jobs


def _ranked(
    matcher: "Matcher",
    jobs: "Collection",
    collection: "Collection",
    top: int | None,
    detail: "Detail",
) -> "RankingRun":
    from shortlist.report.ranking import ModelUsed, RankingRun

    with progress("Comparing") as report:
        index = matcher.index(collection.documents, report)
    encoder = matcher.encoder
    return RankingRun(
        rankings=tuple(
            matcher.rank(job, index, top, detail == "evidence") for job in jobs.documents
        ),
        jobs={job.id: job for job in jobs.documents},
        resumes={document.id: document for document in collection.documents},
        unread=(*jobs.unread, *collection.unread),
        mask=matcher.masker,
        policy=matcher.masker.policy,
        model=ModelUsed(encoder.fingerprint, encoder.config.base_model, encoder.runtime),
        detail=detail,
    )


def _nothing_read(unread: Sequence[Unread]) -> DocumentError:
    reasons = "".join(f"\n  {_line(file)}" for file in unread)
    return DocumentError(f"none of the resumes could be read{reasons}")


def _written(run: "RankingRun", output: Format) -> str:
    if output == "html":
        from shortlist.report.ranking_html import ranking_html

        return ranking_html(run, datetime.now().astimezone())
    if output == "table":
        from shortlist.report.ranking_table import ranking_table

        return ranking_table(run)
    from shortlist.report.ranking import ranking_csv, ranking_json

    return ranking_csv(run) if output == "csv" else ranking_json(run)


def _tell(unread: Sequence[Unread], output: Format, *, on_screen: bool) -> None:
    """Say on standard error what was not read, where the result on the screen does not say it."""
    if output == "csv":
        for file in unread:
            click.echo(f"not read: {_line(file)}", err=True)
    elif unread and not (output == "table" and on_screen):
        click.echo(f"{len(unread)} not read: the result lists them with the reasons", err=True)


def _line(unread: Unread) -> str:
    from shortlist.report.quotes import one_line

    return one_line(f"{unread.file}: {unread.reason}")
