"""Options that several commands have, each written once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

out_option = click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write there instead of to standard output.",
)
model_option = click.option(
    "--model",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A model folder. Default: the one that comes with shortlist.",
)
runtime_option = click.option(
    "--runtime",
    type=click.Choice(["onnxruntime", "openvino"]),
    default="onnxruntime",
    show_default=True,
    help="What computes the vectors. openvino needs `pip install 'shortlist[fast]'`.",
)
lexicon_option = click.option(
    "--lexicon",
    "lexicons",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Your own skills, in TOML; may be given several times.",
)
direction_option = click.option(
    "--direction",
    type=click.Choice(["resumes", "jobs"]),
    default="resumes",
    show_default=True,
    help="Whether resumes are ranked for a job, or jobs for a resume.",
)
unjudged_option = click.option(
    "--unjudged",
    type=click.Choice(["auto", "skip", "irrelevant"]),
    default="auto",
    show_default=True,
    help="Pairs that nobody judged are left out, or count as not fitting. auto: left out where "
    "some pair has grade 0.",
)


def policy_option(said: str) -> Callable[[Command], Command]:
    """Return `--policy`, of which the command says what it hides from whom."""
    return click.option(
        "--policy",
        type=click.Choice(["none", "identity", "standard", "strict"]),
        default="standard",
        show_default=True,
        help=said,
    )


def format_option(*kinds: str) -> Callable[[Command], Command]:
    """Return `--format` with these choices, of which the first is the default."""
    return click.option(
        "--format", "output", type=click.Choice(kinds), default=kinds[0], show_default=True
    )
