"""The dataset folder: jobs, resumes, judgments, splits and a card, read and written."""

import csv
import json
import logging
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from shortlist.dataset.card import Card, read_card, write_card
from shortlist.dataset.rankings import grades_of_order, grades_of_ranks
from shortlist.errors import DataError
from shortlist.records import Judgment
from shortlist.text_files import json_rows

logger = logging.getLogger(__name__)

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Split:
    """A named part of a data set.

    Its judgments are those of its `pairs` or, where it lists none, those of which both the job and
    the resume are its own.
    """

    jobs: frozenset[str]
    resumes: frozenset[str]
    pairs: frozenset[tuple[str, str]] | None = None

    def holds(self, judgment: Judgment) -> bool:
        """Return whether a judgment belongs to the split."""
        if self.pairs is not None:
            return (judgment.job, judgment.resume) in self.pairs
        return judgment.job in self.jobs and judgment.resume in self.resumes


@dataclass(frozen=True, slots=True)
class Dataset:
    """Jobs and resumes by id, and who fits which by whose word. Group labels are not in it."""

    name: str
    jobs: Texts = field(repr=False)
    resumes: Texts = field(repr=False)
    judgments: tuple[Judgment, ...] = field(default=(), repr=False)
    splits: Mapping[str, Split] = field(default_factory=dict, repr=False)
    card: Card = field(default_factory=Card)

    def part(self, split: str) -> "Dataset":
        """Return one split as a data set.

        Raises:
            DataError: there is no such split.
        """
        if split not in self.splits:
            known = ", ".join(self.splits) or "none; make them with `shortlist data split`"
            raise DataError(f"{self.name}: no split {split!r}: there are {known}")
        one = self.splits[split]
        return Dataset(
            name=self.name,
            jobs={name: text for name, text in self.jobs.items() if name in one.jobs},
            resumes={name: text for name, text in self.resumes.items() if name in one.resumes},
            judgments=tuple(judgment for judgment in self.judgments if one.holds(judgment)),
            card=self.card,
        )


def read_dataset(folder: Path) -> Dataset:
    """Return the data set of a folder; its known issues are logged as warnings.

    Raises:
        DataError: a file is missing or malformed, an id stands twice, or a judgment or a split
            names an id that is not there; with file, line and remedy.
    """
    jobs, resumes = _texts(folder, "jobs"), _texts(folder, "resumes")
    judgments = tuple(_judgments(folder, jobs, resumes))
    card = read_card(folder / "README.md")
    for issue in card.known_issues:
        logger.warning("%s: known issue: %s", folder.name, issue)
    splits = _splits(folder / "splits.json", jobs, resumes)
    return Dataset(folder.resolve().name, jobs, resumes, judgments, splits, card)


def write_dataset(
    dataset: Dataset,
    folder: Path,
    *,
    groups: Mapping[str, Mapping[str, str]] | None = None,
    notes: str = "",
) -> None:
    """Write a data set to a folder that does not exist yet or is empty.

    Args:
        dataset: what to write.
        folder: where.
        groups: group labels by attribute and resume, for `groups.csv`.
        notes: what the README tells people below its head.

    Raises:
        DataError: the folder holds something, or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise DataError(f"{folder}: is not empty: name another folder")
        for kind, texts in (("jobs", dataset.jobs), ("resumes", dataset.resumes)):
            rows = ({"id": name, "text": text} for name, text in texts.items())
            _write_lines(folder / f"{kind}.jsonl", rows)
        if dataset.judgments:
            _write_lines(folder / "judgments.jsonl", map(_judgment_row, dataset.judgments))
        if groups:
            _write_groups(folder / "groups.csv", groups)
        if dataset.splits:
            write_splits(dataset.splits, folder / "splits.json")
        write_card(dataset.card, dataset.name, notes, folder / "README.md")
    except OSError as error:
        raise DataError(f"{folder}: cannot be written: {error}") from error


def write_splits(
    splits: Mapping[str, Split], path: Path, settings: Mapping[str, object] | None = None
) -> None:
    """Write `splits.json`; `settings` says how they were made."""
    table = {
        name: {"pairs": sorted(map(list, split.pairs))}
        if split.pairs is not None
        else {"jobs": sorted(split.jobs), "resumes": sorted(split.resumes)}
        for name, split in splits.items()
    }
    content = {**(settings or {}), "splits": table}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _texts(folder: Path, kind: str) -> dict[str, str]:
    path = _file(folder, f"{kind}.jsonl")
    texts: dict[str, str] = {}
    for line, row in json_rows(path):
        name, text = row.get("id"), row.get("text")
        if not isinstance(name, str) or not name or not isinstance(text, str):
            raise DataError(f'{path}:{line}: needs an "id" and a "text", both strings')
        if name in texts:
            raise DataError(f"{path}:{line}: the id {name!r} stands twice: ids must be distinct")
        texts[name] = text
    return texts


def _judgments(folder: Path, jobs: Texts, resumes: Texts) -> Iterator[Judgment]:
    if not any((folder / f"judgments.jsonl{end}").exists() for end in ("", ".gz")):
        return
    path = _file(folder, "judgments.jsonl")
    for line, row in json_rows(path):
        place = f"{path}:{line}"
        found = _ranking(place, row) if "order" in row or "ranks" in row else [_one(place, row)]
        for judgment in found:
            for kind, name, known in (
                ("job", judgment.job, jobs),
                ("resume", judgment.resume, resumes),
            ):
                if name not in known:
                    raise DataError(f"{place}: no {kind} {name!r} in {kind}s.jsonl: add or mend it")
            yield judgment


def _one(place: str, row: Mapping[str, Any]) -> Judgment:
    job, resume, grade = row.get("job"), row.get("resume"), row.get("grade")
    annotator = row.get("annotator", "")
    if not all(isinstance(value, str) for value in (job, resume, annotator)):
        raise DataError(f'{place}: needs "job" and "resume" (and "annotator", if any) as strings')
    if isinstance(grade, bool) or not isinstance(grade, int | float) or not 0 <= grade < math.inf:
        raise DataError(
            f"{place}: the grade {grade!r} is not a number of at least 0: "
            'words such as "Good Fit" are read by `shortlist data import`'
        )
    return Judgment(str(job), str(resume), float(grade), annotator)


def _ranking(place: str, row: Mapping[str, Any]) -> Iterator[Judgment]:
    """A ranking of jobs for a resume or of resumes for a job, as an `order` or as `ranks`."""
    annotator = row.get("annotator", "")
    queries = [kind for kind in ("job", "resume") if isinstance(row.get(kind), str)]
    order, ranks = row.get("order"), row.get("ranks")
    named = isinstance(order, list) and all(isinstance(name, str) for name in order)
    one_format = named != isinstance(ranks, dict)
    if len(queries) != 1 or not one_format or not isinstance(annotator, str):
        raise DataError(
            f'{place}: a ranking needs one of "job" and "resume", and one of "order" (ids, best '
            'first) and "ranks" (the rank of each id)'
        )
    try:
        grades = grades_of_order(order) if isinstance(order, list) else grades_of_ranks(ranks or {})
    except ValueError as error:
        raise DataError(f"{place}: not a permutation: {error}") from error
    query = row[queries[0]]
    for item, grade in grades.items():
        job, resume = (query, item) if queries[0] == "job" else (item, query)
        yield Judgment(job, resume, grade, annotator)


def _splits(path: Path, jobs: Texts, resumes: Texts) -> dict[str, Split]:
    if not path.exists():
        return {}
    try:
        table = json.loads(path.read_text(encoding="utf-8"))["splits"]
        splits = {str(name): _split(row) for name, row in table.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(
            f'{path}: not a table of splits: write {{"splits": {{"test": {{"jobs": [...], '
            f'"resumes": [...]}}}}}}, or make it with `shortlist data split` ({error})'
        ) from error
    for name, split in splits.items():
        unknown = sorted((split.jobs - jobs.keys()) | (split.resumes - resumes.keys()))
        if unknown:
            raise DataError(f"{path}: split {name!r} names {unknown[0]!r}, which is not there")
    return splits


def _split(row: Mapping[str, Any]) -> Split:
    if "pairs" in row:
        pairs = frozenset((str(job), str(resume)) for job, resume in row["pairs"])
        return Split(frozenset(j for j, _ in pairs), frozenset(r for _, r in pairs), pairs)
    return Split(frozenset(map(str, row["jobs"])), frozenset(map(str, row["resumes"])))


def _file(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.exists():
            return path
    raise DataError(f"{folder}: no {name}: a data set is a folder with jobs.jsonl, resumes.jsonl")


def _judgment_row(judgment: Judgment) -> dict[str, object]:
    row = asdict(judgment)
    if not judgment.annotator:
        del row["annotator"]
    grade = float(judgment.grade)
    row["grade"] = int(grade) if grade.is_integer() else grade
    return row


def _write_lines(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    # A lone surrogate, which UTF-8 cannot hold, becomes the escape that JSON has for it.
    with path.open("w", encoding="utf-8", errors="backslashreplace") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _write_groups(path: Path, groups: Mapping[str, Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("resume", "attribute", "value"))
        for attribute, values in groups.items():
            writer.writerows((resume, attribute, value) for resume, value in values.items())
