"""Any checkpoint of a run becomes a model folder of its own."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from encoder_texts import masked
from shortlist.cli import cli
from shortlist.encoding import Encoder
from shortlist.errors import ModelError
from shortlist.training import train
from shortlist.training.checkpoints import complete_checkpoints
from training.tiny_base import EVERYTHING, recipe

TEXTS = ["python developer software", "nurse hospital patients care ward", "forklift driver"]


def exported(source: Path, folder: Path) -> Encoder:
    arguments = ["export", str(source), "--to", str(folder)]
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return Encoder.load(folder)


def vectors(encoder: Encoder) -> np.ndarray:
    return encoder.encode_resumes([masked(text, encoder.policy) for text in TEXTS])


@pytest.fixture(scope="module")
def erased(base: Path, dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("erased") / "run"
    more = ("objective.erase=true", "data.order=balanced", "data.priors={top=2.0}")
    settings = recipe(base, *EVERYTHING, *more, "optimizer.epochs=1")
    train(settings, dataset, out)
    return out


def test_an_epoch_gives_what_the_run_exported_of_it(erased: Path, tmp_path: Path) -> None:
    """With its erasure, calibration, policy and chunks."""
    (file,) = (erased / "epochs").glob("*.safetensors")
    found, wanted = exported(file, tmp_path / "out"), Encoder.load(erased / "best_model")
    assert np.array_equal(vectors(found), vectors(wanted))
    assert found.config.calibration == wanted.config.calibration
    assert found.config.mask_policy == wanted.config.mask_policy
    assert found.config.chunk_tokens == wanted.config.chunk_tokens
    training = json.loads((tmp_path / "out/training.json").read_text())
    assert training["weights"] == f"epochs/{file.name}"
    assert "invented" in (tmp_path / "out/card.md").read_text()  # where the data come from


def test_a_checkpoint_without_its_erasure_is_refused(erased: Path, tmp_path: Path) -> None:
    (folder,) = complete_checkpoints(erased / "checkpoints")
    with pytest.raises(ModelError, match="has no erasure yet: name a file below"):
        exported(folder, tmp_path / "out")


def test_a_checkpoint_has_the_learned_calibration(
    base: Path, dataset: Path, tmp_path: Path
) -> None:
    settings = recipe(base, "objective.weights.match=1", "optimizer.epochs=1")
    train(settings, dataset, tmp_path / "run")
    (folder,) = complete_checkpoints(tmp_path / "run/checkpoints")
    found = exported(folder, tmp_path / "out")
    best = Encoder.load(tmp_path / "run/best_model")
    assert np.array_equal(vectors(found), vectors(best))
    assert found.config.calibration is not None
    assert found.config.calibration != best.config.calibration  # which has a temperature besides


def test_what_is_no_checkpoint_of_a_run_is_refused(erased: Path, tmp_path: Path) -> None:
    (file,) = (erased / "epochs").glob("*.safetensors")
    for name, data, why in (
        ("lost/epochs/epoch-001.safetensors", file.read_bytes(), "does not lie in a run folder"),
        ("run/epochs/epoch-001.safetensors", b"half", "cannot be read"),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        if name.startswith("run"):
            (tmp_path / "run/run.json").write_text((erased / "run.json").read_text())
        with pytest.raises(ModelError, match=why):
            exported(path, tmp_path / "out")
    other = json.loads((erased / "run.json").read_text())
    other["settings"]["model"]["layers"] = 1
    (tmp_path / "run/run.json").write_text(json.dumps(other))
    (tmp_path / "run/epochs/epoch-001.safetensors").write_bytes(file.read_bytes())
    with pytest.raises(ModelError, match="does not belong to its run's recipe"):
        exported(tmp_path / "run/epochs/epoch-001.safetensors", tmp_path / "out")
