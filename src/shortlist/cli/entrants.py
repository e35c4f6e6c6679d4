"""The systems that `evaluate` judges: score files, and models that score the data set."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from shortlist.cli.judged import Judged
from shortlist.cli.progress import progress
from shortlist.errors import ConfigError
from shortlist.records import Document, Judgment

if TYPE_CHECKING:
    from shortlist.evaluation.scores import Scores
    from shortlist.matcher import Matcher

MOSTLY = 0.5
"""Where more than this share of all pairs of judged jobs and resumes was judged, all are scored."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The systems as they were named on the command line, each as `NAME=PATH` or `PATH`."""

    score_files: tuple[str, ...]
    models: tuple[str, ...]
    against: tuple[str, ...]
    policy: str
    direction: Literal["resumes", "jobs"]
    everyone: bool
    """Whether pairs that nobody judged are ranked too."""


@dataclass(frozen=True, slots=True)
class Entrants:
    """Scores of all systems, the names of those to compare with, and how models were used."""

    scores: tuple["Scores", ...]
    against: tuple[str, ...]
    notes: tuple[str, ...]


def entered(source: Path, judged: Judged, wanted: Wanted) -> Entrants:
    """Return the scores of every system; without any, those of the default model.

    Raises:
        ConfigError: a judgment file comes without scores, or a model has no texts to score.
        DataError: a score file is malformed.
        ModelError: a model folder cannot be used.
    """
    found: list[Scores] = [judged.own] if judged.own is not None else []
    notes: list[str] = []
    models = list(wanted.models)
    if not (found or wanted.score_files or models):
        if judged.part is None:
            raise ConfigError(f"{source}: judgments alone: name scores with --scores FILE")
        models = [""]
    others = []
    for text in (*wanted.score_files, *models, *wanted.against):
        name, path = named(text)
        if text in models or path.is_dir():
            scores, note = _of_model(name, path if text else None, judged, wanted)
            notes.append(note)
        else:
            scores = _of_file(name, path, wanted.direction)
            if scores.label is not None:
                notes.append(
                    f"{scores.name}: its labels are not used; the data set's judgments are."
                )
        found.append(scores)
        if text in wanted.against:
            others.append(scores.name)
    return Entrants(tuple(found), tuple(others), tuple(notes))


def _of_file(name: str, path: Path, direction: Literal["resumes", "jobs"]) -> "Scores":
    from shortlist.evaluation.files import read_scores

    return read_scores(path, name, direction=direction)


def _of_model(
    name: str, folder: Path | None, judged: Judged, wanted: Wanted
) -> "tuple[Scores, str]":
    """Return a model's scores of the pairs that are ranked, and how they came about."""
    from shortlist.matcher import Matcher

    if judged.part is None:
        raise ConfigError("--model: a model needs texts: name a data set folder instead of a file")
    name = name or (folder.resolve().name if folder else "shortlist")
    matcher = Matcher.load(folder, policy=wanted.policy)
    parts = [part for part in (judged.part, judged.fit_part) if part is not None]
    work = _Work(
        {id: text for part in parts for id, text in part.jobs.items()},
        {id: text for part in parts for id, text in part.resumes.items()},
        [judgment for part in parts for judgment in part.judgments],
    )
    with progress(f"Scoring with {name}") as done:
        scores = _scored(name, matcher, work, done, everyone=wanted.everyone)
    return scores, f"{name}: model {matcher.encoder.fingerprint[:12]}, policy {wanted.policy}."


@dataclass(frozen=True, slots=True)
class _Work:
    jobs: Mapping[str, str]
    resumes: Mapping[str, str]
    judgments: Sequence[Judgment]


def _scored(
    name: str, matcher: "Matcher", work: _Work, done: Callable[[float], None], *, everyone: bool
) -> "Scores":
    """Score every resume for every job, or where few pairs were judged, those pairs alone."""
    from shortlist.audit.matching import matcher_scores
    from shortlist.evaluation.scores import scores_of_rankings

    of_job: dict[str, list[str]] = {}
    for job, resume in dict.fromkeys((j.job, j.resume) for j in work.judgments):
        of_job.setdefault(job, []).append(resume)
    judged = list(dict.fromkeys(judgment.resume for judgment in work.judgments))
    pairs = sum(map(len, of_job.values()))
    if everyone or pairs > MOSTLY * len(of_job) * len(judged):
        resumes = list(work.resumes) if everyone else judged
        jobs = _documents(of_job, work.jobs)
        return matcher_scores(name, matcher, jobs, _documents(resumes, work.resumes), done)
    rankings = []
    for job, resumes in of_job.items():
        documents = _documents(resumes, work.resumes)
        rankings.append(matcher.rank(Document(job, work.jobs[job]), documents, detail=False))
        done(len(rankings) / len(of_job))
    return scores_of_rankings(name, rankings)


def _documents(ids: Iterable[str], texts: Mapping[str, str]) -> list[Document]:
    return [Document(id, texts[id]) for id in ids]


def named(text: str) -> tuple[str, Path]:
    """Take `NAME=PATH` apart; a path may hold `=` itself."""
    name, equals, path = text.partition("=")
    return (name, Path(path)) if equals and not Path(text).exists() else ("", Path(text))
