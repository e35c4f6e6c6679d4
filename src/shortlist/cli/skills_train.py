"""`shortlist skills train`: a language model learns to score skills."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from shortlist.cli.output import deliver
from shortlist.errors import DataError

if TYPE_CHECKING:
    from shortlist.explain.skills.known.truth import KnownResume
    from shortlist.llm.tuning import Tuning

Command = TypeVar("Command", bound=Callable[..., Any])

VALIDATION = 0.1
"""Share of the resumes kept apart, the last ones of the file."""


@click.group()
def train() -> None:
    """Teach a language model to score skills: first answers (sft), then preferences (dpo).

    Needs `pip install 'shortlist[train,llm]'`, and for models of use a GPU.

    \b
    Example:
      shortlist skills data made --skills python,java,leadership,communication --n 2000
      shortlist skills train sft --config runs/skills-small.toml --data made --out sft
      shortlist skills train dpo --config runs/skills-small.toml --set adapter=sft/adapter \\
          --set learning_rate=5e-6 --data made --out dpo
      shortlist skills train merge dpo --to merged
      shortlist skills resume.pdf --skills python --scorer llm --llm merged
    """


def _options(command: Command) -> Command:
    """Add the options that both stages have."""
    for option in (
        click.option("--resume", is_flag=True, help="Go on from the last checkpoint in --out."),
        click.option(
            "--set",
            "overrides",
            multiple=True,
            metavar="KEY=VALUE",
            help="A setting of the recipe to change; may be given several times.",
        ),
        click.option(
            "--out",
            required=True,
            type=click.Path(path_type=Path, file_okay=False),
            metavar="RUN",
            help="The run folder: adapter, settings, history, checkpoints.",
        ),
        click.option(
            "--data",
            required=True,
            type=click.Path(path_type=Path, exists=True, file_okay=False),
            metavar="DIR",
            help="A folder that `shortlist skills data` wrote.",
        ),
        click.option(
            "--config",
            required=True,
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
            metavar="FILE",
            help="The recipe, in TOML.",
        ),
    ):
        command = option(command)
    return command


@train.command()
@_options
def sft(config: Path, data: Path, out: Path, overrides: tuple[str, ...], resume: bool) -> None:
    """Learn the right answers for resumes whose skills are known.

    \b
    Example:
      shortlist skills train sft --config runs/skills-small.toml --data made --out sft
    """
    from shortlist.explain.skills import Rubrics
    from shortlist.explain.skills.known.truth import read_known
    from shortlist.llm.skill_examples import examples
    from shortlist.llm.tuning import tune_by_examples

    settings = _settings(config, overrides)
    known = read_known(data / "resumes.jsonl")
    apart = _apart(known)
    rubrics = Rubrics.load()
    run = tune_by_examples(
        settings,
        list(examples([one for one in known if one.id not in apart], rubrics)),
        out=out,
        validation=list(examples([one for one in known if one.id in apart], rubrics)),
        resume=resume,
    )
    deliver(f"{run / 'adapter'}\n", None)


@train.command()
@_options
def dpo(config: Path, data: Path, out: Path, overrides: tuple[str, ...], resume: bool) -> None:
    """Learn which of two answers is the better one, from the adapter of an sft run on.

    \b
    Example:
      shortlist skills train dpo --config runs/skills-dpo.toml --data made --out dpo
    """
    from shortlist.explain.skills import Rubrics
    from shortlist.explain.skills.known.preferences import read_preferences
    from shortlist.explain.skills.known.truth import read_known
    from shortlist.llm.skill_examples import preferences
    from shortlist.llm.tuning import tune_by_preferences

    settings = _settings(config, overrides)
    apart = _apart(read_known(data / "resumes.jsonl"))
    pairs = read_preferences(data / "preferences.jsonl")
    rubrics = Rubrics.load()
    run = tune_by_preferences(
        settings,
        list(preferences([pair for pair in pairs if pair.resume not in apart], rubrics)),
        out=out,
        validation=list(preferences([pair for pair in pairs if pair.resume in apart], rubrics)),
        resume=resume,
    )
    deliver(f"{run / 'adapter'}\n", None)


@train.command()
@click.argument("run", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--to",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The folder to write.",
)
def merge(run: Path, to: Path) -> None:
    """Write the base model with what RUN learned added to its weights.

    \b
    Example:
      shortlist skills train merge dpo --to merged
    """
    from shortlist.llm.tuning import merge as merged

    merged(run, to)
    deliver(f"{to}\n", None)


def _settings(config: Path, overrides: Sequence[str]) -> "Tuning":
    from shortlist.config import load
    from shortlist.llm.tuning import Tuning

    return load(Tuning, config, overrides)


def _apart(known: Sequence["KnownResume"]) -> set[str]:
    """Return the ids of the resumes that are kept apart for validation.

    Raises:
        DataError: there are too few to keep one apart.
    """
    count = round(VALIDATION * len(known))
    if not count:
        raise DataError(f"{len(known)} resumes are too few to keep some apart; generate more")
    return {one.id for one in known[-count:]}
