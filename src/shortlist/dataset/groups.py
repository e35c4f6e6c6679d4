"""Reads the group labels of people: seen by audit and training, never by a score."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from shortlist.errors import DataError
from shortlist.text_files import csv_rows

Groups = Mapping[str, Mapping[str, str]]
"""attribute -> resume -> value. A resume without a value for an attribute is not listed there."""

COLUMNS = ("resume", "attribute", "value")
UNKNOWN = "unknown"


def read_groups(path: Path) -> Groups:
    """Return the groups of a CSV file with columns `resume,attribute,value`.

    A row with an empty value, or with the value `unknown` in any case, is as good as no row.

    Raises:
        DataError: the file cannot be read, a column is missing, a row has another number of cells,
            a resume or an attribute is empty, or a resume has two values for one attribute.
    """
    groups: dict[str, dict[str, str]] = {}
    for line, cells in _rows(path):
        resume, attribute, value = (cells[name].strip() for name in COLUMNS)
        if not resume or not attribute:
            empty = "attribute" if resume else "resume"
            raise DataError(f"{path}:{line}: the {empty} is empty: name it")
        of_attribute = groups.setdefault(attribute, {})
        if not value or value.lower() == UNKNOWN:
            continue
        if of_attribute.setdefault(resume, value) != value:
            raise DataError(
                f"{path}:{line}: resume {resume!r} has two values for {attribute!r}: "
                "keep one, or give the second an attribute of its own"
            )
    return groups


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    rows = csv_rows(path)
    header = [name.strip().lower() for name in next(rows, (1, []))[1]]
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        what = f"no column {', '.join(missing)}" if header else "the file is empty"
        raise DataError(f"{path}:1: {what}: the header must name resume,attribute,value")
    for line, cells in rows:
        yield line, dict(zip(header, cells, strict=True))
