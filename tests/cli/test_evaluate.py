"""`shortlist evaluate`: what it prints, what it refuses, and how it ends."""

import csv
import io
import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from shortlist.cli import cli, main
from shortlist.dataset.folder import Dataset, Split, write_dataset
from shortlist.errors import ConfigError, DataError, ShortlistError
from shortlist.records import Judgment

Run = Callable[..., Result]
CONTRACT = {"name", "value", "low", "high", "n", "reason"}
CONTROLS = ["random", "constant", "popularity", "job-only", "resume-only", "length", "bm25",
            "tfidf"]  # fmt: skip
TRADES = (
    "baker bread oven dough",
    "smith iron forge anvil",
    "nurse ward patient care",
    "driver truck road freight",
    "clerk ledger account payroll",
    "cook kitchen menu sauce",
)


def made_up() -> Dataset:
    """Six jobs and four resumes of each trade; a resume fits the job of its trade."""
    jobs = {f"j{i}": f"Wanted: {trade}. Requirements: {trade}." for i, trade in enumerate(TRADES)}
    resumes = {
        f"r{i}{k}": f"Candidate {i} {k}. Experience: {trade}. Hobby number {i * 7 + k}."
        for i, trade in enumerate(TRADES)
        for k in range(4)
    }
    judged = tuple(
        Judgment(job, resume, float(job[1] == resume[1])) for job in jobs for resume in resumes
    )
    splits = {
        "validation": Split(frozenset({"j0", "j1"}), frozenset(r for r in resumes if r[1] in "01")),
        "test": Split(
            frozenset({"j2", "j3", "j4", "j5"}), frozenset(r for r in resumes if r[1] in "2345")
        ),
    }
    return Dataset("trades", jobs, resumes, judged, splits)


def write_scores(path: Path, noise: float, *, label: bool = False) -> None:
    rng = np.random.default_rng(3)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["job", "resume", "score", *(["label"] if label else [])])
        for judgment in made_up().judgments:
            score = 1 / (1 + np.exp(-(2 * judgment.grade - 1 + rng.normal(0, noise))))
            row = [judgment.job, judgment.resume, f"{score:.6f}"]
            writer.writerow([*row, *([int(judgment.grade)] if label else [])])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a data set and the scores of two systems."""
    groups = {"sex": {r: "female" if r[2] in "01" else "male" for r in made_up().resumes}}
    write_dataset(made_up(), tmp_path / "trades", groups=groups)
    write_scores(tmp_path / "good.csv", 0.8)
    write_scores(tmp_path / "poor.csv", 3.0)
    write_scores(tmp_path / "own.csv", 0.8, label=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, ["evaluate", *arguments])

    return run


def result(run: Run, *arguments: str) -> dict[str, Any]:
    done = run(*arguments, "--format", "json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def values(row: dict[str, Any]) -> dict[str, float | None]:
    return {metric["name"]: metric["value"] for metric in row["metrics"]}


def refused(done: Result, error: type[ShortlistError], said: str) -> None:
    assert isinstance(done.exception, error)
    assert said in str(done.exception)


def test_json_keeps_its_promises(run: Run) -> None:
    found = result(run, "trades", "--scores", "good.csv", "--scores", "other=poor.csv")
    assert found["schema"] == 1
    assert {"systems", "controls", "comparisons", "unused"} <= found.keys()
    assert [row["name"] for row in found["systems"]] == ["good", "other"]
    assert [row["name"] for row in found["controls"]] == CONTROLS
    for row in (*found["systems"], *found["controls"]):
        assert all(set(metric) == CONTRACT for metric in row["metrics"])
        names = [metric["name"] for metric in row["metrics"]]
        assert names == ["ndcg@10", "map", "mrr", "precision@10", "recall@50", "roc_auc",
                         "pr_auc", "brier", "ece"]  # fmt: skip
    first = found["comparisons"][0]
    assert {"metric", "a", "b", "value", "low", "high", "n", "p", "p_holm", "reason"} == set(first)
    assert (first["a"], first["b"]) == ("good", "other")
    assert found["unused"]["pairs_not_scored"] == {"good": 0, "other": 0}


def test_a_csv_with_labels_brings_its_own_scores(run: Run) -> None:
    found = result(run, "own.csv", "--metrics", "map,roc_auc")
    assert [row["name"] for row in found["systems"]] == ["own"]
    assert values(found["systems"][0])["map"] == pytest.approx(
        values(result(run, "trades", "--scores", "good.csv", "--metrics", "map")["systems"][0])[
            "map"
        ]
    )
    assert "texts" in found["controls"][-1]["metrics"][0]["reason"]


def test_labels_beside_a_data_set_are_not_used_and_that_is_said(run: Run) -> None:
    notes = result(run, "trades", "--scores", "own.csv", "--metrics", "map")["notes"]
    assert notes == ["own: its labels are not used; the data set's judgments are."]


def test_rows_without_a_label_are_counted(run: Run, folder: Path) -> None:
    text = (folder / "own.csv").read_text("utf-8")
    (folder / "own.csv").write_text(text + "j0,new,0.5,\n", "utf-8")
    found = result(run, "own.csv", "--metrics", "map")
    assert found["unused"]["rows_without_label"] == 1
    assert found["unused"]["scores_not_judged"] == {"own": 1}


def test_qrels_and_runs(run: Run, folder: Path) -> None:
    (folder / "qrels.txt").write_text("q 0 a 1\nq 0 b 0\nk 0 a 0\nk 0 b 1\n", "utf-8")
    (folder / "run.txt").write_text("q Q0 a 1 2.0 t\nq Q0 b 2 1.0 t\nk Q0 b 1 1 t\n", "utf-8")
    found = result(run, "qrels.txt", "--scores", "run.txt", "--metrics", "mrr")
    assert values(found["systems"][0]) == {"mrr": 1.0}
    assert found["unused"]["pairs_not_scored"] == {"run": 1}
    turned = result(run, "qrels.txt", "--scores", "run.txt", "--direction", "jobs",
                    "--metrics", "mrr")  # fmt: skip
    assert turned["settings"]["direction"] == "jobs"
    refused(run("qrels.txt"), ConfigError, "name scores with --scores FILE")


def test_a_model_scores_a_data_set(run: Run, model_folder: Path) -> None:
    found = result(run, "trades", "--model", f"tiny={model_folder}", "--split", "test",
                   "--metrics", "map,roc_auc")  # fmt: skip
    assert [row["name"] for row in found["systems"]] == ["tiny"]
    assert found["settings"]["queries"] == 4
    assert found["unused"]["judgments_of_other_splits"] == 144 - 4 * 16
    assert any(note.startswith("tiny: model ") for note in found["notes"])
    assert values(found["systems"][0])["map"] is not None


def test_where_few_pairs_were_judged_a_model_scores_those_alone(
    run: Run, folder: Path, model_folder: Path
) -> None:
    whole = made_up()
    few = tuple(j for i, j in enumerate(whole.judgments) if j.grade or i % 5 == 0)
    write_dataset(Dataset("few", whole.jobs, whole.resumes, few), folder / "few")
    arguments = ["few", "--model", str(model_folder), "--metrics", "map"]
    alone = result(run, *arguments)
    everyone = result(run, *arguments, "--unjudged", "irrelevant")
    assert (alone["settings"]["pairs"], everyone["settings"]["pairs"]) == (len(few), 6 * 24)
    for found in (alone, everyone):
        name = found["systems"][0]["name"]
        assert found["unused"]["pairs_not_scored"] == {name: 0}
        assert found["unused"]["scores_not_judged"] == {name: 0}


def test_the_default_model_is_used_where_nothing_is_named(run: Run) -> None:
    found = result(run, "trades", "--metrics", "map")
    assert [row["name"] for row in found["systems"]] == ["shortlist"]
    assert values(found["systems"][0])["map"] == pytest.approx(1.0)


def test_both_directions(run: Run) -> None:
    for direction, queries in (("resumes", 6), ("jobs", 24)):
        found = result(run, "trades", "--scores", "good.csv", "--direction", direction,
                       "--metrics", "map")  # fmt: skip
        assert found["systems"][0]["metrics"][0]["n"] == queries


def test_thresholds_and_calibration_are_fitted_on_another_split(run: Run) -> None:
    arguments = ["trades", "--scores", "good.csv", "--split", "test", "--fit-on", "validation",
                 "--calibrate", "temperature", "--metrics", "f1,ece"]  # fmt: skip
    found = result(run, *arguments)
    assert [row["name"] for row in found["systems"]] == ["good", "good, temperature"]
    assert None not in [values(row)["f1"] for row in found["systems"]]
    assert any("fitted on split validation, n = 16" in note for note in found["notes"])
    assert any(note.startswith("good, temperature: temperature ") for note in found["notes"])
    by_group = result(run, *arguments, "--by", "sex", "--gap-penalty", "0.5")
    assert by_group["systems"][1]["name"] == "good, temperature by group"
    said = next(note for note in by_group["notes"] if note.startswith("good, temperature by group"))
    assert "temperature female " in said and "chosen for F1 - 0.5 gap" in said
    plain = result(run, "trades", "--scores", "good.csv", "--threshold", "0.5", "--metrics", "f1")
    assert values(plain["systems"][0])["f1"] is not None


def test_without_a_threshold_the_reason_is_given(run: Run) -> None:
    metric = result(run, "trades", "--scores", "good.csv", "--metrics", "f1")["systems"][0][
        "metrics"
    ][0]
    assert metric["value"] is None
    assert "name one, or a split" in metric["reason"]


@pytest.mark.parametrize(
    "arguments, error, said",
    [
        (["--calibrate", "platt"], ConfigError, "need --fit-on"),
        (["--gap-penalty", "1"], ConfigError, "need --fit-on"),
        (["--fit-on", "validation"], ConfigError, "reported on another"),
        (["--fit-on", "test", "--split", "test"], ConfigError, "reported on another"),
        (["--split", "dev"], DataError, "no split 'dev': there are validation, test"),
        (["--by", "race"], ConfigError, "groups.csv has sex"),
        (["--metrics", "accuracy@4"], ConfigError, "no such metric"),
        (["--scores", "good.csv"], ConfigError, "write NAME=FILE"),
        (["--scores", "none.csv"], DataError, "no such file"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    run: Run, arguments: list[str], error: type[ShortlistError], said: str
) -> None:
    refused(run("trades", "--scores", "good.csv", *arguments), error, said)


def test_a_file_has_no_splits_and_no_texts(run: Run, model_folder: Path) -> None:
    refused(run("own.csv", "--split", "test"), ConfigError, "only data set folders have it")
    refused(run("own.csv", "--model", str(model_folder)), ConfigError, "a model needs texts")


def test_a_data_set_without_judgments_is_refused(run: Run, folder: Path) -> None:
    (folder / "trades" / "judgments.jsonl").unlink()
    refused(run("trades"), DataError, "no judgment: write judgments.jsonl")


def test_a_leaking_split_is_refused_and_then_told_in_red(run: Run, folder: Path) -> None:
    whole = made_up()
    splits = {
        "train": Split(frozenset({"j0"}), frozenset({"r00", "r20"})),
        "test": Split(frozenset({"j2", "j3"}), frozenset(r for r in whole.resumes if r[1] in "23")),
    }
    leaking = Dataset("leaking", whole.jobs, whole.resumes, whole.judgments, splits)
    write_dataset(leaking, folder / "leaking")
    arguments = ["leaking", "--scores", "good.csv", "--split", "test", "--metrics", "map"]
    refused(run(*arguments), DataError, "train and test share 1 resumes")
    found = result(run, *arguments, "--allow-leakage")
    assert found["warnings"] == ["train and test share 1 resumes, and 0 near-duplicates"]
    page = run(*arguments, "--allow-leakage", "--format", "html").stdout
    assert '<p class="red" role="alert"><strong>Leaking split.</strong> train and test' in page
    assert "LEAKING SPLIT: train and test" in run(*arguments, "--allow-leakage").stdout
    markdown = run(*arguments, "--allow-leakage", "--format", "markdown").stdout
    assert "**Leaking split:** train and test" in markdown


def test_limits_end_with_1_and_the_broken_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "limits.toml").write_text('"ndcg@10" = ">= baseline - 0.01"\nmap = ">= 0.1"\n')
    arguments = ["evaluate", "trades", "--metrics", "ndcg@10,map", "--limits", "limits.toml"]
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--scores", "poor.csv", "--against", "good.csv"])
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert "shortlist: broken: ndcg@10 >= baseline - 0.01 (poor: " in said.err
    assert "kept: map >= 0.1 (poor: " in said.out
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--scores", "good.csv", "--against", "poor.csv"])
    assert ended.value.code == 0


def test_a_limit_on_a_metric_that_is_not_measured_is_refused(run: Run, folder: Path) -> None:
    (folder / "limits.toml").write_text('"ndcg@5" = ">= 0.5"\n')
    done = run("trades", "--scores", "good.csv", "--limits", "limits.toml", "--metrics", "map")
    refused(done, ConfigError, "no such metric here")


def annotated(folder: Path) -> None:
    whole = made_up()
    rng = np.random.default_rng(1)
    rows = [
        Judgment(j.job, j.resume, float(g), name)
        for name in ("ann", "bob")
        for j, g in zip(
            whole.judgments,
            [min(2, j.grade + rng.integers(0, 2)) for j in whole.judgments],
            strict=True,
        )
        if name == "ann" or j.job != "j5"
    ]
    write_dataset(Dataset("both", whole.jobs, whole.resumes, tuple(rows)), folder / "both")


def test_annotators_have_rows_agreement_and_a_ceiling(run: Run, folder: Path) -> None:
    annotated(folder)
    found = result(run, "both", "--scores", "good.csv", "--metrics", "spearman,ndcg@5")
    assert [table["name"] for table in found["annotators"]] == ["ann", "bob"]
    assert found["controls"][-1]["name"] == "human"
    assert found["controls"][-1]["metrics"][0]["n"] == 5
    assert found["agreement"][0]["pairs"] == 5 * 24
    text = run("both", "--scores", "good.csv", "--metrics", "spearman,ndcg@5").stdout
    assert "BY THE WORD OF ANN" in text
    assert "AGREEMENT OF ANNOTATORS" in text


def test_csv_is_a_table_that_a_spreadsheet_can_trust(run: Run, folder: Path) -> None:
    (folder / "good.csv").rename(folder / "=1+1.csv")
    done = run("trades", "--scores", "=1+1.csv", "--metrics", "map,f1", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0]) == ["kind", "system", "metric", "value", "low", "high", "n", "reason"]
    assert len(rows) == 2 * (1 + len(CONTROLS))
    assert rows[0]["system"] == "'=1+1"
    assert rows[1]["value"] == "" and "no threshold" in rows[1]["reason"]


def test_text_and_markdown_say_what_was_not_estimated(run: Run) -> None:
    for output in ("table", "markdown"):
        done = run("own.csv", "--metrics", "map,f1", "--format", output)
        said = " ".join(done.stdout.split())
        assert "bm25, tfidf: needs the texts of jobs and resumes." in said
        assert "Only judged pairs are ranked." in said


class Page(HTMLParser):
    """Counts figures and tables, and collects what would be loaded from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [v for k, v in attrs if k in ("src", "href") and v and not v.startswith("#")]


def test_the_page_is_one_file_with_a_table_under_every_chart(run: Run, folder: Path) -> None:
    annotated(folder)
    done = run("both", "--scores", "good.csv", "--scores", "poor.csv", "--format", "html",
               "--out", "page.html")  # fmt: skip
    assert done.exit_code == 0 and done.stdout == ""
    text = (folder / "page.html").read_text("utf-8")
    page = Page()
    page.feed(text)
    assert page.loads == []
    assert page.tags.count("script") == 0
    assert page.tags.count("svg") == page.tags.count("figure") >= 10
    assert text.count("</svg>") == sum("<table>" in part for part in text.split("</svg>")[1:])
    for title in ("Reliability", "Systems beside each other", "By the word of ann", "Agreement"):
        assert title in text


def test_names_are_escaped(run: Run, folder: Path) -> None:
    (folder / "good.csv").rename(folder / "<b>x.csv")
    done = run("trades", "--scores", "<b>x.csv", "--metrics", "map", "--format", "html")
    assert done.exit_code == 0
    assert "<b>x" not in done.stdout
