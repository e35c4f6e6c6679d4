"""The command line: each command reads, calls one public function, and prints."""

import gc
import logging
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from shortlist import __version__
from shortlist.errors import ShortlistError

# Command -> the module beside this one that defines it under the same name. Modules are imported
# on use and import their heavy parts inside the command, so that `--help` stays quick.
COMMANDS: dict[str, str] = {
    "rank": "rank",
    "match": "match",
    "blend": "blend",
    "parse": "parse",
    "mask": "mask",
    "profile": "profile",
    "posting": "posting",
    "skills": "skills",
    "evaluate": "evaluate",
    "compare": "compare",
    "audit": "audit",
    "data": "data",
    "train": "train",
    "export": "export",
    "publish": "publish",
    "info": "info",
}


class _Commands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"shortlist.cli.{COMMANDS[cmd_name]}"), cmd_name)
        assert isinstance(command, click.Command)
        return command


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="shortlist")
@click.option("-v", "--verbose", is_flag=True, help="Log what is done, on standard error.")
def cli(verbose: bool) -> None:
    """Rank resumes for a job, show the evidence behind every score, and measure who is left out.

    \b
    Example:
      shortlist rank job.md resumes/ --format html --out report.html
    """
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, format="%(name)s: %(message)s", stream=sys.stderr)


# A command makes many small values that live until it ends; to look through them for cycles at the
# usual pace takes a fifth of the time of a second run.
_BETWEEN_COLLECTIONS = 100_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; an error that the user can mend is one line and exit status 2."""
    gc.set_threshold(_BETWEEN_COLLECTIONS, *gc.get_threshold()[1:])
    try:
        cli.main(args=arguments, prog_name="shortlist")
    except ShortlistError as error:
        click.echo(f"shortlist: {error}", err=True)
        sys.exit(2)
