"""Text files of rows, plain or packed; their errors say which line, and what to do."""

import csv
import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO, cast

from shortlist.errors import DataError

UNREADABLE = (OSError, EOFError, UnicodeDecodeError, zlib.error)
"""What reading a file that `open_text` opened can raise; `unreadable` words it."""

LONGEST_CELL = 131_072
"""A longer cell is taken for a quote that was never closed."""


def open_text(path: Path) -> TextIO:
    """Open a file of UTF-8 text, with or without a byte order mark; `.gz` is unpacked."""
    if path.suffix == ".gz":
        return cast(TextIO, gzip.open(path, "rt", encoding="utf-8-sig", newline=""))
    return path.open(encoding="utf-8-sig", newline="")


def unreadable(path: Path, error: Exception) -> DataError:
    """Return the error to raise for one of `UNREADABLE`: what is wrong, where, what to do."""
    if isinstance(error, UnicodeDecodeError):
        return DataError(f"{path}:{_undecodable(path)}: not UTF-8: save the file as UTF-8")
    if isinstance(error, FileNotFoundError):
        return DataError(f"{path}: no such file: check the name")
    if isinstance(error, EOFError | zlib.error | gzip.BadGzipFile):
        return DataError(f"{path}: damaged or cut off: copy it again, or unpack it")
    why = error.strerror if isinstance(error, OSError) else str(error)
    return DataError(f"{path}: cannot be read: {why}")


def csv_rows(
    path: Path, *, delimiter: str = ",", longest: int = LONGEST_CELL
) -> Iterator[tuple[int, list[str]]]:
    """Yield the last line and the cells of the header, then of each row that is not blank.

    Raises:
        DataError: the file cannot be read, a row is malformed or not as wide as the header, or two
            columns have one name.
    """
    limit = csv.field_size_limit(longest)
    begun, header = 1, None
    try:
        with open_text(path) as file:
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            for cells in reader:
                begun = reader.line_num + 1
                if not cells:
                    continue
                if header is None:
                    header = cells
                    _check_header(path, header)
                if len(cells) != len(header):
                    raise DataError(
                        f"{path}:{reader.line_num}: {len(cells)} cells where the header has "
                        f"{len(header)}: mend the row"
                    )
                yield reader.line_num, cells
    except csv.Error as error:
        raise DataError(f"{path}:{begun}: no row of CSV ({error}): see its quotes") from error
    except UNREADABLE as error:
        raise unreadable(path, error) from error
    finally:
        csv.field_size_limit(limit)


def json_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the line and the object of each line that is not blank.

    Raises:
        DataError: the file cannot be read, or a line is no JSON object.
    """
    try:
        with open_text(path) as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, _object(f"{path}:{number}", line)
    except UNREADABLE as error:
        raise unreadable(path, error) from error


def _object(place: str, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise DataError(
            f"{place}: not JSON ({error.msg}, at character {error.colno}): mend the line"
        ) from error
    except RecursionError as error:
        raise DataError(f"{place}: brackets within brackets, too many: mend the line") from error
    if not isinstance(row, dict):
        raise DataError(f"{place}: not a JSON object: write one {{...}} to a line")
    return row


def _check_header(path: Path, header: Sequence[str]) -> None:
    names = [name.strip().lower() for name in header if name.strip()]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise DataError(f"{path}:1: two columns are called {twice!r}: rename or remove one")


def _undecodable(path: Path) -> int:
    """The first line that is not UTF-8."""
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return 1
