"""Which group each scored row belongs to, and which groups can be compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from shortlist.audit.rates import IntArray
from shortlist.evaluation.scores import Scores

UNKNOWN = "unknown"
FEWEST = 5
"""A rate needs so many people, and so many rows that it is among, or `min_n` if that is less."""

JOINT = "+"
"""Joins the names of an intersection: `race+sex`, `Black+female`."""

SMALLEST_SHARE = 0.02
"""A category with less than this share of the data may be left out of impact ratios, with its
count and rate still listed (New York City, Local Law 144 of 2021; 6 RCNY 5-301)."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """An attribute, or an intersection of two, and the group of each resume.

    `names` are the groups in order, `unknown` last where there is one; `of_resume` [r] is a
    position in `names`.
    """

    attribute: str
    names: tuple[str, ...]
    of_resume: IntArray


@dataclass(frozen=True, slots=True)
class Grouped:
    """A grouping over the rows of scores.

    `code` [n] is the group of each row, `count` [k] the rows and `people` [k] the resumes of each
    group. `unfit` says why a group is not estimated, `set_aside` why it is not compared; "" where
    it is. `compared` holds the positions of those that are.
    """

    attribute: str
    names: tuple[str, ...]
    of_resume: IntArray
    code: IntArray
    count: IntArray
    people: IntArray
    unfit: tuple[str, ...]
    set_aside: tuple[str, ...]
    compared: IntArray


def groupings(groups: Mapping[str, Mapping[str, str]], resumes: Sequence[str]) -> list[Grouping]:
    """Return one grouping per attribute, then one per pair of attributes."""
    single = [_of_attribute(name, values, resumes) for name, values in groups.items()]
    return single + [_joint(a, b) for a, b in combinations(single, 2)]


def grouped(grouping: Grouping, scores: Scores, min_n: int) -> Grouped:
    """Return the grouping over the rows of scores.

    Groups under `min_n` rows are not estimated, nor are those of fewer than 5 people (or `min_n`,
    if less), however often these were scored.
    """
    k = len(grouping.names)
    code = grouping.of_resume[scores.resume]
    count = np.bincount(code, minlength=k)
    people = np.bincount(
        grouping.of_resume[np.flatnonzero(np.bincount(scores.resume))], minlength=k
    )
    least = min(min_n, FEWEST)
    unfit = tuple(
        f"{n} rows, fewer than {min_n}"
        if n < min_n
        else f"{who} people, fewer than {least}"
        if who < least
        else ""
        for n, who in zip(count, people, strict=True)
    )
    known = [
        "not compared: not known which group they belong to"
        if name == UNKNOWN
        else f"not compared: {n / max(len(scores), 1):.1%} of the rows, under "
        f"{SMALLEST_SHARE:.0%} (6 RCNY 5-301)"
        if n < SMALLEST_SHARE * len(scores)
        else ""
        for name, n in zip(grouping.names, count, strict=True)
    ]
    set_aside = tuple(few or other for few, other in zip(unfit, known, strict=True))
    compared = np.flatnonzero([reason == "" for reason in set_aside])
    return Grouped(
        grouping.attribute,
        grouping.names,
        grouping.of_resume,
        code,
        count,
        people,
        unfit,
        set_aside,
        compared,
    )


def _of_attribute(name: str, values: Mapping[str, str], resumes: Sequence[str]) -> Grouping:
    each = [values.get(resume, UNKNOWN) for resume in resumes]
    return _grouping(name, each)


def _joint(a: Grouping, b: Grouping) -> Grouping:
    each = [
        UNKNOWN if UNKNOWN in (one, other) else f"{one}{JOINT}{other}"
        for one, other in zip(_names(a), _names(b), strict=True)
    ]
    return _grouping(f"{a.attribute}{JOINT}{b.attribute}", each)


def _names(grouping: Grouping) -> list[str]:
    return [grouping.names[code] for code in grouping.of_resume]


def _grouping(attribute: str, each: Sequence[str]) -> Grouping:
    names = tuple(sorted(set(each), key=lambda name: (name == UNKNOWN, name)))
    position = {name: i for i, name in enumerate(names)}
    codes = np.fromiter((position[name] for name in each), np.int64, len(each))
    return Grouping(attribute, names, codes)
