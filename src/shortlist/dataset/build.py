"""A dataset folder to train on, made of resumes with categories and of jobs.

Positive pairs are those of a category and the jobs that it fits; negatives are resumes of other
categories, resumes with too few years, resumes weakened by taking out what answers a requirement,
and, where a model mines them, near misses. Only the training part is augmented: validation and test
hold texts as people wrote them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from shortlist.dataset.augment import reworded, weakened
from shortlist.dataset.card import Card
from shortlist.dataset.folder import Dataset, Split, read_dataset
from shortlist.dataset.groups import read_groups
from shortlist.dataset.pairing import Similar, TitleWords, by_mapping, by_title
from shortlist.dataset.signals import evidence, made_junior, skill_names
from shortlist.dataset.splits import split_dataset
from shortlist.dataset.writing import Ask, job_for, paraphrased, resume_for
from shortlist.errors import ConfigError, DataError
from shortlist.extraction.passages import passages
from shortlist.extraction.tenure import tenure, years_said
from shortlist.masking import Masker
from shortlist.records import Document, Judgment

CATEGORY = "category"
MADE = "made"
"""The attribute of groups.csv that says how a resume came about."""
WRITTEN = "written by a language model"
TRAIN = "train"
LACKING = 0.5
"""A resume with less than this share of the years that a job asks for does not fit it."""

Mine = Callable[[Dataset, Mapping[str, str]], Sequence[Judgment]]
"""A training part and the categories of its resumes to judgments of grade 0."""


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """How a data set is built."""

    mapping: TitleWords | None = None
    """Category -> words of job titles; without it titles are compared with names of categories."""
    per_job: int = 8
    """Most positive pairs of a job, and as many negatives of other categories."""
    weakened: int = 1
    """Weakened resumes for each job of the training part; 0 for none."""
    juniors: int = 1
    """For each job of the training part that asks for years or a senior, resumes made those of
    juniors; 0 for none."""
    lines: int = 2
    """For each job of the training part, requirements that are paired with a line of a resume that
    answers them; 0 for none."""
    skills: int = 0
    """Pairs of a skill with an alias, or with one that implies it, in the training part."""
    reworded: int = 1
    """Resumes written otherwise for each resume of the training part; 0 for none."""
    written: int = 2
    """Jobs that a language model writes for a category without any, where there is a model."""
    policy: str = "standard"
    """What is hidden from texts that are sent to a language model."""
    seed: int = 0

    def __post_init__(self) -> None:
        if self.per_job < 1:
            raise ConfigError("--per-job: must be at least 1")
        for name in ("weakened", "juniors", "lines", "skills", "reworded", "written"):
            if getattr(self, name) < 0:
                raise ConfigError(f"--{name}: must be at least 0")


@dataclass(frozen=True, slots=True)
class Built:
    """A data set with its groups, and what people should know of how it was made."""

    dataset: Dataset
    groups: Mapping[str, Mapping[str, str]]
    notes: tuple[str, ...]


def build_dataset(
    sources: Sequence[Path],
    settings: BuildSettings,
    *,
    similar: Similar,
    ask: Ask | None = None,
    mine: Mine | None = None,
) -> Built:
    """Return a data set to train on.

    Args:
        sources: dataset folders with resumes, whose groups.csv has a `category`, and with jobs.
            Their own judgments are kept.
        settings: how.
        similar: compares titles with categories.
        ask: a language model; without one, nothing is written by one, and the notes say so.
        mine: finds near misses in the training part.

    Raises:
        DataError: a source is for tests only or malformed, two give different texts to one id, or
            no job fits a category of the resumes.
    """
    draft = _read(sources)
    random = Random(settings.seed)
    fitting = _fitting(draft, settings, similar)
    if ask is None:
        draft.notes.append("No language model was named: no job, resume or paraphrase was written.")
    else:
        fitting |= _write(draft, fitting, settings, ask)
    if not fitting and not draft.judgments:
        raise DataError(
            "no job fits a category of the resumes: state which with --mapping, and see that "
            "groups.csv has a `category` for them"
        )
    draft.judge(_pairs(draft, fitting, settings.per_job, random))
    splitting = split_dataset(draft.dataset(), seed=settings.seed)
    splits = {name: _as_people_wrote(name, one, draft) for name, one in splitting.splits.items()}
    _augment(draft, splits, settings, ask)
    if mine is not None:
        draft.judge(mine(replace(draft.dataset(), splits=splits).part(TRAIN), draft.category))
    _single(draft, splits, settings)
    draft.notes += _counted(draft, splitting.dropped)
    return Built(replace(draft.dataset(), splits=splits), draft.groups_of_all(), tuple(draft.notes))


@dataclass(slots=True)
class _Draft:
    """A data set in the making."""

    jobs: dict[str, str] = field(default_factory=dict)
    resumes: dict[str, str] = field(default_factory=dict)
    judgments: dict[tuple[str, str, str], Judgment] = field(default_factory=dict)
    groups: dict[str, dict[str, str]] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    """Resume or job -> how it came about, where it is not as it was."""
    cards: list[Card] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def category(self) -> dict[str, str]:
        """The category of each resume that has one."""
        return self.groups.setdefault(CATEGORY, {})

    def judge(self, judgments: Iterable[Judgment]) -> None:
        """Add judgments; where a pair is judged already, that stands."""
        for one in judgments:
            self.judgments.setdefault((one.job, one.resume, one.annotator), one)

    def copy(self, name: str, text: str, original: str, made: str) -> None:
        """Add a resume made of another, whose groups it shares."""
        self.resumes[name] = text
        self.made[name] = made
        for values in self.groups.values():
            if original in values:
                values[name] = values[original]

    def worse(self, job: str, original: str, text: str, made: str) -> None:
        """Add a copy of a resume that does not fit a job, if it differs."""
        if text != self.resumes[original]:
            name = f"{original} {made} for {job}"
            self.copy(name, text, original, made)
            self.judge([Judgment(job, name, 0.0)])

    def single(self, name: str, asked: str, said: Mapping[str, float], made: str) -> None:
        """Add one thing that is asked for, with short texts and whether they answer it."""
        if name in self.jobs:
            return
        self.jobs[name], self.made[name] = asked, made
        for number, (text, grade) in enumerate(said.items(), 1):
            answer = f"answer {number} to {name}"
            self.resumes[answer], self.made[answer] = text, made
            self.judge([Judgment(name, answer, grade)])

    def dataset(self) -> Dataset:
        """Return what there is so far, without splits."""
        judged = tuple(self.judgments.values())
        return Dataset("built", self.jobs, self.resumes, judged, card=self._card())

    def groups_of_all(self) -> Mapping[str, Mapping[str, str]]:
        """Return the group labels, with how each resume came about among them."""
        made = {name: self.made.get(name, "as it was") for name in self.resumes}
        return {**self.groups, MADE: made}

    def _card(self) -> Card:
        return Card(
            origin="built by `shortlist data build` of " + "; ".join(c.origin for c in self.cards),
            licence="; ".join(dict.fromkeys(card.licence or "not stated" for card in self.cards)),
            known_issues=tuple(dict.fromkeys(i for card in self.cards for i in card.known_issues)),
        )


def _read(sources: Sequence[Path]) -> _Draft:
    draft = _Draft()
    for folder in sources:
        found = read_dataset(folder)
        if found.card.test_only:
            raise DataError(f"{folder}: is for tests only, as its README says: leave it out")
        for there, new in ((draft.jobs, found.jobs), (draft.resumes, found.resumes)):
            for name, text in new.items():
                if there.setdefault(name, text) != text:
                    raise DataError(f"{folder}: {name!r} is another text in another source")
        draft.judge(found.judgments)
        draft.cards.append(found.card)
        if (folder / "groups.csv").exists():
            for attribute, values in read_groups(folder / "groups.csv").items():
                draft.groups.setdefault(attribute, {}).update(values)
    return draft


def _fitting(draft: _Draft, settings: BuildSettings, similar: Similar) -> dict[str, frozenset[str]]:
    """Return the categories that fit each job, of those that resumes have."""
    there = sorted(set(draft.category.values()))
    if settings.mapping is None:
        return by_title(draft.jobs, there, similar)
    unknown = sorted(settings.mapping.keys() - set(there))
    if unknown:
        draft.notes.append(f"The mapping names categories of no resume: {', '.join(unknown)}.")
    named = {name: words for name, words in settings.mapping.items() if name in there}
    return by_mapping(draft.jobs, named)


def _write(
    draft: _Draft, fitting: Mapping[str, frozenset[str]], settings: BuildSettings, ask: Ask
) -> dict[str, frozenset[str]]:
    """Have jobs written for categories without one, and resumes for jobs without a category."""
    masker, random = Masker(settings.policy), Random(settings.seed)
    served = frozenset().union(*fitting.values())
    found = {}
    for category, names in sorted(_members(draft.category).items()):
        if category not in served:
            for name in random.sample(names, min(settings.written, len(names))):
                job = f"job for {name}"
                masked = masker(Document(name, draft.resumes[name]))
                draft.jobs[job] = job_for(masked.text, ask)
                draft.made[job] = WRITTEN
                found[job] = frozenset((category,))
    for name in sorted(draft.jobs.keys() - fitting.keys() - found.keys()):
        resume = f"resume for {name}"
        draft.resumes[resume] = resume_for(masker(Document(name, draft.jobs[name])).text, ask)
        draft.made[resume] = WRITTEN
        draft.judge([Judgment(name, resume, 1.0)])
    return found


def _pairs(
    draft: _Draft, fitting: Mapping[str, frozenset[str]], most: int, random: Random
) -> Iterator[Judgment]:
    """Yield pairs of a job and resumes: of its categories, or with too few years, or of others."""
    members = _members(draft.category)
    years = _years(draft.resumes) if any(map(years_said, draft.jobs.values())) else {}
    for job, categories in fitting.items():
        own = sorted(name for category in categories for name in members.get(category, ()))
        others = sorted(
            name for c, names in members.items() if c not in categories for name in names
        )
        asked = years_said(draft.jobs[job])
        for name in random.sample(own, min(most, len(own))):
            lacks = asked is not None and years.get(name, asked) < LACKING * asked
            yield Judgment(job, name, 0.0 if lacks else 1.0)
        for name in random.sample(others, min(most, len(others))):
            yield Judgment(job, name, 0.0)


def _as_people_wrote(name: str, split: Split, draft: _Draft) -> Split:
    """Return a split; unless it is the training part, without what a language model wrote."""
    if name == TRAIN:
        return split
    return Split(split.jobs - draft.made.keys(), split.resumes - draft.made.keys())


def _augment(
    draft: _Draft, splits: dict[str, Split], settings: BuildSettings, ask: Ask | None
) -> None:
    """Add changed copies of resumes to the training part."""
    with _added_to_training(draft, splits) as positive:
        _weaken(draft, positive, settings)
        _reword(draft, positive, settings, ask)


@contextmanager
def _added_to_training(
    draft: _Draft, splits: dict[str, Split]
) -> Iterator[Mapping[str, list[str]]]:
    """Give the resumes that fit each job of the training part, to which all is added within."""
    part = replace(draft.dataset(), splits=splits).part(TRAIN)
    elsewhere = draft.jobs.keys() - part.jobs.keys(), draft.resumes.keys() - part.resumes.keys()
    positive: dict[str, list[str]] = defaultdict(list)
    for judgment in part.judgments:
        if judgment.grade > 0:
            positive[judgment.job].append(judgment.resume)
    yield positive
    jobs, resumes = draft.jobs.keys() - elsewhere[0], draft.resumes.keys() - elsewhere[1]
    splits[TRAIN] = Split(frozenset(jobs), frozenset(resumes))


def _weaken(draft: _Draft, positive: Mapping[str, list[str]], settings: BuildSettings) -> None:
    for job, names in positive.items():
        for number, name in enumerate(names[: settings.weakened]):
            weaker = weakened(draft.jobs[job], draft.resumes[name], seed=settings.seed + number)
            draft.worse(job, name, weaker, "weakened")
        for name in names[: settings.juniors]:
            junior = made_junior(draft.jobs[job], draft.resumes[name])
            draft.worse(job, name, junior, "made junior")


def _single(draft: _Draft, splits: dict[str, Split], settings: BuildSettings) -> None:
    """Add single lines and names of skills to the training part: after mining, which takes whole
    resumes."""
    with _added_to_training(draft, splits) as positive:
        _add_lines(draft, positive, settings)
        _add_skills(draft, settings)


def _add_lines(draft: _Draft, positive: Mapping[str, list[str]], settings: BuildSettings) -> None:
    random = Random(settings.seed)
    for job, names in positive.items():
        found = evidence(
            draft.jobs[job], draft.resumes[names[0]], most=settings.lines, random=random
        )
        for number, one in enumerate(found):
            said = {one.answer: 1.0} if one.other is None else {one.answer: 1.0, one.other: 0.0}
            draft.single(
                f"requirement {number + 1} of {job}", one.requirement, said, "a single line"
            )


def _add_skills(draft: _Draft, settings: BuildSettings) -> None:
    for number, (asked, said) in enumerate(skill_names(settings.skills, Random(settings.seed))):
        draft.single(f"lexicon skill {number + 1}", asked, {said: 1.0}, "the name of a skill")


def _reword(
    draft: _Draft, positive: Mapping[str, list[str]], settings: BuildSettings, ask: Ask | None
) -> None:
    masker = Masker(settings.policy)
    wanted: dict[str, list[str]] = defaultdict(list)
    for job, names in positive.items():
        for name in names:
            wanted[name].append(job)
    for name, jobs in wanted.items():
        text = draft.resumes[name]
        copies = {
            f"{name} reworded {number + 1}": reworded(text, seed=settings.seed + number)
            for number in range(settings.reworded)
        }
        if ask is not None:
            copies[f"{name} paraphrased"] = paraphrased(masker(Document(name, text)).text, ask)
        for copy, said in copies.items():
            if said != text:
                draft.copy(copy, said, name, copy.removeprefix(f"{name} ").partition(" ")[0])
                draft.judge(Judgment(job, copy, 1.0) for job in jobs)


def _members(category: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, value in category.items():
        found[value].append(name)
    return found


def _years(resumes: Mapping[str, str]) -> dict[str, float]:
    """Return the years at work that resumes show, where they show any."""
    found = {name: tenure(text, passages(text)).total for name, text in resumes.items()}
    return {name: years for name, years in found.items() if years is not None}


def _counted(draft: _Draft, dropped: int) -> Iterator[str]:
    grades = Counter(judgment.grade > 0 for judgment in draft.judgments.values())
    yield f"{grades[True]:,} pairs fit, {grades[False]:,} do not; {dropped:,} are in no split."
    for made, count in sorted(Counter(draft.made.values()).items()):
        yield f"{count:,} texts are {made}: in the training part alone."
