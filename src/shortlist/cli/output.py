"""Where a command's result goes: standard output, or a file that is written whole or not at all."""

import os
import tempfile
from pathlib import Path

import click

from shortlist.errors import ConfigError


def deliver(text: str, out: Path | None) -> None:
    """Write a result to standard output, or to a file that appears only when it is complete.

    Raises:
        ConfigError: the file cannot be written.
    """
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        _replace(out, text)
    except OSError as error:
        raise ConfigError(f"{out}: cannot be written: {error.strerror or error}") from error


def _replace(out: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        draft.chmod(0o666 & ~_umask())
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)


def _umask() -> int:
    """Return the permissions that new files go without; the only way to read it is to set it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
