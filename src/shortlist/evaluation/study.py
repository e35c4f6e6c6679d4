"""Systems, controls and annotators beside each other on one set of judgments: the whole table."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np

from shortlist.errors import ConfigError
from shortlist.evaluation import annotators
from shortlist.evaluation.annotators import Agreement
from shortlist.evaluation.chance import Band, bands, random_control, remarks
from shortlist.evaluation.controls import Texts, controls
from shortlist.evaluation.evaluation import (
    Difference,
    Evaluation,
    compare,
    corrected,
    evaluate_on,
    measured,
    without_score,
)
from shortlist.evaluation.files import Direction
from shortlist.evaluation.metrics import Question, suited
from shortlist.evaluation.pool import (
    Agreed,
    Pool,
    Unjudged,
    agreed,
    align,
    choose_unjudged,
    pool_of,
)
from shortlist.evaluation.scores import Judgments, Scores

COMPARED = ("popularity", "bm25")
"""Controls that every system is compared with, unless it is said whom to compare with."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the systems are judged on."""

    direction: Direction = "resumes"
    """Whether resumes are ranked for a job, or jobs for a resume."""
    unjudged: Unjudged | None = None
    """How pairs that nobody judged are taken; by default as `choose_unjudged` says."""
    texts: Texts | None = None
    """For the controls that read."""
    candidates: Collection[str] = ()
    """The items that every query could have found, where unjudged pairs count."""
    thresholds: Mapping[str, float] = field(default_factory=dict)
    """Where each system's score is cut, by its name; else where the question says."""
    against: Collection[str] = ()
    """Systems that the others are compared with; by default each other, and `COMPARED`."""


@dataclass(frozen=True, slots=True)
class Table:
    """Systems and controls on one pool."""

    name: str
    """Whose judgments they are: an annotator's name, or empty for all together."""
    direction: Direction
    unjudged: Unjudged
    queries: int
    items: int
    pairs: int
    systems: tuple[Evaluation, ...]
    controls: tuple[Evaluation, ...]


@dataclass(frozen=True, slots=True)
class Unused:
    """What was read and could not be used. Scores and pairs are counted by system."""

    conflicting_judgments: int
    """Pairs left out because one annotator gave them two different grades."""
    repeated_judgments: int
    """Judgments that say the same again; they count once."""
    queries_without_fit: int
    """Queries in which nothing fits: they define no MAP, MRR, recall."""
    queries_with_equal_grades: int
    """Queries that define no rank correlation."""
    scores_not_judged: Mapping[str, int]
    """Scores of pairs that are not ranked, as nobody judged them."""
    pairs_not_scored: Mapping[str, int]
    """Pairs that a system gave no score: they count as ranked last, and in no pair metric."""


@dataclass(frozen=True, slots=True)
class Study:
    """Everything that `evaluate` shows."""

    question: Question
    table: Table
    comparisons: tuple[Difference, ...]
    bands: tuple[Band, ...]
    remarks: tuple[str, ...]
    annotators: tuple[Table, ...]
    agreement: tuple[Agreement, ...]
    unused: Unused


def study(
    judgments: Judgments,
    systems: Sequence[Scores],
    question: Question | None = None,
    setting: Setting | None = None,
) -> Study:
    """Return systems beside controls, comparisons, annotators, and what was not used.

    Args:
        judgments: grades of pairs, by one or more annotators.
        systems: scores of the systems, by different names.
        question: metrics, what counts as fitting, seed.
        setting: direction, texts, and whom to compare with.

    Raises:
        ConfigError: a metric is unknown, or two systems have one name.
        DataError: there are no judgments, or no score of a system is of a judged pair.
    """
    question, setting = question or Question(), setting or Setting()
    names = [system.name for system in systems]
    if len(set(names)) < len(names):
        raise ConfigError(f"two of {', '.join(names)} have one name: write NAME=FILE")
    whole = agreed(judgments)
    setting = replace(setting, unjudged=setting.unjudged or choose_unjudged(whole.judgments))
    pool = _pool(whole.judgments, systems, setting)
    question = suited(question, pool)
    found = bands(pool, question)
    table = _table("", pool, systems, question, setting, found)
    humans = annotators.named(judgments)
    if humans:
        ceiling = annotators.human(judgments, humans, question, setting.direction)
        table = replace(table, controls=(*table.controls, ceiling))
    return Study(
        question=question,
        table=table,
        comparisons=_comparisons(table, setting, question.seed),
        bands=found,
        remarks=remarks(found, table.systems, table.controls),
        annotators=tuple(_by(judgments, name, systems, question, setting) for name in humans),
        agreement=annotators.agreement(judgments, setting.direction, question.seed),
        unused=_unused(pool, table, whole, question.relevant),
    )


def _pool(judgments: Judgments, systems: Sequence[Scores], setting: Setting) -> Pool:
    return pool_of(
        judgments,
        systems,
        direction=setting.direction,
        unjudged=setting.unjudged,
        candidates=setting.candidates,
    )


def _table(
    name: str,
    pool: Pool,
    systems: Sequence[Scores],
    question: Question,
    setting: Setting,
    found: Sequence[Band],
) -> Table:
    rows = []
    for system in systems:
        threshold = setting.thresholds.get(system.name, question.threshold)
        rows.append(evaluate_on(pool, system, replace(question, threshold=threshold)))
    blind = replace(question, threshold=None)
    beside = [random_control(pool, blind, found)]
    for control in controls(pool, setting.texts, relevant=question.relevant, seed=question.seed):
        if control.score is None:
            beside.append(without_score(control.name, blind, control.reason))
        else:
            beside.append(measured(control.name, pool, control.score, blind))
    return Table(
        name=name,
        direction=pool.direction,
        unjudged=pool.unjudged,
        queries=len(pool.queries),
        items=len(pool.items),
        pairs=len(pool),
        systems=tuple(rows),
        controls=tuple(beside),
    )


def _by(
    judgments: Judgments,
    annotator: str,
    systems: Sequence[Scores],
    question: Question,
    setting: Setting,
) -> Table:
    """Return the table by one annotator's word, with the others as a control.

    A system without a score for any pair of the annotator is left out.
    """
    pool = _pool(agreed(annotators.of(judgments, annotator)).judgments, systems, setting)
    systems = [system for system in systems if align(pool, system).missing < len(pool)]
    table = _table(annotator, pool, systems, question, setting, bands(pool, question))
    ceiling = annotators.human(judgments, (annotator,), question, setting.direction)
    return replace(table, controls=(*table.controls, ceiling))


def _comparisons(table: Table, setting: Setting, seed: int) -> tuple[Difference, ...]:
    """Compare systems with those named; or with each other, and with two controls."""
    if setting.against:
        others = [s for s in table.systems if s.system in setting.against]
        pairs = [(s, other) for s in table.systems if s not in others for other in others]
    else:
        pairs = list(combinations(table.systems, 2))
        pairs += [(s, c) for s in table.systems for c in table.controls if c.system in COMPARED]
    differences = [d for a, b in pairs for d in compare(a, b, seed)]
    return corrected([d for d in differences if d.p is not None or d.b not in COMPARED])


def _unused(pool: Pool, table: Table, whole: Agreed, relevant: float) -> Unused:
    fits = np.bincount(pool.query, pool.grade >= relevant, len(pool.queries))
    last = np.searchsorted(pool.query, np.arange(len(pool.queries)), side="right") - 1
    first = np.searchsorted(pool.query, np.arange(len(pool.queries)))
    return Unused(
        conflicting_judgments=whole.conflicting,
        repeated_judgments=whole.repeated,
        queries_without_fit=int((fits == 0).sum()),
        queries_with_equal_grades=int((pool.best[first] == pool.best[last]).sum()),
        scores_not_judged={s.system: s.outside for s in table.systems},
        pairs_not_scored={s.system: s.missing for s in table.systems},
    )
