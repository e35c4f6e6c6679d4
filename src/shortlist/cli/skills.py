"""`shortlist skills`: skills scored from 0 to 5, with reasons and quotes."""

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from shortlist.cli.options import format_option, lexicon_option, out_option
from shortlist.cli.output import deliver
from shortlist.cli.skills_train import train
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
      shortlist skills data made/ --skills python,leadership
      shortlist skills evaluate made/resumes.jsonl
    """


skills.add_command(train)


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
@lexicon_option
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
@format_option("table", "json")
@out_option
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


@skills.command("data")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--skills", "asked", required=True, metavar="NAMES", help="The skills to be about.")
@click.option("--n", "count", type=int, default=200, show_default=True, help="How many resumes.")
@click.option(
    "--seed", type=int, default=0, show_default=True, help="The same seed, the same data."
)
@click.option(
    "--wording",
    type=click.Choice(["train", "held-out"]),
    default="train",
    show_default=True,
    help="Which templates: train on one, check on the other.",
)
@click.option(
    "--edits",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Human corrections as JSONL, to be added to the preference pairs.",
)
def data_(
    folder: Path,
    asked: str,
    count: int,
    seed: int,
    wording: Literal["train", "held-out"],
    edits: Path | None,
) -> None:
    """Generate resumes whose skills are known, and preference pairs, into a new FOLDER.

    \b
    resumes.jsonl      id, text, skills (the right range, what was planted and how), provenance
    preferences.jsonl  one skill of a resume, a right answer, and one with a known fault
    README.md          where the data comes from, and what it cannot tell

    A line of --edits is {"resume", "text", "skill", "given", "edited"}; the last two have score,
    reason and quotes.

    \b
    Example:
      shortlist skills data made/ --skills 'python,leadership,german' --n 500 --seed 1
    """
    from shortlist.explain.skills.known.folder import write_folder
    from shortlist.explain.skills.known.generate import Options

    pool: Literal["train", "held_out"] = "held_out" if wording == "held-out" else "train"
    made = write_folder(folder, names_in(asked), Options(count, seed, pool), edits=edits)
    click.echo(f"{folder}: {made.resumes:,} resumes, {made.truths:,} scores, {made.pairs:,} pairs")


@skills.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--rubric",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Your rubrics in TOML, added to the built-in ones.",
)
@click.option(
    "--variants/--no-variants",
    default=True,
    show_default=True,
    help="Score each resume in other words, and with names and schools swapped, too.",
)
@click.option("--llm", metavar="NAME|FOLDER", help="Measure a language model too: see `score`.")
@click.option(
    "--endpoint", default=ENDPOINT, show_default=True, metavar="URL", help="As in `score`."
)
@click.option("--adapter", type=click.Path(path_type=Path), metavar="FOLDER", help="As in `score`.")
@format_option("table", "json", "html")
@out_option
def evaluate(
    files: tuple[Path, ...],
    rubric: Path | None,
    variants: bool,
    llm: str | None,
    endpoint: str,
    adapter: Path | None,
    output: Literal["table", "json", "html"],
    out: Path | None,
) -> None:
    """Measure the scorer on FILES of resumes whose right scores are known.

    A file is JSONL as `skills data` writes it, or TOML written by hand: [[resume]] with id, text
    and expected, a table of skill = [lowest, highest, why]. Beside the scorer stand a count of
    mentions and the best constant. The page (`html`) has a calibration plot for each skill.

    \b
    Examples:
      shortlist skills evaluate made/resumes.jsonl
      shortlist skills evaluate checked.toml --format html --out skills.html
    """
    from shortlist.cli.output import check_folder
    from shortlist.cli.progress import progress
    from shortlist.explain.skills import EvidenceScorer, Rubrics, Scorer
    from shortlist.explain.skills.known.truth import read_known
    from shortlist.explain.skills.study import study
    from shortlist.report.skills import study_html, study_json, study_text

    check_folder(out)
    rubrics_ = Rubrics.load(rubric)
    known = [resume for file in files for resume in read_known(file)]
    scorers: list[Scorer] = [EvidenceScorer()]
    if llm:
        from shortlist.llm import LlmScorer

        scorers.append(LlmScorer(_model(llm, endpoint, adapter)))
    with progress("Scoring") as report:
        found = study(known, scorers, rubrics_, variants=variants, progress=report)
    if output == "html":
        deliver(study_html(found, ", ".join(file.name for file in files)), out)
    else:
        deliver(study_json(found) if output == "json" else study_text(found), out)


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
