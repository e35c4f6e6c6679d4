"""`shortlist info`."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from shortlist import __version__
from shortlist.cli import cli
from shortlist.encoding import Encoder, VectorCache
from shortlist.errors import ModelError


def test_it_shows_what_decides_a_score() -> None:
    run = CliRunner().invoke(cli, ["info", "--format", "json"], catch_exceptions=False)
    facts = json.loads(run.stdout)
    encoder = Encoder.load()
    assert facts["versions"]["shortlist"] == __version__
    assert facts["model"]["fingerprint"] == encoder.fingerprint
    assert facts["model"]["base"] == encoder.config.base_model
    assert facts["extras"]["fast"] == "installed"
    assert set(facts["runtimes"]) == {"onnxruntime", "openvino"}
    assert facts["cache"]["file"] == str(VectorCache.open().path)
    assert "standard" in facts["masking"]["policies"]


def test_people_read_the_same(model_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHORTLIST_CACHE", "off")
    command = ["info", "--model", str(model_folder)]
    run = CliRunner().invoke(cli, command, catch_exceptions=False)
    lines = [line.split(maxsplit=1) for line in run.stdout.splitlines()]
    assert ["fingerprint", Encoder.load(model_folder).fingerprint] in lines
    assert ["file", "none"] in lines


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model folder"):
        CliRunner().invoke(cli, ["info", "--model", str(tmp_path)], catch_exceptions=False)


def test_a_missing_extra_is_told_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    run = CliRunner().invoke(cli, ["info", "--format", "json"], catch_exceptions=False)
    assert "pip install 'shortlist[fast]'" in json.loads(run.stdout)["runtimes"]["openvino"]
