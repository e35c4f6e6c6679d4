"""`shortlist audit`: what it prints, what it refuses, and how it ends."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from shortlist.cli import cli, main
from shortlist.errors import ShortlistError

Run = Callable[..., Result]

CONTRACT = {"name", "attribute", "group", "value", "low", "high", "n", "reason"}
NAMES = {
    "selection_rate",
    "impact_ratio",
    "demographic_parity_difference",
    "demographic_parity_ratio",
    "true_positive_rate",
    "false_positive_rate",
    "precision",
    "equalized_odds_difference",
    "equal_opportunity_difference",
    "predictive_parity_difference",
    "calibration_disparity",
    "exposure",
    "exposure_gap",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with scores.csv and groups.csv of 200 people and four jobs."""
    rng = np.random.default_rng(0)
    race, sex = rng.choice(["A", "B"], 200), rng.choice(["female", "male"], 200)
    quality = rng.random(200)
    score = np.clip(quality - 0.15 * (race == "B") + rng.normal(0, 0.1, 200), 0, 1)
    with (tmp_path / "scores.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["job", "resume", "score", "label"])
        for i in range(200):
            writer.writerow([f"job{i % 4}", f"r{i}", score[i], int(quality[i] > 0.5)])
    with (tmp_path / "groups.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["resume", "attribute", "value"])
        for i in range(200):
            writer.writerow([f"r{i}", "race", race[i]])
            writer.writerow([f"r{i}", "sex", sex[i] if i % 10 else ""])
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    def run(*options: str) -> Result:
        arguments = ["audit", "scores.csv", "--groups", "groups.csv", *options]
        return CliRunner().invoke(cli, arguments)

    return run


def test_the_json_keeps_its_contract(run: Run) -> None:
    result = json.loads(run("--format", "json").stdout)
    assert result["schema"] == 1 and result["limits"] == []
    assert all(set(row) == CONTRACT for row in result["measures"])
    assert {row["name"] for row in result["measures"]} >= NAMES
    over = [r for r in result["measures"] if r["name"] == "exposure_gap"]
    assert [r["group"] for r in over] == [None] * 3
    assert {r["attribute"] for r in over} == {"race", "sex", "race+sex"}
    assert all(row["reason"] for row in result["measures"] if row["value"] is None)
    unknown = [r for r in result["measures"] if r["group"] == "unknown" and r["attribute"] == "sex"]
    assert {"people", "selection_rate"} <= {row["name"] for row in unknown}


@pytest.mark.parametrize(
    "form, begins",
    [
        ("table", "Audit of scores"),
        ("markdown", "# Audit of scores"),
        ("csv", "name,attribute,group,value,low,high,n,reason\n"),
        ("html", "<!doctype html>"),
    ],
)
def test_each_format(run: Run, form: str, begins: str) -> None:
    result = run("--format", form)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.lstrip().startswith(begins)
    assert "race+sex" in result.stdout or "race and sex" in result.stdout


def test_one_attribute_alone(run: Run) -> None:
    result = json.loads(run("--attribute", "race", "--format", "json").stdout)
    assert {row["attribute"] for row in result["measures"]} == {None, "race"}


def test_thresholds_by_group_are_analysis_with_a_warning(run: Run) -> None:
    plain = json.loads(run("--format", "json").stdout)
    asked = json.loads(run("--format", "json", "--thresholds", "--min-n", "100").stdout)
    assert "analysis" not in plain
    assert "unlawful in many places" in asked["analysis"]["warning"]
    rows = {(r["attribute"], r["group"]): r for r in asked["analysis"]["thresholds"]}
    race = [rows["race", group] for group in ("A", "B") if ("race", group) in rows]
    assert race and all(r["n"] >= 100 for r in rows.values()), "small groups are not shown"
    assert all(abs(r["rate_after"] - 0.2) < 0.02 for r in race)
    for form in ("table", "markdown", "html"):
        page = run("--format", form, "--thresholds").stdout
        assert "Analysis only." in page and "its own threshold" in page
        assert "Analysis only." not in run("--format", form).stdout


def test_the_same_seed_gives_the_same_bytes(run: Run) -> None:
    assert (
        run("--format", "json", "--seed", "4").stdout
        == run("--format", "json", "--seed", "4").stdout
    )


def test_limits_that_are_kept_and_broken(run: Run, folder: Path) -> None:
    (folder / "limits.toml").write_text(
        '"impact_ratio.race" = ">= 0.95"\n"impact_ratio.sex.female" = ">= 0.01"\n'
    )
    result = run("--limits", "limits.toml", "--format", "json")
    assert result.exit_code == 1
    assert "broken: impact_ratio.race >= 0.95 (race B: " in result.stderr
    limits = json.loads(result.stdout)["limits"]
    assert [(v["subject"], v["kept"]) for v in limits] == [
        ("race A", True),
        ("race B", False),
        ("sex female", True),
    ]
    (folder / "limits.toml").write_text('"impact_ratio.race" = ">= 0"\n')
    assert run("--limits", "limits.toml").exit_code == 0


def test_limits_against_another_system(run: Run, folder: Path) -> None:
    (folder / "limits.toml").write_text('"demographic_parity_difference.race" = "<= baseline"\n')
    result = run("--limits", "limits.toml", "--against", "before=scores.csv", "--format", "html")
    assert result.exit_code == 0, result.stderr
    assert "Systems beside each other" in result.stdout and "before" in result.stdout
    alone = run("--limits", "limits.toml")
    assert alone.exit_code == 1 and "no baseline was given" in alone.stderr


def test_a_limit_on_what_no_group_has_is_not_kept(run: Run, folder: Path) -> None:
    (folder / "limits.toml").write_text('"impact_ratio.race" = ">= 0"\n')
    result = run("--limits", "limits.toml", "--min-n", "1000")
    assert result.exit_code == 1 and "not estimated" in result.stderr


def test_the_summary_of_local_law_144(run: Run) -> None:
    page = run("--summary", "ll144", "--format", "html", "--deployed", "2026-01-01").stdout
    for words in ("independent auditor", "2026-01-01", "scoring rate", "impact ratio", "unknown"):
        assert words in page
    table = list(csv.DictReader(run("--summary", "ll144", "--format", "csv").stdout.splitlines()))
    assert {row["breakdown"] for row in table} == {"Sex", "Race and ethnicity", "Both"}
    summary = json.loads(run("--summary", "ll144", "--format", "json").stdout)
    sex = next(b for b in summary["breakdowns"] if b["title"] == "Sex")
    assert sex["unknown"] == 20
    assert sum(c["applicants"] for c in sex["categories"]) == 180
    for one in sex["categories"]:
        assert one["selection_rate"]["value"] == pytest.approx(one["selected"] / one["applicants"])
    assert "| female |" in run("--summary", "ll144").stdout


def test_a_card_with_the_numbers_of_an_evaluation(run: Run, folder: Path) -> None:
    metric = {"name": "map", "value": 0.5, "low": 0.4, "high": 0.6, "n": 4, "reason": ""}
    system = {"name": "scores", "metrics": [metric]}
    evaluation = {"schema": 1, "systems": [system], "controls": []}
    (folder / "evaluation.json").write_text(json.dumps(evaluation))
    card = run("--summary", "card", "--evaluation", "evaluation.json").stdout
    for words in ("## Intended use", "## Limits", "## Ethics statement", "| map | 0.500 |"):
        assert words in card
    page = run("--summary", "card", "--format", "html").stdout
    assert "<h2>Ethics statement</h2>" in page and "<table>" in page


def refused(*arguments: str) -> str:
    with pytest.raises(ShortlistError) as error:
        CliRunner().invoke(cli, ["audit", *arguments], catch_exceptions=False)
    return str(error.value)


@pytest.mark.parametrize(
    "options, words",
    [
        (["--attribute", "height"], "the groups have race, sex"),
        (["--select", "best"], "top:K"),
        (["--limits", "none.toml"], "none.toml"),
        (["--swaps"], "needs the texts"),
        (["--summary", "card", "--format", "json"], "markdown or html"),
        (["--summary", "card", "--evaluation", "groups.csv"], "shortlist evaluate --format json"),
        (["--attribute", "race", "--summary", "ll144"], "'sex' or 'gender'"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(folder: Path, options: list[str], words: str) -> None:
    assert words in refused("scores.csv", "--groups", "groups.csv", *options)


def test_scores_alone_need_groups(folder: Path) -> None:
    assert "--groups FILE" in refused("scores.csv")
    (folder / "none.csv").write_text("resume,attribute,value\n")
    assert "none.csv: holds a header and no row" in refused("scores.csv", "--groups", "none.csv")


def test_a_limit_on_an_unknown_measure_names_what_there_is(folder: Path) -> None:
    (folder / "limits.toml").write_text('"impact_ratio.height" = ">= 0.8"\n')
    message = refused("scores.csv", "--groups", "groups.csv", "--limits", "limits.toml")
    assert "impact_ratio.race" in message and "impact_ratio.sex" in message


@pytest.mark.parametrize(
    "row, words",
    [
        ("job0,r0,high,1", ":202: score 'high' is not a finite number"),
        ("job0,r0", ":202: 2 cells"),
        ("job0,r0,0.5,1", "scored more than once"),
    ],
)
def test_a_malformed_row_is_refused_with_its_line(folder: Path, row: str, words: str) -> None:
    with (folder / "scores.csv").open("a") as file:
        file.write(row + "\n")
    assert words in refused("scores.csv", "--groups", "groups.csv")


def test_exit_statuses(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["audit", "scores.csv"])
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("shortlist: ")


@pytest.fixture
def data_set(tmp_path: Path) -> Path:
    """A data set of three jobs and 24 invented resumes, half of which name a school."""
    path = tmp_path / "dataset"
    path.mkdir()
    trades = ["bakes bread", "drives lorries", "mends clocks"]
    jobs = [{"id": f"j{i}", "text": f"We need someone who {t}."} for i, t in enumerate(trades)]
    resumes = [
        {
            "id": f"r{i}",
            "text": f"Somebody\nExperience\n{trades[i % 3]} for {i + 1} years\n"
            + ("Education\nBSc, Yale University, 2011\n" if i % 2 else ""),
        }
        for i in range(24)
    ]
    fits = [{"job": f"j{i % 3}", "resume": f"r{i}", "grade": 1} for i in range(24)]
    for name, rows in (("jobs", jobs), ("resumes", resumes), ("judgments", fits)):
        lines = "\n".join(map(json.dumps, rows))
        (path / f"{name}.jsonl").write_text(lines + "\n")
    return path


def test_a_data_set_is_scored_and_its_schools_are_read(data_set: Path, model_folder: Path) -> None:
    arguments = ["audit", str(data_set), "--model", str(model_folder), "--min-n", "5"]
    result = CliRunner().invoke(cli, [*arguments, "--format", "json"], catch_exceptions=False)
    rows = json.loads(result.stdout)["measures"]
    people = {r["group"]: r["value"] for r in rows if r["name"] == "people"}
    assert people == {"top": 12, "none": 12}
    positive = [r for r in rows if r["name"] == "true_positive_rate"]
    assert all(r["value"] is not None for r in positive)


def test_swaps_of_a_masked_data_set_are_exactly_equal(data_set: Path, model_folder: Path) -> None:
    arguments = ["audit", str(data_set), "--model", str(model_folder), "--min-n", "5", "--swaps"]
    result = CliRunner().invoke(cli, [*arguments, "--format", "json"], catch_exceptions=False)
    equal = {
        r["attribute"]: r
        for r in json.loads(result.stdout)["measures"]
        if r["name"] == "swap_equal" and r["group"] is None
    }
    for kind in ("school: other for top", "pronouns: she/her for he/him"):
        assert equal[kind]["value"] == 1 and "exact" in equal[kind]["reason"]
    assert len(equal) >= 14
    probed = {
        r["name"] for r in json.loads(result.stdout)["measures"] if "leakage_auc@" in r["name"]
    }
    assert probed == {
        f"leakage_auc@{what} {how}"
        for what in ("text", "vectors of the text")
        for how in ("as it is", "masked as standard")
    }
