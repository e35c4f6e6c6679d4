"""Resumes in two versions that differ in one thing: a school, a name, a pronoun, a year.

Every swap is a list of changes, each of which puts one piece of text in another's place; all else
stays as it is, byte for byte, and `check` asserts it. Where a resume does not hold the thing (most
state no pronouns), both versions get the same added line, so that the swap is still one thing for
another. To measure what adding the line does, `school_inserted` and `school_removed` have the
resume without it as one version.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from shortlist.errors import DataError
from shortlist.masking import Masker
from shortlist.masking.schools import school_tier
from shortlist.records import Document, Span
from shortlist.text_files import csv_rows

Find = Callable[[Document], Sequence[Span]]
"""Says where in a document something stands: sorted spans that do not overlap."""

Lists = Mapping[str, Sequence[str]]
"""group -> names of its people, or tier -> names of its schools."""

WHOLE_SCHOOL = r"^(?:[A-Z]\S+ )+(?:University|College|Institute)$|^University of (?:[A-Z]\S+ ?)+$"
"""A school's name and nothing else, such as `Hill College`; not a fragment of a line."""

_LEXICONS = Path(__file__).parent / "lexicons"
_YEAR = re.compile(r"\b(?:19[6-9]\d|20[0-3]\d)\b")
_STUDY = re.compile(
    r"graduat|degree|bachelor|master|diploma|universit|college|\bb\.?sc|\bm\.?sc", re.I
)


@dataclass(frozen=True, slots=True)
class Change:
    """At `start` of the first version, `old` gives way to `new`."""

    start: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Swap:
    """One resume in two versions; `kind` says what was swapped, as in `school: top for other`."""

    kind: str
    before: Document
    after: Document
    changes: tuple[Change, ...]


def swap(kind: str, before: Document, changes: Sequence[Change]) -> Swap:
    """Return the swap that these changes make of a document.

    Raises:
        DataError: the changes overlap, or the text at a change is not its old text.
    """
    parts, at = [], 0
    for change in sorted(changes, key=lambda c: c.start):
        if change.start < at or not before.text.startswith(change.old, change.start):
            raise DataError(
                f"resume {before.id!r}: the change at character {change.start} does not fit its "
                "text: give the text that stands there, and changes that do not overlap"
            )
        parts += [before.text[at : change.start], change.new]
        at = change.start + len(change.old)
    after = Document(before.id, "".join([*parts, before.text[at:]]), before.source)
    return Swap(kind, before, after, tuple(sorted(changes, key=lambda c: c.start)))


def check(swaps: Iterable[Swap]) -> None:
    """Check that the two versions of each swap differ in nothing but its changes.

    Raises:
        DataError: a swap changes more than it says; the message names the resume.
    """
    for one in swaps:
        remade = swap(one.kind, one.before, one.changes)
        if remade.after.text != one.after.text or one.before.id != one.after.id:
            raise DataError(
                f"resume {one.before.id!r}: its two versions differ in more than the changes of "
                f"{one.kind!r}: a shift between them would say nothing about the swap"
            )


def hidden_as(kind: str, pattern: str = "") -> Find:
    """Return a finder of what the standard policy hides as `kind` and what matches a pattern.

    A policy hides fragments too, such as the place behind a school; only whole names can be
    swapped.
    """
    masker = Masker("standard")

    def find(document: Document) -> list[Span]:
        return [
            span
            for span in masker(document).hidden
            if span.kind == kind and re.search(pattern, document.text[span.start : span.end])
        ]

    return find


def all_swaps(resumes: Sequence[Document], *, seed: int = 0) -> list[Swap]:
    """Return every kind of swap of every resume, found as the standard masking policy finds."""
    schools, names = hidden_as("school", WHOLE_SCHOOL), hidden_as("name")
    return [
        *school_swaps(resumes, schools, seed=seed),
        *school_removed(resumes, schools),
        *school_inserted(resumes, seed=seed),
        *name_swaps(resumes, find=names, seed=seed),
        *pronoun_swaps(resumes),
        *graduation_year_swaps(resumes),
    ]


def school_swaps(
    resumes: Iterable[Document], find: Find, *, schools: Lists | None = None, seed: int = 0
) -> list[Swap]:
    """Return resumes with each school they name given way to one of the other tier.

    The tier of a resume is that of the best-known school it names, by the masking lexicon.

    Args:
        resumes: those that name no school are left out.
        find: where schools stand, such as the detector of the masking policy.
        schools: tier -> names, with tiers `top` and `other`; by default a short built-in list.
        seed: of the choice of schools.
    """
    tiers = schools or read_list(_LEXICONS / "schools.csv")
    rng = np.random.default_rng(seed)
    return [
        swap(f"school: {new} for {old}", resume, [_change(resume, s, school) for s in spans])
        for resume in resumes
        if (spans := find(resume))
        for old in [school_tier(resume.text)]
        for new in ["other" if old == "top" else "top"]
        for school in [str(rng.choice(tiers[new]))]
    ]


def school_removed(resumes: Iterable[Document], find: Find) -> list[Swap]:
    """Return resumes with the schools that they name taken out."""
    return [
        swap("school: removed", resume, [_change(resume, span, "") for span in spans])
        for resume in resumes
        if (spans := find(resume))
    ]


def school_inserted(
    resumes: Iterable[Document], *, schools: Lists | None = None, seed: int = 0
) -> list[Swap]:
    """Return each resume with a line that names a school added, and one tier for another in it.

    Kinds: `school: TIER added` for each tier, and `school: top for other, added`.
    """
    tiers = schools or read_list(_LEXICONS / "schools.csv")
    rng = np.random.default_rng(seed)
    result = []
    for resume in resumes:
        drawn = {tier: str(rng.choice(names)) for tier, names in tiers.items()}
        for tier, school in drawn.items():
            line = Change(len(resume.text), "", f"\n{school}\n")
            result.append(swap(f"school: {tier} added", resume, [line]))
        with_other, start = _with_line(resume, "", drawn["other"])
        change = Change(start, drawn["other"], drawn["top"])
        result.append(swap("school: top for other, added", with_other, [change]))
    return result


def name_swaps(
    resumes: Iterable[Document],
    *,
    find: Find | None = None,
    names: Lists | None = None,
    seed: int = 0,
) -> list[Swap]:
    """Return each resume under a name of the first group, and under one of every group instead.

    Kinds: `name: GROUP` for each other group, and `name: another GROUP` for the first, which is
    the control: what any other name does.

    Args:
        resumes: the resumes.
        find: where the person's name stands. A resume without one, and every resume where `find`
            is None, gets a first line with the name.
        names: group -> names; by default 48 invented people, six of each of eight groups.
        seed: of the choice of names.

    Raises:
        DataError: the first group has fewer than two names.
    """
    groups = names or read_list(_LEXICONS / "names.csv")
    first = next(iter(groups))
    if len(groups[first]) < 2:
        raise DataError(f"group {first!r} of the names has one name: the control needs two")
    rng = np.random.default_rng(seed)
    result = []
    for resume in resumes:
        spans = _of_the_person(resume, find(resume)) if find else ()
        here, another = map(str, rng.choice(groups[first], 2, replace=False))
        named, places = _named(resume, spans, here)
        for group, members in groups.items():
            new = another if group == first else str(rng.choice(members))
            changes = [Change(start, here, new) for start in places]
            kind = f"another {first}" if group == first else group
            result.append(swap(f"name: {kind}", named, changes))
    return result


def pronoun_swaps(resumes: Iterable[Document]) -> list[Swap]:
    """Return each resume with a line of pronouns: she/her, and they/them, for he/him."""
    result = []
    for resume in resumes:
        before, start = _with_line(resume, "Pronouns: ", "he/him")
        for new in ("she/her", "they/them"):
            change = Change(start, "he/him", new)
            result.append(swap(f"pronouns: {new} for he/him", before, [change]))
    return result


def graduation_year_swaps(resumes: Iterable[Document], *, years: int = 20) -> list[Swap]:
    """Return resumes with the years beside their studies moved back, so that the person is older.

    A resume that states none gets a line with one.
    """
    kind = f"graduation year: {years} earlier"
    result = []
    for resume in resumes:
        found = [
            match
            for line in re.finditer(r"[^\n]+", resume.text)
            if _STUDY.search(line[0])
            for match in _YEAR.finditer(resume.text, line.start(), line.end())
        ]
        if found:
            changes = [Change(m.start(), m[0], str(int(m[0]) - years)) for m in found]
            result.append(swap(kind, resume, changes))
        else:
            before, start = _with_line(resume, "Graduated ", "2012")
            result.append(swap(kind, before, [Change(start, "2012", str(2012 - years))]))
    return result


@cache
def read_list(path: Path) -> Lists:
    """Return the names of a CSV file with columns `name,group`, by group in the file's order.

    Raises:
        DataError: the file cannot be read, a column is missing, or a cell is empty.
    """
    rows = csv_rows(path)
    header = [name.strip().lower() for name in next(rows, (1, []))[1]]
    if not {"name", "group"} <= set(header):
        raise DataError(f"{path}:1: the header must name name,group")
    groups: dict[str, list[str]] = {}
    for line, cells in rows:
        row = dict(zip(header, map(str.strip, cells), strict=True))
        if not row["name"] or not row["group"]:
            raise DataError(f"{path}:{line}: a row needs a name and a group: fill them in")
        groups.setdefault(row["group"], []).append(row["name"])
    if not groups:
        raise DataError(f"{path}: holds no row under the header name,group")
    return groups


def _change(resume: Document, span: Span, new: str) -> Change:
    return Change(span.start, resume.text[span.start : span.end], new)


def _with_line(resume: Document, label: str, value: str) -> tuple[Document, int]:
    """The resume with a last line of label and value, and where the value begins."""
    head = f"{resume.text}\n{label}"
    return Document(resume.id, f"{head}{value}\n", resume.source), len(head)


def _of_the_person(resume: Document, spans: Sequence[Span]) -> Sequence[Span]:
    """The spans that share a word with the first: those of referees and the like stay."""
    words = [set(resume.text[span.start : span.end].lower().split()) for span in spans]
    return [span for span, mine in zip(spans, words, strict=True) if mine & words[0]]


def _named(resume: Document, spans: Sequence[Span], name: str) -> tuple[Document, list[int]]:
    """The resume under a name, and where the name begins each time."""
    if not spans:
        return Document(resume.id, f"{name}\n{resume.text}", resume.source), [0]
    made = swap("", resume, [_change(resume, span, name) for span in spans])
    shift, places = 0, []
    for span in spans:
        places.append(span.start + shift)
        shift += len(name) - (span.end - span.start)
    return made.after, places
