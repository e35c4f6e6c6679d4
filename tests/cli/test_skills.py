"""`shortlist skills` as a newcomer types it."""

import json
from pathlib import Path
from typing import Any

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
        (["--skills", '"python" ,sql'], "no comma follows it"),
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


def test_data_without_a_model_says_so_and_with_one_adds_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHORTLIST_CACHE", "off")
    asked = ["--skills", "sql", "--n", "2"]
    plain = CliRunner().invoke(cli, ["skills", "data", str(tmp_path / "plain"), *asked])
    assert "nothing was worded by a language model" in plain.stderr

    def same(request: dict[str, Any]) -> tuple[int, str]:
        given = json.loads(request["messages"][1]["content"])
        said = [{"skill": one["skill"], "said": one["sentences"]} for one in given["skills"]]
        return 200, json.dumps({"text": given["resume"], "sentences": said})

    with endpoint(same) as server:
        model = ["--llm", "toy", "--endpoint", server.url, "--licence", "made up"]
        done = CliRunner().invoke(cli, ["skills", "data", str(tmp_path / "made"), *asked, *model])
    assert "2 resumes worded by toy" in done.stderr and "4 resumes" in done.stdout
    card = (tmp_path / "made" / "README.md").read_text("utf-8")
    assert "`toy`, whose terms for its answers were given as: made up" in card
    assert run("evaluate", str(tmp_path / "made" / "resumes.jsonl"), "--no-variants")


def test_data_with_no_server_is_written_all_the_same(tmp_path: Path) -> None:
    model = ["--llm", "toy", "--endpoint", "http://127.0.0.1:9/v1", "--licence", "made up"]
    folder = tmp_path / "made"
    done = CliRunner().invoke(
        cli, ["skills", "data", str(folder), "--skills", "sql", "--n", "1", *model]
    )
    assert done.exit_code == 0 and "1 resumes" in done.stdout
    assert "skipped from there on: http://127.0.0.1:9/v1: no server answers there" in done.stderr
    assert "no server answers there" in (folder / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    "options, said",
    [(["--llm", "toy"], "say with --licence"), (["--licence", "MIT"], "name one with --llm")],
)
def test_a_model_and_its_licence_go_together(
    tmp_path: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["skills", "data", str(tmp_path / "made"), "--skills", "sql", *options])
    assert said in capsys.readouterr().err and not (tmp_path / "made").exists()


def test_evaluate_has_two_names(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    run("data", str(folder), "--skills", "sql", "--n", "3")
    made = [str(folder / "resumes.jsonl"), "--no-variants"]
    assert run("train", "evaluate", *made) == run("evaluate", *made)


def test_a_scorer_that_cannot_be_reached_is_an_error_with_its_remedy(
    resume: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--scorer", "llm", "--llm", "toy", "--endpoint", "http://127.0.0.1:9/v1"]
    with pytest.raises(SystemExit) as stop:
        main(["skills", str(resume), "--skills", "python", *options])
    assert stop.value.code == 2
    said = capsys.readouterr().err
    assert "http://127.0.0.1:9/v1: no server answers there; start one or name another URL" in said


SPANISH = """Experiencia laboral
Camarera, Restaurante Mar Azul, 2018 - 2022
- Coordino el equipo de la sala y preparo los turnos de la semana con Excel.
Idiomas
Español (nativo), inglés (B2), francés básico
"""


def test_several_resumes_give_a_line_each_and_a_bad_one_stops_none(
    resume: Path, tmp_path: Path
) -> None:
    other = tmp_path / "otra.txt"
    other.write_text(SPANISH, encoding="utf-8")
    files = [str(resume), str(tmp_path / "nothing.txt"), str(other)]
    asked = ["--skills", "excel,spanish,english,french", "--format", "json"]
    done = CliRunner().invoke(cli, ["skills", *files, *asked])
    first, last = map(json.loads, done.stdout.splitlines())
    assert done.exit_code == 2 and "nothing.txt: not there" in done.stderr
    assert (first["resume"], last["resume"]) == ("resume.txt", "otra.txt")
    excel, *languages = [score["score"] for score in last["scores"]]
    assert excel >= 2 and languages == [5, 3, 2]
    assert "otra.txt: little of it is English" in done.stderr
    assert "resume.txt: little" not in done.stderr


def test_one_that_can_be_read_of_several_is_a_line(resume: Path, tmp_path: Path) -> None:
    files = [str(resume), str(tmp_path / "nothing.txt")]
    asked = ["--skills", "excel", "--scorer", "rules", "--format", "json"]
    done = CliRunner().invoke(cli, ["skills", *files, *asked])
    assert done.exit_code == 2 and len(done.stdout.splitlines()) == 1
