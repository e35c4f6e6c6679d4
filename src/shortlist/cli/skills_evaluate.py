"""`shortlist skills evaluate`, also `skills train evaluate`: how good skill scores are."""

from pathlib import Path
from typing import Literal

import click

from shortlist.cli.options import format_option, out_option
from shortlist.cli.output import deliver
from shortlist.cli.skills_model import ENDPOINT, language_model, trained_model
from shortlist.errors import ConfigError


@click.command()
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
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Measure the base model of this recipe too, with --adapter or the recipe's.",
)
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
    config: Path | None,
    endpoint: str,
    adapter: Path | None,
    output: Literal["table", "json", "html"],
    out: Path | None,
) -> None:
    """Measure the scorer on FILES of resumes whose right scores are known.

    A file is JSONL as `skills data` writes it, or TOML written by hand: [[resume]] with id, text
    and expected, a table of skill = [lowest, highest, why]. Beside the scorer stand a count of
    mentions and the best constant. The page (`html`) has a calibration plot for each skill.
    `skills evaluate` and `skills train evaluate` are the same command.

    \b
    Examples:
      shortlist skills evaluate made/resumes.jsonl
      shortlist skills evaluate checked.toml --format html --out skills.html
      shortlist skills train evaluate checked.toml --config runs/skills-small.toml \\
          --adapter sft/adapter
    """
    from shortlist.cli.output import check_folder
    from shortlist.cli.progress import progress
    from shortlist.explain.skills import EvidenceScorer, Rubrics, RuleScorer, Scorer
    from shortlist.explain.skills.known.truth import read_known
    from shortlist.explain.skills.study import study
    from shortlist.report.skills import study_html, study_json, study_text

    check_folder(out)
    rubrics_ = Rubrics.load(rubric)
    known = [resume for file in files for resume in read_known(file)]
    rules = RuleScorer()
    scorers: list[Scorer] = [EvidenceScorer(rules), rules]
    if llm and config:
        raise ConfigError("--llm and --config: each names a model; give one of them")
    if llm or config:
        from shortlist.llm import LlmScorer

        model = trained_model(config, adapter) if config else language_model(llm, endpoint, adapter)
        scorers.append(LlmScorer(model))
    with progress("Scoring") as report:
        found = study(known, scorers, rubrics_, variants=variants, progress=report)
    if output == "html":
        deliver(study_html(found, ", ".join(file.name for file in files)), out)
    else:
        deliver(study_json(found) if output == "json" else study_text(found), out)
