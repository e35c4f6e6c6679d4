"""Scorers side by side: how they lie, where they agree, and what follows."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import kendalltau, spearmanr

from shortlist.errors import ConfigError, DataError
from shortlist.evaluation.comparison import compare_scorers
from shortlist.evaluation.contrast import common, disagreements, distributions, likenesses
from shortlist.evaluation.metrics import Question
from shortlist.evaluation.pool import Pool, pool_of
from shortlist.evaluation.scores import Scores, judgments_of, scores_of
from shortlist.records import Judgment

JOBS, EACH = 30, 8


def system(name: str, values: NDArray[np.float64]) -> Scores:
    """Scores [jobs, resumes] under a name."""
    jobs = [f"job {i:02}" for i in range(values.shape[0]) for _ in range(values.shape[1])]
    resumes = [f"resume {i}" for _ in range(values.shape[0]) for i in range(values.shape[1])]
    return scores_of(name, jobs, resumes, values.ravel())


def truth(seed: int = 0) -> NDArray[np.float64]:
    return np.random.default_rng(seed).random((JOBS, EACH))


def judged(values: NDArray[np.float64]) -> Pool:
    """A pool in which the best half of each job's resumes fits."""
    rows = values >= np.median(values, axis=1)[:, None]
    every = [
        Judgment(f"job {j:02}", f"resume {r}", float(rows[j, r]))
        for j in range(values.shape[0])
        for r in range(values.shape[1])
    ]
    return pool_of(judgments_of(every))


def noisy(values: NDArray[np.float64], scale: float, seed: int) -> NDArray[np.float64]:
    return values + np.random.default_rng(seed).normal(scale=scale, size=values.shape)


def test_agreement_is_the_mean_over_jobs_of_rank_correlations() -> None:
    one, other = truth(), noisy(truth(), 0.3, 1)
    (alike,) = likenesses(common([system("a", one), system("b", other)]))
    spearman = np.mean([spearmanr(x, y).statistic for x, y in zip(one, other, strict=True)])
    kendall = np.mean([kendalltau(x, y).statistic for x, y in zip(one, other, strict=True)])
    same = np.mean(one.argmax(axis=1) == other.argmax(axis=1))
    assert alike.spearman.value == pytest.approx(spearman)
    assert alike.kendall.value == pytest.approx(kendall)
    assert alike.top.value == pytest.approx(same)
    assert alike.spearman.n == JOBS
    assert alike.spearman.low is not None
    assert alike.spearman.low < spearman


def test_the_same_scores_agree_and_the_opposite_ones_do_not() -> None:
    pairs = common([system("a", truth()), system("b", 2 * truth()), system("c", -truth())])
    found = {(one.a, one.b): one.spearman.value for one in likenesses(pairs)}
    assert found == {("a", "b"): 1.0, ("a", "c"): -1.0, ("b", "c"): -1.0}


def test_a_scorer_without_an_order_agrees_with_nobody_by_no_number() -> None:
    flat = system("flat", np.zeros((JOBS, EACH)))
    (alike,) = likenesses(common([system("a", truth()), flat]))
    assert alike.spearman.value is None
    assert "tell apart" in alike.spearman.reason


def test_disagreements_are_those_furthest_apart() -> None:
    other = truth()
    other[3] = -other[3]
    found = disagreements(common([system("a", truth()), system("b", other)]))
    assert {one.job for one in found} == {"job 03"}
    assert (found[0].items, abs(found[0].rank_a - found[0].rank_b)) == (EACH, EACH - 1)


def test_only_pairs_that_all_score_are_compared() -> None:
    short = scores_of("b", ["job 00", "job 99"], ["resume 0", "resume 0"], np.array([0.5, 0.1]))
    pairs = common([system("a", truth()), short])
    assert (pairs.queries, pairs.items, pairs.values.shape) == (("job 00",), ("resume 0",), (2, 1))
    with pytest.raises(DataError, match="no pair is scored by all"):
        common([system("a", truth()), scores_of("b", ["x"], ["y"], np.array([1.0]))])


def test_distributions_count_every_pair() -> None:
    (one, two) = distributions(common([system("a", truth()), system("b", np.ones((JOBS, EACH)))]))
    assert (one.n, sum(one.counts), len(one.edges)) == (JOBS * EACH, JOBS * EACH, 21)
    assert one.least <= one.quarter <= one.median <= one.three_quarters <= one.most
    assert (two.least, two.most, two.deviation, sum(two.counts)) == (1.0, 1.0, 0.0, JOBS * EACH)


def test_jobs_are_ranked_for_resumes_where_that_is_asked() -> None:
    pairs = common([system("a", truth()), system("b", truth())], "jobs")
    assert (len(pairs.queries), len(pairs.items)) == (EACH, JOBS)


def outcome(hybrid: float, learned: float, blend: float | None) -> tuple[str | None, str | None]:
    """The recommendation where each scorer is the truth with so much noise."""
    systems = [
        system(name, noisy(truth(), scale, seed))
        for seed, (name, scale) in enumerate(
            [("hybrid", hybrid), ("learned", learned), ("blend", blend)], 1
        )
        if scale is not None
    ]
    found = compare_scorers(systems, judged(truth()), Question(("ndcg@10",)))
    return found.recommendation.decision, found.recommendation.rank_by


def test_the_learned_score_replaces_what_it_beats() -> None:
    assert outcome(1.0, 0.05, 0.05) == ("replace", "learned")
    assert outcome(1.0, 0.05, None) == ("replace", "learned")


def test_a_blend_that_beats_both_is_recommended() -> None:
    assert outcome(1.0, 1.0, 0.02) == ("blend", "blend")


def test_both_are_kept_where_nothing_is_shown() -> None:
    assert outcome(0.1, 0.1, 0.1) == ("keep both", "learned")
    assert outcome(0.02, 1.0, 1.0) == ("keep both", "hybrid")


def test_the_recommendation_carries_its_evidence() -> None:
    systems = [
        system("hybrid", noisy(truth(), 1.0, 1)),
        system("learned", noisy(truth(), 0.05, 2)),
        system("bm25", noisy(truth(), 2.0, 3)),
    ]
    found = compare_scorers(systems, judged(truth()), Question(("ndcg@10", "map")))
    told = " ".join(found.recommendation.because)
    assert "ndcg@10 of hybrid less learned: -" in told
    assert f"n = {JOBS}" in told
    assert "learned is better than bm25" in told
    assert found.quality is not None
    assert {d.metric for d in found.quality.differences} == {"ndcg@10"}
    assert [c.system for c in found.quality.controls] == ["random", "popularity"]


def test_without_judgments_nothing_is_recommended() -> None:
    found = compare_scorers([system("hybrid", truth()), system("learned", truth())], None)
    assert (found.quality, found.recommendation.decision) == (None, None)
    assert "nobody judged" in found.recommendation.because[0]


def test_without_both_scorers_nothing_is_recommended() -> None:
    found = compare_scorers([system("bm25", truth()), system("learned", truth())], judged(truth()))
    assert found.recommendation.decision is None


def test_fewer_than_two_scorers_are_refused() -> None:
    with pytest.raises(ConfigError, match="at least two"):
        compare_scorers([system("a", truth())], None)
    with pytest.raises(ConfigError, match="each once"):
        compare_scorers([system("a", truth()), system("a", truth())], None)
