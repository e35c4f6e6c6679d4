"""A whole run: what it leaves, what it refuses, and that it serves what it trained."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from click.testing import CliRunner

from shortlist.cli import cli
from shortlist.encoding import Encoder
from shortlist.errors import ConfigError, DataError, ModelError
from shortlist.masking import Masker
from shortlist.records import Document
from shortlist.training import Outcome, train
from shortlist.training.base import load_base
from training.tiny_base import EVERYTHING, recipe, save_dataset

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def outcome(base: Path, dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """A run with every objective on."""
    settings = recipe(base, *EVERYTHING, "objective.erase=true", "selection.gap_threshold=1.0")
    return train(settings, dataset, tmp_path_factory.mktemp("run") / "all")


def test_a_run_leaves_models_metrics_and_settings(outcome: Outcome) -> None:
    names = {path.name for path in outcome.folder.iterdir()}
    assert names >= {
        "best_model", "best_fairness_model", "best_util_model", "window_best_model", "run.json",
        "epoch_metrics.csv", "training_history.json", "training_history.png",
    }  # fmt: skip
    text = (outcome.folder / "epoch_metrics.csv").read_text()
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["epoch"] for row in rows] == ["1", "2"]
    assert {"train_adversary", "weight_adversary", "validation_ndcg@10", "gap", "temperature",
            "threshold"} <= rows[0].keys()  # fmt: skip
    facts = json.loads((outcome.folder / "run.json").read_text())
    assert facts["seed"] == 42 and len(facts["data_fingerprint"]) == 64
    assert facts["settings"]["objective"]["weights"]["parity"] == 1.0
    assert "torch" in facts["packages"]


def test_nothing_that_a_run_leaves_is_a_pickle(outcome: Outcome) -> None:
    left = {path.suffix for path in outcome.folder.rglob("*") if path.is_file()}
    assert ".safetensors" in left
    assert not left & {".bin", ".pt", ".pth", ".pkl"}


def test_the_model_folder_serves_the_vectors_that_validation_measured(outcome: Outcome) -> None:
    row = outcome.history.rows[outcome.chosen["best_model"] - 1]  # type: ignore[operator]
    encoder = Encoder.load(outcome.folder / "best_model")
    assert encoder.policy == "none"
    assert encoder.config.calibration == row.validation.calibrating.served
    mask = Masker("none")
    long = "seven years experience with python software and a team. " * 12  # several chunks
    served = encoder.encode_resumes([mask(Document("a", long))])
    assert served.shape == (1, 32)
    assert np.linalg.norm(served) == pytest.approx(1, abs=1e-3)


def test_losses_fall_and_the_weights_of_fairness_terms_rise(
    base: Path, dataset: Path, tmp_path: Path
) -> None:
    settings = recipe(base, *EVERYTHING, "optimizer.epochs=6", "objective.warmup=0.5")
    rows = train(settings, dataset, tmp_path / "run").history.rows
    assert rows[-1].losses["contrastive"] < rows[0].losses["contrastive"]
    assert rows[0].weights["parity"] < rows[-1].weights["parity"] == 1.0


def test_only_what_should_learn_has_changed(base: Path, dataset: Path, tmp_path: Path) -> None:
    settings = recipe(base, "model.layers=1", "model.method=full")
    before = load_base(settings.model).state_dict()
    train(settings, dataset, tmp_path / "run")
    from sentence_transformers import SentenceTransformer

    after = SentenceTransformer(
        str(tmp_path / "run/best_model/sentence_transformers"), device="cpu"
    )
    changed = {
        name for name, value in after.state_dict().items() if not torch.equal(value, before[name])
    }
    assert changed
    assert all(".layer.1." in name for name in changed)


def test_the_same_seed_gives_the_same_bits(base: Path, dataset: Path, tmp_path: Path) -> None:
    settings = recipe(base, *EVERYTHING, "model.dropout=0.1")
    one, other = (train(settings, dataset, tmp_path / name) for name in ("a", "b"))
    assert one.history == other.history
    first, second = (o.folder / "best_model/model.onnx" for o in (one, other))
    assert first.read_bytes() == second.read_bytes()


def test_a_set_that_is_for_tests_only_is_refused(base: Path, tmp_path: Path) -> None:
    data = save_dataset(tmp_path / "held-out", front="test_only: true\n")
    with pytest.raises(DataError, match="for tests only"):
        train(recipe(base), data, tmp_path / "run")


@pytest.mark.parametrize(
    ("words", "error", "message"),
    [
        (["data.attributes=['age']"], ConfigError, "groups.csv has tier, field"),
        (["data.train_split=train2"], DataError, "no split 'train2'"),
        (["model.lora_targets=['query','nothing']"], ConfigError, "nothing match no linear layer"),
        (["model.layers=9"], ConfigError, "has 2 layers"),
        (["model.chunk_tokens=4000"], ModelError, "reads at most 256 tokens"),
        (["model.base=nobody/no-such-model"], ModelError, "copy the model to a folder"),
        (
            ["data.attributes=['tier']", "data.priors={gold=2.0}"],
            ConfigError,
            "no group is called gold",
        ),
        (
            ["data.attributes=['tier','field']", "data.order=minority"],
            ConfigError,
            "cannot hold one of each",
        ),
    ],
)
def test_what_cannot_be_met_is_said(
    base: Path, dataset: Path, tmp_path: Path, words: list[str], error: type, message: str
) -> None:
    with pytest.raises(error, match=message):
        train(recipe(base, *words), dataset, tmp_path / "run")


def test_a_run_folder_is_never_written_over(
    outcome: Outcome, base: Path, dataset: Path, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match="--resume"):
        train(recipe(base), dataset, outcome.folder)
    with pytest.raises(ConfigError, match=r"other settings: data\.attributes"):
        train(recipe(base, "data.attributes=[]"), dataset, outcome.folder, resume=True)
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ConfigError, match="not empty"):
        train(recipe(base), dataset, tmp_path)


def test_minilm_with_every_objective_by_the_command(tmp_path: Path) -> None:
    """The recipe that a newcomer runs."""
    result = CliRunner().invoke(
        cli,
        ["train", str(ROOT / "runs/smoke.toml"), "--data", str(ROOT / "tests/data/smoke"),
         "--out", str(tmp_path / "run"), "--set", "optimizer.epochs=1",
         "--set", "optimizer.report_to=[]"],
        catch_exceptions=False,
    )  # fmt: skip
    assert result.exit_code == 0
    assert "encoder.layer.5  in full" in result.stdout
    ranked = CliRunner().invoke(
        cli,
        ["rank", str(ROOT / "examples/job.md"), str(ROOT / "examples/resumes/samir-haddad.pdf"),
         "--model", str(tmp_path / "run/best_model"), "--format", "json"],
        catch_exceptions=False,
    )  # fmt: skip
    assert ranked.exit_code == 0, ranked.stderr


def test_the_command_gives_its_result_to_machines(
    base: Path, dataset: Path, tmp_path: Path
) -> None:
    (tmp_path / "r.toml").write_text(f"[model]\nbase = {str(base)!r}\nmask_policy = 'none'\n")
    result = CliRunner().invoke(
        cli,
        ["train", str(tmp_path / "r.toml"), "--data", str(dataset), "--out", str(tmp_path / "run"),
         "--set", "optimizer.max_steps=1", "--set", "optimizer.batch=4",
         "--set", "optimizer.report_to=[]", "--format", "json"],
        catch_exceptions=False,
    )  # fmt: skip
    found = json.loads(result.stdout)
    assert (found["schema"], found["run"]) == (1, str(tmp_path / "run"))
    assert [row["number"] for row in found["epochs"]] == [1]
    assert found["models"]["best_model"] == {"epoch": 1, "folder": str(tmp_path / "run/best_model")}
    assert found["models"]["window_best_model"] is None
    assert "no gap could be measured" in found["missing"]["window_best_model"]
    assert sum(share["learns"] for share in found["learns"]) > 0


def test_importing_the_command_loads_no_torch() -> None:
    code = "import sys, shortlist.cli.train; print('torch' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
