"""`shortlist profile` and `shortlist posting`: what is printed, and what is refused."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from shortlist.cli import cli
from shortlist.documents import read
from shortlist.errors import ShortlistError

RESUME = """Dana Example

Experience
Software Engineer, Bluebird Inc
01/2019 - 06/2025
- Cut build times by half with Python and Kubernetes

Education
BSc in Biology, Northfield University, 2012

Skills
Terraform
"""
JOB = """Data Engineer

Requirements
- 5+ years of experience
- Bachelor's degree
- Python

Nice to have
- Kubernetes
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(
        cli, [str(argument) for argument in arguments], catch_exceptions=False
    )


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    path = tmp_path / "dana.txt"
    path.write_text(RESUME, encoding="utf-8")
    return path


@pytest.fixture
def job(tmp_path: Path) -> Path:
    path = tmp_path / "job.txt"
    path.write_text(JOB, encoding="utf-8")
    return path


def test_profile_as_json(resume: Path) -> None:
    value = json.loads(run("profile", resume, "--format", "json", "--today", "2026-01-31").stdout)
    assert value["schema"] == 1
    assert (value["years"], value["degree"]) == (6.5, "bachelor")
    assert {section["kind"] for section in value["sections"]} >= {"experience", "skills"}
    python = next(skill for skill in value["skills"] if skill["name"] == "python")
    assert (python["status"], python["months"]) == ("used", 78)
    text = read(resume).text
    for mention in python["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["quote"]


def test_profile_for_people(resume: Path) -> None:
    output = run("profile", resume, "--today", "2026-01-31").stdout
    for words in ("6.5 years by dates", "Software Engineer, Bluebird Inc", "bachelor", "terraform"):
        assert words in output


def test_profile_as_json_resume_into_a_file(resume: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert run("profile", resume, "--format", "json-resume", "--out", out).stdout == ""
    assert json.loads(out.read_text("utf-8"))["work"][0]["position"] == "Software Engineer"


def test_profile_with_an_own_lexicon(resume: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('field = "own"\n[skills]\n"build times" = {}\n', encoding="utf-8")
    value = json.loads(run("profile", resume, "--format", "json", "--lexicon", own).stdout)
    assert "build times" in {skill["name"] for skill in value["skills"]}


def test_posting_as_json(job: Path) -> None:
    value = json.loads(run("posting", job, "--format", "json").stdout)
    assert value["schema"] == 1
    assert (value["title"], value["years"]) == ("Data Engineer", 5)
    assert (value["degree"]["level"], value["degree"]["required"]) == ("bachelor", True)
    assert "python" in value["skills"]["must"]
    assert value["skills"]["nice"] == ["kubernetes"]
    assert {"text", "kind"} <= set(value["requirements"][0])


def test_posting_for_people(job: Path) -> None:
    output = run("posting", job).stdout
    for words in ("Data Engineer", "bachelor, required", "Nice to have: kubernetes"):
        assert words in output


def test_posting_from_json_ld_and_back(job: Path, tmp_path: Path) -> None:
    written = run("posting", job, "--format", "json-ld").stdout
    post = tmp_path / "job.jsonld"
    post.write_text(written, encoding="utf-8")
    value = json.loads(run("posting", post, "--format", "json").stdout)
    assert (value["title"], value["years"]) == ("Data Engineer", 5)


@pytest.mark.parametrize("command", ["profile", "posting"])
def test_a_missing_file_is_refused(command: str, tmp_path: Path) -> None:
    with pytest.raises(ShortlistError):
        run(command, tmp_path / "nobody.txt")


def test_broken_json_ld_is_refused(tmp_path: Path) -> None:
    post = tmp_path / "job.json"
    post.write_bytes(b"\xff\xfe{")
    with pytest.raises(ShortlistError, match="cannot be read"):
        run("posting", post)
