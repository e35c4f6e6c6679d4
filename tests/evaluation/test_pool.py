"""Which pairs are ranked, and what becomes of scores and judgments that do not meet."""

import numpy as np
import pytest

from shortlist.errors import DataError
from shortlist.evaluation.pool import Pool, agreed, align, choose_unjudged, pool_of
from shortlist.evaluation.scores import Judgments, Scores, judgments_of, scores_of
from shortlist.records import Judgment


def judged(*rows: tuple[str, str, float]) -> Judgments:
    return judgments_of(Judgment(job, resume, grade) for job, resume, grade in rows)


def scored(*rows: tuple[str, str, float], name: str = "s") -> Scores:
    score = np.array([s for _, _, s in rows])
    return scores_of(name, [j for j, _, _ in rows], [r for _, r, _ in rows], score)


def pairs(pool: Pool) -> list[tuple[str, str, float]]:
    return [
        (pool.queries[q], pool.items[i], g)
        for q, i, g in zip(pool.query, pool.item, pool.grade.tolist(), strict=True)
    ]


def test_annotators_are_averaged_and_repetitions_counted() -> None:
    found = agreed(
        judgments_of(
            [
                Judgment("j", "a", 2, "x"),
                Judgment("j", "a", 1, "y"),
                Judgment("j", "b", 1, "x"),
                Judgment("j", "b", 1, "x"),
            ]
        )
    )
    assert pairs(pool_of(found.judgments)) == [("j", "a", 1.5), ("j", "b", 1.0)]
    assert (found.conflicting, found.repeated) == (0, 1)


def test_a_pair_with_two_grades_by_one_annotator_is_left_out_and_counted() -> None:
    found = agreed(judged(("j", "a", 0), ("j", "a", 2), ("j", "b", 1), ("k", "a", 1)))
    assert found.conflicting == 1
    assert pairs(pool_of(found.judgments)) == [("j", "b", 1.0), ("k", "a", 1.0)]


def test_grades_of_zero_mean_that_the_rest_is_unknown() -> None:
    assert choose_unjudged(judged(("j", "a", 0), ("j", "b", 1))) == "skip"
    assert choose_unjudged(judged(("j", "a", 1), ("j", "b", 2))) == "irrelevant"


def test_where_only_fits_are_known_all_candidates_are_ranked() -> None:
    pool = pool_of(judged(("j", "a", 1), ("k", "b", 1)), candidates=["a", "b", "c"])
    assert pairs(pool) == [
        ("j", "a", 1), ("j", "b", 0), ("j", "c", 0),
        ("k", "a", 0), ("k", "b", 1), ("k", "c", 0),
    ]  # fmt: skip


def test_without_candidates_scored_pairs_are_ranked() -> None:
    system = scored(("j", "c", 0.5), ("unknown job", "c", 0.5))
    assert pairs(pool_of(judged(("j", "a", 1)), [system])) == [("j", "a", 1), ("j", "c", 0)]


def test_jobs_can_be_ranked_for_a_resume() -> None:
    pool = pool_of(judged(("j", "a", 1), ("k", "a", 0)), direction="jobs")
    assert pairs(pool) == [("a", "j", 1.0), ("a", "k", 0.0)]
    aligned = align(pool, scored(("k", "a", 0.3), ("j", "a", 0.2)))
    assert aligned.score.tolist() == [0.2, 0.3]


def test_what_does_not_meet_is_counted() -> None:
    pool = pool_of(judged(("j", "a", 1), ("j", "b", 0)))
    aligned = align(pool, scored(("j", "a", 0.2), ("j", "z", 0.3), ("x", "a", 0.4)))
    np.testing.assert_array_equal(aligned.score, [0.2, np.nan])
    assert (aligned.missing, aligned.outside) == (1, 2)


def test_nothing_judged_is_refused() -> None:
    for work in (agreed, pool_of):
        with pytest.raises(DataError, match="no judgments"):
            work(judged())


def test_all_judgments_in_conflict_is_refused() -> None:
    torn = agreed(judged(("j", "a", 0), ("j", "a", 2)))
    with pytest.raises(DataError, match="no judgments"):
        pool_of(torn.judgments)
