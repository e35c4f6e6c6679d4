"""Puts together what an importer read: one id for one text, and notes of what was not taken."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from shortlist.dataset.card import Card
from shortlist.dataset.duplicates import fingerprint
from shortlist.dataset.folder import Dataset, Split
from shortlist.errors import DataError
from shortlist.records import Judgment


@dataclass(frozen=True, slots=True)
class Text:
    """A job or a resume as it was read. `id` is empty where the source gives none."""

    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a source: a job, a resume, or a pair of them with a grade, if it has one."""

    place: str
    job: Text | None = None
    resume: Text | None = None
    grade: float | None = None
    annotator: str = ""
    groups: Mapping[str, str] | None = None
    """The resume's group by attribute."""
    split: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """A data set, its group labels, and what people must know of how it came about.

    What was merged, left out or contradicts itself stands among the card's known issues.
    """

    dataset: Dataset
    groups: Mapping[str, Mapping[str, str]]
    notes: tuple[str, ...] = ()


def assembled(
    name: str, entries: Iterable[Entry], card: Card, notes: Iterable[str] = ()
) -> Imported:
    """Return the data set that entries make; notes are for its README.

    Equal texts (white space aside) become one: the first id stays. A text without an id gets one
    from its content, so that importing again, or in another order, gives the same. A resume with
    two values for one attribute gets none.

    Raises:
        DataError: one id has two texts.
    """
    rows = list(entries)
    jobs = _identified("job", [(row.place, row.job) for row in rows])
    resumes = _identified("resume", [(row.place, row.resume) for row in rows])
    pairs = list(zip(rows, jobs.ids, resumes.ids, strict=True))
    judgments = tuple(
        Judgment(job, resume, row.grade, row.annotator)
        for row, job, resume in pairs
        if job and resume and row.grade is not None
    )
    of_split: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row, job, resume in pairs:
        if job and resume and row.split:
            of_split[row.split].add((job, resume))
    groups, torn = _groups((resume, row.groups or {}) for row, _, resume in pairs)
    issues = [*card.known_issues, *jobs.notes, *resumes.notes, *torn, *_contradictions(judgments)]
    card = replace(card, known_issues=tuple(issues))
    splits = {split: _split(of_one) for split, of_one in of_split.items()}
    dataset = Dataset(name, jobs.texts, resumes.texts, judgments, splits, card)
    return Imported(dataset, groups, tuple(notes))


@dataclass(frozen=True, slots=True)
class _Identified:
    """Texts by id, and the id that each row's text got; empty where the row has none."""

    ids: list[str]
    texts: Mapping[str, str]
    notes: list[str]


def _identified(kind: str, read: Sequence[tuple[str, Text | None]]) -> _Identified:
    id_of: dict[str, str] = {}
    texts: dict[str, str] = {}
    merged: set[str] = set()
    ids = []
    for place, entry in read:
        if entry is None:
            ids.append("")
            continue
        mark = fingerprint(entry.text)
        name = entry.id or f"{kind}-{mark[:12]}"
        kept = id_of.setdefault(mark, name)
        if fingerprint(texts.setdefault(kept, entry.text)) != mark:
            raise DataError(
                f"{place}: the {kind} {name!r} has another text than before: give it another id"
            )
        if kept != name:
            merged.add(name)
        ids.append(kept)
    said = f"{len(merged)} {kind} ids have the text of another id and were merged with it"
    return _Identified(ids, texts, [said] if merged else [])


def _groups(
    labels: Iterable[tuple[str, Mapping[str, str]]],
) -> tuple[dict[str, dict[str, str]], list[str]]:
    found: dict[str, dict[str, set[str]]] = {}
    for resume, of_row in labels:
        for attribute, value in of_row.items():
            found.setdefault(attribute, {}).setdefault(resume, set()).add(value)
    groups = {
        attribute: {resume: min(values) for resume, values in of_all.items() if len(values) == 1}
        for attribute, of_all in found.items()
    }
    torn = {attribute: len(of_all) - len(groups[attribute]) for attribute, of_all in found.items()}
    said = [
        f"{count} resumes have several values of {attribute} and are unknown in it"
        for attribute, count in torn.items()
        if count
    ]
    return groups, said


def _contradictions(judgments: Sequence[Judgment]) -> list[str]:
    grades: dict[tuple[str, str, str], set[float]] = defaultdict(set)
    for judgment in judgments:
        grades[judgment.job, judgment.resume, judgment.annotator].add(judgment.grade)
    count = sum(len(of_pair) > 1 for of_pair in grades.values())
    return [f"{count} pairs have different grades by the same word"] if count else []


def _split(pairs: set[tuple[str, str]]) -> Split:
    jobs, resumes = frozenset(j for j, _ in pairs), frozenset(r for _, r in pairs)
    return Split(jobs, resumes, frozenset(pairs))
