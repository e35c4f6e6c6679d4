"""`shortlist match` as a user types it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from llm.endpoint import endpoint
from scorers.people import JOB, applicant
from shortlist.cli import cli
from shortlist.documents import read
from shortlist.errors import ShortlistError

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, model_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `match` on an invented job and resume with the tiny model."""
    (tmp_path / "job.md").write_text(JOB.text, encoding="utf-8")
    (tmp_path / "resume.md").write_text(applicant().text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def command(*options: str, files: tuple[str, str] = ("job.md", "resume.md")) -> Result:
        fixed = ["match", *files, "--model", str(model_folder), "--today", "2026-01-01"]
        return CliRunner().invoke(cli, [*fixed, *options], catch_exceptions=True)

    return command


def found(result: Result) -> dict[str, object]:
    assert result.exit_code == 0, result.output
    value = json.loads(result.stdout)
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize("scorer", ["learned", "hybrid", "blend"])
def test_json_holds_the_contract(run: Run, scorer: str) -> None:
    value = found(run("--scorer", scorer, "--format", "json"))
    assert list(value) == [
        *("schema", "job", "resume", "scorer", "score", "signals", "sub_scores", "requirements"),
        *("keywords", "experience", "degree", "strengths", "gaps", "improvements", "bullets"),
        *("findings", "opinion", "notes", "settings"),
    ]
    assert (value["schema"], value["scorer"], value["opinion"]) == (1, scorer, None)
    signals = value["signals"]
    assert isinstance(signals, list)
    score = sum((s["value"] or 0) * s["applied"] for s in signals)
    assert value["score"] == pytest.approx(score, abs=1e-5)
    assert list(value["sub_scores"]) == ["skills", "experience", "education", "keywords"]  # type: ignore[call-overload]


def test_weights_are_shown_as_suggested_and_applied(run: Run) -> None:
    options = ("--scorer", "hybrid", "--weights", "semantic=0.7,section=0", "--format", "json")
    signals = found(run(*options))["signals"]
    assert isinstance(signals, list)
    assert [s["suggested"] for s in signals] == [0.3, 0.2, 0.2, 0.2, 0.1]
    assert [round(s["applied"], 3) for s in signals] == [0.538, 0.154, 0.154, 0.154, 0.0]


def test_the_table_tells_a_person_everything(run: Run) -> None:
    result = run("--scorer", "hybrid")
    assert result.exit_code == 0
    for heading in (
        *("Score", "Suggested", "Applied", "MUST HAVE", "NICE TO HAVE", "KEYWORDS", "STRENGTHS"),
        *("GAPS", "WHAT WOULD RAISE THE SCORE", "STATEMENTS WORTH REWRITING", "not a decision"),
    ):
        assert heading in result.stdout
    assert "Okonjo" not in result.stdout
    assert "Harvard" not in result.stdout


def test_the_page_stands_alone_and_hides_what_the_policy_hides(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "match.html"
    assert run("--scorer", "hybrid", "--format", "html", "--out", str(out)).exit_code == 0
    page = out.read_text("utf-8")
    assert "<title>resume.md for Data Engineer" in page
    assert "Harvard" not in page
    assert "src=" not in page
    assert "<script" not in page


def test_a_resume_cannot_write_into_the_page(run: Run, tmp_path: Path) -> None:
    more = "\n- Moved <script>alert(1)</script> jobs in Airflow\n"
    (tmp_path / "resume.md").write_text(applicant().text + more, encoding="utf-8")
    result = run("--format", "html")
    assert result.exit_code == 0
    assert "<script>" not in result.stdout


def test_an_opinion_is_shown_beside_the_score_and_changes_nothing(run: Run) -> None:
    plain = found(run("--format", "json"))
    answer = {"score": 80, "reason": "Knows Airflow.", "quotes": ["Moved 40 jobs", "Ran a bank"]}
    with endpoint(lambda request: (200, json.dumps(answer))) as server:
        value = found(
            run("--format", "json", "--opinion-url", server.url, "--opinion-model", "tiny")
        )
        table = run("--opinion-url", server.url, "--opinion-model", "tiny").stdout
    opinion = value["opinion"]
    assert isinstance(opinion, dict)
    assert value["score"] == plain["score"]
    assert isinstance(plain["score"], float)
    assert opinion["blended"] == pytest.approx(0.4 * 0.8 + 0.6 * plain["score"], abs=1e-4)
    assert opinion["reproducible"] is False
    assert (opinion["quotes"], opinion["dropped_quotes"]) == (["Moved 40 jobs"], 1)
    assert "not reproducible" in table
    assert "Okonjo" not in json.dumps(server.requests)
    assert "Harvard" not in json.dumps(server.requests)


@pytest.mark.parametrize(
    "answer", ["certainly!", '"80"', '{"score": "high"}', '{"score": 101}', '{"score": true}']
)
def test_an_answer_that_is_no_score_is_no_opinion(run: Run, answer: str) -> None:
    with endpoint(lambda request: (200, answer)) as server:
        options = ("--opinion-url", server.url, "--opinion-model", "tiny", "--format", "json")
        opinion = found(run(*options))["opinion"]
    assert isinstance(opinion, dict)
    assert (opinion["score"], opinion["blended"]) == (None, None)
    assert opinion["reason"]


@pytest.mark.parametrize(
    "options, said",
    [
        (("--weights", "semantic=1"), "weights are those of the hybrid scorer"),
        (("--scorer", "hybrid", "--weights", "x=1"), "signals are"),
        (("--scorer", "blend", "--blend", "none.json"), "cannot be read as a blend file"),
        (("--blend", "none.json"), "learned takes no blend file"),
        (("--opinion-url", "http://127.0.0.1:9/v1"), "go together"),
        (("--out", "no/where.json"), "there is no folder"),
    ],
)
def test_settings_that_make_no_sense_are_refused(
    run: Run, options: tuple[str, ...], said: str
) -> None:
    result = run(*options)
    assert isinstance(result.exception, ShortlistError)
    assert said in str(result.exception)


def test_one_file_is_not_both(run: Run) -> None:
    result = run(files=("job.md", "job.md"))
    assert "given as the job and as the resume" in str(result.exception)


def test_a_folder_is_no_resume(run: Run, tmp_path: Path) -> None:
    assert "a folder; name one document" in str(run(files=("job.md", str(tmp_path))).exception)


def test_a_blend_is_fitted_and_used(run: Run, tmp_path: Path, model_folder: Path) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    rows = {
        "jobs": [{"id": f"j{i}", "text": JOB.text.replace("3", str(i + 1))} for i in range(5)],
        "resumes": [{"id": "a", "text": applicant().text}, {"id": "b", "text": "Baked rye bread"}],
        "judgments": [
            {"job": f"j{i}", "resume": resume, "grade": grade}
            for i in range(5)
            for resume, grade in (("a", 1), ("b", 0))
        ],
    }
    for name, lines in rows.items():
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    (folder / "README.md").write_text("Invented.\n", encoding="utf-8")
    options = ["blend", str(folder), "--out", "blend.json", "--model", str(model_folder)]
    result = CliRunner().invoke(cli, options)
    assert result.exit_code == 0, result.output
    assert "Fitted on 10 pairs of 5 jobs" in result.stderr
    value = found(run("--scorer", "blend", "--blend", "blend.json", "--format", "json"))
    assert value["notes"] == ["Weights fitted on set: 10 pairs of 5 jobs."]


def test_attribution_is_there_only_where_it_was_asked_for(run: Run) -> None:
    assert "attribution" not in found(run("--format", "json"))
    value = found(run("--format", "json", "--attribution"))["attribution"]
    assert isinstance(value, dict)
    assert list(value) == ["policy", "similarity", "score", "hidden", "masses", "words"]
    assert [mass["kind"] for mass in value["masses"]] == ["sensitive", "skill", "other"]
    keys = ["quote", "start", "end", "kind", "what", "similarity", "score"]
    assert all(list(word) == keys for word in value["words"])
    text = read("resume.md").text
    assert all(text[w["start"] : w["end"]] == w["quote"] for w in value["words"])
    assert not {"Mina", "Harvard"} & {word["quote"] for word in value["words"]}


def test_attribution_is_readable_in_a_terminal(run: Run) -> None:
    result = run("--attribution", "--policy", "none")
    assert result.exit_code == 0
    _, told = result.stdout.split("WHAT EACH WORD DOES")
    assert "loaders in >Python<" in told
    assert "skill, python" in told
    assert "Sensitive words hidden by policy none, which add exactly 0: 0" in told
    assert max(map(len, told.splitlines())) <= 100
    assert "WHAT EACH WORD DOES" not in run().stdout


def test_attribution_marks_words_in_the_page_by_more_than_colour(run: Run, tmp_path: Path) -> None:
    more = "\n- Moved <b>bold</b> jobs in Airflow\n"
    (tmp_path / "resume.md").write_text(applicant().text + more, encoding="utf-8")
    page = run("--attribution", "--format", "html").stdout
    assert "What each word does" in page
    assert "Harvard" not in page
    assert "[SCHOOL]" in page.partition("In the text")[2]
    assert "<b>bold" not in page
    assert "underline solid" in page
    assert "underline dashed" in page
    assert 'title="skill, python: similarity ' in page
    unmasked = run("--attribution", "--format", "html", "--policy", "none").stdout
    assert 'sensitive" title="sensitive, school: similarity ' in unmasked
