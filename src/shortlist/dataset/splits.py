"""Splits that share no resume and no job, nor near-duplicates of either."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from shortlist.dataset.duplicates import near_duplicates
from shortlist.dataset.folder import Dataset, Split, Texts
from shortlist.errors import ConfigError, DataError

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

FRACTIONS = {"train": 0.8, "validation": 0.1, "test": 0.1}


@dataclass(frozen=True, slots=True)
class Splitting:
    """Splits, and what it took to make them share nothing."""

    splits: Mapping[str, Split]
    judgments: Mapping[str, int]
    """How many judgments each split holds."""
    dropped: int
    """Judgments in no split: their job and their resume had to go to different ones."""
    near_duplicates: int
    """Jobs and resumes that were kept together with a text that is nearly the same."""


@dataclass(frozen=True, slots=True)
class Leak:
    """What two splits share: ids or near-duplicate texts of `kind` (jobs or resumes)."""

    a: str
    b: str
    kind: str
    same: int
    near: int

    def __str__(self) -> str:
        return (
            f"{self.a} and {self.b} share {self.same} {self.kind}, and {self.near} near-duplicates"
        )


def split_dataset(
    dataset: Dataset,
    fractions: Mapping[str, float] | None = None,
    *,
    strata: Mapping[str, str] | None = None,
    seed: int = 0,
) -> Splitting:
    """Return splits of about the given shares of the judgments, alike in their grades.

    Jobs and resumes that are linked by judgments go together wherever the parts this makes are
    small enough. Where nearly everything is linked, jobs are dealt out first, then each resume goes
    where its judgments are and are needed; judgments across splits are in none and are counted.

    Args:
        dataset: with judgments.
        fractions: the share of each split, by name; they add up to 1.
        strata: a group of each resume; splits are then made alike in these too, where possible.
        seed: decides between equals.

    Raises:
        ConfigError: the fractions are not above 0 or do not add up to 1.
        DataError: there are no judgments, or too few for each split to hold one that fits.
    """
    fractions = fractions or FRACTIONS
    if min(fractions.values()) <= 0 or abs(sum(fractions.values()) - 1) > 1e-6:
        raise ConfigError(f"fractions {dict(fractions)} must be above 0 and add up to 1")
    if not dataset.judgments:
        raise DataError(f"{dataset.name}: no judgments: nothing to split by")
    jobs, resumes = _Units.of(dataset.jobs), _Units.of(dataset.resumes)
    links = _links(dataset, jobs, resumes, strata or {})
    shares = np.array(list(fractions.values()))
    job_split, resume_split = _together(links, shares, seed)
    kept = np.bincount(job_split[links.job], links.fits, len(shares))
    if kept.min() == 0 or _off_balance(job_split[links.job], shares):
        job_split, resume_split = _apart(links, shares, seed)
    return _splitting(dataset, list(fractions), (jobs, resumes), (job_split, resume_split))


def leaks(dataset: Dataset) -> tuple[Leak, ...]:
    """Return what the splits of a data set share, two by two; nothing where they share nothing."""
    found = []
    for kind, texts in (("jobs", dataset.jobs), ("resumes", dataset.resumes)):
        members = {
            name: split.jobs if kind == "jobs" else split.resumes
            for name, split in dataset.splits.items()
        }
        listed = frozenset().union(*members.values())
        groups = near_duplicates({name: text for name, text in texts.items() if name in listed})
        for a, b in combinations(members, 2):
            same = members[a] & members[b]
            near = sum(
                bool((members[a] - same) & set(group)) and bool((members[b] - same) & set(group))
                for group in groups
            )
            if same or near:
                found.append(Leak(a, b, kind, len(same), near))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Units:
    """Texts put together with their near-duplicates: `of_id` gives the unit of each id."""

    of_id: Mapping[str, int]
    count: int
    joined: int

    @classmethod
    def of(cls, texts: Texts) -> "_Units":
        group_of = {name: group[0] for group in near_duplicates(texts) for name in group}
        first = {group_of.get(name, name) for name in texts}
        number = {name: i for i, name in enumerate(sorted(first))}
        of_id = {name: number[group_of.get(name, name)] for name in texts}
        return cls(of_id, len(first), len(texts) - len(first))


@dataclass(frozen=True, slots=True)
class _Links:
    """Judgments [n] between units, and the stratum of each."""

    job: IntArray
    resume: IntArray
    stratum: IntArray
    fits: FloatArray
    jobs: int
    resumes: int


def _links(dataset: Dataset, jobs: _Units, resumes: _Units, strata: Mapping[str, str]) -> _Links:
    labels = [(j.grade, strata.get(j.resume, "")) for j in dataset.judgments]
    number = {label: i for i, label in enumerate(sorted(set(labels)))}
    return _Links(
        np.array([jobs.of_id[j.job] for j in dataset.judgments]),
        np.array([resumes.of_id[j.resume] for j in dataset.judgments]),
        np.array([number[label] for label in labels]),
        np.array([float(j.grade > 0) for j in dataset.judgments]),
        jobs.count,
        resumes.count,
    )


def _together(links: _Links, shares: FloatArray, seed: int) -> tuple[IntArray, IntArray]:
    """Deal out whole sets of linked units, so that no judgment is lost."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size = links.jobs + links.resumes
    edges = coo_array(
        (np.ones(len(links.job)), (links.job, links.jobs + links.resume)), shape=(size, size)
    )
    part = connected_components(edges, directed=False)[1].astype(np.int64)
    judged = _counts(part[links.job], links.stratum, int(part.max()) + 1)
    unlinked = (judged.sum(axis=1) == 0).astype(float)  # units nobody judged are dealt out too
    split = _deal(np.column_stack((judged, unlinked)), shares, seed)
    return split[part[: links.jobs]], split[part[links.jobs :]]


def _apart(links: _Links, shares: FloatArray, seed: int) -> tuple[IntArray, IntArray]:
    """Deal out jobs, then resumes to where their judgments are and are still needed."""
    weight = _counts(links.job, links.stratum, links.jobs)
    job_split = _deal(np.column_stack((weight, weight.sum(axis=1) == 0)), shares, seed)
    mass = _counts(links.resume, links.stratum, links.resumes)
    kept = _counts(links.resume, job_split[links.job], links.resumes)
    kept = np.pad(kept, ((0, 0), (0, len(shares) - kept.shape[1])))
    target = shares[:, None] * mass.sum(axis=0)
    filled = np.zeros_like(target)
    judged = mass.sum(axis=1) > 0
    resume_split = np.zeros(links.resumes, np.int64)
    resume_split[~judged] = _deal(np.ones((int((~judged).sum()), 1)), shares, seed)
    for unit in _largest_first(mass, seed):
        if judged[unit]:
            need = (1 - filled / np.maximum(target, 1e-9)).clip(0) @ mass[unit]
            resume_split[unit] = int((kept[unit] * (need + 1e-6)).argmax())
            filled[resume_split[unit]] += mass[unit]
    return job_split, resume_split


def _deal(counts: FloatArray, shares: FloatArray, seed: int) -> IntArray:
    """Give each unit to the split that lacks most of what the unit has; no split stays empty.

    Args:
        counts: how much of each stratum a unit has [units, strata].
        shares: the share of each split.
        seed: decides the order of equal units.
    """
    total = np.maximum(counts.sum(axis=0), 1e-9)
    lacking = shares[:, None] * total
    split = np.zeros(len(counts), np.int64)
    empty = set(range(len(shares)))
    for place, unit in enumerate(_largest_first(counts, seed)):
        gain = lacking @ (counts[unit] / total)
        if len(counts) - place <= len(empty):
            gain[[i for i in range(len(shares)) if i not in empty]] = -np.inf
        chosen = int(gain.argmax())
        split[unit] = chosen
        lacking[chosen] -= counts[unit]
        empty.discard(chosen)
    return split


def _largest_first(counts: FloatArray, seed: int) -> IntArray:
    shuffled = np.random.default_rng(seed).permutation(len(counts))
    return shuffled[np.argsort(-counts.sum(axis=1)[shuffled], kind="stable")]


def _counts(rows: IntArray, columns: IntArray, length: int) -> FloatArray:
    width = int(columns.max(initial=0)) + 1
    return (
        np.bincount(rows * width + columns, minlength=length * width)
        .reshape(length, width)
        .astype(np.float64)
    )


def _off_balance(judged: IntArray, shares: FloatArray) -> bool:
    """Whether a split holds less than half or more than twice what it should."""
    ratio = np.bincount(judged, minlength=len(shares)) / len(judged) / shares
    return bool(ratio.min() < 0.5 or ratio.max() > 2)


def _splitting(
    dataset: Dataset,
    names: Sequence[str],
    units: tuple[_Units, _Units],
    dealt: tuple[IntArray, IntArray],
) -> Splitting:
    (jobs, resumes), (job_split, resume_split) = units, dealt
    splits = {
        name: Split(
            frozenset(job for job, unit in jobs.of_id.items() if job_split[unit] == i),
            frozenset(resume for resume, unit in resumes.of_id.items() if resume_split[unit] == i),
        )
        for i, name in enumerate(names)
    }
    held = {
        name: [judgment for judgment in dataset.judgments if split.holds(judgment)]
        for name, split in splits.items()
    }
    for name, judgments in held.items():
        if not any(judgment.grade > 0 for judgment in judgments):
            raise DataError(
                f"{dataset.name}: {len(dataset.jobs)} jobs and {len(dataset.resumes)} resumes are "
                f"too few: split {name!r} would hold no fitting pair; make fewer or larger splits"
            )
    counts = {name: len(judgments) for name, judgments in held.items()}
    dropped = len(dataset.judgments) - sum(counts.values())
    return Splitting(splits, counts, dropped, jobs.joined + resumes.joined)
