"""Where a command's result goes: standard output, or a file that is written whole or not at all."""

import os
import tempfile
from pathlib import Path

import click

from shortlist.errors import ConfigError


def check_folder(out: Path | None) -> None:
    """Check, before long work, that a result has somewhere to go.

    Raises:
        ConfigError: the folder of the file is not there.
    """
    if out and not out.parent.is_dir():
        raise ConfigError(f"{out}: there is no folder {out.parent}; make it first")


def deliver(text: str, out: Path | None) -> None:
    """Write a result to standard output, or to a file that appears only when it is complete.

    It is UTF-8 wherever it goes; what UTF-8 cannot hold, such as a byte of a file name that is not
    text, is written as an escape.

    Raises:
        ConfigError: the file cannot be written.
    """
    data = text.encode("utf-8", "backslashreplace")
    if out is None:
        click.echo(data, nl=False)
        return
    try:
        _replace(out, data)
    except OSError as error:
        raise ConfigError(f"{out}: cannot be written: {error.strerror or error}") from error


def _replace(out: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        draft.chmod(0o666 & ~_umask())
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)


def _umask() -> int:
    """Return the permissions that new files go without; the only way to read it is to set it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
