"""The faults of an earlier system that let its numbers mean nothing: none of them here.

Each test is named after one of the seventeen faults of its evaluation and its data. The
fourteenth, a model that is exported otherwise than it was trained, is in training/test_export.py.
"""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from audit.cases import grouped_as, one_job, value
from shortlist.audit.counterfactual import swap_test
from shortlist.audit.measures import audit
from shortlist.audit.swaps import Swap, check, school_inserted
from shortlist.cli import cli
from shortlist.dataset.folder import Dataset, Split, read_dataset, write_dataset
from shortlist.dataset.importers import import_dataset
from shortlist.dataset.splits import leaks, split_dataset
from shortlist.errors import DataError, ModelError
from shortlist.evaluation.metrics import Question
from shortlist.evaluation.scores import Scores, judgments_of, scores_of
from shortlist.evaluation.study import study
from shortlist.masking import Masker
from shortlist.masking.schools import school_tier
from shortlist.matcher import Matcher
from shortlist.records import Document, Judgment, Match, Ranking

HEADER = "resume_text,job_description_text,label\n"


class ByLength:
    """Ranks by the length of the text, times a scale."""

    def __init__(self, scale: float = 1.0) -> None:
        self.scale = scale

    def rank(self, job: Document, resumes: list[Document]) -> Ranking:
        scored = [(self.scale * len(resume.text), resume.id) for resume in resumes]
        ranked = enumerate(sorted(scored, reverse=True), 1)
        return Ranking(job.id, tuple(Match(id, place, score) for place, (score, id) in ranked))


def people(count: int = 40) -> list[Document]:
    words = "oven flour dough crust yeast"
    return [Document(f"r{i}", f"Baker for {i} years. {words * (i % 7)}") for i in range(count)]


def groups_of(sizes: dict[str, int]) -> dict[str, dict[str, str]]:
    return grouped_as([name for name, size in sizes.items() for _ in range(size)])


def test_fault_01_a_model_that_does_not_load_whole_is_refused(
    model_folder: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(model_folder, broken)
    graph = broken / "model.onnx"
    data = graph.read_bytes()
    graph.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(ModelError, match=r"model\.onnx"):
        Matcher.load(broken).rank(Document("j", "Baker"), people(2))


def test_fault_01_the_hash_of_the_weights_stands_in_the_report(
    model_folder: Path, tmp_path: Path
) -> None:
    jobs, resumes = {"j": "Wanted: a baker."}, {f"r{i}": f"Baker number {i}." for i in range(4)}
    judged = tuple(Judgment("j", id, float(id == "r1")) for id in resumes)
    write_dataset(Dataset("d", jobs, resumes, judged), tmp_path / "d")
    arguments = ["evaluate", str(tmp_path / "d"), "--model", str(model_folder)]
    done = CliRunner().invoke(cli, [*arguments, "--metrics", "map", "--format", "json"])
    fingerprint = Matcher.load(model_folder).encoder.fingerprint
    assert any(fingerprint[:12] in note for note in json.loads(done.stdout)["notes"])


def test_fault_02_versions_differ_in_the_swapped_span_and_nowhere_else() -> None:
    swaps = school_inserted(people(3))
    check(swaps)
    shuffled = Document("r1", "Bread was baked. " + swaps[3].after.text)
    with pytest.raises(DataError, match="differ in more than the changes"):
        check([Swap(swaps[3].kind, swaps[3].before, shuffled, swaps[3].changes)])


def test_fault_02_another_resume_stands_beside_the_swap_as_a_control() -> None:
    pool = people()
    found = swap_test(ByLength(), [Document("j", "Baker")], pool, school_inserted(pool))
    named = {(m.name, m.attribute): m.estimate for m in found if m.group is None}
    kind = "school: top added"
    assert (named["swap_mean_shift", kind].value or 0) > 0
    assert (named["swap_other_resume_shift", kind].value or 0) > 0
    assert named["swap_flip_chance", kind].value == pytest.approx(2 * 0.2 * 0.8)


def test_fault_03_a_shift_in_deviations_is_the_same_on_every_scale() -> None:
    pool, jobs = people(), [Document("j", "Baker")]
    swaps = school_inserted(pool)
    of_scale = []
    for scale in (1.0, 0.001):
        found = swap_test(ByLength(scale), jobs, pool, swaps)
        of_scale.append([m.estimate.value for m in found if m.name == "swap_shift_in_sd"])
    assert of_scale[0] == pytest.approx(of_scale[1], rel=1e-4)
    signed = [m.estimate for m in found if m.name == "swap_signed_shift" and m.group is None]
    assert all(e.low is not None and e.high is not None for e in signed)


def test_fault_04_every_selection_rate_is_shown_not_one_that_suits() -> None:
    rng = np.random.default_rng(0)
    found = audit(one_job(rng.random(200).tolist()), groups_of({"a": 100, "b": 100}))
    curve = [m for m in found.measures if m.name.startswith("impact_ratio@") and m.group == "a"]
    rates = [float(m.name.split("@")[1]) for m in curve]
    assert min(rates) <= 0.01 and max(rates) >= 0.95 and {0.1, 0.2, 0.25, 0.3, 0.5} <= set(rates)
    assert all(m.estimate.low is not None and m.estimate.high is not None for m in curve)


def test_fault_05_parity_of_exposure_is_0_however_unequal_the_groups() -> None:
    found = audit(one_job([0.5] * 300), groups_of({"many": 200, "few": 100}), select="rate:0.2")
    assert value(found, "exposure_gap") == pytest.approx(0)
    assert value(found, "exposure_against_pool", "few") == pytest.approx(0)
    assert value(found, "exposure", "few") == pytest.approx(1 / 3)


def test_fault_06_a_ranking_of_one_candidate_a_job_is_said_to_show_nothing() -> None:
    judged = [Judgment(f"j{i}", f"r{i}", float(i % 2)) for i in range(48)]
    ids = [(j.job, j.resume) for j in judged]
    scores = np.random.default_rng(0).random(48)
    system = scores_of("system", [job for job, _ in ids], [resume for _, resume in ids], scores)
    found = study(judgments_of(judged), [system], Question(("ndcg@10", "hit@1")))
    assert any("ndcg@10" in r and "hit@1" in r and "one candidate" in r for r in found.remarks)


def test_fault_07_a_label_that_is_not_known_is_refused_and_never_a_0(tmp_path: Path) -> None:
    table = tmp_path / "pairs.csv"
    table.write_text(HEADER + "baker,bread,Good Fit\nsmith,bread,Goodish\n")
    with pytest.raises(DataError, match=r"pairs\.csv:3: unknown label 'goodish'"):
        import_dataset("fit-labels", table)
    table.write_text(HEADER + "baker,bread,Good Fit\nsmith,bread,Potential Fit\nnurse,bread,No Fit")
    grades = [judgment.grade for judgment in import_dataset("fit-labels", table).dataset.judgments]
    assert grades == [2, 1, 0]


def test_fault_07_a_set_without_a_fitting_pair_has_no_perfect_accuracy_of_ranking() -> None:
    judged = [Judgment("j", f"r{i}", 0.0) for i in range(30)]
    system = scores_of("system", ["j"] * 30, [j.resume for j in judged], np.linspace(0, 1, 30))
    found = study(judgments_of(judged), [system], Question(("map", "roc_auc", "recall@5")))
    for metric in found.table.systems[0].metrics:
        assert metric.estimate.value is None and metric.estimate.reason
    assert found.unused.queries_without_fit == 1


def test_fault_07_where_everyone_is_selected_the_report_says_so() -> None:
    scores = one_job(np.random.default_rng(0).uniform(0.595, 0.718, 60).tolist())
    found = audit(scores, groups_of({"a": 30, "b": 30}), select="threshold:0.5")
    assert value(found, "selection_rate", "a") == 1
    assert value(found, "demographic_parity_difference") == 0
    overall = found.find("selection_rate", None)
    assert overall is not None and overall.value == 1, "the rate stands beside the gap"


def test_fault_08_a_score_is_a_score_until_it_is_calibrated() -> None:
    judged = [Judgment("j", f"r{i}", float(i % 2)) for i in range(20)]
    cosine = np.linspace(-0.4, 1.2, 20)
    system = scores_of("system", ["j"] * 20, [j.resume for j in judged], cosine)
    found = study(judgments_of(judged), [system], Question(("brier", "ece")))
    for metric in found.table.systems[0].metrics:
        assert metric.estimate.value is None
        assert "calibrate them first" in metric.estimate.reason


def test_fault_09_what_fits_is_never_read_from_a_group(tmp_path: Path) -> None:
    table = tmp_path / "pairs.csv"
    head = "candidate_id,job_id,is_top_school,school_category,resume_text,job_text\n"
    table.write_text(head + "r1,j1,1,A,baker,bread\nr2,j1,0,C,smith,bread\n")
    found = import_dataset("school-pairs", table)
    assert not found.dataset.judgments
    write_dataset(found.dataset, tmp_path / "d", groups=found.groups)
    done = CliRunner().invoke(cli, ["evaluate", str(tmp_path / "d"), "--metrics", "map"])
    assert isinstance(done.exception, DataError) and "no judgment" in str(done.exception)


def blind(seed: int) -> Scores:
    """685 people scored and judged without a look at their group."""
    rng = np.random.default_rng(seed)
    fits = rng.random(685) < 0.5
    score = np.where(fits, rng.random(685) < 0.57, rng.random(685) < 0.43)
    return one_job((score + 0.01 * rng.random(685)).tolist(), fits.tolist())


def test_fault_10_the_composite_of_group_blind_scores_lies_in_its_null_band() -> None:
    groups = groups_of({"A": 27, "B": 547, "C": 111})
    inside = []
    for seed in range(20):
        found = audit(blind(seed), groups, select="threshold:0.5")
        null = found.find("composite_null", "school")
        assert null is not None and null.high is not None
        assert null.high > 0.1, "so large a composite is what chance gives with these groups"
        inside.append(value(found, "composite") <= null.high)
    assert sum(inside) >= 17


def test_fault_10_a_small_group_is_named_and_not_estimated() -> None:
    found = audit(blind(0), groups_of({"A": 12, "B": 550, "C": 123}), select="threshold:0.5")
    rate = found.find("selection_rate", "school", "A")
    assert rate is not None and rate.value is None and "fewer than 20" in rate.reason
    assert found.groups("school") == ["A", "B", "C"]


def linked() -> Dataset:
    """Resumes that stand in several rows each."""
    jobs = {f"j{i}": f"Job {i} {'abcdefgh'[i]} " * 9 for i in range(8)}
    resumes = {f"r{i}": f"Person {i} of trade {i * 7919} " * 9 for i in range(24)}
    pairs = [(f"j{(i + k) % 8}", f"r{i}") for i in range(24) for k in (0, 1)]
    judged = tuple(Judgment(j, r, float(n % 2)) for n, (j, r) in enumerate(pairs))
    return Dataset("linked", jobs, resumes, judged)


def test_fault_11_no_resume_and_no_job_stands_in_two_splits() -> None:
    data = linked()
    rows = [(j.job, j.resume) for j in data.judgments]
    by_row = {
        name: Split(frozenset(j for j, _ in part), frozenset(r for _, r in part), frozenset(part))
        for name, part in (("train", rows[::2]), ("test", rows[1::2]))
    }
    assert leaks(replace(data, splits=by_row)), "split by rows, it leaks"
    made = split_dataset(data, {"train": 0.6, "test": 0.4})
    assert not leaks(replace(data, splits=made.splits))


def test_fault_12_a_split_is_not_made_again_on_its_own_output(tmp_path: Path) -> None:
    write_dataset(linked(), tmp_path / "d")
    command = ["data", "split", str(tmp_path / "d"), "--fractions", "train=0.6,test=0.4"]
    assert CliRunner().invoke(cli, command).exit_code == 0
    before = (tmp_path / "d" / "splits.json").read_bytes()
    again = CliRunner().invoke(cli, command)
    assert isinstance(again.exception, DataError) and "--replace" in str(again.exception)
    assert (tmp_path / "d" / "splits.json").read_bytes() == before
    assert CliRunner().invoke(cli, [*command, "--replace"]).exit_code == 0
    assert (tmp_path / "d" / "splits.json").read_bytes() == before, "made of all, not of a part"
    assert len(read_dataset(tmp_path / "d").judgments) == 48


def test_fault_13_what_stands_at_the_end_of_a_long_resume_counts(model_folder: Path) -> None:
    filler = "I answered the phone and sorted the post. " * 400
    resumes = [Document("long", filler + "Baked bread in an oven."), Document("other", filler)]
    ranking = Matcher.load(model_folder).rank(Document("j", "Bakes bread in an oven."), resumes)
    assert ranking.matches[0].resume == "long"
    assert ranking.matches[0].score > ranking.matches[1].score


def test_fault_15_the_list_that_labels_schools_is_the_list_that_masks_them() -> None:
    mask = Masker("standard")
    for school in (
        "University of Chicago", "University of Notre Dame", "Carnegie Mellon University",
        "Georgetown University", "University of Michigan", "University of Edinburgh",
        "National Taiwan University", "University of Tokyo", "University of Melbourne",
    ):  # fmt: skip
        text = f"Education\n{school}, BSc Chemistry\nSkills: titration"
        assert school_tier(text) == "top", school
        assert school.split()[-1] not in mask(Document("r", text)).text, school
    telling = "My education category is A with tag elite_school from a renowned institution."
    assert "elite" not in mask(Document("r", telling)).text


def test_fault_15_masked_text_does_not_tell_whether_a_school_was_named() -> None:
    mask = Masker("standard")
    named = mask(Document("r", "Education\nHarvard University\nSkills: titration"))
    other = mask(Document("r", "Education\nHill College\nSkills: titration"))
    assert named.text == other.text


def test_fault_16_an_employer_a_town_and_a_word_are_no_school() -> None:
    for text in (
        "I worked mit Freude in Berlin.",
        "Lives in Princeton, NJ.",
        "Cooked brown rice for Duke, a dog.",
        "Sales at Cambridge Savings Bank.",
    ):
        assert school_tier(text) == "none", text


def test_fault_17_pairs_without_labels_are_good_for_rates_and_for_nothing_else() -> None:
    rng = np.random.default_rng(0)
    found = audit(one_job(rng.random(200).tolist()), groups_of({"a": 100, "b": 100}))
    for name in ("true_positive_rate", "precision", "expected_calibration_error"):
        estimate = found.find(name, "school", "a")
        assert estimate is not None and estimate.value is None and estimate.reason
    assert value(found, "selection_rate", "a") > 0
