"""`shortlist skills`: skills scored from 0 to 5, with reasons and quotes."""

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from shortlist.cli.output import deliver
from shortlist.errors import ConfigError

if TYPE_CHECKING:
    from shortlist.explain.skills import Rubrics
    from shortlist.llm.skill_scorer import Model
    from shortlist.records import Document, SkillScore, SkillScores

ENDPOINT = "http://localhost:11434/v1"


class _Skills(click.Group):
    """A group whose first word may be a resume: then it is scored."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["score", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Skills, subcommand_metavar="RESUME --skills NAMES | COMMAND [ARGS]...")
def skills() -> None:
    """Score skills of a resume from 0 to 5, with the reason and the quotes for it.

    \b
    Examples:
      shortlist skills resume.pdf --skills 'python,"machine learning",leadership'
      shortlist skills resume.pdf --skills nursing,spanish --format json
      shortlist skills rubrics > ours.toml
      shortlist skills resume.pdf --skills teamwork --rubric ours.toml
    """


@skills.command()
@click.argument("resume", type=click.Path(path_type=Path))
@click.option(
    "--skills",
    "asked",
    required=True,
    metavar="NAMES",
    help='What to score, with commas between: python,"machine learning",leadership.',
)
@click.option(
    "--rubric",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Your rubrics in TOML, added to the built-in ones; `skills rubrics` writes those.",
)
@click.option(
    "--lexicon",
    "lexicons",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Your own skills, in TOML; may be given several times.",
)
@click.option(
    "--scorer",
    type=click.Choice(["evidence", "llm"]),
    default="evidence",
    show_default=True,
    help="What scores: rules and a small model over the evidence, or a language model.",
)
@click.option(
    "--llm",
    "model",
    metavar="MODEL",
    help="For --scorer llm: the name of a model at the endpoint, or a folder to load here.",
)
@click.option(
    "--endpoint",
    default=ENDPOINT,
    show_default=True,
    metavar="URL",
    help="For --scorer llm: an OpenAI-compatible endpoint; the default is Ollama's.",
)
@click.option(
    "--adapter",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="For --llm FOLDER: a LoRA adapter to load with it.",
)
@click.option(
    "--samples",
    type=click.IntRange(1),
    default=3,
    show_default=True,
    help="For --scorer llm: how often it is asked; the interval is the samples' range.",
)
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day that 'present' means. Default: a fixed day, so that scores stay the same.",
)
@click.option(
    "--format", "output", type=click.Choice(["table", "json"]), default="table", show_default=True
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write there instead of to standard output.",
)
def score(
    resume: Path,
    asked: str,
    rubric: Path | None,
    lexicons: tuple[Path, ...],
    scorer: Literal["evidence", "llm"],
    model: str | None,
    endpoint: str,
    adapter: Path | None,
    samples: int,
    today: datetime | None,
    output: Literal["table", "json"],
    out: Path | None,
) -> None:
    """Score skills of RESUME from 0 to 5. The word `score` may be left out.

    0 is no evidence in the resume, which proves nothing about the person. A skill that is only
    named, or only implied by others, is held low; one that is said to be missing or still to be
    learnt counts nothing. Names and schools are masked before anything is read. The same resume
    always gets the same scores from `evidence`; a language model promises no such thing. Its
    scores are for people to read: rankings and audits do not take them.

    \b
    Examples:
      shortlist skills resume.pdf --skills 'python,"machine learning",leadership'
      shortlist skills resume.pdf --skills python --scorer llm --llm phi3:mini
    """
    from shortlist.documents import read
    from shortlist.explain.skills import EvidenceScorer, Rubrics, scores_json
    from shortlist.explain.skills.scorer import AS_OF
    from shortlist.extraction import Lexicon

    names = names_in(asked)
    rubrics = Rubrics.load(rubric)
    document = read(resume)
    if scorer == "llm":
        found = _by_llm(document, names, rubrics, _model(model, endpoint, adapter), samples)
    else:
        day = today.date() if today else AS_OF
        by_evidence = EvidenceScorer(lexicon=Lexicon.load(*lexicons), today=day)
        found = by_evidence.score(document, names, rubrics)
    if output == "json":
        deliver(json.dumps(scores_json(found), indent=2, ensure_ascii=False) + "\n", out)
    else:
        deliver(_table(found), out)


@skills.command()
def rubrics() -> None:
    """Write the built-in rubrics, to edit and give to `--rubric`.

    \b
    Example:
      shortlist skills rubrics > ours.toml
    """
    from shortlist.explain.skills.rubrics import built_in_text

    deliver(built_in_text(), None)


def _model(model: str | None, endpoint: str, adapter: Path | None) -> "Model":
    """Return the language model that the options name."""
    if not model:
        raise ConfigError("--scorer llm: name a model, as in --llm phi3:mini or --llm ./folder")
    if Path(model).is_dir():
        from shortlist.llm.tuning import LocalModel

        return LocalModel(model, str(adapter or ""))
    if adapter:
        raise ConfigError(f"--adapter: goes with a folder, and --llm {model} is none")
    from shortlist.llm import Client

    return Client(endpoint, model)


def _by_llm(
    document: "Document", names: list[str], rubrics: "Rubrics", model: "Model", samples: int
) -> "SkillScores":
    """Return a language model's scores; what could not be used is said on standard error."""
    from shortlist.llm import LlmScorer

    scorer = LlmScorer(model, samples=samples)
    found = scorer.score(document, names, rubrics)
    counts = scorer.counts
    if counts.unread_entries:
        click.echo(f"{counts.unread_entries} of {counts.entries} answers not readable", err=True)
    if counts.quotes_dropped:
        click.echo(f"{counts.quotes_dropped} quotes dropped: not in the resume", err=True)
    return found


def names_in(text: str) -> list[str]:
    """Return the skills of a list with commas, in which quotes may stand around a name.

    Raises:
        ConfigError: a quote is not closed.
    """
    try:
        rows = list(csv.reader([text], skipinitialspace=True, strict=True))
    except csv.Error as error:
        raise ConfigError(f"--skills {text}: a quote is not closed") from error
    return [name.strip() for row in rows for name in row if name.strip()]


def _table(found: "SkillScores") -> str:
    lines = [found.resume, ""]
    for one in found.scores:
        shown = "-" if one.score is None else str(one.score)
        lines.append(f"{shown} of 5  {one.skill}{_range(one)}")
        lines.append(f"        {one.reason}")
        lines += [f"        “{' '.join(quote.quote.split())}”" for quote in one.quotes]
        lines.append("")
    return "\n".join(lines[:-1]) + "\n"


def _range(one: "SkillScore") -> str:
    if one.low is None or one.low == one.high:
        return ""
    return f"  ({one.low} to {one.high})"
