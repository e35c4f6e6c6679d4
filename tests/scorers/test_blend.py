"""Blends: fitted weights, their file, and what is refused."""

import json
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from scorers.people import JOB, PEOPLE, applicant
from shortlist.errors import DataError
from shortlist.evaluation.controls import Texts
from shortlist.evaluation.pool import agreed, pool_of
from shortlist.evaluation.scores import judgments_of
from shortlist.matcher import Matcher
from shortlist.records import Estimate, Judgment
from shortlist.scorers import SUGGESTED, Blend, BlendFile, read_blend, scorer, write_blend
from shortlist.scorers.blend_file import SIGNALS, Fit
from shortlist.scorers.blend_fit import fingerprint, fit_blend, signal_values
from shortlist.scorers.fitting import Pairs, fit_weights, mixed

FIT = Fit("invented", "0", 10, 5, {"skill": Estimate(1.0, 0.9, 1.0, 5)}, {}, "model", "standard")


def pairs(truth: list[float], jobs: int = 40, each: int = 8, seed: int = 0) -> Pairs:
    """Pairs whose grade is 1 where a mix of signals is above its median in the job."""
    rng = np.random.default_rng(seed)
    values = rng.random((jobs * each, len(truth)))
    job = np.repeat(np.arange(jobs), each)
    score = values @ np.array(truth) + rng.normal(scale=0.02, size=len(values))
    above = score.reshape(jobs, each) > np.median(score.reshape(jobs, each), axis=1)[:, None]
    names = tuple(f"signal {i}" for i in range(len(truth)))
    return Pairs(names, values, job, above.ravel().astype(float))


@pytest.mark.parametrize("truth", [[0.7, 0.3, 0.0], [0.0, 0.5, 0.5], [1.0, 0.0, 0.0]])
def test_the_weights_behind_the_grades_are_found(truth: list[float]) -> None:
    fitted = fit_weights(pairs(truth), {})
    for weight, true in zip(fitted.weights.values(), truth, strict=True):
        assert weight == pytest.approx(true, abs=0.08)
    assert sum(fitted.weights.values()) == pytest.approx(1.0)
    assert all(0 <= weight <= 1 for weight in fitted.weights.values())
    for name, interval in fitted.intervals.items():
        assert interval.low is not None
        assert interval.high is not None
        assert interval.low <= fitted.weights[name] <= interval.high
    assert (fitted.in_order["blend"].value or 0) > 0.9


def test_a_signal_that_points_the_wrong_way_gets_no_weight() -> None:
    data = pairs([1.0, 0.0])
    turned = Pairs(
        data.signals, data.values * [1, 0] - data.values[:, :1] * [0, 1], data.job, data.grade
    )
    assert fit_weights(turned, {}).weights == {"signal 0": 1.0, "signal 1": 0.0}


def test_signals_that_could_not_be_computed_are_shared_out() -> None:
    values = np.array([[0.5, np.nan], [np.nan, 0.2], [np.nan, np.nan], [0.5, 0.1]])
    shared = mixed(values, np.array([0.25, 0.75]))
    assert shared.tolist() == pytest.approx([0.5, 0.2, 0.0, 0.2])
    data = pairs([0.7, 0.3])
    holes = data.values.copy()
    holes[::7, 1] = np.nan
    fitted = fit_weights(Pairs(data.signals, holes, data.job, data.grade), {})
    assert fitted.weights["signal 0"] == pytest.approx(0.7, abs=0.12)


def test_what_cannot_be_fitted_is_refused() -> None:
    data = pairs([1.0], jobs=4)
    with pytest.raises(DataError, match="4 jobs have resumes of different grades: at least 5"):
        fit_weights(data, {})
    data = pairs([1.0])
    with pytest.raises(DataError, match="no signal goes up with the grade"):
        fit_weights(Pairs(data.signals, -data.values, data.job, data.grade), {})


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    blend = BlendFile({**dict.fromkeys(SIGNALS, 0.0), "skill": 1.0}, FIT)
    path = tmp_path / "blend.json"
    path.write_text(write_blend(blend), encoding="utf-8")
    assert read_blend(path) == blend


def test_the_blend_that_comes_with_shortlist_is_whole() -> None:
    blend = read_blend()
    assert sum(blend.weights.values()) == pytest.approx(1.0)
    assert blend.fit.pairs > blend.fit.jobs > 0
    assert set(blend.fit.weights) == set(SIGNALS)


@pytest.mark.parametrize(
    "change, said",
    [
        ({"format": 2}, "no blend file of format 1"),
        ({"weights": {"skill": 1.0}}, "weights must be of learned"),
        ({"weights": {**dict.fromkeys(SIGNALS, 0.0), "skill": 0.9}}, "do not add up to 1"),
        ({"weights": {**dict.fromkeys(SIGNALS, 0.0), "skill": 2, "learned": -1}}, "not in"),
        ({"fit": None}, "not a whole blend file"),
    ],
)
def test_a_file_that_is_no_blend_is_refused(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    whole = json.loads(write_blend(BlendFile({**dict.fromkeys(SIGNALS, 0.0), "skill": 1.0}, FIT)))
    path = tmp_path / "blend.json"
    path.write_text(json.dumps(whole | change), encoding="utf-8")
    with pytest.raises(DataError, match=said):
        read_blend(path)


def test_a_file_that_is_not_there_or_no_json_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read as a blend file"):
        read_blend(tmp_path / "none.json")
    (tmp_path / "no.json").write_text("weights: 1", encoding="utf-8")
    with pytest.raises(DataError, match="cannot be read as a blend file"):
        read_blend(tmp_path / "no.json")


def test_a_blend_is_fitted_on_judged_pairs(matcher: Matcher) -> None:
    jobs = {f"job {i}": JOB.text.replace("3 years", f"{i + 1} years") for i in range(6)}
    resumes = {person.id: person.text for person in PEOPLE[:3]}
    grades = {"a": 1.0, "b": 0.0, "c": 0.0}
    judged = [Judgment(job, resume, grade) for job in jobs for resume, grade in grades.items()]
    pool = pool_of(agreed(judgments_of(judged)).judgments)
    texts = Texts(jobs, resumes)
    blend = fit_blend(matcher, pool, texts, "invented")
    assert sum(blend.weights.values()) == pytest.approx(1.0)
    assert (blend.fit.pairs, blend.fit.jobs, blend.fit.data) == (18, 6, "invented")
    assert blend.fit.fingerprint == fingerprint(pool, texts)
    assert blend.fit.in_order["blend"].value == 1.0
    by = Blend(matcher, blend)
    assert by.fits
    assert by.rank(JOB, PEOPLE).matches[0].resume == "a"


@pytest.mark.parametrize("direction", ["resumes", "jobs"])
def test_every_score_is_a_mix_of_the_same_signals(
    matcher: Matcher, direction: Literal["resumes", "jobs"]
) -> None:
    jobs, resumes = {"job": JOB.text}, {person.id: person.text for person in PEOPLE}
    judged = judgments_of([Judgment("job", resume, 1.0) for resume in resumes])
    pool = pool_of(judged, direction=direction, unjudged="skip")
    values = signal_values(matcher, pool, Texts(jobs, resumes)).values
    fitted = read_blend()
    mixes = {"hybrid": SUGGESTED, "blend": fitted.weights, "learned": {"learned": 1.0}}
    for name, weights in mixes.items():
        score = mixed(values, np.array([weights.get(signal, 0.0) for signal in SIGNALS]))
        ranking = next(scorer(name, matcher).rankings([JOB], PEOPLE))
        by_id = {match.resume: match.score for match in ranking.matches}
        assert score.tolist() == pytest.approx([by_id[id] for id in sorted(by_id)], abs=1e-6)


def test_the_digest_of_data_knows_its_texts_and_grades() -> None:
    def digest(text: str, grade: float) -> str:
        pool = pool_of(judgments_of([Judgment("j", "a", grade), Judgment("j", "b", 1.0)]))
        return fingerprint(pool, Texts({"j": "Baker"}, {"a": text, "b": applicant().text}))

    assert digest("Rye", 0.0) == digest("Rye", 0.0)
    assert len({digest("Rye", 0.0), digest("Oat", 0.0), digest("Rye", 2.0)}) == 3
