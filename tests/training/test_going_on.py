"""Runs that are killed go on to the result of a run that was not."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import torch
from safetensors.torch import load_file

from shortlist.training import train
from shortlist.training.checkpoints import COMPLETE, complete_checkpoints
from training.tiny_base import EVERYTHING, recipe

ROOT = Path(__file__).parent.parent.parent


def words(base: Path, *more: str) -> list[str]:
    """The overrides of `recipe`, for a command."""
    of = ["model.mask_policy=none", "model.chunk_tokens=24", "model.lora_rank=4",
          "optimizer.batch=4", "optimizer.rate=1e-2", "optimizer.report_to=[]",
          "selection.min_n=2", f"model.base={str(base)!r}", *more]  # fmt: skip
    return [part for word in of for part in ("--set", word)]


def command(tmp_path: Path, dataset: Path, *arguments: str) -> list[str]:
    config = tmp_path / "empty.toml"
    config.write_text("")
    return ["-m", "shortlist", "train", str(config), "--data", str(dataset), *arguments]


def weights(run: Path) -> dict[str, torch.Tensor]:
    (file,) = sorted(run.glob("epochs/*.safetensors"))[-1:]
    return load_file(file)


def test_a_killed_run_goes_on_to_the_same_bits(base: Path, dataset: Path, tmp_path: Path) -> None:
    more = (*EVERYTHING, "model.dropout=0.1", "optimizer.epochs=12", "optimizer.save_steps=3",
            "selection.patience=99", "data.order=minority")  # fmt: skip
    line = [sys.executable, *command(tmp_path, dataset, *words(base, *more))]
    killed = tmp_path / "killed"
    process = subprocess.Popen([*line, "--out", str(killed)], stderr=subprocess.DEVNULL)
    while len(complete_checkpoints(killed / "checkpoints")) < 2:
        assert process.poll() is None, "ended before it could be killed"
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    reached = complete_checkpoints(killed / "checkpoints")[-1]
    assert not (killed / "best_model").exists()
    settings = recipe(base, *more)
    whole = train(settings, dataset, tmp_path / "whole")
    again = train(settings, dataset, killed, resume=True)
    assert int(reached.name.split("-")[1]) < whole.history.rows[-1].step
    assert again.history == whole.history
    assert again.chosen == whole.chosen
    mine, theirs = weights(killed), weights(tmp_path / "whole")
    assert mine.keys() == theirs.keys()
    assert all(torch.equal(mine[name], theirs[name]) for name in mine)
    models = [run / "best_model/model.onnx" for run in (killed, tmp_path / "whole")]
    assert models[0].read_bytes() == models[1].read_bytes()


def test_an_interrupted_checkpoint_is_passed_over(
    base: Path, dataset: Path, tmp_path: Path
) -> None:
    settings = recipe(base, "optimizer.epochs=3", "selection.patience=99")
    whole = train(settings, dataset, tmp_path / "run")
    last = complete_checkpoints(tmp_path / "run/checkpoints")[-1]
    (last / COMPLETE).unlink()
    (last / "learned.safetensors").write_bytes(b"half a file")
    assert train(settings, dataset, tmp_path / "run", resume=True).history == whole.history


def test_resuming_what_is_done_changes_nothing(base: Path, dataset: Path, tmp_path: Path) -> None:
    settings = recipe(base)
    first = train(settings, dataset, tmp_path / "run")
    model = (tmp_path / "run/best_model/model.onnx").read_bytes()
    again = train(settings, dataset, tmp_path / "run", resume=True)
    assert again.history == first.history
    assert (tmp_path / "run/best_model/model.onnx").read_bytes() == model
