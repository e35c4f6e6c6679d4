"""`shortlist compare` as a user types it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scorers.people import JOB, PEOPLE
from shortlist.cli import cli
from shortlist.errors import ShortlistError

Run = Callable[..., Result]
GRADES = {"a": 1, "b": 0, "c": 0}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An invented data set of six jobs and three people."""
    made = tmp_path / "set"
    made.mkdir()
    jobs = [
        {"id": f"j{i}", "text": JOB.text.replace("3 years", f"{i + 1} years")} for i in range(6)
    ]
    write(made, "jobs", jobs)
    write(made, "resumes", [{"id": p.id, "text": p.text} for p in PEOPLE[:3]])
    write(
        made,
        "judgments",
        [
            {"job": job["id"], "resume": resume, "grade": grade}
            for job in jobs
            for resume, grade in GRADES.items()
        ],
    )
    (made / "README.md").write_text("Invented.\n", encoding="utf-8")
    return made


def write(folder: Path, name: str, rows: list[dict[str, object]]) -> None:
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")


@pytest.fixture
def run(folder: Path, model_folder: Path) -> Run:
    def command(*options: str) -> Result:
        fixed = ["compare", str(folder), "--model", str(model_folder)]
        return CliRunner().invoke(cli, [*fixed, *options], catch_exceptions=True)

    return command


def test_json_holds_the_contract(run: Run) -> None:
    result = run("--format", "json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert list(found) == [
        *("schema", "scorers", "direction", "pairs", "queries", "items", "distributions"),
        *("agreement", "quality", "disagreements", "recommendation", "warnings", "notes"),
        *("source", "split"),
    ]
    assert found["scorers"] == ["hybrid", "learned", "blend", "bm25"]
    assert (found["schema"], found["pairs"], found["queries"], found["items"]) == (1, 18, 6, 3)
    assert len(found["agreement"]) == 6
    quality = found["quality"]
    assert (quality["decides"], len(quality["differences"])) == ("ndcg@10", 6)
    assert [one["name"] for one in quality["controls"]] == ["random", "popularity"]
    assert found["recommendation"]["decision"] in ("replace", "blend", "keep both")
    assert found["recommendation"]["because"]
    for one in found["disagreements"]:
        assert one["grade"] == GRADES[one["resume"]]


def test_the_table_leads_with_the_recommendation(run: Run) -> None:
    result = run("--scorers", "hybrid,learned")
    assert result.exit_code == 0, result.output
    for heading in (
        *("RECOMMENDATION", "RANKING QUALITY", "PAIRED TESTS", "AGREEMENT"),
        *("DISTRIBUTION OF SCORES", "DISAGREEMENTS WORTH A LOOK"),
    ):
        assert heading in result.stdout


def test_the_page_stands_alone(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "compare.html"
    assert run("--format", "html", "--out", str(out)).exit_code == 0
    page = out.read_text("utf-8")
    assert "<svg" in page
    assert "<script" not in page
    assert "Recommendation" in page


def test_without_judgments_agreement_is_all_there_is(run: Run, folder: Path) -> None:
    (folder / "judgments.jsonl").unlink()
    result = run("--direction", "jobs", "--format", "json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["quality"], found["recommendation"]["decision"]) == (None, None)
    assert (found["direction"], found["queries"], found["items"]) == ("jobs", 3, 6)
    assert len(found["distributions"]) == 4


def test_pairs_that_were_not_judged_may_count_as_not_fitting(run: Run, folder: Path) -> None:
    write(folder, "judgments", [{"job": f"j{i}", "resume": "a", "grade": 1} for i in range(6)])
    found = json.loads(run("--scorers", "hybrid,learned", "--format", "json").stdout)
    assert found["pairs"] == 18
    assert found["quality"]["scorers"][0]["metrics"][0]["value"] == 1.0


@pytest.mark.parametrize(
    "options, said",
    [
        (("--scorers", "hybrid"), "at least two"),
        (("--scorers", "hybrid,hybrid"), "each once"),
        (("--scorers", "hybrid,best"), "no such scorer"),
        (("--scorers", "hybrid,llm"), "differs from run to run"),
        (("--scorers", "hybrid,learned", "--metrics", "beauty"), "no such metric"),
        (("--split", "test"), "no split"),
    ],
)
def test_what_makes_no_sense_is_refused(run: Run, options: tuple[str, ...], said: str) -> None:
    result = run(*options)
    assert isinstance(result.exception, ShortlistError), result.output
    assert said in str(result.exception)
