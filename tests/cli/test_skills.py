"""`shortlist skills` as a newcomer types it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from llm.endpoint import endpoint
from shortlist.cli import cli, main
from shortlist.cli.skills import names_in

RESUME = """Experience
Analyst, 2019 - 2023
- Built weekly reports in Python for 12 stores.

Skills
SQL
"""


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    path = tmp_path / "resume.txt"
    path.write_text(RESUME, encoding="utf-8")
    return path


def run(*arguments: str) -> str:
    return CliRunner().invoke(cli, ["skills", *arguments], catch_exceptions=False).stdout


def test_people_see_scores_reasons_and_quotes(resume: Path) -> None:
    shown = run(str(resume), "--skills", "python,sql,rust")
    assert "Built weekly reports in Python" in shown
    assert "0 of 5  rust\n        no evidence found" in shown


def test_machines_get_the_schema(resume: Path) -> None:
    made = json.loads(run(str(resume), "--skills", 'python,"machine learning"', "--format", "json"))
    assert list(made) == ["schema", "resume", "scorer", "scores"]
    assert (made["schema"], made["resume"], made["scorer"]) == (1, "resume.txt", "evidence")
    for score in made["scores"]:
        assert list(score) == (
            ["skill", "score", "low", "high", "confidence", "status", "reason", "quotes"]
        )
    (quote,) = made["scores"][0]["quotes"]
    assert RESUME[quote["start"] : quote["end"]] == quote["quote"]


def test_options_may_come_first_and_the_word_score_may_be_there(resume: Path) -> None:
    plain = run(str(resume), "--skills", "python")
    assert run("--skills", "python", str(resume)) == plain
    assert run("score", str(resume), "--skills", "python") == plain


def test_rubrics_are_written_to_be_edited() -> None:
    assert run("rubrics").startswith("# What each level of a skill means")


def test_names() -> None:
    assert names_in('python, "machine learning",C++ ,') == ["python", "machine learning", "C++"]
    assert names_in('"a, b",c') == ["a, b", "c"]


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["--skills", '"python'], "a quote is not closed"),
        (["--skills", ","], "name the skills to score"),
        (["--skills", "sql,SQL"], "asked for twice"),
        (["--skills", "sql", "--rubric", "nothing.toml"], "nothing.toml: cannot be read"),
    ],
)
def test_faults_are_one_line(
    resume: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["skills", str(resume), *arguments])
    assert stop.value.code == 2
    assert said in capsys.readouterr().err


def test_a_language_model_scores_and_what_it_invents_is_said(
    resume: Path,
) -> None:
    said = {"skill": "python", "status": "used", "score": 4, "reason": "It says so."}
    reply = json.dumps({"scores": [{**said, "quotes": ["a Nobel prize"]}]})
    with endpoint(lambda request: (200, reply)) as server:
        options = ["--scorer", "llm", "--llm", "toy", "--endpoint", server.url, "--samples", "1"]
        shown = CliRunner().invoke(
            cli, ["skills", str(resume), "--skills", "python", "--format", "json", *options]
        )
    made = json.loads(shown.stdout)
    assert (made["scorer"], made["scores"][0]["score"]) == ("llm:toy", None)
    assert "1 quotes dropped" in shown.stderr


@pytest.mark.parametrize(
    "options, said",
    [([], "name a model"), (["--llm", "toy", "--adapter", "."], "goes with a folder")],
)
def test_a_language_model_must_be_named(
    resume: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["skills", str(resume), "--skills", "python", "--scorer", "llm", *options])
    assert said in capsys.readouterr().err


def test_data_is_generated_and_evaluated(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    assert "6 resumes" in run("data", str(folder), "--skills", "python,leadership", "--n", "6")
    made = str(folder / "resumes.jsonl")
    assert "quadratic kappa" in run("evaluate", made, "--no-variants")
    value = json.loads(run("evaluate", made, "--no-variants", "--format", "json"))
    assert value["resumes"] == 6
    page = tmp_path / "page.html"
    run("evaluate", made, "--no-variants", "--format", "html", "--out", str(page))
    assert page.read_text("utf-8").startswith("<!doctype html>")
