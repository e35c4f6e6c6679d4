"""`shortlist compare`: ways of scoring side by side on a data set."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from shortlist.cli.options import (
    direction_option,
    format_option,
    model_option,
    out_option,
    policy_option,
    unjudged_option,
)
from shortlist.cli.output import check_folder, deliver
from shortlist.cli.progress import progress

if TYPE_CHECKING:
    from shortlist.dataset.folder import Dataset
    from shortlist.evaluation.pool import Pool
    from shortlist.evaluation.scores import Scores
    from shortlist.report.comparison import ComparisonRun
    from shortlist.scorers import Scorer

Direction = Literal["resumes", "jobs"]
Format = Literal["table", "json", "html"]

WORDS = ("bm25", "tfidf")
"""Baselines that look for words in common."""


@click.command()
@click.argument("dataset", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--scorers",
    "names",
    default="hybrid,learned,blend,bm25",
    show_default=True,
    metavar="NAME,...",
    help="Of learned, hybrid, blend, and the baselines bm25 and tfidf.",
)
@click.option("--weights", metavar="NAME=W,...", help="Weights of the hybrid's signals.")
@click.option(
    "--blend",
    "blend_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The blend's weights. Default: those that come with shortlist.",
)
@click.option(
    "--metrics",
    metavar="M,...",
    help="The first one decides. Default: ndcg@10,map,roc_auc.",
)
@direction_option
@click.option("--split", metavar="S", help="Compare on this split of the data set only.")
@unjudged_option
@click.option("--allow-leakage", is_flag=True, help="Use a split that shares texts with others.")
@model_option
@policy_option(
    "What is hidden from learned, hybrid and blend. The baselines read texts as they are."
)
@format_option("table", "json", "html")
@out_option
@click.option("--seed", type=int, default=0, show_default=True, help="Of resampling.")
def compare(
    dataset: Path,
    names: str,
    weights: str | None,
    blend_file: Path | None,
    metrics: str | None,
    direction: Direction,
    split: str | None,
    unjudged: Literal["auto", "skip", "irrelevant"],
    allow_leakage: bool,
    model: Path | None,
    policy: str,
    output: Format,
    out: Path | None,
    seed: int,
) -> None:
    """Compare scorers on DATASET: scores, agreement, ranking quality, disagreements, what to do.

    DATASET is a data set folder. With judgments, the better ranking is told by paired tests, and a
    recommendation follows: replace the hybrid score, blend, or keep both. Without, only how alike
    the scorers are.

    \b
    Examples:
      shortlist compare dataset/ --split test
      shortlist compare dataset/ --scorers hybrid,learned --direction jobs
      shortlist compare dataset/ --blend blend.json --format html --out compare.html
    """
    from shortlist.evaluation.comparison import compare_scorers
    from shortlist.evaluation.metrics import Question
    from shortlist.report.comparison import ComparisonRun
    from shortlist.scorers import learned_matcher, parse_weights, scorer

    check_folder(out)
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    given = parse_weights(weights) if weights is not None else None
    matcher = learned_matcher(model, policy=policy)
    by = {
        name: scorer(
            name,
            matcher,
            weights=given if name == "hybrid" else None,
            blend=blend_file if name == "blend" else None,
        )
        for name in wanted
        if name not in WORDS
    }
    work = _work(dataset, split, direction, unjudged, allow_leakage)
    scores = [_scored(name, by.get(name), work) for name in wanted]
    asked = tuple(name.strip() for name in metrics.split(",")) if metrics else ()
    judged = work.pool if work.grades else None
    found = compare_scorers(scores, judged, Question(asked, seed=seed), direction)
    run = ComparisonRun(
        comparison=found,
        source=str(dataset),
        written=datetime.now(),
        split=split or "",
        leaks=work.leaks,
        notes=tuple(_notes(work, by.values(), f"model {matcher.encoder.fingerprint[:12]}")),
        grades=work.grades,
    )
    deliver(_written(run, output), out)


@dataclass(frozen=True, slots=True)
class _Work:
    part: "Dataset"
    pool: "Pool"
    """The pairs to score; without judgments, all there are, with a grade that means nothing."""
    grades: dict[tuple[str, str], float]
    """By job and resume; empty without judgments."""
    leaks: tuple[str, ...]


def _work(
    folder: Path,
    split: str | None,
    direction: Direction,
    unjudged: Literal["auto", "skip", "irrelevant"],
    allow_leakage: bool,
) -> _Work:
    from shortlist.cli.judged import Asked, read_judged
    from shortlist.evaluation.pool import agreed, choose_unjudged, pool_of

    if not any((folder / f"judgments.jsonl{end}").exists() for end in ("", ".gz")):
        return _unjudged(folder, split, direction)
    judged = read_judged(folder, Asked(direction, split, None, None, allow_leakage))
    assert judged.part is not None  # a folder has one
    one = agreed(judged.judgments).judgments
    taken = choose_unjudged(one) if unjudged == "auto" else unjudged
    items = judged.part.resumes if direction == "resumes" else judged.part.jobs
    pool = pool_of(one, direction=direction, unjudged=taken, candidates=tuple(items))
    rows = zip(one.job.tolist(), one.resume.tolist(), one.grade.tolist(), strict=True)
    grades = {(one.jobs[job], one.resumes[resume]): grade for job, resume, grade in rows}
    return _Work(judged.part, pool, grades, judged.leaks)


def _unjudged(folder: Path, split: str | None, direction: Direction) -> _Work:
    """Return every pair of a data set that nobody judged."""
    from shortlist.dataset.folder import read_dataset
    from shortlist.evaluation.pool import pool_of
    from shortlist.evaluation.scores import judgments_of
    from shortlist.records import Judgment

    whole = read_dataset(folder)
    part = whole.part(split) if split else whole
    every = [Judgment(job, resume, 1.0) for job in part.jobs for resume in part.resumes]
    pool = pool_of(judgments_of(every), direction=direction, unjudged="skip")
    return _Work(part, pool, {}, ())


def _scored(name: str, by: "Scorer | None", work: _Work) -> "Scores":
    from shortlist.evaluation.controls import Texts, word_scores
    from shortlist.evaluation.scores import scores_of
    from shortlist.scorers.scoring import scores, wanted

    texts = Texts(work.part.jobs, work.part.resumes)
    if by is not None:
        with progress(f"Scoring with {name}") as done:
            return scores(by, wanted(work.pool), texts, done)
    pool = work.pool
    queries = [pool.queries[q] for q in pool.query.tolist()]
    items = [pool.items[i] for i in pool.item.tolist()]
    jobs, resumes = (queries, items) if pool.direction == "resumes" else (items, queries)
    found = word_scores("bm25" if name == "bm25" else "tfidf", pool, texts)
    return scores_of(name, jobs, resumes, found)


def _notes(work: _Work, scorers: "Iterable[Scorer]", model: str) -> list[str]:
    from shortlist.scorers import Blend

    notes = [f"Known issue of the data: {issue}." for issue in work.part.card.known_issues]
    notes.append(f"Scored with {model}.")
    for one in scorers:
        if isinstance(one, Blend):
            fit = one.file.fit
            told = f"{fit.data} ({fit.pairs:,} pairs of {fit.jobs:,} jobs)"
            notes.append(f"The blend's weights were fitted on {told}.")
            if not one.fits:
                notes.append("The blend was fitted with another model or policy: fit it anew.")
    return notes


def _written(run: "ComparisonRun", output: Format) -> str:
    if output == "html":
        from shortlist.report.comparison_html import comparison_html

        return comparison_html(run)
    from shortlist.report.comparison import comparison_json, comparison_table

    return comparison_json(run) if output == "json" else comparison_table(run)
