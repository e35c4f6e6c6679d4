"""Writes docs/cli.md from the commands' own help.

Run `python -m shortlist.cli.reference docs/cli.md`, or with `--check` to see whether it is in step.
"""

import sys
from pathlib import Path

import click

from shortlist.cli import cli


def reference() -> str:
    """Return the page: the help of the program and of every command, in Markdown."""
    sections = ["# Command line\n\nGenerated from the commands' own help by `make fix`.\n"]
    sections += [_section(cli, ["shortlist"], None)]
    return "\n".join(sections)


def _section(command: click.Command, path: list[str], parent: click.Context | None) -> str:
    context = click.Context(command, parent=parent, info_name=path[-1], max_content_width=90)
    text = f"## {' '.join(path)}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            text += "\n" + _section(child, [*path, name], context)
    return text


def main() -> None:
    """Write the page, or with `--check` fail where the file differs from it."""
    *flags, target = sys.argv[1:]
    page = Path(target)
    if flags != ["--check"]:
        page.write_text(reference(), encoding="utf-8")
    elif page.read_text(encoding="utf-8") != reference():
        sys.exit(f"{page} is out of step with the commands: run `make fix`")


if __name__ == "__main__":
    main()
