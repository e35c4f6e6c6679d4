"""Importers of tables: resumes, jobs, and pairs of them."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from shortlist.dataset.card import Card
from shortlist.dataset.importers.labels import grades_of_labels
from shortlist.dataset.importers.rows import Entry, Imported, Text, assembled
from shortlist.dataset.importers.tables import SUFFIXES, Row, filled, read_table, suffix
from shortlist.errors import DataError

FIT_SCALE = (
    "No Fit has grade 0, Potential Fit 1, Good Fit 2. Yes-or-no metrics count Potential Fit as "
    "fitting unless told otherwise (`--relevant 2`)."
)
RESUME = ("resume_text", "resume", "Resume_str")
JOB = ("job_description_text", "job_text", "job", "job_description")
RESUME_ID = ("candidate_id", "resume_id")
JOB_ID = ("job_id", "jd_id")
GROUPS = ("school_category", "is_top_school")


def kaggle_resumes(source: Path) -> Imported:
    """Return resumes of a table `ID, Resume_str, Category`; the category becomes a group."""
    rows, empty = filled(read_table(source, ("ID", "Resume_str", "Category")), ["Resume_str"])
    card = Card(f"kaggle-resumes, {source.name}", "not stated", known_issues=empty)
    entries = (
        Entry(
            row.place,
            resume=Text(row.text("Resume_str"), str(row.cells["ID"]).strip()),
            groups={"category": row.text("Category").strip()},
        )
        for row in rows
    )
    return assembled(_name(source), entries, card)


def jobs(source: Path) -> Imported:
    """Return jobs of a table `position_title, job_description`; the title is the first line."""
    columns = ("position_title", "job_description")
    rows, empty = filled(read_table(source, columns), ["job_description"])
    card = Card(f"jobs, {source.name}", "not stated", known_issues=empty)
    entries = (
        Entry(
            row.place,
            job=Text(f"{row.text('position_title').strip()}\n\n{row.text('job_description')}"),
        )
        for row in rows
    )
    return assembled(_name(source), entries, card)


def fit_labels(source: Path) -> Imported:
    """Return pairs of a table `resume_text, job_description_text, label` with their grades.

    Any other column, such as a label's number, is left alone: only the word says what is meant.
    """
    columns = ("resume_text", "job_description_text", "label")
    rows, empty = filled(read_table(source, columns), columns[:2])
    card = Card(f"fit-labels, {source.name}", "not stated", known_issues=empty)
    return assembled(_name(source), _pairs(rows), card, _scale_note(rows))


def school_pairs(source: Path) -> Imported:
    """Return pairs of a table with resume, job, ids and school group; labels only if it has any."""
    rows, empty = filled(read_table(source, ()), (*RESUME, *JOB))
    card = Card(f"school-pairs, {source.name}", "not stated", known_issues=empty)
    blind = [] if "label" in rows[0].cells else ["It has no match labels: good for audits only."]
    return assembled(_name(source), _pairs(rows), card, [*blind, *_scale_note(rows)])


def hugging_face(source: Path) -> Imported:
    """Return pairs of a saved DatasetDict folder, or of a folder with one table for each split.

    The splits are kept as they are: rows, not resumes, were split, and `data describe` says what
    they share.
    """
    split_of, every = [], []
    issues: tuple[str, ...] = ()
    for split, tables in _split_tables(source).items():
        for table in tables:
            rows, empty = filled(read_table(table, ()), (*RESUME, *JOB))
            split_of += [split] * len(rows)
            every += rows
            issues += empty
    pairs = _pairs(every)
    entries = [replace(pair, split=split) for split, pair in zip(split_of, pairs, strict=True)]
    card = Card(f"hugging-face, {source.name}", "not stated", known_issues=issues)
    return assembled(_name(source), entries, card, _scale_note(every))


def _pairs(rows: list[Row]) -> Iterator[Entry]:
    """Entries of rows that name a resume and a job by any of the columns known for them."""
    resume, job = (_column(rows[0], names) for names in (RESUME, JOB))
    resume_id, job_id = (_column(rows[0], names, "") for names in (RESUME_ID, JOB_ID))
    grades: list[float | None] = [None] * len(rows)
    if "label" in rows[0].cells:
        grades = [*grades_of_labels([(row.place, row.cells.get("label")) for row in rows])]
    for row, grade in zip(rows, grades, strict=True):
        groups = {
            name: _word(row.cells[name])
            for name in GROUPS
            if name in row.cells and row.cells[name] not in (None, "")
        }
        yield Entry(
            row.place,
            job=Text(row.text(job), _id(row, job_id)),
            resume=Text(row.text(resume), _id(row, resume_id)),
            grade=grade,
            groups=groups,
        )


def _column(row: Row, names: tuple[str, ...], otherwise: str | None = None) -> str:
    found = next((name for name in names if name in row.cells), otherwise)
    if found is None:
        raise DataError(
            f"{row.place}: no column {' or '.join(names)}; there are {', '.join(row.cells)}"
        )
    return found


def _id(row: Row, column: str) -> str:
    return str(row.cells[column]).strip() if column and row.cells[column] is not None else ""


def _word(value: object) -> str:
    """A group's name. Truth is written in many ways: `True`, `1`, `1.0`."""
    text = str(value).strip()
    if text.lower() in ("true", "1", "1.0"):
        return "true"
    return "false" if text.lower() in ("false", "0", "0.0") else text


def _scale_note(rows: list[Row]) -> list[str]:
    words = {str(row.cells.get("label", "")).strip().lower() for row in rows}
    return [FIT_SCALE] if words & {"good fit", "potential fit"} else []


def _split_tables(folder: Path) -> dict[str, list[Path]]:
    if not folder.is_dir():
        raise DataError(f"{folder}: not a folder: name the one that holds the splits")
    listed = folder / "dataset_dict.json"
    found = _listed(listed) if listed.exists() else _named(folder)
    if not found:
        raise DataError(
            f"{folder}: no dataset_dict.json, nor tables called train.csv, test.csv, ..."
        )
    for name, paths in found.items():
        if not paths:
            raise DataError(f"{folder / name}: no .arrow file for this split")
    return found


def _listed(path: Path) -> dict[str, list[Path]]:
    try:
        names = [str(name) for name in json.loads(path.read_text("utf-8"))["splits"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: does not list the splits: {error}") from error
    return {name: sorted((path.parent / name).glob("*.arrow")) for name in names}


def _named(folder: Path) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for path in sorted([*folder.glob("*"), *folder.glob("data/*")]):
        split = re.match(r"[A-Za-z]+", path.name)
        if split and path.is_file() and suffix(path) in SUFFIXES and path.suffix != ".json":
            found.setdefault(split[0].lower(), []).append(path)
    return found


def _name(source: Path) -> str:
    return source.resolve().name.split(".")[0]
