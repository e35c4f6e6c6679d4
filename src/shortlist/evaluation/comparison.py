"""Scorers compared on one set of pairs: distributions, agreement, quality, and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from shortlist.errors import ConfigError
from shortlist.evaluation.chance import bands, random_control
from shortlist.evaluation.contrast import (
    Disagreement,
    Distribution,
    Likeness,
    common,
    disagreements,
    distributions,
    likenesses,
)
from shortlist.evaluation.controls import popularity
from shortlist.evaluation.evaluation import (
    Difference,
    Evaluation,
    compare,
    corrected,
    evaluate_on,
    measured,
)
from shortlist.evaluation.files import Direction
from shortlist.evaluation.metrics import Question, suited
from shortlist.evaluation.pool import Pool
from shortlist.evaluation.recommendation import Recommendation, recommend
from shortlist.evaluation.scores import Scores

DECIDES = ("ndcg@10", "map", "roc_auc")
"""Metrics that are looked at where none is named; the first one decides."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the scorers' rankings are by judgments, beside controls, and paired tests."""

    question: Question
    systems: tuple[Evaluation, ...]
    controls: tuple[Evaluation, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that `compare` shows."""

    direction: Direction
    pairs: int
    queries: int
    items: int
    distributions: tuple[Distribution, ...]
    agreement: tuple[Likeness, ...]
    disagreements: tuple[Disagreement, ...]
    quality: Quality | None
    recommendation: Recommendation


def compare_scorers(
    systems: Sequence[Scores],
    pool: Pool | None,
    question: Question | None = None,
    direction: Direction = "resumes",
) -> Comparison:
    """Return scorers side by side.

    Args:
        systems: scores by at least two scorers with different names.
        pool: judged pairs; None where nobody judged them, and then nothing is said of quality.
        question: metrics, of which the first one decides; by default `DECIDES`.
        direction: what is ranked.

    Raises:
        ConfigError: there are fewer than two systems, or two have one name.
        DataError: no pair is scored by all.
    """
    names = [system.name for system in systems]
    if len(names) < 2 or len(set(names)) < len(names):
        raise ConfigError("name at least two scorers, each once")
    question = question or Question()
    pairs = common(systems, direction)
    quality = _quality(systems, pool, question) if pool else None
    return Comparison(
        direction,
        len(pairs.query),
        len(pairs.queries),
        len(pairs.items),
        distributions(pairs),
        likenesses(pairs, question.seed),
        disagreements(pairs),
        quality,
        _recommended(quality),
    )


def _recommended(quality: Quality | None) -> Recommendation:
    if quality is None:
        reason = "nobody judged these pairs: which scorer ranks better cannot be told"
        return Recommendation(None, None, (reason,))
    return recommend(quality.systems, quality.differences, quality.question.metrics[0])


def _quality(systems: Sequence[Scores], pool: Pool, question: Question) -> Quality:
    if not question.metrics:
        question = Question(DECIDES, question.relevant, question.threshold, question.seed)
    question = suited(question, pool)
    found = [evaluate_on(pool, system, question) for system in systems]
    controls = (
        random_control(pool, question, bands(pool, question)),
        measured("popularity", pool, popularity(pool), question),
    )
    decides = question.metrics[0]
    tested = [
        difference
        for a, b in combinations(found, 2)
        for difference in compare(a, b, question.seed)
        if difference.metric == decides
    ]
    return Quality(question, tuple(found), controls, corrected(tested))
