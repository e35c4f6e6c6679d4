"""`shortlist data build`: pairs, negatives, augmentation and splits from invented texts."""

import csv
import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner

from invented_categories import write
from shortlist.cli import cli
from shortlist.dataset import read_dataset
from shortlist.dataset.build import MADE, BuildSettings, Built, build_dataset
from shortlist.dataset.pairing import by_mapping, by_title, read_mapping, title_of
from shortlist.dataset.splits import leaks
from shortlist.dataset.writing import Kept, paraphrased
from shortlist.encoding import Encoder
from shortlist.errors import ConfigError, DataError
from shortlist.masking import Masker
from shortlist.records import Document

MAPPING = {
    "ACCOUNTANT": ("accountant",),
    "NURSE": ("nurse",),
    "DEVELOPER": ("developer", "programmer"),
}


def similar(titles, names):
    encoder, masker = Encoder.load(), Masker("none")
    one, other = ([masker(Document(t, t)) for t in texts] for texts in (titles, names))
    return encoder.encode_jobs(one) @ encoder.encode_resumes(other).T


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    sources = write(tmp_path_factory.mktemp("sources"))
    return build_dataset(sources, BuildSettings(mapping=MAPPING), similar=similar)


def field_of(job: str) -> str:
    return job.split()[1]


def test_pairs_that_fit_share_the_field(built: Built) -> None:
    category, made = built.groups["category"], built.groups[MADE]
    grades = defaultdict(set)
    for judgment in built.dataset.judgments:
        if judgment.resume not in category:
            continue  # a single line
        same = category[judgment.resume] == field_of(judgment.job)
        grades[same, made[judgment.resume]].add(judgment.grade)
    assert grades[True, "as it was"] == {0.0, 1.0}  # 0 where there are too few years
    assert grades[False, "as it was"] == {0.0}
    assert grades[True, "weakened"] == {0.0}
    assert grades[True, "reworded"] == {1.0}


def test_too_few_years_do_not_fit(built: Built) -> None:
    made = built.groups[MADE]
    for judgment in built.dataset.judgments:
        if made[judgment.resume] == "as it was" and judgment.resume.startswith(
            field_of(judgment.job)
        ):
            asked = int(re.search(r"At least (\d+)", built.dataset.jobs[judgment.job])[1])
            first, last = re.search(
                r"(\d{4}) - (\d{4})", built.dataset.resumes[judgment.resume]
            ).groups()
            if (int(last) - int(first) + 1) < 0.5 * asked:
                assert judgment.grade == 0.0
            if int(last) - int(first) >= asked:
                assert judgment.grade == 1.0


def test_splits_share_nothing_and_hold_changed_texts_in_training_alone(built: Built) -> None:
    splits, made = built.dataset.splits, built.groups[MADE]
    assert set(splits) == {"train", "validation", "test"}
    whole = {name: split.resumes for name, split in splits.items()}
    assert not leaks(built.dataset)
    for name in ("validation", "test"):
        assert {made[resume] for resume in whole[name]} == {"as it was"}
        assert any(judgment.grade > 0 for judgment in built.dataset.part(name).judgments)
    for resume, how in made.items():
        if how != "as it was":
            original = re.match(r"[A-Z]+-\d+", resume)
            assert {resume, original[0] if original else resume} <= whole["train"]


def test_single_lines_answer_requirements_and_are_learned_from_alone(tmp_path: Path) -> None:
    settings = BuildSettings(mapping=MAPPING, lines=3, skills=5)
    found = build_dataset(write(tmp_path), settings, similar=similar)
    made, data, train = found.groups[MADE], found.dataset, found.dataset.splits["train"]
    lines = [j for j in data.judgments if made[j.resume] == "a single line"]
    skills = [j for j in data.judgments if made[j.resume] == "the name of a skill"]
    assert {j.grade for j in lines} == {0.0, 1.0}
    assert len(skills) == 5
    for judgment in lines + skills:
        assert judgment.job in train.jobs
        assert judgment.resume in train.resumes
    for judgment in lines:
        whole_job = judgment.job.partition(" of ")[2]
        assert data.jobs[judgment.job] in data.jobs[whole_job]
        fits = [j.resume for j in data.judgments if j.job == whole_job and j.grade > 0]
        assert any(data.resumes[judgment.resume] in data.resumes[name] for name in fits)


def test_same_seed_gives_the_same_data_set(built: Built, tmp_path: Path) -> None:
    again = build_dataset(write(tmp_path), BuildSettings(mapping=MAPPING), similar=similar)
    assert again == built
    other = build_dataset(
        [tmp_path / "resumes", tmp_path / "jobs"],
        BuildSettings(mapping=MAPPING, seed=1),
        similar=similar,
    )
    assert other.dataset.judgments != built.dataset.judgments


def test_titles_are_compared_with_categories_where_no_mapping_is_stated() -> None:
    jobs = {"a": "Senior accountant\n\nWe pay.", "b": "\n\nNurse, night shift", "c": "Zookeeper"}
    found = by_title(jobs, ["ACCOUNTANT", "HEALTHCARE-NURSE"], similar)
    assert found == {"a": frozenset({"ACCOUNTANT"}), "b": frozenset({"HEALTHCARE-NURSE"})}


def test_mapping_takes_whole_words_of_the_title() -> None:
    jobs = {"a": "Accountant II", "b": "Accountants' assistant", "c": "Chef\n\nno accountant"}
    assert by_mapping(jobs, MAPPING) == {"a": frozenset({"ACCOUNTANT"})}
    assert title_of(" \n\n Chef \nmore") == "Chef"


def test_a_mapping_that_is_none_is_refused(tmp_path: Path) -> None:
    for content in ("NURSE = 3", "NURSE = []", "NURSE = ['']", "NURSE"):
        (tmp_path / "m.toml").write_text(content)
        with pytest.raises(ConfigError, match=r"m\.toml"):
            read_mapping(tmp_path / "m.toml")


def test_data_for_tests_only_is_refused(tmp_path: Path) -> None:
    sources = write(tmp_path)
    (sources[0] / "README.md").write_text("---\ntest_only: true\n---\n")
    with pytest.raises(DataError, match="tests only"):
        build_dataset(sources, BuildSettings(mapping=MAPPING), similar=similar)


def test_jobs_that_fit_nothing_are_refused(tmp_path: Path) -> None:
    sources = write(tmp_path)
    with pytest.raises(DataError, match="--mapping"):
        build_dataset(sources, BuildSettings(mapping={"NURSE": ("midwife",)}), similar=similar)


def answering(request: str) -> str:
    """A language model that answers by what it is asked for, with what it was shown."""
    shown = request.partition("---\n")[2].removesuffix("\n---")
    if request.startswith("Write a job"):
        return "Accountant at large\n\nRequirements\n- Ledgers"
    if request.startswith("Write the resume"):
        return "Experience\n- Kept a zoo"
    return shown.replace("for team", "for the team")


def test_a_language_model_fills_what_is_missing(tmp_path: Path) -> None:
    sources = write(tmp_path, fields=("NURSE", "DEVELOPER"))
    with (sources[1] / "jobs.jsonl").open("a") as file:
        file.write(json.dumps({"id": "zoo", "text": "Zookeeper\n\nFeeds lions."}) + "\n")
    asked = []

    def ask(request: str) -> str:
        asked.append(request)
        return answering(request)

    found = build_dataset(sources, BuildSettings(mapping=MAPPING), similar=similar, ask=ask)
    written = [job for job in found.dataset.jobs if job.startswith("job for ACCOUNTANT-")]
    assert len(written) == 2
    assert found.groups[MADE]["resume for zoo"] == "written by a language model"
    fits = {
        (j.job, found.groups["category"].get(j.resume)) for j in found.dataset.judgments if j.grade
    }
    assert (written[0], "ACCOUNTANT") in fits
    made = set(found.groups[MADE].values())
    assert "paraphrased" in made
    for name in ("validation", "test"):
        split = found.dataset.splits[name]
        assert not split.jobs & set(written)
        assert "resume for zoo" not in split.resumes
    assert all("instruction" in request for request in asked)


def test_without_a_language_model_that_is_said(built: Built) -> None:
    assert any("No language model" in note for note in built.notes)


def test_paraphrase_keeps_headings_and_what_stands_around_sections() -> None:
    text = "Jo\n\nExperience\n- Led a team\n\nSkills\nSQL\n"
    said = paraphrased(text, lambda request: "Other words")
    assert said.count("Other words") >= 2
    assert "Experience\n" in said and "Skills\n" in said
    assert "Led a team" not in said


def test_answers_are_kept(tmp_path: Path) -> None:
    asked = []

    def ask(request: str) -> str:
        asked.append(request)
        return request.upper()

    path = tmp_path / "cache/written.jsonl"
    assert Kept(ask, path, "m")("a") == "A"
    assert Kept(ask, path, "m")("a") == "A"
    assert Kept(ask, path, "other")("a") == "A"
    assert asked == ["a", "a"]
    path.write_text("nonsense\n")
    with pytest.raises(DataError, match=r"written\.jsonl:1"):
        Kept(ask, path, "m")


def test_an_answer_may_hold_any_sign_of_a_new_line(tmp_path: Path) -> None:
    path = tmp_path / "written.jsonl"
    said = "one\u2028two\x85three"
    assert Kept(lambda request: said, path, "m")("a") == said
    assert Kept(lambda request: "asked again", path, "m")("a") == said


def test_the_command_writes_a_folder_that_reads_back(tmp_path: Path) -> None:
    sources = write(tmp_path)
    (tmp_path / "m.toml").write_text('ACCOUNTANT = ["accountant"]\nNURSE = ["nurse"]\n')
    out = tmp_path / "out"
    arguments = ["data", "build", *map(str, sources), "--mapping", str(tmp_path / "m.toml")]
    run = CliRunner().invoke(cli, [*arguments, "--out", str(out)], catch_exceptions=False)
    assert run.exit_code == 0
    found = read_dataset(out)
    assert set(found.splits) == {"train", "validation", "test"}
    with (out / "groups.csv").open() as file:
        attributes = {row["attribute"] for row in csv.DictReader(file)}
    assert attributes == {"category", "made"}
    assert "pairs fit" in (out / "README.md").read_text()


def test_options_that_make_no_sense_are_refused(tmp_path: Path) -> None:
    sources = [*map(str, write(tmp_path)), "--out", str(tmp_path / "out")]
    for options, why in (
        (["--llm", "http://localhost:1/v1"], "--llm-model"),
        (["--per-job", "0"], "--per-job"),
        (["--mine", str(tmp_path), "--band", "a"], "--band"),
    ):
        with pytest.raises(ConfigError, match=why):
            CliRunner().invoke(cli, ["data", "build", *sources, *options], catch_exceptions=False)
