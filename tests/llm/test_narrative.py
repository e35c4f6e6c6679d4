"""Narratives of a match, against a real server on this machine."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from llm.endpoint import endpoint
from scorers.people import JOB, applicant
from shortlist.cli import cli
from shortlist.errors import ConfigError

Run = Callable[..., Result]
SAID = {
    "explanation": "The learned score is the strongest factor. The resume says “Moved 40 jobs”. "
    "It says “ran a bank”. It is 97.31 percent sure.",
    "key_features": [
        {"feature": "FEATURE", "reason": "It counts most.", "direction": "raises",
         "importance_rank": 1},
        {"feature": "charm", "reason": "Nice.", "direction": "raises", "importance_rank": 2},
    ],
    "uncertainty": ["Dates are few.", "It names “Acme Rocket School”."],
    "misclassification_risks": ["Words may differ.", 3],
}  # fmt: skip


@pytest.fixture
def run(tmp_path: Path, model_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `match` on an invented job and resume with the tiny model."""
    (tmp_path / "job.md").write_text(JOB.text, encoding="utf-8")
    (tmp_path / "resume.md").write_text(applicant().text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def command(*options: str) -> Result:
        fixed = ["match", "job.md", "resume.md", "--model", str(model_folder)]
        return CliRunner().invoke(cli, [*fixed, "--today", "2026-01-01", *options])

    return command


def says(request: dict[str, Any]) -> tuple[int, str]:
    given = json.loads(request["messages"][1]["content"])
    name = given["computed"]["factors"][0]["feature"]
    return 200, json.dumps(SAID).replace("FEATURE", name)


def test_what_is_not_there_is_dropped_and_no_score_changes(run: Run) -> None:
    plain = json.loads(run("--format", "json").stdout)
    with endpoint(says) as server:
        model = ("--narrative", "--llm", "tiny", "--endpoint", server.url)
        value = json.loads(run("--format", "json", *model).stdout)
        table = run(*model).stdout
        page = run("--format", "html", *model).stdout
    narrative = value.pop("narrative")
    assert value == plain and "narrative" not in plain
    assert narrative["explanation"] == (
        "The learned score is the strongest factor. The resume says “Moved 40 jobs”."
    )
    assert [one["importance_rank"] for one in narrative["key_features"]] == [1]
    assert narrative["uncertainty"] == ["Dates are few."]
    assert narrative["misclassification_risks"] == ["Words may differ."]
    assert (narrative["dropped"], narrative["unusable"]) == (5, "")
    assert narrative["reproducible"] is False
    for shown in table, page:
        assert "Dates are few." in shown and "ran a bank" not in shown
    sent = json.dumps(server.requests)
    assert "Okonjo" not in sent and "Harvard" not in sent


def test_it_may_be_in_chinese(run: Run) -> None:
    kept = "分數來自職缺的用詞。履歷寫到「Moved 40 jobs」。"
    said = {**SAID, "explanation": f"{kept}他有9999年經驗。"}
    with endpoint(lambda request: (200, json.dumps(said))) as server:
        model = ("--narrative", "--llm", "tiny", "--endpoint", server.url, "--language", "zh-TW")
        value = json.loads(run("--format", "json", *model).stdout)
    assert value["narrative"]["explanation"] == kept
    assert "繁體中文" in server.requests[0]["messages"][0]["content"]


@pytest.mark.parametrize(
    "answer", ["Sure!", "[]", '{"explanation": 3}', json.dumps({**SAID, "uncertainty": "x"})]
)
def test_an_answer_that_cannot_be_read_is_no_narrative(run: Run, answer: str) -> None:
    with endpoint(lambda request: (200, answer)) as server:
        model = ("--narrative", "--llm", "tiny", "--endpoint", server.url)
        result = run("--format", "json", *model)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["narrative"]["unusable"] == "its answer could not be read"


@pytest.mark.parametrize(
    "options, said",
    [
        (("--narrative",), "name a model"),
        (("--llm", "tiny"), "goes with --narrative"),
        (("--narrative", "--llm", "tiny", "--endpoint", "http://127.0.0.1:9/v1"), "no server"),
    ],
)
def test_what_cannot_be_asked_is_said(run: Run, options: tuple[str, ...], said: str) -> None:
    result = run(*options)
    assert isinstance(result.exception, ConfigError) and said in str(result.exception)
