"""`shortlist skills`: skills scored from 0 to 5, with reasons and quotes."""

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from shortlist.cli.options import format_option, lexicon_option, out_option
from shortlist.cli.output import check_folder, deliver
from shortlist.cli.skills_evaluate import evaluate
from shortlist.cli.skills_model import ENDPOINT, language_model
from shortlist.cli.skills_train import train
from shortlist.errors import ConfigError

if TYPE_CHECKING:
    from shortlist.explain.skills.known.folder import Made, Word
    from shortlist.extraction import Lexicon
    from shortlist.llm import LlmScorer
    from shortlist.llm.skill_scorer import Model
    from shortlist.records import Document, SkillScore, SkillScores


class _Skills(click.Group):
    """A group whose first word may be a resume: then it is scored."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["score", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Skills, subcommand_metavar="RESUMES --skills NAMES | COMMAND [ARGS]...")
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
skills.add_command(evaluate)
train.add_command(evaluate)


@skills.command()
@click.argument("resumes", nargs=-1, required=True, type=click.Path(path_type=Path))
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
    type=click.Choice(["evidence", "rules", "llm"]),
    default="evidence",
    show_default=True,
    help="What scores: a trained reader of each statement beside rules, rules alone (quicker, to be"
    " followed by hand), or a language model.",
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
    resumes: tuple[Path, ...],
    asked: str,
    rubric: Path | None,
    lexicons: tuple[Path, ...],
    scorer: Literal["evidence", "rules", "llm"],
    model: str | None,
    endpoint: str,
    adapter: Path | None,
    samples: int,
    today: datetime | None,
    output: Literal["table", "json"],
    out: Path | None,
) -> None:
    """Score skills of RESUMES from 0 to 5. The word `score` may be left out.

    0 is no evidence in the resume, which proves nothing about the person. A skill that is only
    named, or only implied by others, is held low; one that is said to be missing or still to be
    learnt counts nothing. Names and schools are masked before anything is read. The same resume
    always gets the same scores from `evidence` and `rules`; a language model promises no such
    thing. Its scores are for people to read: rankings and audits do not take them.

    Several resumes give one JSON value a line; one that cannot be read stops no other.

    \b
    Examples:
      shortlist skills resume.pdf --skills 'python,"machine learning",leadership'
      shortlist skills resume.pdf --skills python --scorer llm --llm phi3:mini
    """
    from shortlist.explain.skills import EvidenceScorer, Rubrics, RuleScorer, Scorer
    from shortlist.explain.skills.scorer import AS_OF
    from shortlist.extraction import Lexicon

    check_folder(out)
    names = names_in(asked)
    rubrics = Rubrics.load(rubric)
    lexicon = Lexicon.load(*lexicons)
    if scorer == "llm":
        by_model = _llm_scorer(language_model(model, endpoint, adapter), samples, lexicon)
        found = [by_model.score(document, names, rubrics) for document in _read(resumes)]
        _say_unused(by_model)
    else:
        day = today.date() if today else AS_OF
        rules = RuleScorer(lexicon=lexicon, today=day)
        by: Scorer = EvidenceScorer(rules) if scorer == "evidence" else rules
        found = [by.score(document, names, rubrics) for document in _read(resumes)]
    deliver(_jsons(found, len(resumes)) if output == "json" else "\n".join(map(_table, found)), out)
    if len(found) < len(resumes):
        raise SystemExit(2)


def _read(resumes: Sequence[Path]) -> "Iterator[Document]":
    """Yield the resumes that can be read; the others are named on standard error.

    Raises:
        DocumentError: there is one alone, and it cannot be read.
    """
    from shortlist.documents import read
    from shortlist.errors import DocumentError
    from shortlist.explain.skills.reading import is_english

    for path in resumes:
        try:
            document = read(path)
        except DocumentError as error:
            if len(resumes) == 1:
                raise
            click.echo(f"shortlist: {error}", err=True)
            continue
        if not is_english(document.text):
            click.echo(
                f"{path.name}: little of it is English; acts that show a skill are known in English"
                " alone, so scores may be too low",
                err=True,
            )
        yield document


def _jsons(found: "Sequence[SkillScores]", asked: int) -> str:
    """Return one value, or one a line where several resumes were asked for."""
    from shortlist.explain.skills import scores_json

    indent = 2 if asked == 1 else None
    values = (json.dumps(scores_json(one), indent=indent, ensure_ascii=False) for one in found)
    return "".join(f"{value}\n" for value in values)


@skills.command()
def rubrics() -> None:
    """Write the built-in rubrics, to edit and give to `--rubric`.

    \b
    Example:
      shortlist skills rubrics > ours.toml
    """
    from shortlist.explain.skills.rubrics import built_in_text

    deliver(built_in_text(), None)


def _llm_scorer(model: "Model", samples: int, lexicon: "Lexicon") -> "LlmScorer":
    from shortlist.llm import LlmScorer

    return LlmScorer(model, samples=samples, lexicon=lexicon)


def _say_unused(scorer: "LlmScorer") -> None:
    """Say on standard error what could not be used of a language model's answers."""
    counts = scorer.counts
    if counts.unread_entries:
        click.echo(f"{counts.unread_entries} of {counts.entries} answers not readable", err=True)
    if counts.quotes_dropped:
        click.echo(f"{counts.quotes_dropped} quotes dropped: not in the resume", err=True)


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
@click.option(
    "--llm",
    metavar="MODEL",
    help="A model at --endpoint that words each resume anew; these are added.",
)
@click.option(
    "--endpoint", default=ENDPOINT, show_default=True, metavar="URL", help="As in `score`."
)
@click.option(
    "--licence",
    metavar="TEXT",
    help="For --llm: what its terms say of its answers, for the card.",
)
def data_(
    folder: Path,
    asked: str,
    count: int,
    seed: int,
    wording: Literal["train", "held-out"],
    edits: Path | None,
    llm: str | None,
    endpoint: str,
    licence: str | None,
) -> None:
    """Generate resumes whose skills are known, and preference pairs, into a new FOLDER.

    \b
    resumes.jsonl      id, text, skills (the right range, what was planted and how), provenance
    preferences.jsonl  one skill of a resume, a right answer, and one with a known fault
    README.md          where the data comes from, and what it cannot tell

    A line of --edits is {"resume", "text", "skill", "given", "edited"}; the last two have score,
    reason and quotes.

    With --llm the resumes are also worded by a language model: a text in which what was planted
    does not stand any more is left out. Answers are kept in the cache of shortlist. Where no server
    answers, the rest is written and that is said.

    \b
    Examples:
      shortlist skills data made/ --skills 'python,leadership,german' --n 500 --seed 1
      shortlist skills data made/ --skills python --llm phi3:mini --licence MIT
    """
    from shortlist.explain.skills.known.folder import write_folder
    from shortlist.explain.skills.known.generate import Options

    pool: Literal["train", "held_out"] = "held_out" if wording == "held-out" else "train"
    word = _wording(llm, endpoint, licence)
    options = Options(count, seed, pool)
    made = write_folder(folder, names_in(asked), options, edits=edits, word=word)
    _say_worded(made)
    click.echo(f"{folder}: {made.resumes:,} resumes, {made.truths:,} scores, {made.pairs:,} pairs")


def _wording(llm: str | None, endpoint: str, licence: str | None) -> "Word | None":
    """Return what words resumes by a language model; None where none is named."""
    if not llm:
        if licence:
            raise ConfigError("--licence: is that of a model's answers; name one with --llm")
        return None
    if not licence:
        raise ConfigError("--llm: say with --licence what the model's terms say of its answers")
    from shortlist.llm import Client
    from shortlist.llm.skill_data import worded

    client, terms = Client(endpoint, llm), licence
    return lambda known: worded(client, known, licence=terms)


def _say_worded(made: "Made") -> None:
    """Say on standard error what a language model added, and what of it was left out."""
    worded = made.worded
    if worded is None:
        click.echo("no --llm: nothing was worded by a language model", err=True)
        return
    click.echo(f"{len(worded.resumes)} resumes worded by {worded.model}", err=True)
    for why, count in worded.refused.items():
        click.echo(f"{count} left out: {why}", err=True)
    if worded.stopped:
        click.echo(f"skipped from there on: {worded.stopped}", err=True)


def names_in(text: str) -> list[str]:
    """Return the skills of a list with commas, in which quotes may stand around a name.

    Raises:
        ConfigError: a quote is not closed, or something stands between it and the comma.
    """
    try:
        rows = list(csv.reader([text], skipinitialspace=True, strict=True))
    except csv.Error as error:
        raise ConfigError(
            f"--skills {text}: a quote is not closed, or no comma follows it"
        ) from error
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
