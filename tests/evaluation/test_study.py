"""The whole table: chance, controls, comparisons, annotators, and what was not used."""

import numpy as np
import pytest

from shortlist.errors import ConfigError, DataError
from shortlist.evaluation.evaluation import Evaluation, compare, evaluate
from shortlist.evaluation.metrics import Question
from shortlist.evaluation.scores import Judgments, Scores, judgments_of, scores_of
from shortlist.evaluation.study import Setting, Study, study
from shortlist.records import Estimate, Judgment, Match, Ranking


def judged(seed: int = 0, jobs: int = 12, resumes: int = 20) -> list[Judgment]:
    rng = np.random.default_rng(seed)
    return [
        Judgment(f"j{j:02}", f"r{r:02}", float(rng.integers(0, 3)))
        for j in range(jobs)
        for r in range(resumes)
    ]


def system(name: str, rows: list[Judgment], noise: float, seed: int = 1) -> Scores:
    """A system that knows the grades up to noise."""
    rng = np.random.default_rng(seed)
    score = np.array([row.grade for row in rows]) + rng.normal(0, noise, len(rows))
    return scores_of(name, [r.job for r in rows], [r.resume for r in rows], score)


def control(found: Study, name: str) -> Evaluation:
    return next(c for c in found.table.controls if c.system == name)


def every_estimate(found: Study) -> list[Estimate]:
    tables = (found.table, *found.annotators)
    rows = [row for table in tables for row in (*table.systems, *table.controls)]
    return [
        *(measure.estimate for row in rows for measure in row.metrics),
        *(difference.estimate for difference in found.comparisons),
        *(measure.estimate for one in found.agreement for measure in one.measures),
    ]


def test_evaluate_takes_rankings_and_judgments() -> None:
    ranking = Ranking("j", (Match("a", 1, 0.9), Match("b", 2, 0.4), Match("c", 3, 0.1)))
    judgments = [Judgment("j", "a", 0), Judgment("j", "b", 1), Judgment("j", "c", 1)]
    found = evaluate([ranking], judgments, ["mrr", "hit@1", "map"])
    assert found["mrr"].value == 0.5
    assert found["hit@1"].value == 0.0
    assert found["map"].value == pytest.approx((1 / 2 + 2 / 3) / 2)


def test_controls_always_stand_beside_the_systems() -> None:
    found = study(judgments_of(judged()), [system("model", judged(), 0.5)])
    names = [c.system for c in found.table.controls]
    assert names == ["random", "constant", "popularity", "job-only", "resume-only", "length",
                     "bm25", "tfidf"]  # fmt: skip
    assert "needs the texts" in control(found, "bm25")["map"].reason


def test_a_number_is_never_nan_and_a_missing_one_has_a_reason() -> None:
    rows = judged() + [Judgment(r.job, r.resume, 2 - r.grade, "other") for r in judged(3)]
    names = ("ndcg@10", "map", "roc_auc", "brier", "ece", "f1", "spearman")
    found = study(judgments_of(rows), [system("model", judged(), 0.5)], Question(names))
    for estimate in every_estimate(found):
        assert (estimate.value is None) <= bool(estimate.reason)
        for number in (estimate.value, estimate.low, estimate.high):
            assert number is None or np.isfinite(number)
        if estimate.low is not None and estimate.value is not None:
            assert estimate.low <= estimate.value <= (estimate.high or estimate.low)


def test_random_is_the_mean_over_all_orders_with_the_band_of_random_ones() -> None:
    rows = judged()
    found = study(judgments_of(rows), [system("model", rows, 0.5)], Question(("ndcg@10", "map")))
    drawn = [
        evaluate(system("x", rows, 1e6, seed), rows, ["map"])["map"].value or 0.0
        for seed in range(300)
    ]
    estimate = control(found, "random")["map"]
    assert estimate.low is not None and estimate.high is not None
    assert estimate.value == pytest.approx(np.mean(drawn), abs=0.01)
    inside = np.mean([estimate.low <= value <= estimate.high for value in drawn])
    assert 0.9 <= inside <= 0.99


def test_the_worst_and_the_best_are_what_orders_can_reach() -> None:
    rows = [Judgment("j", f"r{r}", float(r < 2)) for r in range(4)]
    names = ("map", "pr_auc", "roc_auc", "spearman")
    found = {band.metric: band for band in study(judgments_of(rows), [], Question(names)).bands}
    for metric in ("map", "pr_auc"):
        assert found[metric].worst == pytest.approx((1 / 3 + 2 / 4) / 2)
        assert found[metric].best == 1.0
    assert (found["roc_auc"].worst, found["roc_auc"].best) == (0.0, 1.0)
    assert found["spearman"].worst == pytest.approx(-found["spearman"].best)


def test_one_candidate_for_each_job_cannot_tell_systems_apart() -> None:
    """Forty-eight jobs with one resume each: nDCG is the share that fits, for every system."""
    rng = np.random.default_rng(1)
    rows = [Judgment(f"j{i}", f"r{i}", float(rng.integers(0, 2))) for i in range(48)]
    a, b = system("a", rows, 1.0), system("b", rows, 1.0, seed=2)
    found = study(judgments_of(rows), [a, b], Question(("ndcg@10", "hit@1", "roc_auc")))
    (said,) = [remark for remark in found.remarks if "cannot tell systems apart" in remark]
    assert "ndcg@10 (" in said and "hit@1 (" in said
    assert "roc_auc" not in said


def test_a_floor_that_no_ranking_can_fall_below_is_pointed_out() -> None:
    rows = [Judgment(f"j{i}", f"r{k}", 5.0 - k) for i in range(10) for k in range(5)]
    found = study(judgments_of(rows), [system("a", rows, 1.0)], Question(("ndcg@5",)))
    assert found.bands[0].random == pytest.approx(0.861, abs=5e-4)
    assert found.bands[0].worst == pytest.approx(0.722, abs=5e-4)
    assert any("get ndcg@5 0.861 and 0.722" in remark for remark in found.remarks)


def test_systems_no_better_than_chance_are_said_to_be() -> None:
    rows = judged()
    found = study(judgments_of(rows), [system("blind", rows, 1e6)], Question(("map",)))
    assert any(
        "map [" in r and "cannot tell a system here from a random order" in r for r in found.remarks
    )
    found = study(judgments_of(rows), [system("good", rows, 0.3)], Question(("map",)))
    assert not any("from a random order" in r for r in found.remarks)


def test_guessing_that_does_as_well_is_pointed_out() -> None:
    """All jobs want the same resumes: popularity wins without reading anything."""
    rows = [Judgment(f"j{j}", f"r{r}", float(r < 4)) for j in range(10) for r in range(12)]
    found = study(judgments_of(rows), [system("model", rows, 1.5)], Question(("map",)))
    assert control(found, "popularity")["map"].value == 1.0
    assert any(
        "popularity, which does not compare" in r and "map (1.000)" in r for r in found.remarks
    )


def test_systems_are_compared_with_each_other() -> None:
    rows = judged()
    good, poor = system("good", rows, 0.3), system("poor", rows, 2.0)
    found = study(judgments_of(rows), [good, poor], Question(("map", "roc_auc")))
    first = next(d for d in found.comparisons if d.metric == "map" and d.b == "poor")
    assert first.a == "good"
    assert first.estimate.low is not None and first.estimate.low > 0
    assert first.p is not None and first.p_holm is not None
    assert 0 < first.p < 0.01 and first.p <= first.p_holm
    assert {d.b for d in found.comparisons} == {"poor", "popularity"}


def test_systems_can_be_compared_with_named_ones_only() -> None:
    rows = judged()
    systems = [system(name, rows, 1.0, i) for i, name in enumerate(("new", "newer", "old"))]
    found = study(judgments_of(rows), systems, Question(("map",)), Setting(against=("old",)))
    assert [(d.a, d.b) for d in found.comparisons] == [("new", "old"), ("newer", "old")]


def test_compare_is_antisymmetric_and_seeded() -> None:
    rows = judged()
    a, b = (evaluate(system(n, rows, s), rows, ["map"]) for n, s in (("a", 0.5), ("b", 1.0)))
    forth, back = compare(a, b, seed=3)[0], compare(b, a, seed=3)[0]
    assert forth.estimate.value == pytest.approx(-(back.estimate.value or 0))
    assert forth.p == back.p
    assert forth == compare(a, b, seed=3)[0]


def test_what_was_not_used_is_counted() -> None:
    rows = [
        Judgment("j", "a", 1), Judgment("j", "a", 0), Judgment("j", "b", 1), Judgment("j", "b", 1),
        Judgment("j", "c", 0), Judgment("k", "a", 0), Judgment("k", "b", 0),
    ]  # fmt: skip
    extra = [Judgment("j", "z", 0), Judgment("x", "b", 0)]
    scores = system("model", [*rows[2:3], *rows[5:6], *extra], 1.0)
    unused = study(judgments_of(rows), [scores], Question(("map",))).unused
    assert (unused.conflicting_judgments, unused.repeated_judgments) == (1, 1)
    assert (unused.queries_without_fit, unused.queries_with_equal_grades) == (1, 1)
    assert unused.scores_not_judged == {"model": 2}
    assert unused.pairs_not_scored == {"model": 2}


def annotated() -> Judgments:
    """Two annotators; the second saw only some jobs, and sees things a little otherwise."""
    rng = np.random.default_rng(5)
    rows = []
    for job in range(10):
        grades = rng.permutation(5)
        rows += [Judgment(f"j{job}", f"r{r}", float(g), "ann") for r, g in enumerate(grades)]
        if job < 6:
            other = np.argsort(np.argsort(grades + rng.normal(0, 1.0, 5)))
            rows += [Judgment(f"j{job}", f"r{r}", float(g), "bob") for r, g in enumerate(other)]
    return judgments_of(rows)


def test_each_annotator_has_a_table_and_the_others_are_the_ceiling() -> None:
    judgments = annotated()
    rows = [Judgment(f"j{j}", f"r{r}", r) for j in range(10) for r in range(5)]
    found = study(judgments, [system("model", rows, 1.0)], Question(("spearman", "roc_auc")))
    assert [table.name for table in found.annotators] == ["ann", "bob"]
    assert [table.queries for table in found.annotators] == [10, 6]
    human = control(found, "human")
    agreement = {m.name: m.estimate for m in found.agreement[0].measures}
    assert human["spearman"].n == 6
    assert human["spearman"].value == pytest.approx(agreement["spearman"].value)
    assert (human["roc_auc"].value, human["roc_auc"].reason) == (None, "not a mean over queries")
    for table in found.annotators:
        assert table.controls[-1].system == "human"
        assert table.controls[-1]["spearman"].n == 6


def test_agreement_by_hand() -> None:
    rows = [
        *(Judgment("j", r, g, "ann") for r, g in (("a", 2), ("b", 1), ("c", 0))),
        *(Judgment("j", r, g, "bob") for r, g in (("a", 2), ("b", 0), ("c", 1), ("d", 3))),
        *(Judgment("k", r, g, "ann") for r, g in (("a", 0), ("b", 1))),
        *(Judgment("k", r, g, "bob") for r, g in (("a", 1), ("b", 1))),
    ]
    found = study(judgments_of(rows), [], Question(("spearman",))).agreement[0]
    values = {m.name: m.estimate.value for m in found.measures}
    assert found.pairs == 5
    assert values["spearman"] == pytest.approx((0.5 + 0.0) / 2)
    assert values["same_first"] == pytest.approx((1 + 0.5) / 2)
    assert values["same_grade"] == pytest.approx((1 / 3 + 1 / 2) / 2)
    assert found.first_by_chance == pytest.approx((1 / 3 + 1 / 2) / 2)


def test_annotators_who_share_nothing_do_not_agree_or_disagree() -> None:
    rows = [Judgment("j", "a", 1, "ann"), Judgment("k", "a", 0, "bob")]
    found = study(judgments_of(rows), [], Question(("map",)))
    assert (found.agreement[0].pairs, found.agreement[0].measures) == (0, ())
    assert control(found, "human")["map"].reason == "no query was judged twice"


def test_one_annotator_needs_no_table_of_their_own() -> None:
    found = study(judgments_of(judged()), [], Question(("map",)))
    assert (found.annotators, found.agreement) == ((), ())


def test_two_systems_of_one_name_are_refused() -> None:
    rows = judged()
    with pytest.raises(ConfigError, match="write NAME=FILE"):
        study(judgments_of(rows), [system("a", rows, 1.0), system("a", rows, 2.0)])


def test_unknown_metrics_and_no_judgments_are_refused() -> None:
    with pytest.raises(ConfigError, match="no such metric"):
        study(judgments_of(judged()), [], Question(("accuracy@5",)))
    with pytest.raises(DataError, match="no judgments"):
        study(judgments_of([]), [])


def test_scores_of_other_ids_are_refused_and_not_a_zero() -> None:
    rows = judged()
    strange = [Judgment("J" + row.job, row.resume, row.grade) for row in rows]
    with pytest.raises(DataError, match="do the ids match"):
        study(judgments_of(rows), [system("a", strange, 1.0)])
    with pytest.raises(DataError, match="do the ids match"):
        evaluate(system("a", strange, 1.0), rows)


def test_a_system_that_an_annotator_never_met_is_left_out_of_their_table() -> None:
    rows = [
        Judgment("j", "a", 1, "ann"),
        Judgment("j", "b", 0, "ann"),
        Judgment("k", "a", 1, "bob"),
    ]
    found = study(judgments_of(rows), [system("model", rows[:2], 1.0)], Question(("map",)))
    assert [[s.system for s in table.systems] for table in found.annotators] == [["model"], []]
