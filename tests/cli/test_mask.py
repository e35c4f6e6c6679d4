"""`shortlist mask` as a newcomer types it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from shortlist.cli import cli, main

RESUME = """Jordan Example
jordan@example.org | 202-555-0143

Education
BSc Statistics, Stanford University, 2015

Experience
Released an R package under the MIT License.
"""


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    path = tmp_path / "resume.txt"
    path.write_text(RESUME, encoding="utf-8")
    return path


def test_people_see_marks(resume: Path) -> None:
    shown = CliRunner().invoke(cli, ["mask", str(resume)], catch_exceptions=False).stdout
    assert "[NAME]" in shown
    assert "[SCHOOL]" in shown
    assert "Jordan" not in shown
    assert "Stanford" not in shown
    assert "MIT License" in shown


def test_machines_see_spans_and_the_text_that_is_encoded(resume: Path) -> None:
    arguments = ["mask", str(resume), "--format", "json"]
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    content = json.loads(result.stdout)
    (document,) = content["documents"]
    hidden = {(span["kind"], RESUME[span["start"] : span["end"]]) for span in document["spans"]}
    assert ("email", "jordan@example.org") in hidden
    assert any(kind == "school" and "Stanford" in text for kind, text in hidden)
    assert content["policy"] == "standard"
    assert "[" not in document["encoded"]
    assert "Jordan" not in document["encoded"]


def test_the_policy_none_shows_the_text(resume: Path) -> None:
    arguments = ["mask", str(resume), "--policy", "none"]
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert result.stdout == RESUME


def test_nothing_readable_is_exit_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(SystemExit) as exit_:
        main(["mask", str(tmp_path / "empty.txt")])
    assert exit_.value.code == 2
    assert "nothing could be read" in capsys.readouterr().err
