"""One system on one set of judgments, and two systems beside each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from shortlist.errors import DataError
from shortlist.evaluation.calibration import Bin, ece_by_chance, reliability
from shortlist.evaluation.metrics import FITS_FROM, Question, measure, suited
from shortlist.evaluation.pairs import pairs_of
from shortlist.evaluation.pool import Pool, agreed, align, pool_of
from shortlist.evaluation.resampling import (
    Sample,
    chance,
    difference,
    estimate,
    holm,
    not_estimated,
)
from shortlist.evaluation.scores import (
    FloatArray,
    Judgments,
    Scores,
    judgments_of,
    scores_of_rankings,
)
from shortlist.records import Estimate, Judgment, Measure, Ranking


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A system's metrics. Each `Measure` has a name and an estimate, and no group."""

    system: str
    metrics: tuple[Measure, ...]
    samples: Mapping[str, Sample] = field(repr=False)
    """What each query contributes to each metric: what `compare` needs."""
    missing: int = 0
    """Pairs to rank that the system gave no score: they count as ranked last."""
    outside: int = 0
    """Scores that were not used: nobody judged these pairs."""
    bins: tuple[Bin, ...] = ()
    ece_by_chance: float | None = None
    """The ECE that perfectly calibrated scores would stay below 95 times in 100."""

    def __getitem__(self, metric: str) -> Estimate:
        """Return the estimate of a metric."""
        return next(m.estimate for m in self.metrics if m.name == metric)


@dataclass(frozen=True, slots=True)
class Difference:
    """How far a metric of `a` is above that of `b`, and how often chance alone would be as far."""

    metric: str
    a: str
    b: str
    estimate: Estimate
    p: float | None
    p_holm: float | None
    """`p` after Holm's correction for all differences that were looked at together."""


def evaluate(
    rankings: Scores | Iterable[Ranking],
    judgments: Judgments | Iterable[Judgment],
    metrics: Sequence[str] = (),
    *,
    relevant: float = FITS_FROM,
    threshold: float | None = None,
    seed: int = 0,
) -> Evaluation:
    """Return how good rankings of resumes for jobs are by judgments.

    Args:
        rankings: a system's scores, or its rankings.
        judgments: grades of pairs; several annotators' grades of a pair are averaged.
        metrics: names such as `ndcg@10`, `map`, `roc_auc`; by default those that suit the grades.
        relevant: the lowest grade that fits, for metrics that know only yes and no.
        threshold: where a score is cut for accuracy, precision, recall and F1.
        seed: fixes the resampling.

    Raises:
        ConfigError: a metric is unknown.
        DataError: there are no judgments, a pair is scored twice, or no score is of a judged pair.

    Example:
        >>> from shortlist.records import Judgment, Match, Ranking
        >>> ranking = Ranking("job", (Match("ann", 1, 0.9), Match("bob", 2, 0.4)))
        >>> judged = [Judgment("job", "ann", 0), Judgment("job", "bob", 1)]
        >>> evaluate([ranking], judged, ["mrr"])["mrr"].value
        0.5
    """
    if not isinstance(rankings, Scores):
        rankings = scores_of_rankings("system", rankings)
    if not isinstance(judgments, Judgments):
        judgments = judgments_of(judgments)
    pool = pool_of(agreed(judgments).judgments, [rankings])
    question = suited(Question(tuple(metrics), relevant, threshold, seed), pool)
    return evaluate_on(pool, rankings, question)


def evaluate_on(pool: Pool, scores: Scores, question: Question) -> Evaluation:
    """Return how good a system's scores are on a pool.

    Raises:
        DataError: no score is of a pair of the pool.
    """
    aligned = align(pool, scores)
    if aligned.missing == len(pool):
        raise DataError(
            f"{scores.name}: none of its {len(scores)} scores is of a pair that is judged: "
            f"do the ids match? It has job {scores.jobs[0]!r}, the judgments {_job(pool)!r}"
        )
    found = measured(scores.name, pool, aligned.score, question)
    return replace(found, missing=aligned.missing, outside=aligned.outside)


def _job(pool: Pool) -> str:
    return (pool.queries if pool.direction == "resumes" else pool.items)[0]


def measured(name: str, pool: Pool, score: FloatArray, question: Question) -> Evaluation:
    """Return how good scores [n] are that stand in the pool's order."""
    samples = measure(pool, score, question)
    scored = pairs_of(pool, score, question.relevant)
    return Evaluation(
        system=name,
        metrics=tuple(
            Measure(metric, None, None, estimate(sample, question.seed))
            for metric, sample in samples.items()
        ),
        samples=samples,
        bins=reliability(scored),
        ece_by_chance=ece_by_chance(scored, question.seed),
    )


def without_score(name: str, question: Question, reason: str) -> Evaluation:
    """Return the evaluation of something that has no scores, for the reason."""
    samples = {metric: not_estimated(0, reason) for metric in question.metrics}
    metrics = [Measure(m, None, None, estimate(s)) for m, s in samples.items()]
    return Evaluation(name, tuple(metrics), samples)


def compare(a: Evaluation, b: Evaluation, seed: int = 0) -> tuple[Difference, ...]:
    """Return the paired difference in every metric that both have, with Holm's correction.

    Both must have been evaluated on the same pool. The test permutes the two systems within each
    query; see `resampling`.
    """
    found = [
        Difference(
            metric,
            a.system,
            b.system,
            difference(sample, b.samples[metric], seed),
            chance(sample, b.samples[metric], seed),
            None,
        )
        for metric, sample in a.samples.items()
        if metric in b.samples
    ]
    return corrected(found)


def corrected(differences: Sequence[Difference]) -> tuple[Difference, ...]:
    """Return differences with Holm's correction for all of them together."""
    tested = [d.p for d in differences if d.p is not None]
    adjusted = iter(holm(tested))
    return tuple(replace(d, p_holm=None if d.p is None else next(adjusted)) for d in differences)
