"""Runs of several processes end where a run of one process does."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch.distributed as dist

from shortlist.training import train
from shortlist.training.gather import leave, processes
from training.test_going_on import command, weights, words
from training.tiny_base import EVERYTHING, recipe

TOLERANCE = 2e-4
"""How far a weight of a run of two processes may be from that of one process: sums of floats are
taken in another order, and Adam divides by their small spread."""


def rows(run: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((run / "training_history.json").read_text())[
        "epochs"
    ]
    return found


@pytest.mark.parametrize(
    "how",
    [
        "optimizer.cached_gradients=false",
        "optimizer.cached_gradients=true",
        "model.sections=true",
    ],
)
def test_two_processes_end_where_one_does(
    base: Path, dataset: Path, tmp_path: Path, how: str
) -> None:
    more = (*EVERYTHING, "model.dropout=0.0", "optimizer.epochs=2", "optimizer.accumulate=2",
            "optimizer.tokens_at_once=64", how)  # fmt: skip
    run = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    line = [*run, *command(tmp_path, dataset, *words(base, *more)), "--out", str(tmp_path / "two")]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(line, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.count("/best_model: epoch") == 1
    train(recipe(base, *more), dataset, tmp_path / "one")
    one, two = weights(tmp_path / "one"), weights(tmp_path / "two")
    assert one.keys() == two.keys()
    apart = {name: float((one[name] - two[name]).abs().max()) for name in one}
    assert max(apart.values()) < TOLERANCE, max(apart.items(), key=lambda pair: pair[1])
    for a, b in zip(rows(tmp_path / "one"), rows(tmp_path / "two"), strict=True):
        losses = [np.array(list(row["losses"].values())) for row in (a, b)]  # type: ignore[attr-defined]
        assert losses[0] == pytest.approx(losses[1], abs=1e-4)


def test_a_group_of_processes_is_left_and_can_be_joined_again() -> None:
    for _ in range(2):
        dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
        leave()
        assert not dist.is_initialized()
    leave()
    assert processes() == 1
