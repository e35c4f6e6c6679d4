"""Controls read what they say they read, and nothing else."""

import numpy as np
import pytest

from shortlist.evaluation.controls import READERS, Texts, controls, popularity
from shortlist.evaluation.metrics import Question, measure
from shortlist.evaluation.pool import Pool, pool_of
from shortlist.evaluation.scores import FloatArray, judgments_of
from shortlist.records import Judgment

TRADES = {
    "nurse": "nursing ward patients medication care",
    "welder": "welding steel torch blueprint joints",
    "clerk": "ledger invoices accounts payroll spreadsheet",
    "cook": "kitchen menu sauces grill hygiene",
    "driver": "truck routes licence delivery freight",
    "tailor": "sewing fabric patterns stitching garments",
}


def trades() -> tuple[list[Judgment], Texts]:
    """One job per trade and three resumes of it; a resume fits the job of its trade."""
    jobs = {trade: f"We look for: {words}." for trade, words in TRADES.items()}
    resumes = {
        f"{trade}-{i}": f"Years of {words} in town {i}." + " Further words." * i
        for trade, words in TRADES.items()
        for i in range(3)
    }
    judged = [
        Judgment(job, resume, float(resume.startswith(job))) for job in jobs for resume in resumes
    ]
    return judged, Texts(jobs, resumes)


def by_name(pool: Pool, texts: Texts | None) -> dict[str, FloatArray | None]:
    return {c.name: c.score for c in controls(pool, texts, relevant=1)}


def value(pool: Pool, score: FloatArray | None, metric: str) -> float | None:
    assert score is not None
    return measure(pool, score, Question((metric,)))[metric].value


def test_words_in_common_find_the_trade_in_both_directions() -> None:
    judged, texts = trades()
    for direction in ("resumes", "jobs"):
        pool = pool_of(judgments_of(judged), direction=direction)
        found = by_name(pool, texts)
        for name in ("bm25", "tfidf"):
            assert value(pool, found[name], "map") == pytest.approx(1.0)


def test_one_side_alone_does_not_know_who_fits_whom() -> None:
    """Every job and every resume fits equally often: nothing to learn from one side."""
    judged, texts = trades()
    pool = pool_of(judgments_of(judged))
    found = by_name(pool, texts)
    popular = value(pool, found["popularity"], "roc_auc")
    assert popular is not None and popular <= 0.5  # who fits one job has none left for the others
    for name in ("job-only", "resume-only"):
        assert value(pool, found[name], "roc_auc") == pytest.approx(0.5, abs=0.1)
    assert value(pool, found["constant"], "roc_auc") == 0.5
    assert value(pool, found["constant"], "brier") == pytest.approx(1 / 6 * 5 / 6)


def test_a_give_away_word_is_found_from_one_side_alone() -> None:
    rng = np.random.default_rng(1)
    fits = rng.integers(0, 2, 60)
    resumes = {
        f"r{i}": f"person number {i} {'seasoned' if y else 'fresh'}" for i, y in enumerate(fits)
    }
    jobs = {f"j{i}": f"job number {i}" for i in range(6)}
    judged = [Judgment(f"j{i % 6}", f"r{i}", float(y)) for i, y in enumerate(fits)]
    pool = pool_of(judgments_of(judged))
    found = by_name(pool, Texts(jobs, resumes))
    guessed = value(pool, found["resume-only"], "roc_auc")
    assert guessed is not None and guessed > 0.95
    turned = pool_of(judgments_of(judged), direction="jobs")
    again = value(turned, by_name(turned, Texts(jobs, resumes))["resume-only"], "roc_auc")
    assert again == pytest.approx(guessed, abs=0.03)


def test_variants_of_a_resume_do_not_give_each_other_away_upside_down() -> None:
    """Each job has a resume and the same one without a word: left out one by one, the model would
    know the twin, and with it what this one is not."""
    rng = np.random.default_rng(2)
    jobs, resumes, judged = {}, {}, []
    for i in range(40):
        words = " ".join(f"w{w}" for w in rng.integers(0, 2000, 30))
        jobs[f"j{i}"] = f"job {i}"
        resumes[f"a{i}"], resumes[f"b{i}"] = f"{words} x{i}", words
        judged += [Judgment(f"j{i}", f"a{i}", 1), Judgment(f"j{i}", f"b{i}", 0)]
    pool = pool_of(judgments_of(judged))
    guessed = value(pool, by_name(pool, Texts(jobs, resumes))["resume-only"], "roc_auc")
    assert guessed == pytest.approx(0.5, abs=0.1)


def test_popularity_leaves_the_query_out() -> None:
    rows = [("j", "a", 1), ("j", "b", 0), ("k", "a", 0), ("k", "c", 1), ("l", "a", 1)]
    pool = pool_of(judgments_of(Judgment(j, r, g) for j, r, g in rows))
    found = dict(
        zip(((pool.queries[q], pool.items[i]) for q, i in zip(pool.query, pool.item, strict=True)),
            popularity(pool).tolist(), strict=True)
    )  # fmt: skip
    assert found["j", "a"] == 0.5
    assert found["k", "a"] == 1.0
    assert found["j", "b"] == pytest.approx(3 / 5)


def test_length_counts_words() -> None:
    pool = pool_of(judgments_of([Judgment("j", "long", 1), Judgment("j", "short", 0)]))
    texts = Texts({"j": "a job"}, {"long": "four words stand here", "short": "one"})
    score = by_name(pool, texts)["length"]
    assert score is not None and score.tolist() == [4.0, 1.0]


@pytest.mark.parametrize(
    "texts, said",
    [
        (None, "needs the texts"),
        (Texts({"j": "a job"}, {"a": "text"}), "1 of 3 texts are missing"),
        (Texts({"j": "--"}, {"a": "text", "b": " "}), "2 of 3 texts are missing"),
    ],
)
def test_without_texts_the_readers_say_so(texts: Texts | None, said: str) -> None:
    pool = pool_of(judgments_of([Judgment("j", "a", 1), Judgment("j", "b", 0)]))
    found = {c.name: c for c in controls(pool, texts, relevant=1)}
    for name in READERS:
        assert found[name].score is None
        assert said in found[name].reason
    assert found["popularity"].score is not None


def test_few_texts_cannot_be_left_out() -> None:
    pool = pool_of(judgments_of([Judgment("j", "a", 1), Judgment("j", "b", 0)]))
    found = {c.name: c for c in controls(pool, Texts({"j": "x"}, {"a": "y", "b": "z"}), relevant=1)}
    assert "at least 5 distinct texts" in found["job-only"].reason
    assert found["bm25"].score is not None


def test_words_that_bm25_leaves_out_do_not_stop_it() -> None:
    pool = pool_of(judgments_of([Judgment("j", "a", 1), Judgment("j", "b", 0)]))
    found = by_name(pool, Texts({"j": "the"}, {"a": "of the", "b": "a"}))
    assert found["bm25"] is not None and np.isfinite(found["bm25"]).all()
