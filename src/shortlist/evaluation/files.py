"""Reads score files (CSV, TREC runs) and judgment files (TREC qrels)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from shortlist.errors import DataError
from shortlist.evaluation.scores import (
    FloatArray,
    Judgments,
    Scores,
    coded,
    judgments_of_labels,
    scores_of,
)
from shortlist.text_files import UNREADABLE, csv_rows, open_text, unreadable

Direction = Literal["resumes", "jobs"]
"""What is ranked: resumes for a job, or jobs for a resume."""

_RUN = "QUERY Q0 DOCUMENT RANK SCORE TAG"
_QRELS = "QUERY 0 DOCUMENT GRADE"


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of a file, and the line that each ends on."""

    path: Path
    rows: list[list[str]]
    lines: list[int]

    @classmethod
    def of(cls, path: Path, found: Iterable[tuple[int, list[str]]]) -> "_Table":
        rows, lines = [], []
        for line, row in found:
            rows.append(row)
            lines.append(line)
        if not rows:
            raise DataError(f"{path}: holds a header and no row")
        return cls(path, rows, lines)

    def column(self, index: int) -> list[str]:
        return [row[index] for row in self.rows]

    def ids(self, index: int, name: str) -> list[str]:
        ids = [cell.strip() for cell in self.column(index)]
        if "" in ids:
            raise DataError(
                f"{self.path}:{self.lines[ids.index('')]}: the {name} is empty: name it"
            )
        return ids

    def numbers(self, index: int, name: str, *, empty: bool = False) -> FloatArray:
        """Return a column of finite numbers; where `empty` is allowed, an empty cell is NaN."""
        cells = self.column(index)
        if empty:
            cells = [cell.strip() or "nan" for cell in cells]
        try:
            values = np.array(cells, dtype=np.float64)
        except ValueError:
            values = np.array([_number(cell) for cell in cells])
        if not np.isfinite(values).all():
            self._refuse(index, name, empty=empty)
        return values

    def _refuse(self, index: int, name: str, *, empty: bool) -> None:
        for row, line in zip(self.rows, self.lines, strict=True):
            cell = row[index].strip()
            if not np.isfinite(_number(cell)) and not (empty and not cell):
                remedy = "a grade such as 0 or 1, or leave it empty" if empty else "a number"
                raise DataError(
                    f"{self.path}:{line}: {name} {cell[:40]!r} is not a finite number: "
                    f"write {remedy}"
                )


def read_scores(path: Path, name: str = "", *, direction: Direction = "resumes") -> Scores:
    """Return the scores of a CSV file with columns `job,resume,score[,label]`, or of a TREC run.

    An empty `label` is a pair that nobody judged. Files that end in `.gz` are unpacked.

    Args:
        path: the file.
        name: what to call the system; by default the file's name without its ending.
        direction: in a TREC run, whether the queries are jobs (resumes are ranked) or resumes.

    Raises:
        DataError: the file cannot be read, a column is missing, a row has another number of cells,
            a score or a label is not a number, or a pair stands there twice.
    """
    name = name or path.name.removesuffix(".gz").rsplit(".", 1)[0]
    if _is_trec(path, 6):
        table = _trec(path, 6, _RUN)
        score, label = table.numbers(4, "score"), None
        queries, items = table.column(0), table.column(2)
        jobs, resumes = (queries, items) if direction == "resumes" else (items, queries)
    else:
        rows = csv_rows(path)
        columns = _columns(path, next(rows, (1, []))[1])
        table = _Table.of(path, rows)
        jobs = table.ids(columns["job"], "job")
        resumes = table.ids(columns["resume"], "resume")
        score = table.numbers(columns["score"], "score")
        label = _labels(table, columns)
    try:
        return scores_of(name, jobs, resumes, score, label=label)
    except DataError as error:
        raise DataError(_twice(table, jobs, resumes)) from error


def read_judgments(path: Path, *, direction: Direction = "resumes") -> Judgments:
    """Return the judgments of a TREC qrels file, or the labels of a `job,resume,score,label` CSV.

    A grade below 0, by which TREC marks spam, counts as 0.

    Raises:
        DataError: as for `read_scores`, or no row has a label.
    """
    if not is_qrels(path):
        return judgments_of_labels(read_scores(path, direction=direction))
    table = _trec(path, 4, _QRELS)
    queries, items = table.column(0), table.column(2)
    jobs, job = coded(queries if direction == "resumes" else items)
    resumes, resume = coded(items if direction == "resumes" else queries)
    grade = np.maximum(table.numbers(3, "grade"), 0.0)
    return Judgments(jobs, resumes, ("",), job, resume, np.zeros(len(grade), np.int64), grade)


def is_qrels(path: Path) -> bool:
    """Return whether a judgment file is TREC qrels, rather than a CSV with scores and labels.

    Raises:
        DataError: the file cannot be read.
    """
    return _is_trec(path, 4)


def _twice(table: _Table, jobs: Sequence[str], resumes: Sequence[str]) -> str:
    """Say which pair is scored twice, and where."""
    seen: dict[tuple[str, str], int] = {}
    for (job, resume), line in zip(zip(jobs, resumes, strict=True), table.lines, strict=True):
        first = seen.setdefault((job, resume), line)
        if first != line:
            return (
                f"{table.path}:{line}: the pair of job {job!r} and resume {resume!r} is scored "
                f"more than once, first on line {first}: keep one row"
            )
    raise AssertionError("no pair stands twice")


def _labels(table: _Table, columns: dict[str, int]) -> FloatArray | None:
    if "label" not in columns:
        return None
    label = table.numbers(columns["label"], "label", empty=True)
    if (label < 0).any():
        line = table.lines[int(np.flatnonzero(label < 0)[0])]
        raise DataError(f"{table.path}:{line}: a label below 0: grades begin at 0")
    return label


def _is_trec(path: Path, fields: int) -> bool:
    try:
        with open_text(path) as file:
            first = file.readline()
    except UNREADABLE as error:
        raise unreadable(path, error) from error
    return "," not in first and len(first.split()) == fields


def _columns(path: Path, header: Sequence[str]) -> dict[str, int]:
    """Return the position of each column of a score file."""
    names = [name.strip().lower() for name in header]
    missing = [name for name in ("job", "resume", "score") if name not in names]
    if missing:
        what = f"no column {', '.join(missing)}" if header else "the file is empty"
        raise DataError(
            f"{path}:1: {what}: the header must name job,resume,score"
            " (and may name label); a TREC run has six fields without commas"
        )
    return {name: i for i, name in enumerate(names)}


def _trec(path: Path, fields: int, form: str) -> _Table:
    rows, lines = [], []
    for line, row in _fields(path):
        if len(row) != fields:
            raise DataError(
                f"{path}:{line}: {len(row)} fields where `{form}` has {fields}: mend the row"
            )
        rows.append(row)
        lines.append(line)
    return _Table(path, rows, lines)


def _fields(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        with open_text(path) as file:
            for number, line in enumerate(file, 1):
                if row := line.split():
                    yield number, row
    except UNREADABLE as error:
        raise unreadable(path, error) from error


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return np.nan
