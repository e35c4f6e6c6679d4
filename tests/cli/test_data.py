"""`shortlist data`: import, describe, split, and what they refuse."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from shortlist.cli import cli
from shortlist.cli.data import FORMATS
from shortlist.dataset import importers
from shortlist.dataset.folder import read_dataset
from shortlist.errors import ConfigError, DataError

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `shortlist data ...` in a folder with pairs.csv."""
    rows = ["resume_text,job_description_text,label"]
    for i in range(60):
        label = ("No Fit", "Potential Fit", "Good Fit")[i % 3]
        rows.append(
            f"resume {i} about thing {i * 31},job {i // 2} about matter {i // 2 * 17},{label}"
        )
    (tmp_path / "pairs.csv").write_text("\n".join(rows) + "\n", "utf-8")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, ["data", *arguments])

    return run


def test_the_formats_offered_are_those_there_are() -> None:
    assert tuple(importers.FORMATS) == FORMATS


def test_import_describe_split(run: Run, tmp_path: Path) -> None:
    done = run("import", "fit-labels", "pairs.csv", "--out", "ds")
    assert done.exit_code == 0, done.output
    assert done.stdout == (
        "ds: 30 jobs, 60 resumes, 60 judgments, groups by nothing, splits none\n"
    )
    assert "count Potential Fit as fitting" in done.stderr
    done = run("split", "ds", "--fractions", "train=0.6,test=0.4")
    assert done.exit_code == 0, done.output
    assert "in no split: 0 of 60 judgments" in done.stdout
    assert sorted(read_dataset(tmp_path / "ds").splits) == ["test", "train"]
    done = run("describe", "ds")
    assert "jobs: 30, of which 30 distinct texts" in done.stdout
    assert "grades: 0: 20, 1: 20, 2: 20" in done.stdout
    assert "split test: " in done.stdout
    assert "leak" not in done.stdout


def test_describe_as_json(run: Run, tmp_path: Path) -> None:
    run("import", "fit-labels", "pairs.csv", "--out", "ds")
    (tmp_path / "ds" / "groups.csv").write_text("resume,attribute,value\n", "utf-8")
    found = json.loads(run("describe", "ds", "--format", "json").stdout)
    assert found["schema"] == 1
    assert found["resumes"]["distinct"] == 60
    assert found["grades"] == {"0.0": 20, "1.0": 20, "2.0": 20}


def test_splits_are_not_written_over_unless_asked(run: Run) -> None:
    run("import", "fit-labels", "pairs.csv", "--out", "ds")
    assert run("split", "ds").exit_code == 0
    assert isinstance(run("split", "ds").exception, DataError)
    assert run("split", "ds", "--replace", "--seed", "1").exit_code == 0


def test_splits_can_be_alike_in_a_group(run: Run, tmp_path: Path) -> None:
    run("import", "fit-labels", "pairs.csv", "--out", "ds")
    resumes = list(read_dataset(tmp_path / "ds").resumes)
    rows = [f"{resume},sex,{'female' if i % 2 else 'male'}" for i, resume in enumerate(resumes)]
    (tmp_path / "ds" / "groups.csv").write_text(
        "\n".join(["resume,attribute,value", *rows]) + "\n", "utf-8"
    )
    assert run("split", "ds", "--stratify", "sex").exit_code == 0
    done = run("split", "ds", "--stratify", "race", "--replace")
    assert isinstance(done.exception, ConfigError)
    assert "groups.csv has sex" in str(done.exception)


@pytest.mark.parametrize("fractions", ["train", "train=much", "train=0.5,test=0.1", "a=1=2"])
def test_malformed_fractions_are_refused(run: Run, fractions: str) -> None:
    run("import", "fit-labels", "pairs.csv", "--out", "ds")
    assert isinstance(run("split", "ds", "--fractions", fractions).exception, ConfigError)


def test_nothing_is_imported_over_a_data_set(run: Run) -> None:
    assert run("import", "fit-labels", "pairs.csv", "--out", "ds").exit_code == 0
    assert isinstance(run("import", "fit-labels", "pairs.csv", "--out", "ds").exception, DataError)
