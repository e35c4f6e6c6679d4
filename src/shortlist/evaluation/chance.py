"""What chance alone gives on a set of judgments, and what no ranking can fall below or exceed."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from shortlist.evaluation.evaluation import Evaluation, measured
from shortlist.evaluation.metrics import PROBABILITIES, Question, measure, parse_metrics
from shortlist.evaluation.pool import Pool
from shortlist.evaluation.scores import FloatArray
from shortlist.records import Estimate, Measure

MOST_DRAWS, FEWEST_DRAWS = 400, 8
ROWS = 2_000_000
GUESSES = ("popularity", "job-only", "resume-only", "length")
HIGH_FLOOR = 0.25
"""Where even the worst order gets more than this, the floor is pointed out."""


@dataclass(frozen=True, slots=True)
class Band:
    """Where a metric can lie on a pool, and where random orders lie 95 times in 100."""

    metric: str
    worst: float
    random: float
    low: float
    high: float
    best: float


def bands(pool: Pool, question: Question) -> tuple[Band, ...]:
    """Return the band of each metric that reads the order of scores only.

    `random` is exact: the value of equal scores, which is the mean over all orders. Its band comes
    from random scores: 400 draws, or fewer on large pools, where the band is narrow.
    """
    kinds = parse_metrics(question.metrics)
    question = replace(
        question, metrics=tuple(m.name for m in kinds if m.kind not in PROBABILITIES)
    )
    rng = np.random.default_rng(question.seed)
    draws = int(np.clip(ROWS // len(pool), FEWEST_DRAWS, MOST_DRAWS))
    drawn = [_values(pool, rng.random(len(pool)), question) for _ in range(draws)]
    upward = np.empty(len(pool))
    upward[np.argsort(pool.grade, kind="stable")] = np.arange(len(pool))  # no two alike: no ties
    worst, random, best = (
        _values(pool, score, question) for score in (-upward, np.zeros(len(pool)), upward)
    )
    reach = _reach(draws)
    found = []
    for metric, value in random.items():
        of_draws = np.array([one[metric] for one in drawn])
        centre, spread = float(of_draws.mean()), float(of_draws.std(ddof=1)) * reach
        low, high = max(centre - spread, worst[metric]), min(centre + spread, best[metric])
        ends = min(low, value), max(high, value)
        found.append(Band(metric, worst[metric], value, *ends, best[metric]))
    return tuple(found)


def random_control(pool: Pool, question: Question, found: Sequence[Band]) -> Evaluation:
    """Return random order as a control: its mean, with the band as the interval."""
    equal = measured("random", pool, np.zeros(len(pool)), question)
    band = {one.metric: one for one in found}
    metrics = []
    for metric in equal.metrics:
        n = metric.estimate.n
        if metric.name in band:
            one = band[metric.name]
            estimate = Estimate(one.random, one.low, one.high, n)
        elif metric.estimate.value is None:
            estimate = metric.estimate
        else:
            estimate = Estimate(None, None, None, n, "random scores are no probabilities")
        metrics.append(Measure(metric.name, None, None, estimate))
    return replace(equal, metrics=tuple(metrics), bins=(), ece_by_chance=None)


def remarks(
    found: Sequence[Band], systems: Sequence[Evaluation], controls: Sequence[Evaluation]
) -> tuple[str, ...]:
    """Return what must be said of metrics that cannot tell these systems from chance or guessing.

    One sentence for each thing that is so, with all the metrics of which it is so. Controls count
    as guessing where they do not read both sides: those of `GUESSES`.
    """
    flat = [band for band in found if band.best - band.worst < 1e-9]
    rest = [band for band in found if band not in flat]
    values = {
        b.metric: [e.value for s in systems if (e := s[b.metric]).value is not None] for b in rest
    }
    lost = [b for b in rest if (v := values[b.metric]) and b.low <= min(v) and max(v) <= b.high]
    high = [band for band in rest if band.worst > HIGH_FLOOR]
    said = [
        _all(
            "{} cannot tell systems apart here: every order of these items gives the same, as with "
            "one candidate for each query",
            [f"{band.metric} ({band.best:.3f})" for band in flat],
        ),
        _all(
            "{} cannot tell a system here from a random order, which lies there 95 times in 100",
            [f"{band.metric} [{band.low:.3f}, {band.high:.3f}]" for band in lost],
        ),
        _all(
            "a random order, and the worst possible one, get {}: read values against these, not "
            "against 0",
            [f"{band.metric} {band.random:.3f} and {band.worst:.3f}" for band in high],
        ),
        *(_outguessed(rest, values, guess) for guess in controls if guess.system in GUESSES),
    ]
    return tuple(sentence for sentence in said if sentence)


def _outguessed(
    found: Sequence[Band], values: Mapping[str, Sequence[float]], guess: Evaluation
) -> str:
    """Say by which metrics a guess is above chance and no worse than the best system."""
    words = f"{guess.system}, which does not compare resume and job, does no worse than the best"
    return _all(
        f"{words} system by {{}}",
        [
            f"{band.metric} ({value:.3f})"
            for band in found
            if (value := guess[band.metric].value) is not None
            and values[band.metric]
            and value > band.high
            and value >= max(values[band.metric])
        ],
    )


def _all(words: str, metrics: Sequence[str]) -> str:
    return words.format(", ".join(metrics)) if metrics else ""


def _values(pool: Pool, score: FloatArray, question: Question) -> dict[str, float]:
    samples = measure(pool, score, question)
    return {name: s.value for name, s in samples.items() if s.value is not None}


def _reach(draws: int) -> float:
    """How many standard deviations of so many draws hold the next one 95 times in 100."""
    from scipy.stats import t

    return float(t.ppf(0.975, draws - 1)) * math.sqrt(1 + 1 / draws)
