"""Rows of tables in any of the formats that data sets come in, each with its place for errors."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shortlist.errors import DataError, require
from shortlist.text_files import UNREADABLE, csv_rows, json_rows, open_text, unreadable

LONGEST_CELL = 50_000_000
SHOWN = 10
"""So many of the rows that are left out are named."""

SUFFIXES = (".csv", ".tsv", ".jsonl", ".json", ".parquet", ".arrow")
"""What can be read; text formats also packed, as in `.csv.gz`."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row, and where it stands: `file:line`, or `file, row n` where lines mean nothing."""

    place: str
    cells: Mapping[str, Any]

    def text(self, name: str) -> str:
        """Return a cell that must be text.

        Raises:
            DataError: it is missing, empty or something else.
        """
        value = self.cells.get(name)
        if not isinstance(value, str) or not value.strip():
            raise DataError(
                f"{self.place}: {name} is empty or no text: fill it in or take the row out"
            )
        return value


def read_table(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of a table file.

    Raises:
        DataError: the format is unknown, the file is malformed, or one of the columns is missing.
        MissingExtra: it is a parquet or arrow file and pyarrow is not installed.
    """
    rows = _reader(path)
    first = next(rows, None)
    if first is None:
        raise DataError(f"{path}: holds no row")
    missing = [name for name in columns if name not in first.cells]
    if missing:
        raise DataError(
            f"{first.place}: no column {', '.join(missing)}; there are {', '.join(first.cells)}"
        )
    yield first
    yield from rows


def filled(rows: Iterable[Row], texts: Sequence[str]) -> tuple[list[Row], tuple[str, ...]]:
    """Return the rows whose texts are there, and a line about those that are left out.

    Args:
        rows: of one table.
        texts: names of columns that must not be empty; those that the table has not are ignored.

    Raises:
        DataError: no row is left.
    """
    kept, empty = [], []
    for row in rows:
        blank = next((n for n in texts if n in row.cells and not _said(row.cells[n])), "")
        if blank:
            empty.append(f"{row.place} ({blank})")
        else:
            kept.append(row)
    if not kept:
        raise DataError(f"{empty[0]}: every row lacks a text: fill it in")
    more = f" and {len(empty) - SHOWN} more" if len(empty) > SHOWN else ""
    named = f"{', '.join(empty[:SHOWN])}{more}"
    return kept, (f"{len(empty)} rows with an empty text are left out: {named}",) if empty else ()


def _said(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def suffix(path: Path) -> str:
    """Return the ending that says what a file holds: `.csv` for `pairs.csv.gz`."""
    return Path(path.name.removesuffix(".gz")).suffix.lower()


def _reader(path: Path) -> Iterator[Row]:
    kind = suffix(path)
    if kind in (".csv", ".tsv"):
        return _csv(path, "," if kind == ".csv" else "\t")
    if kind == ".jsonl":
        return _jsonl(path)
    if kind == ".json":
        return _json(path)
    if kind in (".parquet", ".arrow"):
        return _columnar(path, kind)
    raise DataError(f"{path}: unknown format: tables end in {', '.join(SUFFIXES)}")


def _csv(path: Path, delimiter: str) -> Iterator[Row]:
    rows = csv_rows(path, delimiter=delimiter, longest=LONGEST_CELL)
    header = next(rows, (1, []))[1]
    for line, cells in rows:
        yield Row(f"{path}:{line}", dict(zip(header, cells, strict=True)))


def _jsonl(path: Path) -> Iterator[Row]:
    for line, cells in json_rows(path):
        yield Row(f"{path}:{line}", cells)


def _json(path: Path) -> Iterator[Row]:
    try:
        with open_text(path) as file:
            table = json.load(file)
    except json.JSONDecodeError as error:
        raise DataError(f"{path}:{error.lineno}: not JSON ({error.msg}): mend it") from error
    except UNREADABLE as error:
        raise unreadable(path, error) from error
    if not isinstance(table, list):
        raise DataError(f"{path}: not a list of rows")
    for number, cells in enumerate(table, 1):
        yield _row(f"{path}, row {number}", cells)


def _row(place: str, cells: object) -> Row:
    if not isinstance(cells, dict):
        raise DataError(f"{place}: not a JSON object: write one {{...}} for each row")
    return Row(place, cells)


def _columnar(path: Path, kind: str) -> Iterator[Row]:
    require("data", "pyarrow")
    import pyarrow
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.read_table(path) if kind == ".parquet" else _arrow(path)
    except (OSError, pyarrow.ArrowInvalid) as error:
        raise DataError(f"{path}: not readable as {kind[1:]}: {error}") from error
    names = _class_names(table.schema.metadata or {})
    number = 0
    for batch in table.to_batches(max_chunksize=1000):
        for cells in batch.to_pylist():
            number += 1
            for column, words in names.items():
                code = cells[column]
                cells[column] = words[code] if code in range(len(words)) else None
            yield Row(f"{path}, row {number}", cells)


def _arrow(path: Path) -> Any:
    """Return the table of an arrow file: a stream, as Hugging Face writes them, or a file."""
    import pyarrow

    with pyarrow.memory_map(str(path)) as source:
        try:
            return pyarrow.ipc.open_stream(source).read_all()
        except pyarrow.ArrowInvalid:
            source.seek(0)
            return pyarrow.ipc.open_file(source).read_all()


def _class_names(metadata: Mapping[bytes, bytes]) -> dict[str, list[str]]:
    """Return the words of columns that Hugging Face stores as codes.

    The codes follow the alphabet or the order of appearance: taken as grades they would say
    something else than the words.
    """
    features = json.loads(metadata.get(b"huggingface", b"{}")).get("info", {}).get("features", {})
    return {
        name: feature["names"]
        for name, feature in features.items()
        if isinstance(feature, dict) and feature.get("_type") == "ClassLabel"
    }
