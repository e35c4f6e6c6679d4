"""`shortlist rank`: formats, several jobs, standard input, unread files, and what it refuses."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shortlist.cli import main, rank
from shortlist.masking import POLICIES

JOB = (
    "Bicycle mechanic\n\nRequirements\n- Repairs bicycles\n- Trues wheels\n\nNice to have\n- Tea\n"
)
ADA = "Ada Winter\nada@example.org\n\nExperience\n- Repairs bicycles and trues wheels every day\n"
BEN = "Ben Summer\n\nExperience\n- Sells insurance\n"

Shortlist = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a job, two resumes, and a file that is no resume."""
    monkeypatch.chdir(tmp_path)
    Path("job.md").write_text(JOB, "utf-8")
    Path("resumes").mkdir()
    Path("resumes/ada.txt").write_text(ADA, "utf-8")
    Path("resumes/ben.txt").write_text(BEN, "utf-8")
    Path("resumes/broken.pdf").write_bytes(b"%PDF-1.7\nbroken")
    return tmp_path


@pytest.fixture
def shortlist(folder: Path, model_folder: Path, capfd: pytest.CaptureFixture[str]) -> Shortlist:
    """Runs `shortlist rank` with the tiny model and returns what it printed."""

    def run(*arguments: str, status: int = 0) -> str:
        with pytest.raises(SystemExit) as ended:
            main(["rank", *arguments, "--model", str(model_folder)])
        assert ended.value.code == status
        return capfd.readouterr().out

    return run


def ranked(text: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(text)
    return result


def test_json_keeps_the_contract(shortlist: Shortlist) -> None:
    result = ranked(shortlist("job.md", "resumes", "--format", "json"))
    assert list(result) == ["schema", "model", "policy", "rankings", "unread"]
    assert list(result["model"]) == ["fingerprint", "name", "runtime", "version"]
    assert result["policy"] == "standard"
    (ranking,) = result["rankings"]
    assert ranking["job"] == "job.md"
    assert [match["resume"] for match in ranking["matches"]] == ["ada.txt", "ben.txt"]
    assert [match["rank"] for match in ranking["matches"]] == [1, 2]
    for match in ranking["matches"]:
        assert 0 <= match["score"] <= 1
        added = sum(part["value"] * part["weight"] for part in match["parts"])
        assert added == pytest.approx(match["score"], abs=1e-6)
        text = Path("resumes", match["resume"]).read_text("utf-8")
        for requirement in match["requirements"]:
            quote = requirement["evidence"]
            assert (quote is None) == (requirement["status"] == "missing")
            assert quote is None or text[quote["start"] : quote["end"]] == quote["quote"]
    assert [unread["file"] for unread in result["unread"]] == [str(Path("resumes/broken.pdf"))]


def test_scores_alone_and_the_best_alone(shortlist: Shortlist) -> None:
    text = shortlist("job.md", "resumes", "--format", "json", "--detail", "scores", "--top", "1")
    result = ranked(text)
    (match,) = result["rankings"][0]["matches"]
    assert list(match) == ["resume", "rank", "score"]
    assert match["resume"] == "ada.txt"
    assert len(result["unread"]) == 1


def test_a_table_is_what_people_get(shortlist: Shortlist) -> None:
    text = shortlist("job.md", "resumes")
    assert text.startswith("Bicycle mechanic\n2 resumes; 1 not read\n")
    assert "ada.txt" in text
    assert "Not read (1)" in text


def test_csv_has_a_row_for_each_job_and_resume(shortlist: Shortlist) -> None:
    rows = list(csv.DictReader(io.StringIO(shortlist("job.md", "resumes", "--format", "csv"))))
    assert [(row["job"], row["resume"], row["rank"]) for row in rows] == [
        ("job.md", "ada.txt", "1"),
        ("job.md", "ben.txt", "2"),
    ]


def test_a_page_is_written_to_a_file_and_masks_names(shortlist: Shortlist) -> None:
    assert shortlist("job.md", "resumes", "--format", "html", "--out", "report.html") == ""
    page = Path("report.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert "broken.pdf" in page
    assert "Ada Winter" not in page


def test_unread_files_are_told_on_standard_error(
    folder: Path, model_folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    arguments = ["rank", "job.md", "resumes", "--model", str(model_folder), "--format"]
    with pytest.raises(SystemExit):
        main([*arguments, "csv"])
    assert "not read: " + str(Path("resumes/broken.pdf")) in capfd.readouterr().err
    with pytest.raises(SystemExit):
        main([*arguments, "json"])
    assert capfd.readouterr().err == "1 not read: the result lists them with the reasons\n"


def test_a_file_name_cannot_steer_the_terminal(
    folder: Path, model_folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    Path("resumes/\x1b[31m\nred.pdf").write_bytes(b"%PDF-1.7\nbroken")
    for output in ("csv", "table"):
        with pytest.raises(SystemExit):
            main(["rank", "job.md", "resumes", "--model", str(model_folder), "--format", output])
        said = capfd.readouterr()
        assert "[31m red.pdf" in said.out + said.err
        assert "\x1b" not in said.out + said.err


def test_strict_writes_the_result_and_ends_with_2(shortlist: Shortlist) -> None:
    arguments = ("job.md", "resumes", "--format", "json", "--strict")
    assert len(ranked(shortlist(*arguments, status=2))["rankings"][0]["matches"]) == 2
    Path("resumes/broken.pdf").unlink()
    assert shortlist(*arguments, status=0)


def test_several_jobs_come_from_a_file_of_records(shortlist: Shortlist) -> None:
    jobs = [{"id": "b", "text": JOB}, {"id": "a", "text": "Requirements\n- Sells insurance\n"}]
    Path("jobs.jsonl").write_text("\n".join(map(json.dumps, jobs)), "utf-8")
    rankings = ranked(shortlist("jobs.jsonl", "resumes", "--format", "json"))["rankings"]
    assert [(r["job"], r["matches"][0]["resume"]) for r in rankings] == [
        ("b", "ada.txt"),
        ("a", "ben.txt"),
    ]
    shortlist("jobs.jsonl", "resumes", "--format", "html", "--out", "report.html")
    assert "2 jobs" in Path("report.html").read_text("utf-8")


def test_a_job_that_cannot_be_read_stops_no_other(shortlist: Shortlist) -> None:
    good = json.dumps({"id": "b", "text": JOB})
    Path("jobs.jsonl").write_text('{"id": "a", "te\n' + good + '\n{"id": 3}\n', "utf-8")
    result = ranked(shortlist("jobs.jsonl", "resumes", "--format", "json"))
    assert [r["job"] for r in result["rankings"]] == ["b"]
    unread = [u["file"] for u in result["unread"]]
    assert unread[:2] == ["jobs.jsonl, line 1", "jobs.jsonl, line 3"]
    shortlist("jobs.jsonl", "resumes", "--strict", status=2)


def test_the_job_may_come_from_standard_input(
    shortlist: Shortlist, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Input:
        buffer = io.BytesIO(JOB.encode())

    monkeypatch.setattr("sys.stdin", Input)
    (ranking,) = ranked(shortlist("-", "resumes", "--format", "json"))["rankings"]
    assert ranking["matches"][0]["resume"] == "ada.txt"


def test_the_policy_is_the_one_asked_for(shortlist: Shortlist) -> None:
    result = ranked(shortlist("job.md", "resumes", "--format", "json", "--policy", "identity"))
    assert result["policy"] == "identity"


def test_the_same_files_give_the_same_bytes(shortlist: Shortlist) -> None:
    arguments = ("job.md", "resumes", "--format", "json")
    first = shortlist(*arguments)
    assert shortlist(*arguments) == first
    assert shortlist(
        "job.md", "resumes/ben.txt", "resumes/ada.txt", "--format", "csv"
    ) == shortlist("job.md", "resumes/ada.txt", "resumes/ben.txt", "--format", "csv")


def test_the_policies_offered_are_those_there_are() -> None:
    (option,) = [o for o in rank.rank.params if o.name == "policy"]
    assert list(option.type.choices) == list(POLICIES)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["nowhere.md", "resumes"], "nowhere.md: not there"),
        (["empty.md", "resumes"], "empty.md: empty"),
        (["jobs.jsonl", "resumes"], "jobs.jsonl, line 1: "),
        (["jobs.jsonl", "resumes"], "\n  jobs.jsonl, line 2: "),
        (["none.jsonl", "resumes"], "none.jsonl: there is no job in it"),
        (["job.md", "job.md"], "job.md: given as the job and as a resume"),
        (["job.md", "resumes/broken.pdf"], "none of the resumes could be read\n  resumes"),
        (["job.md", "nothing"], "none of the resumes could be read\n  nothing: not there"),
        (["job.md", "resumes", "--policy", "all"], "'all' is not one of 'none', 'identity'"),
        (["job.md", "resumes", "--top", "0"], "0 is not in the range"),
        (["job.md", "resumes", "--out", "nowhere/x.html"], "there is no folder nowhere"),
        (["job.md"], "Missing argument 'RESUMES...'"),
    ],
)
def test_what_cannot_be_done_is_one_clear_message(
    arguments: list[str],
    message: str,
    folder: Path,
    model_folder: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    Path("empty.md").write_text(" \n", "utf-8")
    Path("none.jsonl").write_text("\n", "utf-8")
    Path("jobs.jsonl").write_text('{"id": "a", "te\n{"id": 1}\n', "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["rank", *arguments, "--model", str(model_folder)])
    said = capfd.readouterr()
    assert ended.value.code == 2
    assert message in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


def test_a_folder_that_is_no_model_is_refused(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["rank", "job.md", "resumes", "--model", str(folder)])
    assert ended.value.code == 2
    assert "no model folder" in capfd.readouterr().err
