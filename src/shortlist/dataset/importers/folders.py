"""Importers of folders of documents: the vacancy-resume set and TalentCLEF's task A."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from shortlist.dataset.card import Card
from shortlist.dataset.importers.rows import Entry, Imported, Text, assembled
from shortlist.dataset.importers.tables import read_table
from shortlist.dataset.rankings import grades_of_order, grades_of_ranks, not_a_permutation
from shortlist.errors import DataError, DocumentError
from shortlist.text_files import unreadable

Reading = Literal["order", "ranks"]
"""What a row of numbers says: vacancies from best to worst, or the rank of each vacancy."""

LONGEST_ANNOTATIONS = 1_000_000
ALL_OF_ONE_FIELD = "five vacancies, all for software developers: weak evidence for anything else"


def vacancy_resume(source: Path, reading: Reading = "order") -> Imported:
    """Return the resumes, vacancies and human rankings of Vanetik & Kogan (2023).

    Row i of an annotator's list is about CV i; its numbers are the vacancies' places in their
    table. Rows that are no permutation are left out and named. Without an annotation file there are
    no judgments.

    Args:
        source: the folder with `CV/`, the vacancies' table and, if there is one, the annotations.
        reading: how a row is read. The authors' own description is an order: best first.

    Raises:
        DataError: a part is missing or malformed.
    """
    vacancies = [
        Text(f"{row.text('job_title').strip()}\n\n{row.text('job_description')}", row.text("id"))
        for row in read_table(_only(source, "*vacanc*.csv"), ("id", "job_title", "job_description"))
    ]
    resumes, unread = _documents(source / "CV")
    annotations = sorted(source.glob("*annotation*.txt"))
    entries = [Entry("", job=job) for job in vacancies]
    entries += [Entry("", resume=resume) for resume in resumes.values()]
    issues = [ALL_OF_ONE_FIELD, *unread]
    notes = [f"A row of the annotations is read as {reading}."]
    if annotations:
        for annotator, rows in enumerate(_lists(annotations[0]), 1):
            name = f"annotator-{annotator}"
            found, faults = _ranked(rows, vacancies, resumes, name, reading)
            entries += found
            issues += faults
            notes.append(f"{name} ranked {len(rows)} resumes; {len(faults)} rows are left out.")
    else:
        notes.append("No annotation file was found: there are no judgments.")
    card = Card("vacancy-resume, Vanetik & Kogan 2023", "GPL-3.0", True, tuple(issues))
    return assembled("vacancy-resume", entries, card, notes)


def talentclef(source: Path) -> Imported:
    """Return jobs, resumes and judgments of a TalentCLEF task A folder of one language.

    It holds `queries/` and `corpus/`, whose files are named by id, and `qrels.tsv`.

    Raises:
        DataError: a folder is missing, or the judgments are malformed or name an unknown id.
    """
    corpus = next(
        (source / n for n in ("corpus", "corpus_elements") if (source / n).is_dir()), None
    )
    if corpus is None or not (source / "queries").is_dir():
        nested = sorted({str(p.parent.relative_to(source)) for p in source.glob("**/queries")})
        where = f"; there are some in {', '.join(nested)}: name one of these" if nested else ""
        raise DataError(f"{source}: no folders queries and corpus{where}")
    jobs, unread = _documents(source / "queries")
    resumes, also_unread = _documents(corpus)
    entries = [Entry("", job=job) for job in jobs.values()]
    entries += [Entry("", resume=resume) for resume in resumes.values()]
    notes = []
    if (source / "qrels.tsv").exists():
        entries += _qrels(source / "qrels.tsv", jobs, resumes)
    else:
        notes = ["There is no qrels.tsv, so there are no judgments."]
    card = Card(f"talentclef, {source.name}", "not stated", known_issues=(*unread, *also_unread))
    return assembled(source.resolve().name, entries, card, notes)


def _documents(folder: Path) -> tuple[dict[str, Text], list[str]]:
    """Return the texts of a folder's files by id, and which could not be read.

    A file's id is its name; an ending of letters, as in `12.docx`, is not part of it.
    """
    from shortlist.documents import parse

    if not folder.is_dir():
        raise DataError(f"{folder}: no such folder")
    texts, unread = {}, []
    for path in sorted(folder.iterdir(), key=lambda path: (len(path.name), path.name)):
        if not path.is_file() or path.name.startswith((".", "~")):
            continue
        suffix = path.suffix if path.suffix[1:].isalpha() else ""
        name = path.name.removesuffix(suffix)
        try:
            text = parse(path.read_bytes(), suffix or ".txt", name).text
        except (DocumentError, OSError) as error:
            unread.append(f"{path.name} was not read: {error}")
            continue
        texts[name] = Text(text, name)
    return texts, unread


def _ranked(
    rows: list[list[object]],
    vacancies: Sequence[Text],
    resumes: Mapping[str, Text],
    annotator: str,
    reading: Reading,
) -> tuple[list[Entry], list[str]]:
    """Return the entries of one annotator's rows, and why rows were left out."""
    entries, faults = [], []
    for number, row in enumerate(rows, 1):
        fault = not_a_permutation(row, len(vacancies))
        if not fault and str(number) not in resumes:
            fault = f"there is no CV {number}"
        if fault:
            faults.append(f"{annotator}, row {number} is left out: {fault}")
            continue
        places = [int(str(value)) for value in row]
        if reading == "order":
            grades = grades_of_order([vacancies[place - 1].id for place in places])
        else:
            ids = [vacancy.id for vacancy in vacancies]
            grades = grades_of_ranks(dict(zip(ids, places, strict=True)))
        where, resume = f"{annotator}, row {number}", resumes[str(number)]
        entries += [Entry(where, v, resume, grades[v.id], annotator) for v in vacancies]
    return entries, faults


def _lists(path: Path) -> list[list[list[object]]]:
    """Return the lists of lists in a file of Python text, which is read and never run."""
    try:
        data = path.read_bytes()
        if len(data) > LONGEST_ANNOTATIONS:
            raise DataError(f"{path}: larger than {LONGEST_ANNOTATIONS} bytes: not annotations")
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from error
    found = []
    for start, end in _bracketed(text):
        try:
            value = ast.literal_eval(text[start:end])
        except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
            line = text.count("\n", 0, start) + 1
            raise DataError(f"{path}:{line}: not a Python list of numbers") from error
        if value and all(isinstance(row, list | tuple) for row in value):
            found.append([list(row) for row in value])
    if not found:
        raise DataError(
            f"{path}: no list of lists, as in [[2, 1, 3], [1, 3, 2]], one for each annotator"
        )
    return found


def _bracketed(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each outermost bracket opens and ends; comments do not count."""
    depth = start = 0
    for found in re.finditer(r"#[^\n]*|[\[\]]", text):
        if found[0] == "[":
            start = found.start() if depth == 0 else start
            depth += 1
        elif found[0] == "]" and depth:
            depth -= 1
            if depth == 0:
                yield start, found.end()


def _qrels(path: Path, jobs: Mapping[str, Text], resumes: Mapping[str, Text]) -> Iterator[Entry]:
    """Yield the judgments of a file with `query 0 resume grade` rows, with or without a header."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from error
    for number, line in enumerate(lines, 1):
        cells = line.split()
        if not cells or (number == 1 and not cells[-1].lstrip("-").isdigit()):
            continue
        place = f"{path}:{number}"
        if len(cells) != 4 or not cells[3].lstrip("-").isdigit():
            raise DataError(f"{place}: not `query 0 resume grade` with a whole number as the grade")
        if cells[0] not in jobs or cells[2] not in resumes:
            raise DataError(f"{place}: no file for query {cells[0]!r} or resume {cells[2]!r}")
        yield Entry(place, jobs[cells[0]], resumes[cells[2]], float(max(int(cells[3]), 0)))


def _only(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        raise DataError(f"{folder}: {len(found)} files {pattern}, where one is needed")
    return found[0]
