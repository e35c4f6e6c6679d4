"""Which model folders are refused, and what the message says."""

import json
from pathlib import Path
from typing import Any

import pytest

from shortlist.encoding import Calibration, default_folder, read_config
from shortlist.errors import ModelError
from tiny_model import write_config, write_model_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_model_folder(tmp_path / "model")


def change(folder: Path, **settings: Any) -> None:
    path = folder / "config.json"
    fields = json.loads(path.read_text("utf-8")) | settings
    path.write_text(json.dumps({k: v for k, v in fields.items() if v != "gone"}), "utf-8")


def test_settings_are_read(folder: Path) -> None:
    write_config(folder, calibration={"slope": 9.0, "intercept": -4.5}, mask_policy="strict")
    config = read_config(folder)
    assert config.calibration == Calibration(slope=9.0, intercept=-4.5)
    assert config.mask_policy == "strict"
    assert len(config.fingerprint) == 16


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nowhere: no model folder, config.json cannot be read"):
        read_config(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_missing_file(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match=f"{name} is missing; copy the whole model folder"):
        read_config(folder)


@pytest.mark.parametrize("text", ["", "not JSON", "[]", "{}", '"format"', "\xff"])
def test_not_settings(folder: Path, text: str) -> None:
    (folder / "config.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(ModelError, match="not the settings of a model"):
        read_config(folder)


@pytest.mark.parametrize("found", [3, 0, "1", None, True])
def test_another_format(folder: Path, found: object) -> None:
    change(folder, format=found)
    with pytest.raises(
        ModelError, match="this version reads format 1 and 2: export the model again"
    ):
        read_config(folder)


@pytest.mark.parametrize(
    "settings",
    [
        {"dimension": "gone"},
        {"dimension": "many"},
        {"dimension": 0},
        {"chunk_tokens": 7},
        {"chunk_tokens": 10_000},
        {"prefixes": {}},
        {"calibration": {"slope": 1}},
        {"calibration": {"slope": 1, "intercept": "0", "more": 2}},
        {"files": {}},
        {"files": []},
    ],
)
def test_malformed_settings(folder: Path, settings: dict[str, Any]) -> None:
    change(folder, **settings)
    with pytest.raises(ModelError, match=r"config.json: malformed .*see docs/model-folder.md"):
        read_config(folder)


def test_the_default_folder_holds_what_is_promised() -> None:
    names = {path.name for path in default_folder().iterdir()}
    expected = {"model.onnx", "tokenizer.json", "config.json", "training.json", "card.md"}
    assert names == expected | {"LICENSE"}
    assert sum(path.stat().st_size for path in default_folder().iterdir()) < 30e6
