"""What is in a data set: counts, duplicates, conflicts, and what its splits share."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from shortlist.dataset.duplicates import fingerprint, near_duplicates, same_texts
from shortlist.dataset.folder import Dataset, Texts
from shortlist.dataset.splits import Leak, leaks


@dataclass(frozen=True, slots=True)
class TextCounts:
    """Texts of one kind."""

    ids: int
    distinct: int
    """Different texts, white space aside."""
    near_duplicates: int
    """Texts that are in a group of same or nearly same ones, less one for each group."""
    empty: int
    median_words: int
    judged: int
    """Ids that stand in a judgment."""


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """A group of resumes: how many, and how often its judged pairs fit."""

    attribute: str
    value: str
    resumes: int
    share: float
    """Of all resumes of the data set."""
    judged_pairs: int
    fitting_pairs: int


@dataclass(frozen=True, slots=True)
class Description:
    """What is in a data set."""

    name: str
    jobs: TextCounts
    resumes: TextCounts
    judgments: int
    pairs: int
    """Different pairs of job and resume that were judged."""
    grades: Mapping[float, int]
    annotators: Mapping[str, int]
    """How many judgments each annotator gave; `` for those without a name."""
    repeated: int
    """Judgments that say what the same annotator said already."""
    conflicting: int
    """Pairs of texts to which one annotator gave different grades."""
    resumes_per_job: Mapping[str, float]
    """Least, median and most judged resumes of a job."""
    single_candidate_jobs: int
    """Jobs with one judged resume: no ranking metric can tell systems apart on them."""
    groups: tuple[GroupCounts, ...]
    splits: Mapping[str, Mapping[str, int]]
    """Jobs, resumes and judgments of each split."""
    leaks: tuple[Leak, ...]
    known_issues: tuple[str, ...]
    test_only: bool


def describe(
    dataset: Dataset, groups: Mapping[str, Mapping[str, str]] | None = None
) -> Description:
    """Return what is in a data set.

    Args:
        dataset: as read from its folder.
        groups: group labels by attribute and resume.
    """
    judgments = dataset.judgments
    per_job = Counter(job for job, _ in {(j.job, j.resume) for j in judgments})
    repeated, conflicting = _contradictions(dataset)
    return Description(
        name=dataset.name,
        jobs=_texts(dataset.jobs, (j.job for j in judgments)),
        resumes=_texts(dataset.resumes, (j.resume for j in judgments)),
        judgments=len(judgments),
        pairs=sum(per_job.values()),
        grades=dict(sorted(Counter(j.grade for j in judgments).items())),
        annotators=dict(sorted(Counter(j.annotator for j in judgments).items())),
        repeated=repeated,
        conflicting=conflicting,
        resumes_per_job=_spread(per_job.values()),
        single_candidate_jobs=sum(count == 1 for count in per_job.values()),
        groups=tuple(_groups(dataset, groups or {})),
        splits={
            name: {
                "jobs": len(split.jobs),
                "resumes": len(split.resumes),
                "judgments": sum(split.holds(j) for j in judgments),
            }
            for name, split in dataset.splits.items()
        },
        leaks=leaks(dataset),
        known_issues=dataset.card.known_issues,
        test_only=dataset.card.test_only,
    )


def _texts(texts: Texts, judged: Iterable[str]) -> TextCounts:
    words = [len(text.split()) for text in texts.values()]
    return TextCounts(
        ids=len(texts),
        distinct=len(texts) - sum(len(group) - 1 for group in same_texts(texts)),
        near_duplicates=sum(len(group) - 1 for group in near_duplicates(texts)),
        empty=words.count(0),
        median_words=round(median(words)) if words else 0,
        judged=len(set(judged)),
    )


def _contradictions(dataset: Dataset) -> tuple[int, int]:
    """How many judgments are repeated, and how many pairs of texts have different grades."""
    said: dict[tuple[str, str, str], set[float]] = defaultdict(set)
    repeated = 0
    text_of = {
        "job": {name: fingerprint(text) for name, text in dataset.jobs.items()},
        "resume": {name: fingerprint(text) for name, text in dataset.resumes.items()},
    }
    for j in dataset.judgments:
        grades = said[text_of["job"][j.job], text_of["resume"][j.resume], j.annotator]
        repeated += j.grade in grades
        grades.add(j.grade)
    return repeated, sum(len(grades) > 1 for grades in said.values())


def _spread(counts: Iterable[int]) -> dict[str, float]:
    ordered = sorted(counts)
    if not ordered:
        return {}
    return {"least": ordered[0], "median": median(ordered), "most": ordered[-1]}


def _groups(dataset: Dataset, groups: Mapping[str, Mapping[str, str]]) -> Iterable[GroupCounts]:
    for attribute, values in groups.items():
        of_resume = {name: values.get(name, "unknown") for name in dataset.resumes}
        judged = Counter(of_resume[j.resume] for j in dataset.judgments)
        fitting = Counter(of_resume[j.resume] for j in dataset.judgments if j.grade > 0)
        for value, count in sorted(Counter(of_resume.values()).items()):
            yield GroupCounts(
                attribute,
                value,
                count,
                count / len(of_resume),
                judged[value],
                fitting[value],
            )
